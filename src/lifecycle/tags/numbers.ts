/** Whole numbers of any length, as decimal digits: 1000 > 999, 08 = 8, and 20-digit build numbers lose nothing. */

/** Negative, zero or positive, as sort wants it. */
export function compareNumbers(left: string, right: string): number {
  const a = left.replace(/^0+(?=[0-9])/, '')
  const b = right.replace(/^0+(?=[0-9])/, '')
  return a.length === b.length ? compareText(a, b) : a.length - b.length
}

/** By code unit, not by locale: the same on every machine. */
export function compareText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0
}

export function increment(number: string): string {
  return (BigInt(number) + 1n).toString()
}
