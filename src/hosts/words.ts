/** How log lines and failures read, alike on every host. Each line starts with our own word, so no text from outside can begin a line. */
import type { Failure } from '../kit/failure.ts'
import { printable } from '../kit/printable.ts'
import { failureText } from '../step/failure-text.ts'
import type { LogLine } from '../step/log.ts'

/** `ferry: message  key=value`. */
export function logText({ level, message, fields }: LogLine): string {
  const pairs = Object.entries(fields).flatMap(([key, value]) => (value === undefined ? [] : [`${key}=${quoted(String(value))}`]))
  const prefix = level === 'warn' ? 'ferry: warning: ' : level === 'error' ? 'ferry: error: ' : 'ferry: '
  return `${prefix}${message}${pairs.length === 0 ? '' : `  ${pairs.join(' ')}`}`
}

function quoted(text: string): string {
  const shown = printable(text)
  return /[\s"=]/.test(shown) ? JSON.stringify(shown) : shown
}

/** Headline, why, fix, more; one text a line. */
export function failureLines(failure: Failure): readonly string[] {
  const { headline, lines } = failureText(failure)
  return [`ferry: error: ${headline}`, ...lines.map((line) => `  ${line.label.padEnd(4)}  ${line.text}`)]
}
