/** Tables as data, and how they look as plain text and as Markdown. */
import { printable } from '../kit/printable.ts'

export interface Table {
  readonly columns: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

/** Columns padded with spaces, two apart; no borders, so that a line can be copied. */
export function plainTable({ columns, rows }: Table): string {
  const lines = [columns.map((column) => column.toUpperCase()), ...rows.map((row) => row.map((cell) => printable(cell)))]
  const widths = columns.map((_, index) => Math.max(...lines.map((line) => widthOf(line[index] ?? ''))))
  return lines
    .map((line) =>
      line
        .map((cell, index) => cell + ' '.repeat(Math.max(0, (widths[index] ?? 0) - widthOf(cell))))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

/** A GitHub-flavoured table; cells from outside cannot break out of it. */
export function markdownTable({ columns, rows }: Table): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  return [line(columns), line(columns.map(() => '---')), ...rows.map((row) => line(row.map(markdownText)))].join('\n')
}

/** Text from outside as inert Markdown. */
export function markdownText(text: string): string {
  return printable(text).replace(/[\\`*_{}[\]()#+!|<>@~$&]/g, (character) => `&#${character.codePointAt(0) ?? 0};`)
}

// East Asian wide characters take two columns; ranges from Unicode's EastAsianWidth, W and F.
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u

function widthOf(text: string): number {
  let width = 0
  for (const character of text) width += WIDE.test(character) ? 2 : 1
  return width
}
