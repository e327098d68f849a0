/**
 * containerd's `hosts.toml`: places for all repositories of one registry, in the order of the file.
 * Source: https://github.com/containerd/containerd/blob/main/docs/hosts.md (2.x).
 */
import { dirname, resolve } from 'node:path'
import { Secret } from '../../../kit/secret.ts'
import { isLoopbackHost } from '../addresses.ts'
import type { OwnTrust, Place } from './place.ts'
import type { Table } from './toml-file.ts'

/** A place without its repository. */
export type HostPlace = Omit<Place, 'path' | 'namespace'>

// Ours are longer or shorter by purpose, see docs/mirrors.md.
const NOT_OURS = ['dial_timeout']
const HEADER_NAME = /^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/

/** @returns places that may be asked for content (`pull`), `server` as the last of them @throws Failure CONFIG_INVALID */
export function readHostsToml(top: Table, file: string): HostPlace[] {
  const hosts = top.table('host')
  const places = (hosts?.keys() ?? []).flatMap((address) => {
    const entry = hosts?.table(address)
    return entry === undefined || hosts === undefined ? [] : placeOf(address, entry, file, () => hosts.refuse(address.split('@').at(-1) ?? '', NO_ADDRESS))
  })
  const server = top.text('server')
  const last = placeOf(server ?? '', top, file, () => top.refuse('server', NO_ADDRESS), server !== undefined)
  return [...places, ...last]
}

const NO_ADDRESS = 'must be the address of a registry (https://mirror.example.com), without user, password, query or fragment'

function placeOf(address: string, entry: Table, file: string, bad: () => Error, wanted = true): HostPlace[] {
  const capabilities = entry.texts('capabilities')
  const trust = trustOf(entry, dirname(file))
  const headers = headersOf(entry.table('header'))
  const overrides = entry.flag('override_path') ?? false
  entry.passOver(...NOT_OURS)
  // Without a list it can do everything.
  if (!wanted || (capabilities.length > 0 && !capabilities.includes('pull'))) return []
  const url = addressOf(address)
  if (!url) throw bad()
  const path = url.pathname.replace(/\/+$/, '')
  const base = overrides || path.endsWith('/v2') ? path : `${path}/v2`
  return [{ origin: new URL(url.origin), base, registry: url.host, trust, headers, from: file }]
}

function addressOf(address: string): URL | undefined {
  const hasScheme = /^https?:\/\//.test(address)
  const text = hasScheme ? address : `http://${address}`
  if (address === '' || (!hasScheme && address.includes('://')) || !URL.canParse(text)) return undefined
  const url = new URL(text)
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') return undefined
  return hasScheme || isLoopbackHost(url.hostname) ? url : new URL(`https://${address}`)
}

function trustOf(entry: Table, directory: string): OwnTrust {
  const client = entry.any('client')
  const pairs: readonly unknown[] = Array.isArray(client) ? client : client === undefined ? [] : [client]
  const first = pairs[0]
  const names: readonly unknown[] = Array.isArray(first) ? first : [first]
  const files = names.filter((name): name is string => typeof name === 'string' && name !== '').map((name) => resolve(directory, name))
  const [cert, key] = files
  if (first !== undefined && cert === undefined) throw entry.refuse('client', 'must be a file, a list of files, or a list of [certificate, key]')
  return {
    authorities: entry.texts('ca').map((name) => resolve(directory, name)),
    unverified: entry.flag('skip_verify') ?? false,
    ...(cert === undefined ? {} : { client: { cert, key: key ?? cert } }),
  }
}

function headersOf(table: Table | undefined): ReadonlyMap<string, Secret> {
  const headers = new Map<string, Secret>()
  for (const name of table?.keys() ?? []) {
    const value = table?.texts(name).join(', ') ?? ''
    if (table && (!HEADER_NAME.test(name) || /[^\t\x20-\x7e]/.test(value))) throw table.refuse(name, 'is not a header that can be sent')
    headers.set(name.toLowerCase(), new Secret(value))
  }
  return headers
}
