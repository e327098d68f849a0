/**
 * JSON that must not be ambiguous: duplicate keys, a byte order mark, trailing bytes and deep nesting are refused.
 * Used for every document that a decision rests on. The bytes themselves are always passed on unmodified.
 */
import { Failure } from './failure.ts'

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json }
export type JsonObject = { [key: string]: Json }

const DEEPEST = 64

/** Parses UTF-8 JSON strictly. @throws Failure CONTENT_INVALID naming `what` */
export function parseStrictJson(bytes: Uint8Array, what: string): Json {
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch (error) {
    throw new Failure('CONTENT_INVALID', `${what} is not UTF-8 text`, { cause: error })
  }
  let value: Json
  try {
    value = JSON.parse(text) as Json
  } catch (error) {
    throw new Failure('CONTENT_INVALID', `${what} is not JSON`, { cause: error })
  }
  checkShape(text, what)
  return value
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Walks the tokens of valid JSON once: no key twice in one object, nesting bounded. */
function checkShape(text: string, what: string): void {
  const open: Array<Set<string> | undefined> = []
  const token = /"(?:[^"\\]|\\.)*"|[{}[\]]/gu
  for (let match = token.exec(text); match; match = token.exec(text)) {
    const found = match[0]
    if (found === '{' || found === '[') {
      open.push(found === '{' ? new Set() : undefined)
      if (open.length > DEEPEST) throw new Failure('CONTENT_INVALID', `${what} is nested deeper than ${DEEPEST} levels`)
    } else if (found === '}' || found === ']') {
      open.pop()
    } else if (followedByColon(text, token.lastIndex)) {
      const key = JSON.parse(found) as string
      const keys = open.at(-1)
      if (keys?.has(key)) throw new Failure('CONTENT_INVALID', `${what} has the key ${JSON.stringify(key)} twice`)
      keys?.add(key)
    }
  }
}

function followedByColon(text: string, from: number): boolean {
  let at = from
  while (text[at] === ' ' || text[at] === '\n' || text[at] === '\r' || text[at] === '\t') at += 1
  return text[at] === ':'
}

/** JSON with sorted keys and no white space: the same value gives the same bytes. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) => {
    if (typeof inner !== 'object' || inner === null || Array.isArray(inner)) return inner
    return Object.fromEntries(Object.entries(inner).toSorted(([left], [right]) => (left < right ? -1 : left > right ? 1 : 0)))
  })
}
