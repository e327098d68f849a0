/** Text from outside (registries, tools, inputs) made harmless for a terminal and a CI log. */

// C0 and C1 controls, line separators, and the marks that reorder text (Trojan Source).
const HIDDEN = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu

/** Controls and reordering marks become visible as `\u{…}`; the result is one line of at most `limit` characters. */
export function printable(text: string, limit = 400): string {
  const shown = text.replace(HIDDEN, (character) => {
    if (character === '\n') return '\\n'
    if (character === '\t') return '\\t'
    if (character === '\r') return '\\r'
    return `\\u{${character.codePointAt(0)?.toString(16) ?? ''}}`
  })
  return shown.length > limit ? `${shown.slice(0, limit)}…` : shown
}
