/**
 * The one place where a request is executed: rights, tries, redirects and caps together. Everything above only says what it wants.
 * What does not belong here: what is asked of a registry.
 */
import type { Call } from '../../kit/call.ts'
import { Failure } from '../../kit/failure.ts'
import type { Authorizer } from './auth/authorizer.ts'
import { deliver } from './deliver.ts'
import type { Transport } from './one-hop.ts'
import type { Answer, Request } from './request.ts'
import { statusFailure } from './status-failure.ts'

export interface Engine {
  /** @throws Failure for every status that the request does not expect, and when there is no answer */
  send(request: Request, call: Call): Promise<Answer>
}

/** One 401 to learn from, one more for a scope or a token that ran out; then it is a refusal. */
const MOST_LESSONS = 2

export function createEngine(transport: Transport, authorizer: Authorizer, originOf: (registry: string) => URL): Engine {
  return {
    async send(request, call) {
      const home = originOf(request.repository.registry)
      const url = addressOf(request, home)
      for (let lessons = 0; ; lessons += 1) {
        const away = url.origin !== home.origin
        const authorization = away ? undefined : await authorizer.header(request, call)
        const answer = await deliver(
          {
            what: request.what,
            method: request.method,
            url,
            home: home.origin,
            headers: lowerNames(request.headers ?? {}),
            largest: request.largest,
            expect: request.expect,
            follow: request.follow,
            ...(request.body === undefined ? {} : { body: request.body }),
            ...(request.tries === undefined ? {} : { tries: request.tries }),
            ...(authorization === undefined ? {} : { authorization }),
            ...(away ? { guard: transport.addresses.get(home.origin) ?? '' } : {}),
          },
          transport,
          call,
        )
        if (answer.status === 401 && lessons < MOST_LESSONS && (await authorizer.learn(request, answer, authorization, call))) continue
        if (request.expect.includes(answer.status)) return answer
        for await (const _rest of answer.chunks ?? []) break
        throw statusFailure(
          request.what,
          answer,
          await authorizer.identity(request.repository, call),
          `${request.repository.registry}/${request.repository.path}`,
        )
      }
    },
  }
}

/** The URL of a request. A path must survive as it was built: the parser would quietly resolve `..` in it. */
function addressOf(request: Request, home: URL): URL {
  const url = new URL(request.at, home)
  if (request.at.startsWith('/') && (url.origin !== home.origin || `${url.pathname}${url.search}` !== request.at)) {
    throw new Failure('INTERNAL', `cannot ${request.what}`, { cause: 'the path of the request is not a plain one' })
  }
  return url
}

function lowerNames(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
}
