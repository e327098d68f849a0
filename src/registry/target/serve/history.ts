/** What was asked of the registry, in order, and which rule of the fault plan it met: for tests, and for those who wonder. */
import type { IncomingMessage } from 'node:http'
import { printable } from '../../../kit/printable.ts'

export interface HistoryEntry {
  /** Counted from 1. */
  readonly number: number
  readonly method: string
  /** Path and query, as they came. */
  readonly path: string
  /** Number of the rule in the fault plan that decided about this request, counted from 0. */
  rule?: number
  /** The status that the registry meant to answer; absent when the request did not reach it. */
  status?: number
}

export interface History {
  readonly entries: readonly HistoryEntry[]
  note(message: IncomingMessage): HistoryEntry
}

// A registry may be served for weeks: then the oldest entries go.
const MOST_KEPT = 10_000

export function createHistory(): History {
  const entries: HistoryEntry[] = []
  let number = 0
  return {
    entries,
    note(message) {
      number += 1
      const entry: HistoryEntry = { number, method: printable(message.method ?? '', 20), path: printable(message.url ?? '', 2000) }
      entries.push(entry)
      if (entries.length > MOST_KEPT) entries.shift()
      return entry
    },
  }
}
