/** The parts of Tekton's documents that a run needs, read from YAML files; the rest is for the validator. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { loadAll } from 'js-yaml'

export type ParamValue = string | readonly string[]

export interface ParamSpec {
  readonly name: string
  readonly type?: 'string' | 'array'
  readonly default?: ParamValue
}

export interface Given {
  readonly name: string
  readonly value: ParamValue
}

export interface EnvVar {
  readonly name: string
  readonly value: string
}

interface VolumeMount {
  readonly name: string
  readonly mountPath: string
}

export interface Container {
  readonly image?: string
  readonly command?: readonly string[]
  readonly args?: readonly string[]
  readonly env?: readonly EnvVar[]
  readonly workingDir?: string
  readonly volumeMounts?: readonly VolumeMount[]
}

export interface StepSpec extends Container {
  readonly name?: string
  readonly ref?: { readonly name: string }
  readonly params?: readonly Given[]
  readonly results?: readonly { readonly name: string }[]
}

export interface TaskSpec {
  readonly params?: readonly ParamSpec[]
  readonly workspaces?: readonly { readonly name: string; readonly optional?: boolean }[]
  readonly results?: readonly { readonly name: string; readonly value?: string }[]
  readonly stepTemplate?: Container
  readonly volumes?: readonly { readonly name: string; readonly emptyDir?: object }[]
  readonly steps: readonly StepSpec[]
}

export interface StepActionSpec extends Container {
  readonly params?: readonly ParamSpec[]
  readonly results?: readonly { readonly name: string }[]
}

export interface PipelineTask {
  readonly name: string
  readonly taskRef?: { readonly name: string }
  readonly taskSpec?: TaskSpec
  readonly runAfter?: readonly string[]
  readonly params?: readonly Given[]
  readonly workspaces?: readonly { readonly name: string; readonly workspace?: string }[]
}

export interface PipelineSpec {
  readonly params?: readonly ParamSpec[]
  readonly workspaces?: readonly { readonly name: string; readonly optional?: boolean }[]
  readonly results?: readonly { readonly name: string; readonly value: string }[]
  readonly tasks: readonly PipelineTask[]
  readonly finally?: readonly PipelineTask[]
}

export interface Resource<S> {
  readonly apiVersion: string
  readonly kind: string
  readonly metadata: { readonly name: string }
  readonly spec: S
}

export const ROOT = fileURLToPath(new URL('../../..', import.meta.url))

/** The documents of a file, relative to the root of the repository. */
function readResources<S>(path: string): Resource<S>[] {
  return loadAll(readFileSync(join(ROOT, path), 'utf8')).filter((document) => document !== null) as Resource<S>[]
}

/** The one document of a file. */
export function readResource<S>(path: string): Resource<S> {
  const [first] = readResources<S>(path)
  if (first === undefined) throw new Error(`${path} is empty`)
  return first
}
