/** What a failure says of the part that was looked at: it is not there, its bytes are wrong, or nothing was learnt. */
import { type Call, throwIfStopped } from '../../kit/call.ts'
import { isFailure } from '../../kit/failure.ts'
import type { FailureCode } from '../../kit/failure-codes.ts'

export interface Trouble {
  /** `unknown`: it could not be looked at, so it is neither there nor missing. */
  readonly kind: 'missing' | 'damaged' | 'unknown'
  readonly code: FailureCode
  readonly why: string
}

/** Failures of the whole, which say nothing of one part. */
const ENDS: ReadonlySet<FailureCode> = new Set(['LIMIT_REACHED', 'DEADLINE', 'INTERRUPTED', 'TERMINATED'])

/** @throws the error itself when the run was stopped, a safety limit was reached, or it is no Failure */
export function troubleOf(error: unknown, call: Call): Trouble {
  throwIfStopped(call)
  if (!isFailure(error) || ENDS.has(error.code)) throw error
  const { code } = error
  const why = [error.message, ...(error.cause instanceof Error ? [error.cause.message] : error.cause === undefined ? [] : [String(error.cause)])].join(': ')
  if (code === 'CONTENT_MISSING') return { kind: 'missing', code, why }
  return { kind: code === 'DIGEST_MISMATCH' || code === 'CONTENT_INVALID' ? 'damaged' : 'unknown', code, why }
}
