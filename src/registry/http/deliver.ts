/**
 * A request brought to its answer: lanes, redirects, caps and tries. Knows nothing of credentials but the one header it is handed.
 * What does not belong here: how that header comes about, and which statuses are good.
 */
import { type Call, pause } from '../../kit/call.ts'
import { Failure } from '../../kit/failure.ts'
import type { Hop } from './exchange.ts'
import type { Lane } from './lanes.ts'
import { type Delivery, oneHop, type Transport } from './one-hop.ts'
import { harmlessHeaders, isRedirect, MOST_REDIRECTS, mayFollow, readLocation } from './redirect.ts'
import type { Answer } from './request.ts'
import { isPassing } from './request-line.ts'
import { parseRetryAfter } from './retry-after.ts'
import { networkFailure } from './status-failure.ts'
import { WireError, worthTrying } from './wire-error.ts'

const TRIES = 5
/** Milliseconds. A registry that wants us to wait longer gets a clear failure instead of a silent hour. */
const PATIENCE = 60_000
/** Milliseconds. Some registries say 0 and mean it badly. */
const LEAST_WAIT = 1000
/** Milliseconds. Longest rest after a 429 that does not say for how long. */
const LONGEST_GUESS = 30_000

/** @throws Failure REGISTRY_UNAVAILABLE, RATE_LIMITED, REDIRECT_REFUSED, LIMIT_REACHED, PROTOCOL_ERROR; what reading the body threw */
export async function deliver(delivery: Delivery, transport: Transport, call: Call): Promise<Answer> {
  const tries = delivery.tries ?? TRIES
  const lane = transport.lane(delivery.url.host)
  lane.earn()
  for (let tried = 1; ; tried += 1) {
    let wait: number
    try {
      const answer = await travel(delivery, transport, call)
      if (!isPassing(answer.status)) return answer
      const asked = restOf(answer, tried, delivery, transport, call)
      if (delivery.expect.includes(answer.status) || tried >= tries) return answer
      // A rest of the whole host paces everyone; every other repetition is paid for.
      if (asked === undefined && !afford(lane, delivery, transport)) return answer
      wait = asked ?? transport.timing.backoff(tried)
    } catch (error) {
      if (!(error instanceof WireError)) throw error
      const grownOld = error.stale && tried === 1
      if (tried >= tries || !worthTrying(error, tried) || !(grownOld || afford(lane, delivery, transport)))
        throw networkFailure(delivery.what, delivery.url, error)
      wait = grownOld ? 0 : transport.timing.backoff(tried)
    }
    if (call.deadline !== undefined && performance.now() + wait > call.deadline) {
      throw new Failure('DEADLINE', `cannot ${delivery.what}`, {
        cause: 'the allowed time ends before the next try',
        hint: 'Allow more time, or run the same command again later.',
      })
    }
    await pause(wait, call)
  }
}

function afford(lane: Lane, { url }: Delivery, transport: Transport): boolean {
  if (lane.spend()) return true
  transport.warn(`${url.host} fails so often that no request is tried again until some succeed`)
  return false
}

/**
 * How long the host wants to be left alone, told to its lane; undefined when that is for us to choose.
 * @throws Failure RATE_LIMITED when it is longer than we wait, or may wait
 */
function restOf(answer: Answer, tried: number, delivery: Delivery, transport: Transport, call: Call): number | undefined {
  const asked = parseRetryAfter(answer.headers['retry-after'], Date.now())
  if (asked === undefined && answer.status !== 429) return undefined
  const host = new URL(answer.url).host
  const { scale } = transport.timing
  const wait = asked === undefined ? Math.min(LONGEST_GUESS, LEAST_WAIT * 2 ** (tried - 1)) * scale : Math.max(LEAST_WAIT, asked) * scale
  const late = call.deadline !== undefined && performance.now() + wait > call.deadline
  if (asked !== undefined && (asked > PATIENCE || late)) {
    const moment = new Date(Date.now() + asked).toISOString()
    throw new Failure('RATE_LIMITED', `cannot ${delivery.what}`, {
      cause: `${host} asks to wait until ${moment}${late && asked <= PATIENCE ? ', when the allowed time is over' : ''}`,
      hint: 'Run the same command again after that. Logging in, or a mirror, raises the limit at most registries.',
      facts: { status: answer.status, retryAt: moment },
    })
  }
  transport.lane(host).rest(wait)
  return wait
}

/** One try: from hop to hop until an answer that is no redirect we follow. */
async function travel(delivery: Delivery, transport: Transport, call: Call): Promise<Answer> {
  let url = delivery.url
  let method = delivery.method
  let headers: Record<string, string> = { ...delivery.headers, 'user-agent': transport.userAgent, 'accept-encoding': 'identity' }
  let atHome = url.origin === delivery.home
  if (!atHome) headers = harmlessHeaders(headers)
  else if (delivery.authorization !== undefined) headers['authorization'] = delivery.authorization
  let guard = delivery.guard
  for (let hops = 0; ; hops += 1) {
    const body = method === delivery.method ? delivery.body : undefined
    const lane = transport.lane(url.host)
    const began = performance.now()
    const hop: Hop = {
      method,
      url,
      headers: withLength(headers, method, body?.size),
      ...(body === undefined ? {} : { body }),
      ...(guard === undefined ? {} : { guard }),
      onBreak: (error) => lane.broke(error, began),
    }
    const answer = await lane.run(body !== undefined && body.size > 0, () => oneHop(hop, delivery, transport, call), call)
    if (!isRedirect(answer.status)) return answer
    const next = readLocation(answer.headers['location'], url, delivery.what)
    const same = next.origin === url.origin
    if (!mayFollow(method, answer.status, same, delivery.follow)) return answer
    if (hops >= MOST_REDIRECTS) {
      throw new Failure('REDIRECT_REFUSED', `cannot ${delivery.what}`, {
        cause: `${delivery.url.host} sends us on more than ${MOST_REDIRECTS} times, last to ${next.host}`,
      })
    }
    if (answer.status === 303 && method !== 'HEAD') method = 'GET'
    if (!same) {
      // Once away from home, nothing of home goes along any more, also not back to it.
      headers = harmlessHeaders(headers)
      atHome = false
    }
    if (!atHome) guard ??= transport.addresses.get(delivery.home) ?? ''
    url = next
  }
}

function withLength(headers: Readonly<Record<string, string>>, method: string, size: number | undefined): Record<string, string> {
  if (method === 'GET' || method === 'HEAD' || method === 'DELETE') return { ...headers }
  return { ...headers, 'content-length': String(size ?? 0) }
}
