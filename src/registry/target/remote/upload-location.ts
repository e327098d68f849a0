/** The Location of an upload session: relative or absolute, here or at another place, with parameters that must not change. */
import { Failure } from '../../../kit/failure.ts'
import { readLocation } from '../../http/redirect.ts'
import type { Answer } from '../../http/request.ts'
import type { RepositoryState } from './repository-state.ts'

/**
 * The absolute address to send to. Another origin is allowed and gets no credentials (oras-go#1152).
 * @throws Failure PROTOCOL_ERROR, REDIRECT_REFUSED
 */
export function uploadLocation(state: RepositoryState, answer: Answer, what: string): string {
  const location = answer.headers['location']
  if (location === undefined || location === '')
    throw new Failure('PROTOCOL_ERROR', `cannot ${what}`, { cause: 'the registry opened an upload and does not say where' })
  const from = new URL(answer.url)
  return readLocation(repaired(state, location, from), from, what).href
}

/** A registry behind a proxy may name its own scheme or forget the port (distribution#996, #2225): on the same host, ours are right. */
function repaired(state: RepositoryState, location: string, from: URL): string {
  if (!URL.canParse(location, from.href)) return location
  const url = new URL(location, from)
  const forgotten = url.protocol === 'http:' && from.protocol === 'https:'
  const portLost = url.port === '' && from.port !== ''
  if (url.hostname !== from.hostname || url.origin === from.origin || !(forgotten || portLost)) return location
  state.client.warn(`${from.host} names ${url.origin} as the place for uploads; ${from.origin} is used. The proxy before it should pass on scheme and host.`)
  return `${from.origin}${url.pathname}${url.search}`
}
