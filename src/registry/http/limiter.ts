/**
 * How many exchanges may run at one host, found out by use: a slot more after many good answers, half of them after a sign of overload (AIMD).
 * What does not belong here: what such a sign is (lanes).
 */
import { type Call, stopReason, throwIfStopped } from '../../kit/call.ts'

export interface Limiter {
  /**
   * Runs the work as soon as there is a slot. One slot is kept from uploads: an upload may wait for a request (its source is read on the same
   * host), a request never waits for an upload, so nothing can lock.
   */
  run<T>(upload: boolean, work: () => Promise<T>, call: Call): Promise<T>
  /** A good answer. Counts only while somebody waits: otherwise more slots would prove nothing. */
  good(): void
  /** Signs of overload from exchanges that began before the last lowering are the same news and are not counted again. @param began on the monotonic clock */
  overloaded(began: number): void
  /** No more than so many slots until told otherwise, whatever was found out. */
  cap(slots: number): void
  readonly slots: number
}

/** Reliability-ux.md §7: per-host concurrency 6 (AIMD 1–16). */
const START = 6
const LEAST = 1
const MOST = 16
// Rounds of good answers for one slot more: from 6 to 16 takes some 200 requests.
const ROUNDS = 2

interface Waiting {
  readonly upload: boolean
  enter(): void
}

export function createLimiter(): Limiter {
  let found = START
  let ceiling = MOST
  let credit = 0
  let lowered = Number.NEGATIVE_INFINITY
  let uploads = 0
  let requests = 0
  const row: Waiting[] = []

  const slots = (): number => Math.min(found, ceiling)
  const fits = (upload: boolean): boolean => {
    if (!upload) return uploads + requests < slots() || requests === 0
    return uploads < Math.max(1, slots() - 1) && uploads + requests < slots()
  }
  const count = (upload: boolean, by: 1 | -1): void => {
    if (upload) uploads += by
    else requests += by
  }
  const admit = (): void => {
    for (let at = 0; at < row.length; ) {
      const next = row[at]
      if (!next || !fits(next.upload)) {
        at += 1
        continue
      }
      row.splice(at, 1)
      count(next.upload, 1)
      next.enter()
    }
  }

  return {
    async run(upload, work, call) {
      throwIfStopped(call)
      if (fits(upload)) count(upload, 1)
      else await turn(row, upload, call)
      try {
        throwIfStopped(call)
        return await work()
      } finally {
        count(upload, -1)
        admit()
      }
    },
    good() {
      if (row.length === 0 || found >= MOST) return
      credit += 1
      if (credit < ROUNDS * found) return
      credit = 0
      found += 1
      admit()
    },
    overloaded(began) {
      if (began < lowered) return
      lowered = performance.now()
      credit = 0
      found = Math.max(LEAST, Math.floor(found / 2))
    },
    cap(most) {
      ceiling = Math.min(MOST, Math.max(LEAST, most))
      admit()
    },
    get slots() {
      return slots()
    },
  }
}

/** Waits in the row; whoever is stopped while waiting leaves it without having held a slot. */
function turn(row: Waiting[], upload: boolean, call: Call): Promise<void> {
  return new Promise<void>((resolve, reject) => {
    const place: Waiting = {
      upload,
      enter() {
        call.signal.removeEventListener('abort', leave)
        resolve()
      },
    }
    const leave = (): void => {
      const at = row.indexOf(place)
      if (at >= 0) row.splice(at, 1)
      reject(stopReason(call.signal))
    }
    row.push(place)
    call.signal.addEventListener('abort', leave, { once: true })
  })
}
