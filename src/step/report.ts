/** The result of a run as one document: what `--output json` prints and what hosts keep. */
import type { Failure } from '../kit/failure.ts'
import { reasons } from '../kit/failure.ts'
import { formatDuration } from '../kit/units.ts'
import { failureText } from './failure-text.ts'
import type { Ending } from './host.ts'
import { markdownTable, markdownText } from './table.ts'

export interface Report {
  readonly step: string
  readonly exitCode: number
  readonly outputs: Readonly<Record<string, unknown>>
  readonly error?: object
  readonly [shown: string]: unknown
}

export function reportOf(ending: Ending): Report {
  return {
    step: ending.step.name,
    exitCode: ending.exitCode,
    outputs: ending.outputs,
    ...Object.fromEntries(ending.shown.map((document) => [document.name, document.data])),
    ...(ending.failure === undefined ? {} : { error: errorOf(ending.failure) }),
  }
}

function errorOf(failure: Failure): object {
  return {
    code: failure.code,
    message: failure.message,
    retryable: failure.retryable,
    ...(reasons(failure).length === 0 ? {} : { why: reasons(failure) }),
    ...(failure.hint === undefined ? {} : { hint: failure.hint }),
    ...(Object.keys(failure.facts).length === 0 ? {} : { facts: failure.facts }),
    ...(failure.more.length === 0 ? {} : { more: failure.more.map(errorOf) }),
  }
}

// GitHub drops a step summary above 1 MiB; the rest is room for other text in it.
const LARGEST_SUMMARY = 900 * 1024

/** The run as Markdown, for job summaries. Text from outside is inert. */
export function summaryOf(ending: Ending): string {
  const verdict = ending.exitCode === 0 ? 'done' : `failed (exit ${ending.exitCode})`
  const parts = [`### ferry ${ending.step.name}: ${verdict} in ${formatDuration(ending.milliseconds)}`]
  if (ending.failure) {
    const text = failureText(ending.failure)
    parts.push([`**${markdownText(text.headline)}**`, ...text.lines.map((line) => `- ${line.label}: ${markdownText(line.text)}`)].join('\n'))
  }
  const outputs = Object.entries(ending.outputs).filter(([, value]) => value !== '')
  if (outputs.length > 0) parts.push(markdownTable({ columns: ['output', 'value'], rows: outputs.map(([name, value]) => [name, outputText(value)]) }))
  for (const document of ending.shown) {
    parts.push(`**${markdownText(document.title)}**`, ...document.tables.map(markdownTable), ...(document.lines ?? []).map(markdownText))
  }
  return cutSummary(`${parts.join('\n\n')}\n`)
}

/** Whole lines, so that neither a character nor a table row is torn. */
function cutSummary(text: string): string {
  const bytes = Buffer.from(text)
  if (bytes.length <= LARGEST_SUMMARY) return text
  const end = bytes.subarray(0, LARGEST_SUMMARY).lastIndexOf('\n')
  return `${bytes.subarray(0, end).toString()}\n\n… cut at 900 KiB; the whole is in the report.\n`
}

/** An output as one text: lists as JSON, everything else as it reads. */
export function outputText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}
