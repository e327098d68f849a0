import { dsse } from '@sigstore/core'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { preAuthEncoding } from '../../../src/evidence/statements/dsse.ts'
import { describePredicate, PREDICATE } from '../../../src/evidence/statements/predicate-types.ts'
import { readStatement, signatureStatement, subjectOf } from '../../../src/evidence/statements/statement.ts'
import { digestOf, hexOf } from '../../../src/registry/oci/digest.ts'

const IMAGE = digestOf(Buffer.from('image'))
const valid = { _type: 'https://in-toto.io/Statement/v1', subject: [{ digest: { sha256: hexOf(IMAGE) } }], predicateType: PREDICATE.signature, predicate: {} }
const read = (value: unknown) => readStatement(Buffer.from(JSON.stringify(value)))
const text = fc.string({ unit: 'grapheme', maxLength: 30 })
const annotations = fc.dictionary(
  text.filter((key) => key !== '__proto__'),
  text,
  { maxKeys: 5 },
)

describe('the statement of a signature', () => {
  test('is byte for byte what cosign 3 signs', () => {
    expect(Buffer.from(signatureStatement(IMAGE)).toString()).toBe(
      `{"_type":"https://in-toto.io/Statement/v1","subject":[{"digest":{"sha256":"${hexOf(IMAGE)}"}}],"predicateType":"https://sigstore.dev/cosign/sign/v1","predicate":{}}`,
    )
    expect(Buffer.from(signatureStatement(IMAGE, { env: 'prod', a: 'b' })).toString()).toContain(
      '"subject":[{"digest":{"sha256":"' + hexOf(IMAGE) + '"},"annotations":{"a":"b","env":"prod"}}]',
    )
  })

  test('is read back with its digest and annotations', () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.constantFrom('sha256' as const, 'sha512' as const), annotations, (bytes, algorithm, given) => {
        const image = digestOf(bytes, algorithm)
        const subject = subjectOf(readStatement(signatureStatement(image, given)), image)
        expect(subject?.annotations).toEqual({ ...given })
      }),
    )
  })

  test('does not depend on the order in which annotations are given', () => {
    expect(signatureStatement(IMAGE, { a: '1', b: '2' })).toEqual(signatureStatement(IMAGE, { b: '2', a: '1' }))
  })
})

describe('reading a statement', () => {
  test('bears a missing predicate (sigstore/cosign#4634)', () => {
    const { predicate: _predicate, ...without } = valid
    expect(read(without).predicate).toEqual({})
    expect(read({ ...valid, predicate: null }).predicate).toEqual({})
  })

  test('bears the older type, in which cosign 3.1 attests SBOMs', () => {
    expect(read({ ...valid, _type: 'https://in-toto.io/Statement/v0.1' }).predicateType).toBe(valid.predicateType)
  })

  test.each([
    ['no type', { ...valid, _type: undefined }],
    ['another type', { ...valid, _type: 'https://in-toto.io/Statement/v2' }],
    ['no predicate type', { ...valid, predicateType: '' }],
    ['a predicate that is a list', { ...valid, predicate: [] }],
    ['no subject', { ...valid, subject: [] }],
    ['a subject without digest', { ...valid, subject: [{ name: 'x' }] }],
    ['a digest that is no text', { ...valid, subject: [{ digest: { sha256: 1 } }] }],
    ['annotations that are no text', { ...valid, subject: [{ digest: { sha256: 'ab' }, annotations: { a: 1 } }] }],
    ['a list', [valid]],
  ])('refuses %s', (_name, value) => {
    expect(() => read(value)).toThrow(expect.objectContaining({ code: 'CONTENT_INVALID' }))
  })

  test('refuses a key that stands twice, of which two readers might take different ones', () => {
    const twice = JSON.stringify(valid).replace('"predicate":{}', `"predicate":{},"predicateType":"${PREDICATE.spdx}"`)
    expect(() => readStatement(Buffer.from(twice))).toThrow(/twice/)
  })

  test('finds a subject only by the algorithm of the digest, and in no inherited field', () => {
    const sha512 = digestOf(Buffer.from('image'), 'sha512')
    const statement = read({
      ...valid,
      subject: [{ digest: { sha256: hexOf(sha512).slice(0, 64), md5: hexOf(IMAGE) } }, { digest: { sha512: hexOf(sha512) } }],
    })
    expect(subjectOf(statement, IMAGE)).toBeUndefined()
    expect(subjectOf(statement, sha512)).toBe(statement.subjects[1])
  })
})

test('the signed bytes are those of @sigstore/core', () => {
  fc.assert(
    fc.property(text, fc.uint8Array({ maxLength: 300 }), (type, payload) => {
      expect(Buffer.from(preAuthEncoding(type, payload))).toEqual(dsse.preAuthEncoding(type, Buffer.from(payload)))
    }),
  )
})

test('an unknown kind of statement is named by its URI, made harmless', () => {
  expect(describePredicate(PREDICATE.spdx)).toBe('an SBOM (SPDX)')
  expect(describePredicate('https://x.example/\u001b[31m')).toBe('a statement of type https://x.example/\\u{1b}[31m')
})
