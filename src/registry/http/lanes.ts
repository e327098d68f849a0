/**
 * One host as all workers see it: how much may be under way (limiter), when it wants to be left alone (rest), whether it is there at all
 * (breaker), and how many requests may be tried again (budget). A lane covers one exchange up to its answer, never a stream that a
 * caller reads (ggcr#2309).
 * What does not belong here: how often one request is tried (deliver).
 */
import { type Call, pause } from '../../kit/call.ts'
import { Failure } from '../../kit/failure.ts'
import { createBreaker } from './breaker.ts'
import { createLimiter } from './limiter.ts'
import { isLow, type RateLimit, readRateLimit } from './rate-limit.ts'
import type { Answer } from './request.ts'
import { isTrouble, WireError } from './wire-error.ts'

export interface Lane {
  /** @throws WireError EHOSTDOWN, Failure RATE_LIMITED when the host rests longer than the call may last; what the work throws */
  run(upload: boolean, work: () => Promise<Answer>, call: Call): Promise<Answer>
  /** A connection broke in the middle of an answer. @param began on the monotonic clock */
  broke(error: WireError, began: number): void
  /** From now on nothing is sent for so many milliseconds. */
  rest(milliseconds: number): void
  /** A request is sent for the first time: it pays for a fifth of a repetition. */
  earn(): void
  /** Whether one more repetition is within the budget; it is then taken from it. */
  spend(): boolean
  /** Exchanges that may run at once. */
  readonly slots: number
  /** What the host last said of its allowance. */
  readonly rateLimit: RateLimit | undefined
}

/** Reliability-ux.md case 6: at most 20 % extra requests. */
const EXTRA = 0.2
/** Repetitions that may be made before any request paid for them: some tries for each of the first workers. */
const RESERVE = 20
/** Milliseconds. A reset further away is not waited for: the allowance may be for other requests than ours (Docker Hub counts no HEAD). */
const NEAR_RESET = 60_000

/** Answers of a host, or of what stands before it, that has too much to do. */
const OVERLOADED = new Set([429, 502, 503, 504, 522])
/** Answers of a host that is not there; one that asks us to wait is. */
const AWAY = new Set([408, 499, 502, 503, 504, 522])

/** @param scale what waits are multiplied with: 1, but less in tests @param warn told once per host when its allowance runs low */
export function createLanes(scale: number, warn: (text: string) => void): (host: string) => Lane {
  const lanes = new Map<string, Lane>()
  return (host) => {
    const lane = lanes.get(host) ?? createLane(host, scale, warn)
    lanes.set(host, lane)
    return lane
  }
}

function createLane(host: string, scale: number, warn: (text: string) => void): Lane {
  const limiter = createLimiter()
  const breaker = createBreaker(scale)
  let quietUntil = 0
  let budget = RESERVE
  let rateLimit: RateLimit | undefined
  let warned = false

  const rest = (milliseconds: number): void => {
    quietUntil = Math.max(quietUntil, performance.now() + milliseconds)
  }

  const listening = async (call: Call): Promise<void> => {
    for (let left = quietUntil - performance.now(); left > 0; left = quietUntil - performance.now()) {
      if (call.deadline !== undefined && quietUntil > call.deadline) {
        throw new Failure('RATE_LIMITED', `cannot ask ${host} within the allowed time`, {
          cause: `it asked to be left alone for another ${Math.ceil(left / 1000)} s`,
          hint: 'Allow more time, or run the same command again after that.',
        })
      }
      await pause(left, call)
    }
  }

  const heed = (allowance: RateLimit): void => {
    rateLimit = allowance
    const { limit, remaining, reset } = allowance
    if (!isLow(allowance)) return limiter.cap(Number.POSITIVE_INFINITY)
    limiter.cap(remaining)
    if (!warned) warn(`${host} says: ${remaining} of ${limit ?? 'all'} requests are left; going slower`)
    warned = true
    if (remaining === 0 && reset !== undefined && reset <= NEAR_RESET) rest(reset * scale)
  }

  const judge = ({ status, headers }: Answer, began: number): void => {
    const allowance = readRateLimit(headers, Date.now())
    if (allowance) heed(allowance)
    if (OVERLOADED.has(status)) limiter.overloaded(began)
    if (AWAY.has(status) && headers['retry-after'] === undefined) breaker.bad()
    // 500 is mostly about one object and says nothing of the host.
    if (status < 500 && !AWAY.has(status)) breaker.good()
    if (status < 500 && !OVERLOADED.has(status)) limiter.good()
  }

  return {
    run: (upload, work, call) =>
      limiter.run(
        upload,
        async () => {
          // Within the slot, so that those who waited for one hear of a rest that began meanwhile.
          await listening(call)
          const leave = await breaker.enter(upload, call)
          const began = performance.now()
          try {
            const answer = await work()
            judge(answer, began)
            return answer
          } catch (error) {
            if (error instanceof WireError && isTrouble(error)) {
              limiter.overloaded(began)
              breaker.bad()
            }
            throw error
          } finally {
            leave()
          }
        },
        call,
      ),
    broke(error, began) {
      if (isTrouble(error)) limiter.overloaded(began)
    },
    rest,
    earn() {
      budget += EXTRA
    },
    spend() {
      if (budget < 1) return false
      budget -= 1
      return true
    },
    get slots() {
      return limiter.slots
    },
    get rateLimit() {
      return rateLimit
    },
  }
}
