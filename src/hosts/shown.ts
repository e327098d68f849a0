/** What a step shows to people, as lines of a log. Indented, so that no text from outside begins a line. */
import { printable } from '../kit/printable.ts'
import type { Shown } from '../step/context.ts'
import { plainTable } from '../step/table.ts'

export function shownLines(documents: readonly Shown[]): readonly string[] {
  return documents.flatMap((document) => [
    `  ${printable(document.title)}`,
    ...document.tables.flatMap((table) => plainTable(table).replace(/^/gm, '    ').split('\n')),
    ...(document.lines ?? []).map((line) => `    ${printable(line)}`),
  ])
}
