/**
 * The one error class. A Failure says what was tried on what (message), why it failed (cause) and the next move (hint).
 * Texts never contain secrets; facts are for machines (`--output json`) and are redacted again where they are printed.
 */
import { EXIT, FAILURE_CODES, type FailureCode } from './failure-codes.ts'

export interface FailureOptions {
  /** Why: an error, or one sentence. */
  readonly cause?: unknown
  /** The next move, as a sentence that names a command, input or right. */
  readonly hint?: string
  /** Values a machine may branch on: digests, tags, status codes. Never secrets. */
  readonly facts?: Readonly<Record<string, string | number | boolean | readonly string[]>>
  /** Further failures of the same call, when several were found together. */
  readonly more?: readonly Failure[]
}

export class Failure extends Error {
  override readonly name = 'Failure'
  readonly code: FailureCode
  readonly hint: string | undefined
  readonly facts: NonNullable<FailureOptions['facts']>
  readonly more: readonly Failure[]

  /** @param message what was tried on what, e.g. `cannot push team/app to harbor.example.com` */
  constructor(code: FailureCode, message: string, options: FailureOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.code = code
    this.hint = options.hint
    this.facts = options.facts ?? {}
    this.more = options.more ?? []
  }

  /** Everything but code and message, for a failure that says the same with more words. */
  get parts(): FailureOptions {
    return {
      facts: this.facts,
      more: this.more,
      ...(this.cause === undefined ? {} : { cause: this.cause }),
      ...(this.hint === undefined ? {} : { hint: this.hint }),
    }
  }

  get exitCode(): number {
    return EXIT[FAILURE_CODES[this.code].exit]
  }

  /** True when running the same command again later can help. */
  get retryable(): boolean {
    return FAILURE_CODES[this.code].exit === 'unavailable'
  }
}

/** True for a Failure, with the given code when one is named. */
export function isFailure(error: unknown, code?: FailureCode): error is Failure {
  return error instanceof Failure && (code === undefined || error.code === code)
}

/** The chain of reasons below an error, outermost first, without the error itself. */
export function reasons(error: unknown): string[] {
  const found: string[] = []
  let next: unknown = error instanceof Error ? error.cause : undefined
  while (next !== undefined && found.length < 8) {
    if (next instanceof Error) {
      found.push(next.message)
      next = next.cause
    } else {
      found.push(String(next))
      next = undefined
    }
  }
  return found
}

/** Any thrown value as a Failure; what is not one already is a defect of ours. */
export function asFailure(error: unknown): Failure {
  if (error instanceof Failure) return error
  const systemCode = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (systemCode === 'ENOSPC' || systemCode === 'EDQUOT') {
    return new Failure('STORAGE_FULL', 'cannot write: no space left on the disk', {
      cause: error,
      hint: 'Free some space or name another directory, then run the same command again; nothing is lost.',
    })
  }
  if (systemCode === 'EROFS' || systemCode === 'EACCES' || systemCode === 'EPERM') {
    return new Failure('FILE_UNREADABLE', 'cannot write: the place is read-only or not ours', {
      cause: error,
      hint: 'Name a directory that this user may write, or mend its owner and mode.',
    })
  }
  return new Failure('INTERNAL', error instanceof Error ? error.message : String(error), {
    cause: error,
    hint: 'This is a defect of kubeferry. Run again with FERRY_TRACE=1 and report what it prints.',
  })
}
