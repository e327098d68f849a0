/**
 * `~/.docker/config.json` and podman's `auth.json`: reading and matching. Unknown fields and odd entries are passed over with a note.
 * containers-auth.json(5); docker/cli config.
 */
import { Secret } from '../../../kit/secret.ts'
import type { Repository } from '../../oci/reference.ts'
import type { Credential } from './credential.ts'

export interface DockerConfig {
  readonly auths: ReadonlyMap<string, AuthEntry>
  readonly credHelpers: ReadonlyMap<string, string>
  readonly credsStore: string | undefined
}

type AuthEntry = Readonly<Record<string, unknown>>

const HUB_KEYS = ['docker.io', 'https://index.docker.io/v1/', 'index.docker.io', 'registry-1.docker.io']

/** @returns undefined when the text is not a JSON object; empty text is an empty config (oras-go#959) */
export function parseDockerConfig(text: string): DockerConfig | undefined {
  let json: unknown = {}
  if (text.trim() !== '') {
    try {
      json = JSON.parse(text.replace(/^\uFEFF/, ''))
    } catch {
      return undefined
    }
  }
  if (!isRecord(json)) return undefined
  const auths = new Map(
    Object.entries(isRecord(json['auths']) ? json['auths'] : {}).flatMap(([key, entry]) => (isRecord(entry) ? [[key, entry] as const] : [])),
  )
  const helpers = new Map(
    Object.entries(isRecord(json['credHelpers']) ? json['credHelpers'] : {}).flatMap(([key, name]) => (typeof name === 'string' ? [[key, name] as const] : [])),
  )
  const store = json['credsStore']
  return { auths, credHelpers: helpers, credsStore: typeof store === 'string' && store !== '' ? store : undefined }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The names a registry has as a key, most exact first. */
export function registryKeys(registry: string): readonly string[] {
  return registry === 'docker.io' ? HUB_KEYS : [registry]
}

/** The name to give to a credential helper. */
export function serverName(registry: string): string {
  return registry === 'docker.io' ? 'https://index.docker.io/v1/' : registry
}

/**
 * The entry of a repository: `host/ns/repo`, its parents, `host[:port]`, then URL forms of the host. Whole components only:
 * a key with a path matches no other path (ggcr#1510), and `evildocker.io` is not `docker.io`.
 */
export function matchAuth(config: DockerConfig, repository: Repository): { key: string; entry: AuthEntry } | undefined {
  const names = registryKeys(repository.registry)
  const components = repository.path.split('/')
  for (let length = components.length; length >= 0; length -= 1) {
    for (const name of names) {
      const key = [name, ...components.slice(0, length)].join('/')
      const entry = config.auths.get(key)
      if (entry) return { key, entry }
    }
  }
  for (const [key, entry] of config.auths) {
    const host = hostOfUrlKey(key)
    if (host !== undefined && names.includes(host)) return { key, entry }
  }
  return undefined
}

/** `https://host[:port]`, `https://host/v1/`, `https://host/v2/` and `host/` name a host; other paths do not. */
function hostOfUrlKey(key: string): string | undefined {
  return /^(?:https?:\/\/)?([^/\s]+)(?:\/?|\/v[12]\/?)$/i.exec(key)?.[1]?.toLowerCase()
}

/**
 * Reads an entry: `registrytoken`, `identitytoken`, `auth` (base64 of `user:password`, cut at the first colon), or `username` and `password`.
 * @returns undefined for an empty entry (credentials in a store), a note for a broken one
 */
export function readAuth(entry: AuthEntry, key: string, from: string): Credential | string | undefined {
  const text = (name: string): string => (typeof entry[name] === 'string' ? entry[name] : '')
  const known = { id: `${from}#${key}`, from }
  if (text('registrytoken') !== '') return { kind: 'bearer', token: new Secret(text('registrytoken')), ...known }
  let username = text('username')
  let password = text('password')
  if (text('auth') !== '') {
    const plain = Buffer.from(text('auth'), 'base64').toString('utf8').replace(/\0+$/, '')
    const colon = plain.indexOf(':')
    if (colon < 0) return `the entry ${JSON.stringify(key)} in ${from} has an "auth" that is not base64 of user:password`
    username = plain.slice(0, colon)
    password = plain.slice(colon + 1)
  }
  if (text('identitytoken') !== '') return { kind: 'identity', username, token: new Secret(text('identitytoken')), ...known }
  return username === '' ? undefined : { kind: 'basic', username, password: new Secret(password), ...known }
}
