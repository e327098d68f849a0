/**
 * A failure for a tired person: what happened, why, the next move, where to read more. Built in one place for every host.
 */
import { type Failure, reasons } from '../kit/failure.ts'
import { printable } from '../kit/printable.ts'
import { PRODUCT } from '../kit/product.ts'

export interface FailureText {
  readonly headline: string
  /** Lines below the headline, each with its label. */
  readonly lines: readonly { readonly label: 'why' | 'fix' | 'more' | 'also'; readonly text: string }[]
}

export function failureText(failure: Failure): FailureText {
  const lines: { label: 'why' | 'fix' | 'more' | 'also'; text: string }[] = []
  for (const inner of failure.more) {
    lines.push({ label: 'also', text: printable(`${inner.message}${inner.hint === undefined ? '' : ` — ${inner.hint}`}`, 800) })
  }
  const why = reasons(failure).filter((reason) => !failure.message.includes(reason))
  if (why.length > 0) lines.push({ label: 'why', text: printable(why.join(': '), 600) })
  if (failure.hint !== undefined) lines.push({ label: 'fix', text: printable(failure.hint, 600) })
  lines.push({ label: 'more', text: docsUrl(failure.code) })
  return { headline: `${failure.code}  ${printable(failure.message, 600)}`, lines }
}

function docsUrl(code: string): string {
  return `${PRODUCT.home}/blob/main/docs/reference/errors.md#${code.toLowerCase()}`
}
