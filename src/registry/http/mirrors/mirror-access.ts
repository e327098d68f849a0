/** The door to mirrors: where no file speaks of any, nothing behind it is loaded. */
import { existsSync } from 'node:fs'
import type { Call } from '../../../kit/call.ts'
import type { Repository } from '../../oci/reference.ts'
import type { Engine } from '../engine.ts'
import type { MirrorFiles } from '../network-settings.ts'
import type { MirrorAnswer, Mirrors, Wanted } from './mirrors.ts'
import type { Place } from './place.ts'

export interface MirrorAccess {
  /** @throws Failure CONFIG_INVALID when a registry is forbidden, or a file cannot be understood */
  allow(repository: Repository, what: string): Promise<void>
  /** Whether a mirror may have content of the repository. */
  any(repository: Repository): Promise<boolean>
  /** Answers of mirrors, one after the other, as long as the reader wants another. */
  ask(repository: Repository, wanted: Wanted, call: Call): AsyncIterable<MirrorAnswer>
}

interface Ways {
  originOf(registry: string): URL
  engineOf(place: Place): Engine
  /** What waits are multiplied with: 1, but less in tests. */
  readonly scale: number
  warn(text: string): void
}

export function createMirrorAccess(files: MirrorFiles | undefined, ways: Ways): MirrorAccess {
  let loaded: Promise<Mirrors | undefined> | undefined
  const mirrors = (): Promise<Mirrors | undefined> => (loaded ??= load(files, ways))
  return {
    async allow(repository, what) {
      ;(await mirrors())?.allow(repository, what)
    },
    any: async (repository) => (await mirrors())?.any(repository) ?? false,
    async *ask(repository, wanted, call) {
      const found = await mirrors()
      if (found) yield* found.ask(repository, wanted, call)
    },
  }
}

async function load(files: MirrorFiles | undefined, { originOf, engineOf, scale, warn }: Ways): Promise<Mirrors | undefined> {
  const all = files === undefined ? [] : [...files.hostsDirectories, ...files.registries, ...files.registriesDirectories]
  if (files === undefined || !all.some((path) => existsSync(path))) return undefined
  const [{ createPlaces }, { createMirrors }] = await Promise.all([import('./find-places.ts'), import('./mirrors.ts')])
  const engines = new Map<string, Engine>()
  const kept = (place: Place): Engine => {
    const key = `${place.from} ${place.origin.origin}${place.base}`
    const engine = engines.get(key) ?? engineOf(place)
    engines.set(key, engine)
    return engine
  }
  return createMirrors(createPlaces(files, originOf, warn), kept, scale, warn)
}
