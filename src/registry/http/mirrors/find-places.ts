/**
 * Which places may have the content of a repository, by the files of this machine. Read once, when the first repository is asked for.
 * What does not belong here: asking them.
 */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { Failure } from '../../../kit/failure.ts'
import { parseReference, printRepository, type Repository } from '../../oci/reference.ts'
import type { MirrorFiles } from '../network-settings.ts'
import { type HostPlace, readHostsToml } from './hosts-toml.ts'
import { PLAIN_TRUST, type Place } from './place.ts'
import { type Mirror, matchEntry, mergeEntries, type RegistryEntry, readRegistriesConf } from './registries-conf.ts'
import { readTomlFile, type Table } from './toml-file.ts'

export interface Places {
  /** In the order in which they are asked; the registry itself, which comes last, is not among them. @throws Failure CONFIG_INVALID, FILE_UNREADABLE */
  of(repository: Repository): readonly Place[]
  /** The entry that forbids the repository. */
  blocked(repository: Repository): RegistryEntry | undefined
}

/** @param originOf where a registry is @param warn told of keys that nobody knows */
export function createPlaces(files: MirrorFiles, originOf: (registry: string) => URL, warn: (text: string) => void): Places {
  const hosts = new Map<string, readonly HostPlace[]>()
  const found = new Map<string, readonly Place[]>()
  let entries: readonly RegistryEntry[] | undefined

  const told = <T>(file: string, read: (table: Table) => T): T | undefined => {
    const table = readTomlFile(file)
    if (!table) return undefined
    const value = read(table)
    for (const key of table.unknown()) warn(`${file}: ${key} is not known here and is passed over`)
    return value
  }

  const readEntries = (): RegistryEntry[] => {
    const first = files.registries.find((file) => readTomlFile(file) !== undefined)
    const all = [...(first === undefined ? [] : [first]), ...files.registriesDirectories.flatMap(dropIns)]
    return mergeEntries(all.map((file) => told(file, (table) => readRegistriesConf(table, file)) ?? []))
  }

  const match = (repository: Repository): ReturnType<typeof matchEntry> => {
    entries ??= readEntries()
    return matchEntry(entries, printRepository(repository))
  }

  /** The first `hosts.toml` for a registry; `_default` is for those that have none. */
  const hostPlaces = (registry: string): readonly HostPlace[] => {
    const known = hosts.get(registry)
    if (known) return known
    const port = /:(\d+)$/.exec(registry)?.[1]
    const names = [...(port === undefined ? [] : [`${registry.slice(0, -port.length - 1)}_${port}_`]), registry, '_default']
    const tried = files.hostsDirectories.flatMap((directory) => names.map((name) => join(directory, name, 'hosts.toml')))
    let places: readonly HostPlace[] = []
    for (const file of tried) {
      const read = told(file, (table) => readHostsToml(table, file))
      if (!read) continue
      places = read
      break
    }
    hosts.set(registry, places)
    return places
  }

  return {
    blocked(repository) {
      const entry = match(repository)?.entry
      return entry?.blocked === true ? entry : undefined
    },
    of(repository) {
      const name = printRepository(repository)
      const known = found.get(name)
      if (known) return known
      const home = originOf(repository.registry)
      const ofHost = hostPlaces(repository.registry).map((place): Place => ({ ...place, path: repository.path, namespace: repository.registry }))
      const matched = match(repository)
      const ofEntry = matched === undefined ? [] : byEntry(matched.entry, matched.rest, repository, originOf)
      const all = [...ofHost, ...ofEntry].filter(
        (place, index, list) => !isHome(place, home, repository) && list.findIndex((other) => addressOf(other) === addressOf(place)) === index,
      )
      found.set(name, all)
      return all
    },
  }
}

function addressOf({ origin, base, path }: Place): string {
  return `${origin.origin}${base}/${path}`
}

/** The registry itself is asked after all others, by those who know it. */
function isHome({ origin, base, path }: Place, home: URL, repository: Repository): boolean {
  return origin.origin === home.origin && base === '/v2' && path === repository.path
}

/** Mirrors that are not for tags only, then the place that the registry's name stands for. */
function byEntry(entry: RegistryEntry, rest: string, repository: Repository, originOf: (registry: string) => URL): Place[] {
  const mirrors = entry.mirrors.filter(({ pulls }) => pulls !== 'tag-only')
  const moved = entry.location === '' || entry.location === entry.prefix ? [] : [entry]
  return [...mirrors, ...moved].flatMap((mirror) => rewritten(mirror, rest, repository, entry.from, originOf))
}

function rewritten(mirror: Mirror, rest: string, repository: Repository, from: string, originOf: (registry: string) => URL): Place[] {
  const { registry, path } = parsedPlace(`${mirror.location}${rest}`, mirror.location, from)
  if (registry === repository.registry && path === repository.path) return []
  const usual = originOf(registry)
  const place = { base: '/v2', registry, path, headers: new Map(), from }
  if (!mirror.insecure) return [{ ...place, origin: usual, trust: PLAIN_TRUST }]
  return [
    { ...place, origin: new URL(`https://${usual.host}`), trust: { ...PLAIN_TRUST, unverified: true } },
    { ...place, origin: new URL(`http://${usual.host}`), trust: PLAIN_TRUST },
  ]
}

function parsedPlace(text: string, location: string, from: string): Repository {
  try {
    const parsed = parseReference(text)
    if (parsed.tag === undefined && parsed.digest === undefined && text.startsWith(parsed.registry)) return parsed
  } catch {
    // What the parser says is about a name that nobody wrote; the file is what can be mended.
  }
  throw new Failure('CONFIG_INVALID', `cannot use ${from}`, {
    cause: `the location ${location} makes ${text}, which is not a repository`,
    hint: 'Write location as host[:port][/path], with the host first.',
  })
}

function dropIns(directory: string): string[] {
  try {
    return readdirSync(directory)
      .filter((name) => name.endsWith('.conf'))
      .toSorted()
      .map((name) => join(directory, name))
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : ''
    if (code === 'ENOENT' || code === 'ENOTDIR') return []
    throw new Failure('FILE_UNREADABLE', `cannot read ${directory}, which says where images come from`, {
      cause: error,
      hint: 'Make the directory readable for this user, or take it away.',
    })
  }
}
