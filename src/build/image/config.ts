/**
 * The config of the new image: what the base says, then what the recipe says. OCI image-spec v1.1 config.md; the rules of inheritance are
 * Docker's (an own entrypoint resets the base's cmd, environment is joined by name).
 */
import { rfc3339 } from '../../kit/clock.ts'
import { isObject, type Json, type JsonObject } from '../../kit/json.ts'
import type { Digest } from '../../registry/oci/digest.ts'
import type { Platform } from '../../registry/oci/platform.ts'
import type { Recipe } from '../builder.ts'
import type { Checked } from '../check.ts'
import type { BaseImage } from './base.ts'

export interface ConfigLayer {
  readonly diffId: Digest
  /** What the history says of it. */
  readonly story: string
}

export function imageConfig(recipe: Recipe, checked: Checked, platform: Platform, base: BaseImage | undefined, layers: readonly ConfigLayer[]): JsonObject {
  const json = base?.config.json ?? {}
  const created = rfc3339(checked.created)
  const variant = platform.variant ?? base?.config.variant
  return {
    created,
    ...keep(json, ['author']),
    architecture: platform.architecture,
    ...(variant === undefined ? {} : { variant }),
    os: platform.os,
    ...keep(json, ['os.version', 'os.features']),
    config: runtime(recipe, checked, isObject(json['config']) ? json['config'] : {}),
    rootfs: { type: 'layers', diff_ids: [...(base?.config.diffIds ?? []), ...layers.map(({ diffId }) => diffId)] },
    history: [...historyOf(base), ...layers.map(({ story }) => ({ created, created_by: story }))],
  }
}

function runtime(recipe: Recipe, checked: Checked, base: JsonObject): JsonObject {
  // OnBuild is spoken to a Dockerfile that builds on the base, and not inherited further.
  const { OnBuild: _onBuild, ...inherited } = base
  const { entrypoint, cmd, user, stopSignal } = recipe
  const env = joinEnv(base['Env'], recipe.env ?? {})
  const ports = joinSet(base['ExposedPorts'], checked.ports)
  const volumes = joinSet(base['Volumes'], recipe.volumes ?? [])
  const labels = { ...(isObject(base['Labels']) ? base['Labels'] : {}), ...sorted(recipe.labels ?? {}) }
  const newCmd = cmd ?? (entrypoint === undefined ? undefined : null)
  return present({
    ...inherited,
    ...(user === undefined ? {} : { User: user }),
    ...(Object.keys(ports).length === 0 ? {} : { ExposedPorts: ports }),
    ...(env.length === 0 ? {} : { Env: env }),
    ...(entrypoint === undefined ? {} : { Entrypoint: [...entrypoint] }),
    ...(newCmd === undefined ? {} : { Cmd: newCmd === null ? null : [...newCmd] }),
    ...(Object.keys(volumes).length === 0 ? {} : { Volumes: volumes }),
    ...(checked.workdir === undefined ? {} : { WorkingDir: checked.workdir }),
    ...(Object.keys(labels).length === 0 ? {} : { Labels: labels }),
    ...(stopSignal === undefined ? {} : { StopSignal: stopSignal }),
  })
}

/** Without what is null: absent says the same, and strict readers take only that. */
function present(json: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(json).filter(([, value]) => value !== null))
}

function keep(json: JsonObject, keys: readonly string[]): JsonObject {
  return present(Object.fromEntries(keys.map((key) => [key, json[key] ?? null])))
}

/** The order of the base; a name that is given anew keeps its place, new names follow in their order. */
function joinEnv(base: Json | undefined, own: Readonly<Record<string, string>>): string[] {
  const values = new Map<string, string>()
  for (const line of Array.isArray(base) ? base : []) {
    if (typeof line !== 'string') continue
    const equals = line.indexOf('=')
    if (equals < 0) values.set(line, '')
    else values.set(line.slice(0, equals), line.slice(equals + 1))
  }
  for (const [name, value] of Object.entries(own)) values.set(name, value)
  return [...values].map(([name, value]) => `${name}=${value}`)
}

function joinSet(base: Json | undefined, own: readonly string[]): JsonObject {
  return { ...(isObject(base) ? base : {}), ...Object.fromEntries(own.map((key) => [key, {}])) }
}

/** By name, so that the order in a file does not change the digest. */
export function sorted(map: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(map).toSorted(([left], [right]) => (left < right ? -1 : 1)))
}

/** History must tell one story per layer; a base that tells none, or another number, gets a plain one. */
function historyOf(base: BaseImage | undefined): Json[] {
  if (!base) return []
  const told = base.config.json['history']
  const stories = Array.isArray(told) ? told : []
  const layers = stories.filter((story) => !(isObject(story) && story['empty_layer'] === true)).length
  return layers === base.layers.length ? stories : base.layers.map(() => ({ created_by: 'a layer of the base' }))
}
