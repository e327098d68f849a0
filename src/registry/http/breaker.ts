/**
 * Leaves a host alone that fails again and again, for all workers together: they wait, one of them looks whether it is back, and when it
 * stays away they are told at once instead of each finding out for itself (reliability-ux.md case 6).
 */
import { type Call, pause, stopReason, throwIfStopped } from '../../kit/call.ts'
import { WireError } from './wire-error.ts'

export interface Breaker {
  /** Waits until something may be sent. @returns to be called when the exchange is over, however it ended @throws WireError EHOSTDOWN when the host stays away */
  enter(upload: boolean, call: Call): Promise<() => void>
  good(): void
  bad(): void
}

/** Failures in a row, of all workers: more than one request has tries (5), so that one unlucky request closes nothing. */
const ENOUGH = 8
/** Milliseconds of the first pause; doubles with each look in vain. A registry that is started anew is back within seconds. */
const FIRST_PAUSE = 1000
const LONGEST_PAUSE = 30_000
/** Milliseconds after which nobody waits any more. */
const PATIENCE = 30_000

/** @param scale what waits are multiplied with: 1, but less in tests */
export function createBreaker(scale: number): Breaker {
  let failures = 0
  /** When it opened, on the monotonic clock; absent while all is well. */
  let opened: number | undefined
  let until = 0
  let pauses = 0
  // One of each kind: a request never waits for an upload, which may be waiting for that request (its source is read on the same host).
  const looks = new Map<'request' | 'upload', Promise<void>>()

  const startPause = (): void => {
    until = performance.now() + Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** pauses) * scale
    pauses += 1
  }
  const startLook = (kind: 'request' | 'upload'): (() => void) => {
    const { promise, resolve } = Promise.withResolvers<void>()
    looks.set(kind, promise)
    return () => {
      looks.delete(kind)
      resolve()
    }
  }

  return {
    async enter(upload, call) {
      for (;;) {
        if (opened === undefined) return () => {}
        const now = performance.now()
        const look = looks.get('request') ?? (upload ? looks.get('upload') : undefined)
        if (now >= until && look === undefined) return startLook(upload ? 'upload' : 'request')
        if (now - opened > PATIENCE * scale) throw new WireError('EHOSTDOWN', `${failures} requests in a row failed, so it is left alone for a while`)
        if (now < until) await pause(Math.min(until, call.deadline ?? until) - now, call)
        else if (look) await orStopped(look, call)
        throwIfStopped(call)
      }
    },
    good() {
      failures = 0
      opened = undefined
      pauses = 0
    },
    bad() {
      failures += 1
      if (opened === undefined) {
        if (failures < ENOUGH) return
        opened = performance.now()
        startPause()
      } else if (performance.now() >= until) startPause()
    },
  }
}

/** Waits for a promise that never fails, or throws the stop reason at once. */
async function orStopped(over: Promise<void>, call: Call): Promise<void> {
  const { promise: stopped, reject } = Promise.withResolvers<never>()
  const stop = (): void => reject(stopReason(call.signal))
  call.signal.addEventListener('abort', stop, { once: true })
  try {
    await Promise.race([over, stopped])
  } finally {
    call.signal.removeEventListener('abort', stop)
  }
}
