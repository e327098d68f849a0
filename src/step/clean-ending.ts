/** The last net: whatever a run hands over passes the redactor once more, failures included. */
import { Failure } from '../kit/failure.ts'
import type { Redactor } from '../kit/redact.ts'
import type { Ending } from './host.ts'

/** Everything that leaves passes the redactor once more. */
export function cleanEnding(ending: Ending, redactor: Redactor): Ending {
  const clean = <T>(value: T): T => mapTexts(value, (text) => redactor.clean(text)) as T
  const failure = ending.failure
  return {
    ...ending,
    outputs: clean(ending.outputs),
    shown: clean(ending.shown),
    ...(failure === undefined ? {} : { failure: cleanFailure(failure, redactor) }),
  }
}

function cleanFailure(failure: Failure, redactor: Redactor): Failure {
  const why = failure.cause === undefined ? undefined : redactor.clean(causeText(failure.cause))
  const clean = new Failure(failure.code, redactor.clean(failure.message), {
    ...(why === undefined ? {} : { cause: why }),
    ...(failure.hint === undefined ? {} : { hint: redactor.clean(failure.hint) }),
    facts: mapTexts(failure.facts, (text) => redactor.clean(text)) as Failure['facts'],
    more: failure.more.map((inner) => cleanFailure(inner, redactor)),
  })
  if (failure.stack !== undefined) clean.stack = redactor.clean(failure.stack)
  return clean
}

/** The same value with every text in it changed. */
function mapTexts(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value)
  if (Array.isArray(value)) return value.map((item) => mapTexts(item, change))
  if (typeof value === 'object' && value !== null) return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, mapTexts(item, change)]))
  return value
}

function causeText(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause)
  return cause.cause === undefined ? cause.message : `${cause.message}: ${causeText(cause.cause)}`
}
