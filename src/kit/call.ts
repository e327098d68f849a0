/**
 * What travels with everything that waits: the signal that stops it, the moment it must be over, and where progress goes.
 * Always the last parameter.
 */
import { Failure } from './failure.ts'

/** One step forward, in bytes. `total` is absent when it is not known yet. */
export interface Progress {
  readonly what: string
  readonly done: number
  readonly total?: number
}

export interface Call {
  readonly signal: AbortSignal
  readonly onProgress?: (event: Progress) => void
  /** Milliseconds on the monotonic clock (`performance.now()`) after which no new work starts. */
  readonly deadline?: number
}

/** A call that nobody stops: for tests and for one-line uses of the library. */
export function freeCall(): Call {
  return { signal: new AbortController().signal }
}

/** Throws when the call was stopped or its time is used up. To be called before every write. */
export function throwIfStopped(call: Call): void {
  if (call.signal.aborted) throw stopReason(call.signal)
  if (call.deadline !== undefined && performance.now() > call.deadline) {
    throw new Failure('DEADLINE', 'the allowed time is used up', { hint: 'Allow more time, or run the same command again: what was done is kept.' })
  }
}

/** The Failure a stopped signal stands for. */
export function stopReason(signal: AbortSignal): Failure {
  if (signal.reason instanceof Failure) return signal.reason
  return new Failure('INTERRUPTED', 'stopped before it was done', {
    cause: signal.reason,
    hint: 'Run the same command again: what was done is kept, and no tag was written after the stop.',
  })
}

/** Waits, or throws the stop reason at once when the call is stopped. */
export async function pause(milliseconds: number, call: Call): Promise<void> {
  throwIfStopped(call)
  await new Promise<void>((resolve, reject) => {
    const stop = (): void => {
      clearTimeout(timer)
      reject(stopReason(call.signal))
    }
    const timer = setTimeout(() => {
      call.signal.removeEventListener('abort', stop)
      resolve()
    }, milliseconds)
    call.signal.addEventListener('abort', stop, { once: true })
  })
}
