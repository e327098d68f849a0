/** How long the client waits for what, and how it notices that nothing more will come. */
import { WireError } from './wire-error.ts'

/** Milliseconds, unless said otherwise. Defaults: reliability-ux.md §7. */
export interface Timing {
  /** Until the connection stands, TLS included. */
  readonly connect: number
  /** Until the first line of the answer, counted from the end of what we send. */
  readonly headers: number
  /** Between two pieces of a body. */
  readonly idle: number
  /** Time spent waiting after which the rate is judged. */
  readonly window: number
  /** Bytes per second over a window; less is a stalled connection (slow loris). */
  readonly leastRate: number
  /** What a wait that a registry asked for is multiplied with: 1, but less in tests. */
  readonly scale: number
  /** Pause before the next try; `tried` counts from 1. */
  backoff(tried: number): number
}

export const DEFAULT_TIMING: Timing = {
  connect: 10_000,
  headers: 30_000,
  idle: 30_000,
  window: 60_000,
  leastRate: 1024,
  scale: 1,
  // Full jitter: spreads the clients that failed together. 0.5 s doubling up to 30 s.
  backoff: (tried) => Math.random() * Math.min(30_000, 500 * 2 ** (tried - 1)),
}

/** Registries hash and move a blob before they answer its last byte; slower than this many bytes per second is not usual. */
const COMMIT_RATE = 8 * 1024 * 1024

/** Milliseconds to wait for the answer to a body of so many bytes. */
export function answerTime(timing: Timing, size: number): number {
  return timing.headers + (size / COMMIT_RATE) * 1000
}

/** Watches one direction of one exchange. Time in which the other side of us is slow does not count. */
export interface Watch {
  wait(what: string, milliseconds: number): void
  /** Something came, or was taken. */
  moved(bytes: number): void
  stop(): void
}

export function createWatch(timing: Timing, late: (error: WireError) => void): Watch {
  let timer: NodeJS.Timeout | undefined
  let since = 0
  let waited = 0
  let bytes = 0
  return {
    wait(what, milliseconds) {
      clearTimeout(timer)
      since = performance.now()
      timer = setTimeout(() => late(new WireError('ETIMEDOUT', `${what} took longer than ${Math.round(milliseconds / 1000)} s`)), milliseconds)
    },
    moved(count) {
      clearTimeout(timer)
      waited += performance.now() - since
      bytes += count
      if (waited < timing.window) return
      if (bytes < (timing.leastRate * timing.window) / 1000) late(new WireError('ETIMEDOUT', `fewer than ${timing.leastRate} bytes per second came through`))
      waited = 0
      bytes = 0
    },
    stop() {
      clearTimeout(timer)
    },
  }
}
