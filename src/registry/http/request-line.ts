/** A request as one line of a log: enough to count and to follow, nothing that opens a door. */
import type { Hop } from './exchange.ts'

export interface RequestLine {
  readonly method: string
  /** Without the values of query parameters that could be a signature or a token. */
  readonly url: string
  readonly status: number
  readonly milliseconds: number
  /** Whether an Authorization header went along. */
  readonly authorized: boolean
}

const PLAIN_PARAMETERS = new Set(['ns', 'n', 'last', 'digest', 'mount', 'from', 'artifactType', 'service', 'scope'])
const PASSING_STATUS = new Set([408, 425, 429, 499, 500, 502, 503, 504, 522])

/** Statuses that say "not now": the same request can succeed later. */
export function isPassing(status: number): boolean {
  return PASSING_STATUS.has(status)
}

export function requestLine(hop: Hop, status: number, milliseconds: number): RequestLine {
  return { method: hop.method, url: safeUrl(hop.url), status, milliseconds, authorized: 'authorization' in hop.headers }
}

/** A URL that may be shown: signed CDN addresses are secrets. */
export function safeUrl(url: URL): string {
  const query = [...url.searchParams].map(([name, value]) => `${name}=${PLAIN_PARAMETERS.has(name) ? value : '***'}`).join('&')
  return `${url.origin}${url.pathname}${query === '' ? '' : `?${query}`}`
}
