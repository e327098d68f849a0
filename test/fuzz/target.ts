/** What is fuzzed: a reader of text that strangers write, and what must hold whatever they write. */
import { isFailure } from '../../src/kit/failure.ts'

export interface FuzzTarget {
  /** Also the name of its corpus. */
  readonly name: string
  /** What the grammar is made of: mutations put these in, and the test of linear time repeats them. */
  readonly tokens: readonly string[]
  /**
   * Reads the input and asserts what must hold.
   * @returns a word for what came of it; inputs that give a new word are kept as seeds for further ones
   * @throws for everything that must not happen
   */
  check(input: string): string
}

/** A Failure is an answer; every other thing that is thrown goes through. */
export function outcome(read: () => string): string {
  try {
    return read()
  } catch (error) {
    if (!isFailure(error)) throw error
    // What is quoted or counted differs for each input; the sentence around it tells which check refused.
    return `${error.code} ${error.message.replace(/"(?:[^"\\]|\\.)*"|[0-9]+/g, '…').slice(0, 120)}`
  }
}

export function holds(condition: boolean, what: string): void {
  if (!condition) throw new Error(`does not hold: ${what}`)
}

/** The shape of a value: keys and types, lists as their length up to three. */
export function shapeOf(value: unknown, depth = 3): string {
  if (value instanceof Map) return `map${Math.min(value.size, 3)}`
  if (Array.isArray(value))
    return `[${value
      .slice(0, 3)
      .map((entry) => shapeOf(entry, depth - 1))
      .join()}]`
  if (typeof value !== 'object' || value === null || depth === 0) return typeof value
  return `{${Object.entries(value)
    .filter(([, inner]) => inner !== undefined)
    .map(([key, inner]) => `${key.slice(0, 20)}:${shapeOf(inner, depth - 1)}`)
    .toSorted()
    .slice(0, 8)
    .join()}}`
}
