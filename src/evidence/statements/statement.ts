/**
 * in-toto statements: what is claimed of which digests. Written as v1, byte for byte as cosign 3 writes a signature. Read strictly, but
 * for a missing predicate, which cosign 3.0.0 to 3.0.4 left out (sigstore/cosign#4634), and for v0.1, in which cosign 3.1 still attests SBOMs.
 * Specification: in-toto attestation spec v1.1, spec/v1/statement.md. Who signed it is not looked at here.
 */
import { Failure } from '../../kit/failure.ts'
import { isObject, type Json, type JsonObject, parseStrictJson } from '../../kit/json.ts'
import { printable } from '../../kit/printable.ts'
import { readAnnotations } from '../../registry/oci/descriptor.ts'
import { algorithmOf, type Digest, hexOf } from '../../registry/oci/digest.ts'
import { PREDICATE } from './predicate-types.ts'

const STATEMENT_TYPE = 'https://in-toto.io/Statement/v1'
const STATEMENT_TYPES: ReadonlySet<unknown> = new Set([STATEMENT_TYPE, 'https://in-toto.io/Statement/v0.1'])
/** The DSSE payload type of a statement. */
export const STATEMENT_MEDIA_TYPE = 'application/vnd.in-toto+json'

/** One thing a statement is about. */
export interface Subject {
  /** Hexadecimal digests by algorithm, e.g. `{ sha256: '…' }`. */
  readonly digest: Readonly<Record<string, string>>
  readonly name?: string
  readonly annotations: Readonly<Record<string, string>>
}

export interface Statement {
  readonly predicateType: string
  readonly subjects: readonly Subject[]
  /** `{}` when the document has none. */
  readonly predicate: JsonObject
}

// A statement names what one build made; more subjects than this is no statement about images.
const MOST_SUBJECTS = 1000

/** The statement that is signed for an image: UTF-8 JSON. Annotations are part of what is signed. */
export function signatureStatement(image: Digest, annotations: Readonly<Record<string, string>> = {}): Uint8Array {
  const keys = Object.keys(annotations).toSorted()
  const subject = {
    digest: { [algorithmOf(image)]: hexOf(image) },
    ...(keys.length === 0 ? {} : { annotations: Object.fromEntries(keys.map((key) => [key, annotations[key]])) }),
  }
  return Buffer.from(JSON.stringify({ _type: STATEMENT_TYPE, subject: [subject], predicateType: PREDICATE.signature, predicate: {} }))
}

/** @throws Failure CONTENT_INVALID */
export function readStatement(bytes: Uint8Array): Statement {
  const what = 'the statement'
  const json = parseStrictJson(bytes, what)
  if (!isObject(json)) throw new Failure('CONTENT_INVALID', `${what} is not a JSON object`)
  const { _type: type, predicateType, subject, predicate } = json
  if (!STATEMENT_TYPES.has(type)) {
    throw new Failure('CONTENT_INVALID', `${what} is of type ${typeof type === 'string' ? printable(type, 120) : 'no kind'}, which is not known`)
  }
  if (typeof predicateType !== 'string' || predicateType === '') throw new Failure('CONTENT_INVALID', `${what} has no predicateType`)
  if (!Array.isArray(subject) || subject.length === 0) throw new Failure('CONTENT_INVALID', `${what} names no subject`)
  if (subject.length > MOST_SUBJECTS) throw new Failure('LIMIT_REACHED', `${what} names more than ${MOST_SUBJECTS} subjects`)
  if (predicate !== undefined && predicate !== null && !isObject(predicate))
    throw new Failure('CONTENT_INVALID', `${what} has a predicate that is not an object`)
  return { predicateType, subjects: subject.map(readSubject), predicate: predicate ?? {} }
}

function readSubject(value: Json, index: number): Subject {
  const where = `subject[${index}] of the statement`
  if (!isObject(value)) throw new Failure('CONTENT_INVALID', `${where} is not an object`)
  const { digest, name } = value
  if (!isObject(digest) || Object.keys(digest).length === 0) throw new Failure('CONTENT_INVALID', `${where} has no digest`)
  const digests = Object.entries(digest).map(([algorithm, hex]) => {
    if (typeof hex !== 'string' || hex === '') throw new Failure('CONTENT_INVALID', `${where} has a ${printable(algorithm, 40)} digest that is not text`)
    return [algorithm, hex] as const
  })
  return {
    digest: Object.fromEntries(digests),
    annotations: readAnnotations(value['annotations'], where) ?? {},
    ...(typeof name === 'string' && name !== '' ? { name } : {}),
  }
}

/** The subject that is this very digest, by the digest's own algorithm; nothing weaker counts. */
export function subjectOf(statement: Statement, image: Digest): Subject | undefined {
  const algorithm = algorithmOf(image)
  return statement.subjects.find((subject) => Object.hasOwn(subject.digest, algorithm) && subject.digest[algorithm] === hexOf(image))
}
