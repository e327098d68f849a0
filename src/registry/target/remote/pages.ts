/** Listings in pages: the links of the registry are followed at the registry alone, never twice, never without end (GHSA-h7vf-4x9w-h99v, ggcr#2332). */
import type { Call } from '../../../kit/call.ts'
import { Failure } from '../../../kit/failure.ts'
import type { Answer, Request } from '../../http/request.ts'
import { nextLink } from './link.ts'
import type { RepositoryState } from './repository-state.ts'

const MOST_PAGES = 10_000

/** All pages of a listing, the first one included. @throws Failure PROTOCOL_ERROR when the listing cannot be completed */
export async function* pages(state: RepositoryState, first: Request, call: Call): AsyncIterable<Answer> {
  const seen = new Set<string>()
  let at = first.at
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const answer = await state.client.send({ ...first, at }, call)
    yield answer
    const link = nextLink(answer.headers['link'])
    if (link === undefined) return
    const next = sameOrigin(state, link, answer, first.what)
    if (seen.has(next)) throw incomplete(first.what, 'its pages lead in a circle')
    seen.add(next)
    at = next
  }
  throw incomplete(first.what, `it has more than ${MOST_PAGES} pages`)
}

function sameOrigin(state: RepositoryState, link: string, answer: Answer, what: string): string {
  const origin = state.client.originOf(state.repository.registry)
  const next = URL.canParse(link, answer.url) ? new URL(link, answer.url) : undefined
  if (next && next.hostname === origin.hostname && next.origin !== origin.origin) {
    // A proxy in between made the registry forget its scheme or port; the host is the same, so ours are right.
    next.protocol = origin.protocol
    next.port = origin.port
  }
  if (next?.origin !== origin.origin || next.username !== '' || next.password !== '' || !next.pathname.startsWith('/v2/')) {
    throw new Failure('REDIRECT_REFUSED', `cannot ${what}`, {
      cause: `${origin.host} says the next page is at another place${next ? ` (${next.host})` : ''}`,
      hint: 'An incomplete listing is not used. Check the configuration of the registry or the proxy before it.',
    })
  }
  next.hash = ''
  return next.href
}

function incomplete(what: string, why: string): Failure {
  return new Failure('PROTOCOL_ERROR', `cannot ${what} to its end`, { cause: why, hint: 'An incomplete listing is not used.' })
}
