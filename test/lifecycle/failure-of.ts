/** The Failure that a function throws; anything else is a failed test. */
import { Failure } from '../../src/kit/failure.ts'

export function failureOf(work: () => unknown): Failure {
  try {
    work()
  } catch (error) {
    if (error instanceof Failure) return error
    throw error
  }
  throw new Error('nothing was thrown')
}
