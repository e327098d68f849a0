/**
 * containers' `registries.conf`, version 2: which registry a name belongs to, and where its content may be had.
 * Source: containers-registries.conf(5) and what skopeo does. Wildcards are compared as texts.
 */
import { Failure } from '../../../kit/failure.ts'
import type { Table } from './toml-file.ts'

export interface Mirror {
  /** `host[:port][/path]`, in place of what the prefix matched. */
  readonly location: string
  readonly insecure: boolean
  /** Which pulls may go there. */
  readonly pulls: 'all' | 'digest-only' | 'tag-only'
}

export interface RegistryEntry extends Mirror {
  /** `host[:port][/path]` or `*.example.com`. */
  readonly prefix: string
  readonly blocked: boolean
  readonly mirrors: readonly Mirror[]
  /** The file it stands in. */
  readonly from: string
}

// For short names and logins; neither is a mirror.
const NOT_OURS = ['unqualified-search-registries', 'short-name-mode', 'aliases', 'credential-helpers', 'additional-layer-store-auth-helper']

/** @throws Failure CONFIG_INVALID */
export function readRegistriesConf(top: Table, file: string): RegistryEntry[] {
  top.passOver(...NOT_OURS)
  return top.tables('registry').map((entry) => {
    const location = place(entry, 'location')
    const prefix = place(entry, 'prefix') || location
    if (prefix === '') throw entry.refuse('location', 'or prefix must be there')
    if (location === '' && !prefix.startsWith('*.')) throw entry.refuse('location', 'must be there, since the prefix does not begin with *.')
    const onlyDigests = entry.flag('mirror-by-digest-only') ?? false
    const mirrors = entry.tables('mirror').map((mirror): Mirror => {
      const own = mirror.text('pull-from-mirror') ?? ''
      if (own !== '' && onlyDigests) throw mirror.refuse('pull-from-mirror', 'and mirror-by-digest-only cannot both be there')
      if (own !== '' && own !== 'all' && own !== 'digest-only' && own !== 'tag-only')
        throw mirror.refuse('pull-from-mirror', 'must be all, digest-only or tag-only')
      const where = place(mirror, 'location')
      if (where === '') throw mirror.refuse('location', 'must be there')
      return { location: where, insecure: mirror.flag('insecure') ?? false, pulls: own === '' ? 'all' : own }
    })
    return {
      prefix,
      location,
      insecure: entry.flag('insecure') ?? false,
      blocked: entry.flag('blocked') ?? false,
      pulls: 'all',
      mirrors,
      from: file,
    }
  })
}

function place(entry: Table, key: string): string {
  const text = (entry.text(key) ?? '').replace(/\/+$/, '')
  if (text.includes('://')) throw entry.refuse(key, 'must not have a scheme: write host[:port][/path]')
  if (text.includes('@') || /\s/.test(text)) throw entry.refuse(key, 'must be host[:port][/path]')
  return text
}

/** A later file replaces what an earlier one says of the same prefix. */
export function mergeEntries(files: ReadonlyArray<readonly RegistryEntry[]>): RegistryEntry[] {
  const byPrefix = new Map<string, RegistryEntry>()
  for (const entries of files) {
    const own = new Set<string>()
    for (const entry of entries) {
      if (own.has(entry.prefix)) {
        throw new Failure('CONFIG_INVALID', `cannot use ${entry.from}`, {
          cause: `two [[registry]] have the prefix ${entry.prefix}`,
          hint: 'Leave one of them.',
        })
      }
      own.add(entry.prefix)
      byPrefix.set(entry.prefix, entry)
    }
  }
  return [...byPrefix.values()]
}

/** How much of a name a prefix covers; undefined when it does not. */
function covered(name: string, prefix: string): number | undefined {
  const wild = prefix.startsWith('*.')
  const tail = wild ? prefix.slice(1) : prefix
  const at = wild ? name.indexOf(tail) : name.startsWith(tail) ? 0 : -1
  if (at < 0 || name.slice(0, at).includes('/')) return undefined
  const end = at + tail.length
  return end === name.length || name[end] === '/' || name[end] === ':' ? end : undefined
}

/** The entry with the longest prefix. @param name `host/team/app` */
export function matchEntry(entries: readonly RegistryEntry[], name: string): { entry: RegistryEntry; rest: string } | undefined {
  let best: { entry: RegistryEntry; rest: string } | undefined
  for (const entry of entries) {
    const end = covered(name, entry.prefix)
    if (end !== undefined && entry.prefix.length > (best?.entry.prefix.length ?? -1)) best = { entry, rest: name.slice(end) }
  }
  return best
}
