/**
 * How much is under way at one host: a few requests at a time, and nobody before the host said it would listen again.
 * A lane covers one exchange up to its answer, never a stream that a caller reads (ggcr#2309). Uploads have lanes of their own:
 * an upload may wait for a request (its source is read on the same host), a request never waits for an upload, so nothing can lock.
 */
import { type Call, pause } from '../../kit/call.ts'
import { createLimit, type Limit } from '../../kit/limit.ts'

/** Reliability-ux.md §7: per-host concurrency 6. */
const LANES = 6

export interface Lane {
  run<T>(upload: boolean, work: () => Promise<T>, call: Call): Promise<T>
  /** From now on nothing is sent for so many milliseconds. */
  rest(milliseconds: number): void
}

export function createLanes(): (host: string) => Lane {
  const lanes = new Map<string, Lane>()
  return (host) => {
    const known = lanes.get(host)
    if (known) return known
    const requests: Limit = createLimit(LANES)
    const uploads: Limit = createLimit(LANES)
    let quietUntil = 0
    const lane: Lane = {
      async run(upload, work, call) {
        for (let left = quietUntil - performance.now(); left > 0; left = quietUntil - performance.now()) await pause(left, call)
        return await (upload ? uploads : requests).run(work, call)
      },
      rest(milliseconds) {
        quietUntil = Math.max(quietUntil, performance.now() + milliseconds)
      },
    }
    lanes.set(host, lane)
    return lane
  }
}
