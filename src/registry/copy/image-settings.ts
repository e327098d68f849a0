/** How an image starts, out of its config. OCI image-spec v1.1 config.md; what is not of the expected form is left out. */
import { isObject, type Json } from '../../kit/json.ts'
import type { ImageConfig } from '../oci/image-config.ts'

export interface ImageSettings {
  readonly created?: string
  readonly user?: string
  readonly workdir?: string
  readonly entrypoint: readonly string[]
  readonly cmd: readonly string[]
  /** `NAME=value`, in the order of the config. */
  readonly env: readonly string[]
  readonly ports: readonly string[]
  readonly volumes: readonly string[]
  readonly labels: Readonly<Record<string, string>>
}

export function settingsIn({ json, created }: ImageConfig): ImageSettings {
  const config = isObject(json['config']) ? json['config'] : {}
  const user = text(config['User'])
  const workdir = text(config['WorkingDir'])
  return {
    ...(created === undefined ? {} : { created }),
    ...(user === undefined ? {} : { user }),
    ...(workdir === undefined ? {} : { workdir }),
    entrypoint: texts(config['Entrypoint']),
    cmd: texts(config['Cmd']),
    env: texts(config['Env']),
    ports: keys(config['ExposedPorts']),
    volumes: keys(config['Volumes']),
    labels: labels(config['Labels']),
  }
}

function text(value: Json | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

function texts(value: Json | undefined): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : []
}

function keys(value: Json | undefined): string[] {
  return isObject(value) ? Object.keys(value).toSorted() : []
}

function labels(value: Json | undefined): Record<string, string> {
  if (!isObject(value)) return {}
  return Object.fromEntries(Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string'))
}
