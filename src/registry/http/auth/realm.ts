/**
 * Which token server may be asked, and whether it may see credentials: the realm is chosen by the registry, so it is not trusted.
 * CVE-2026-48978, GHSA-28r5-37g7-p6mp, ggcr#2193; self-hosted ones must keep working (ggcr#2302).
 */
import { Failure } from '../../../kit/failure.ts'

// Second-level names under which a country hands out domains to everyone.
const HANDED_OUT = new Set(['ac', 'co', 'com', 'edu', 'go', 'gob', 'gov', 'gouv', 'mil', 'ne', 'net', 'nom', 'or', 'org', 'sch'])
// Domains under which a provider hands out names to everyone; neighbours there do not belong together.
const SHARED = new Set([
  'amazonaws.com',
  'azurecr.io',
  'azurewebsites.net',
  'cloudapp.net',
  'cloudfront.net',
  'duckdns.org',
  'fly.dev',
  'github.io',
  'gitlab.io',
  'googleapis.com',
  'herokuapp.com',
  'netlify.app',
  'ngrok.io',
  'ngrok.app',
  'pages.dev',
  'pkg.dev',
  'run.app',
  'sslip.io',
  'nip.io',
  'vercel.app',
  'web.app',
  'windows.net',
  'workers.dev',
])
// Registries whose token server has another domain: nothing but Docker Hub.
const PAIRS = new Map([['registry-1.docker.io', 'auth.docker.io']])

export interface Realm {
  readonly url: URL
  /** Whether the registry's credentials may be shown there. */
  readonly trusted: boolean
}

/**
 * @param registry origin of the registry that sent the challenge
 * @throws Failure REDIRECT_REFUSED when the realm is no place to go, PROTOCOL_ERROR when there is none
 */
export function readRealm(realm: string | undefined, registry: URL, what: string): Realm {
  if (realm === undefined || !URL.canParse(realm, registry.href)) {
    throw new Failure('PROTOCOL_ERROR', `cannot ${what}`, { cause: `${registry.host} wants a token and does not say from where` })
  }
  const url = new URL(realm, registry)
  const refuse = (why: string): Failure =>
    new Failure('REDIRECT_REFUSED', `cannot ${what}`, {
      cause: `${registry.host} names a token server ${why}`,
      hint: 'No credentials were sent there. Check the token realm in the configuration of the registry.',
    })
  if (url.protocol !== 'https:' && url.protocol !== 'http:') throw refuse(`that is a ${url.protocol.slice(0, 20)} address`)
  if (url.username !== '' || url.password !== '') throw refuse('with a user name in its address')
  if (url.protocol === 'http:' && registry.protocol === 'https:') throw refuse(`without TLS (${url.host})`)
  url.hash = ''
  return { url, trusted: belongTogether(registry, url) }
}

/** Same machine, same domain, or a pair we know. */
function belongTogether(registry: URL, realm: URL): boolean {
  if (registry.hostname === realm.hostname) return true
  // Without TLS anybody on the way is the token server; only the registry itself is spoken to like that.
  if (realm.protocol !== 'https:') return false
  if (PAIRS.get(registry.hostname) === realm.hostname) return true
  const domain = registrableDomain(registry.hostname)
  return domain !== undefined && domain === registrableDomain(realm.hostname)
}

/** The part of a name that one owner has; undefined when that cannot be told, e.g. for addresses. Errs on the side of too narrow. */
export function registrableDomain(hostname: string): string | undefined {
  if (process.getBuiltinModule('node:net').isIP(hostname.replace(/^\[|\]$/g, '')) !== 0) return undefined
  const labels = hostname.toLowerCase().split('.')
  const last = labels.at(-1) ?? ''
  const second = labels.at(-2)
  if (second === undefined) return undefined
  const suffix = (last.length === 2 && HANDED_OUT.has(second)) || isShared(labels) ? sharedDepth(labels) : 1
  return labels.length > suffix ? labels.slice(-(suffix + 1)).join('.') : undefined
}

function isShared(labels: readonly string[]): boolean {
  return SHARED.has(labels.slice(-2).join('.'))
}

/** Below a provider's domain the whole name is one owner's, since providers nest (`x.region.service.amazonaws.com`). */
function sharedDepth(labels: readonly string[]): number {
  return isShared(labels) ? Math.max(2, labels.length - 1) : 2
}
