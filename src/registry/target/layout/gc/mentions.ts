/**
 * Every digest that a document mentions, wherever and under whatever name: fields that nobody knows yet may hold content too. More is kept
 * than an image needs, and never less.
 */
import { isObject, type Json } from '../../../../kit/json.ts'
import { type Digest, isDigest } from '../../../oci/digest.ts'

export interface Mentions {
  readonly digests: ReadonlySet<Digest>
  /** What it is attached to. */
  readonly subject?: Digest
}

const NONE: Mentions = { digests: new Set() }

/** Whether bytes can be a document at all: JSON begins with a brace or bracket, layers do not. */
export function looksLikeJson(start: Uint8Array): boolean {
  return /^[ \t\r\n]*[[{]/.test(Buffer.from(start).toString('latin1'))
}

/** Of bytes that are no JSON the text is searched. */
export function mentionsIn(bytes: Uint8Array): Mentions {
  if (!looksLikeJson(bytes.subarray(0, 64))) return NONE
  const text = Buffer.from(bytes).toString('utf8')
  const digests = new Set<Digest>()
  for (const [found] of text.matchAll(/sha(?:256:[0-9a-f]{64}|512:[0-9a-f]{128})/g)) if (isDigest(found)) digests.add(found)
  const value = parsed(text)
  for (const said of textsOf(value)) if (isDigest(said)) digests.add(said)
  const subject = isObject(value) && isObject(value['subject']) ? value['subject']['digest'] : undefined
  return { digests, ...(typeof subject === 'string' && isDigest(subject) ? { subject } : {}) }
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json
  } catch {
    return undefined
  }
}

/** Also those that are written with escapes. */
function* textsOf(value: Json | undefined): Generator<string> {
  const open: Json[] = value === undefined ? [] : [value]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (typeof next === 'string') yield next
    else if (Array.isArray(next)) open.push(...next)
    else if (isObject(next)) {
      yield* Object.keys(next)
      open.push(...Object.values(next))
    }
  }
}
