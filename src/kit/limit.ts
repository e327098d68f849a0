/**
 * The only way to run things at once. A slot wraps one async function; it is never held by a stream that a caller owns.
 */
import { type Call, stopReason, throwIfStopped } from './call.ts'

export interface Limit {
  /** Runs the function as soon as a slot is free; throws at once when the call is stopped while waiting. */
  run<T>(work: () => Promise<T>, call: Call): Promise<T>
}

export function createLimit(slots: number): Limit {
  let free = slots
  const waiting: Array<() => void> = []
  return {
    async run(work, call) {
      throwIfStopped(call)
      if (free > 0) free -= 1
      else await turn(waiting, call)
      try {
        throwIfStopped(call)
        return await work()
      } finally {
        const next = waiting.shift()
        if (next) next()
        else free += 1
      }
    },
  }
}

/** Waits in the row; whoever is stopped while waiting leaves it without having held a slot. */
function turn(waiting: Array<() => void>, call: Call): Promise<void> {
  return new Promise<void>((resolve, reject) => {
    const enter = (): void => {
      call.signal.removeEventListener('abort', leave)
      resolve()
    }
    const leave = (): void => {
      const at = waiting.indexOf(enter)
      if (at >= 0) waiting.splice(at, 1)
      reject(stopReason(call.signal))
    }
    waiting.push(enter)
    call.signal.addEventListener('abort', leave, { once: true })
  })
}

/** Runs the function over all items through the limit; waits for all that started, then throws the first failure. */
export async function forEachLimited<T>(items: Iterable<T>, limit: Limit, work: (item: T) => Promise<void>, call: Call): Promise<void> {
  let failed: { error: unknown } | undefined
  const runs: Promise<void>[] = []
  for (const item of items) {
    const run = limit.run(async () => {
      if (failed) return
      await work(item)
    }, call)
    runs.push(
      run.catch((error: unknown) => {
        failed ??= { error }
      }),
    )
  }
  await Promise.all(runs)
  if (failed) throw failed.error
}
