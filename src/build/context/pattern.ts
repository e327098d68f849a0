/**
 * Patterns over paths, with the meaning Docker gives them: `*` and `?` stop at a slash, `[a-z]` and `[^a-z]` are classes, `**` is
 * any number of directories, `\` takes the next character as it is. Matching costs at most length × length: no regular
 * expression is made from what a user writes, states are stepped through one by one.
 */
import { Failure } from '../../kit/failure.ts'
import { printable } from '../../kit/printable.ts'

export interface Pattern {
  /** True when the pattern matches this path, from its first to its last character. */
  matches(path: string): boolean
  /** False only when nothing below this directory can match. */
  mayMatchBelow(directory: string): boolean
}

type Token =
  | { readonly kind: 'one'; readonly accepts: (character: string) => boolean }
  | { readonly kind: 'star' }
  /** `**` at the end: everything. */
  | { readonly kind: 'rest' }
  /** `**` elsewhere: nothing, or something that ends with a slash. It enters, then stays inside. */
  | { readonly kind: 'enter' }
  | { readonly kind: 'inside' }

/** Characters. Longer than any path a system allows in practice is a mistake. */
const LONGEST_PATTERN = 4096

/** True when the text has a character that a pattern reads in its own way. */
export function isPattern(text: string): boolean {
  return /[*?[\\]/.test(text)
}

/** @throws Failure INPUT_INVALID for an open or empty class */
export function compilePattern(text: string): Pattern {
  const tokens = readTokens(text)
  const run = (path: string): Uint8Array => {
    let states = closure(tokens, start(tokens.length))
    for (const character of path) states = closure(tokens, step(tokens, states, character))
    return states
  }
  return {
    matches: (path) => run(path)[tokens.length] === 1,
    mayMatchBelow: (directory) => directory === '' || run(`${directory}/`).includes(1),
  }
}

function start(length: number): Uint8Array {
  const states = new Uint8Array(length + 1)
  states[0] = 1
  return states
}

/** Adds the states that are reached without reading a character; they only lie ahead, so one pass is enough. */
function closure(tokens: readonly Token[], states: Uint8Array): Uint8Array {
  for (const [index, token] of tokens.entries()) {
    if (states[index] !== 1) continue
    if (token.kind === 'star' || token.kind === 'rest') states[index + 1] = 1
    if (token.kind === 'enter') {
      states[index + 1] = 1
      states[index + 2] = 1
    }
  }
  return states
}

function step(tokens: readonly Token[], states: Uint8Array, character: string): Uint8Array {
  const next = new Uint8Array(states.length)
  for (const [index, token] of tokens.entries()) {
    if (states[index] !== 1) continue
    if (token.kind === 'one' && token.accepts(character)) next[index + 1] = 1
    if (token.kind === 'star' && character !== '/') next[index] = 1
    if (token.kind === 'rest') next[index] = 1
    if (token.kind === 'inside') {
      next[index] = 1
      if (character === '/') next[index + 1] = 1
    }
  }
  return next
}

function readTokens(text: string): Token[] {
  const refuse = (why: string): never => {
    throw new Failure('INPUT_INVALID', `"${printable(text, 200)}" is not a pattern: ${why}`, { hint: 'Write \\[ for a bracket that stands for itself.' })
  }
  const characters = [...text]
  if (characters.length > LONGEST_PATTERN) return refuse(`it is longer than ${LONGEST_PATTERN} characters`)
  const tokens: Token[] = []
  for (let at = 0; at < characters.length; at += 1) {
    const character = characters[at] ?? ''
    if (character === '*' && characters[at + 1] === '*') {
      at += characters[at + 2] === '/' ? 2 : 1
      if (at === characters.length - 1) tokens.push({ kind: 'rest' })
      else tokens.push({ kind: 'enter' }, { kind: 'inside' })
    } else if (character === '*') {
      tokens.push({ kind: 'star' })
    } else if (character === '?') {
      tokens.push({ kind: 'one', accepts: (other) => other !== '/' })
    } else if (character === '[') {
      const end = endOfClass(characters, at)
      if (end === undefined) return refuse('a [ is not closed, or there is nothing in it')
      tokens.push({ kind: 'one', accepts: readClass(characters.slice(at + 1, end)) })
      at = end
    } else {
      if (character === '\\' && at + 1 < characters.length) at += 1
      const wanted = characters[at]
      tokens.push({ kind: 'one', accepts: (other) => other === wanted })
    }
  }
  return tokens
}

function endOfClass(characters: readonly string[], open: number): number | undefined {
  const first = characters[open + 1] === '^' ? open + 2 : open + 1
  for (let at = first; at < characters.length; at += 1) {
    if (characters[at] === '\\') at += 1
    else if (characters[at] === ']') return at === first ? undefined : at
  }
  return undefined
}

function readClass(inner: readonly string[]): (character: string) => boolean {
  const negated = inner[0] === '^'
  const ranges: Array<readonly [number, number]> = []
  const point = (text: string | undefined): number => text?.codePointAt(0) ?? -1
  let at = negated ? 1 : 0
  const read = (): number => {
    if (inner[at] === '\\' && at + 1 < inner.length) at += 1
    const found = point(inner[at])
    at += 1
    return found
  }
  while (at < inner.length) {
    const low = read()
    const isRange = inner[at] === '-' && at + 1 < inner.length
    if (isRange) at += 1
    ranges.push([low, isRange ? read() : low])
  }
  return (character) => {
    const value = point(character)
    return character !== '/' && ranges.some(([low, high]) => low <= value && value <= high) !== negated
  }
}
