/**
 * Where a redirect may lead. Credentials belong to one origin and never to a chain of requests:
 * GHSA-vh4v-2xq2-g5cg, GHSA-jxpm-75mh-9fp7, ggcr#2337.
 */
import { Failure } from '../../kit/failure.ts'
import type { Method } from './request.ts'

export const MOST_REDIRECTS = 5

const REDIRECTS = new Set([301, 302, 303, 307, 308])
// What a foreign place may see. Everything else (Authorization, custom headers) stays at home.
const HARMLESS = new Set(['accept', 'accept-encoding', 'content-length', 'content-type', 'range', 'user-agent'])

export function isRedirect(status: number): boolean {
  return REDIRECTS.has(status)
}

/** Reads a Location against the URL it came from. @throws Failure REDIRECT_REFUSED, PROTOCOL_ERROR */
export function readLocation(location: string | undefined, from: URL, what: string): URL {
  if (location === undefined || !URL.canParse(location, from.href)) {
    throw new Failure('PROTOCOL_ERROR', `cannot ${what}`, { cause: `${from.host} sends us on without saying where` })
  }
  const url = new URL(location, from)
  if (url.protocol !== 'https:' && url.protocol !== 'http:') throw refuse(what, from, `to a ${url.protocol.slice(0, 20)} address`)
  if (from.protocol === 'https:' && url.protocol === 'http:') throw refuse(what, from, `from https to plain http at ${url.host}`)
  if (url.username !== '' || url.password !== '') throw refuse(what, from, 'to an address with a user name in it')
  url.hash = ''
  return url
}

function refuse(what: string, from: URL, where: string): Failure {
  return new Failure('REDIRECT_REFUSED', `cannot ${what}`, {
    cause: `${from.host} sends us ${where}`,
    hint: 'kubeferry does not go there. If a proxy stands before the registry, make it pass on the scheme and host it was asked for (X-Forwarded-Proto, Host).',
  })
}

export function harmlessHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => HARMLESS.has(name)))
}

/** Whether a method with its body may follow this redirect at all. */
export function mayFollow(method: Method, status: number, sameOrigin: boolean, follow: 'anywhere' | 'origin'): boolean {
  if (method === 'GET' || method === 'HEAD') return sameOrigin || follow === 'anywhere'
  return sameOrigin && (status === 307 || status === 308) && method !== 'DELETE'
}
