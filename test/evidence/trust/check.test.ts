/** One bundle against one demand, without any registry. Whatever is changed, by one byte or one field, must not count. */
import { bundleFromJSON } from '@sigstore/bundle'
import { toSignedEntity, toTrustMaterial, Verifier } from '@sigstore/verify'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { preAuthEncoding } from '../../../src/evidence/statements/dsse.ts'
import { PREDICATE } from '../../../src/evidence/statements/predicate-types.ts'
import { STATEMENT_MEDIA_TYPE, signatureStatement } from '../../../src/evidence/statements/statement.ts'
import { dsseBundle } from '../../../src/evidence/trust/bundle.ts'
import { checkBundle, type Demand } from '../../../src/evidence/trust/check.ts'
import type { SigningKey } from '../../../src/evidence/trust/keys/signing-key.ts'
import { digestOf, hexOf } from '../../../src/registry/oci/digest.ts'
import { KINDS, makeKey } from '../keys.ts'

const IMAGE = digestOf(Buffer.from('image'))
const key = makeKey()
const other = makeKey()
const demand: Demand = { keys: [key.public], predicateType: PREDICATE.signature }

/** A bundle with anything replaced, before or after signing. */
function bundleOf(options: { by?: SigningKey; statement?: unknown; payloadType?: string; hint?: string } = {}): Uint8Array {
  const { by = key, payloadType = STATEMENT_MEDIA_TYPE } = options
  const payload = options.statement === undefined ? signatureStatement(IMAGE, { env: 'prod' }) : Buffer.from(JSON.stringify(options.statement))
  return dsseBundle(payloadType, payload, by.sign(preAuthEncoding(payloadType, payload)), { publicKey: { hint: options.hint ?? by.public.fingerprint } })
}

interface Shape {
  mediaType: string
  verificationMaterial: Record<string, unknown>
  dsseEnvelope: { payload: string; payloadType: string; signatures: Array<{ sig: string; keyid?: string }> }
  [more: string]: unknown
}

function changed(change: (bundle: Shape) => void, bytes = bundleOf()): Uint8Array {
  const bundle = JSON.parse(Buffer.from(bytes).toString()) as Shape
  change(bundle)
  return Buffer.from(JSON.stringify(bundle))
}

const signatureOf = (bundle: Shape): { sig: string; keyid?: string } => bundle.dsseEnvelope.signatures[0] ?? { sig: '' }
const statement = (change: Record<string, unknown> = {}): unknown => ({
  ...(JSON.parse(Buffer.from(signatureStatement(IMAGE)).toString()) as object),
  ...change,
})
const reasonOf = (bytes: Uint8Array, more: Partial<Demand> = {}, image = IMAGE): string => {
  const finding = checkBundle(bytes, image, { ...demand, ...more })
  return finding.ok ? 'ok' : finding.reason
}

test.each(KINDS)('a bundle by a key of kind %s counts, and one of another image does not', (kind) => {
  const by = makeKey(kind)
  const bytes = bundleOf({ by })
  expect(checkBundle(bytes, IMAGE, { ...demand, keys: [by.public] })).toMatchObject({ ok: true, key: by.public.fingerprint, annotations: { env: 'prod' } })
  expect(reasonOf(bytes, { keys: [by.public] }, digestOf(Buffer.from('another')))).toBe('subject-differs')
})

test('the bundle has exactly the form that cosign 3 reads: no keyid, the fingerprint as hint, nothing else', () => {
  const payload = signatureStatement(IMAGE)
  const text = Buffer.from(dsseBundle(STATEMENT_MEDIA_TYPE, payload, Buffer.from('sig'), { publicKey: { hint: 'hint=' } })).toString()
  expect(text).toBe(
    `{"mediaType":"application/vnd.dev.sigstore.bundle.v0.3+json","verificationMaterial":{"publicKey":{"hint":"hint="}},"dsseEnvelope":{"payload":"${Buffer.from(payload).toString('base64')}","payloadType":"application/vnd.in-toto+json","signatures":[{"sig":"c2ln"}]}}`,
  )
})

test('@sigstore/verify, which shares no code with ours, accepts the bundle and refuses another key', () => {
  const bundle = bundleFromJSON(JSON.parse(Buffer.from(bundleOf()).toString()))
  const verify = (by: SigningKey): unknown => {
    const rawBytes = Buffer.from(by.public.pem.replaceAll(/-----[^-]+-----|\s/g, ''), 'base64')
    const roots = { mediaType: '', tlogs: [], certificateAuthorities: [], ctlogs: [], timestampAuthorities: [] }
    const trust = toTrustMaterial(roots, { [key.public.fingerprint]: { rawBytes, keyDetails: 5 } })
    return new Verifier(trust, { tlogThreshold: 0, ctlogThreshold: 0, timestampThreshold: 0 }).verify(toSignedEntity(bundle))
  }
  expect(() => verify(key)).not.toThrow()
  expect(() => verify(other)).toThrow('signature verification failed')
})

describe('what was altered does not count', () => {
  test('any bit of payload or signature', () => {
    const { dsseEnvelope } = JSON.parse(Buffer.from(bundleOf()).toString()) as Shape
    const payloadBits = Buffer.from(dsseEnvelope.payload, 'base64').length * 8
    const flip = (base64: string, bit: number): string => {
      const bytes = Buffer.from(base64, 'base64')
      const at = (bit >> 3) % bytes.length
      bytes[at] = (bytes[at] ?? 0) ^ (1 << (bit & 7))
      return bytes.toString('base64')
    }
    fc.assert(
      fc.property(fc.nat(payloadBits - 1), fc.boolean(), (bit, inPayload) => {
        const bytes = changed((bundle) => {
          if (inPayload) bundle.dsseEnvelope.payload = flip(bundle.dsseEnvelope.payload, bit)
          else signatureOf(bundle).sig = flip(signatureOf(bundle).sig, bit)
        })
        expect(reasonOf(bytes)).not.toBe('ok')
      }),
    )
  })

  const subject = (bundle: Shape, edit: (text: string) => string): void => {
    bundle.dsseEnvelope.payload = Buffer.from(edit(Buffer.from(bundle.dsseEnvelope.payload, 'base64').toString())).toString('base64')
  }
  test.each<[string, string, (bundle: Shape) => void]>([
    [
      'the subject, replaced by the digest that is looked at',
      'signature-wrong',
      (bundle) => subject(bundle, (text) => text.replace(/[0-9a-f]{64}/, hexOf(IMAGE))),
    ],
    ['a signed annotation', 'signature-wrong', (bundle) => subject(bundle, (text) => text.replace('"prod"', '"dev"'))],
    ['white space in the payload', 'signature-wrong', (bundle) => subject(bundle, (text) => `${text} `)],
    ['the predicate type', 'predicate-differs', (bundle) => subject(bundle, (text) => text.replace(PREDICATE.signature, PREDICATE.spdx))],
    ['the statement type', 'statement-invalid', (bundle) => subject(bundle, (text) => text.replace('Statement/v1', 'Statement/v2'))],
    ['the payload type', 'statement-invalid', (bundle) => void (bundle.dsseEnvelope.payloadType = 'text/plain')],
    ['the keyid', 'keyid-differs', (bundle) => void (signatureOf(bundle).keyid = other.public.fingerprint)],
    ['the signature, cut', 'signature-wrong', (bundle) => void (signatureOf(bundle).sig = signatureOf(bundle).sig.slice(0, 20))],
    ['the signature, empty', 'bundle-invalid', (bundle) => void (signatureOf(bundle).sig = '')],
    ['a second signature', 'bundle-invalid', (bundle) => void bundle.dsseEnvelope.signatures.push({ sig: 'AAAA' })],
    ['no signature', 'bundle-invalid', (bundle) => void (bundle.dsseEnvelope.signatures = [])],
    ['an unknown field, for which cosign drops the bundle', 'bundle-invalid', (bundle) => void (bundle['note'] = 'x')],
    [
      'a second kind of content',
      'bundle-invalid',
      (bundle) => void (bundle['messageSignature'] = { messageDigest: { algorithm: 'SHA2_256', digest: 'AA==' }, signature: 'AA==' }),
    ],
    ['a second kind of key', 'bundle-invalid', (bundle) => void (bundle.verificationMaterial['certificate'] = { rawBytes: 'AA==' })],
    ['no verification material', 'bundle-invalid', (bundle) => void (bundle.verificationMaterial = {})],
    ['an unknown version', 'bundle-invalid', (bundle) => void (bundle.mediaType = 'application/vnd.dev.sigstore.bundle.v0.9+json')],
  ])('%s', (name, reason, change) => {
    const from = name.startsWith('the subject') ? bundleOf({ statement: statement({ subject: [{ digest: { sha256: '0'.repeat(64) } }] }) }) : bundleOf()
    expect(reasonOf(from)).toBe(name.startsWith('the subject') ? 'subject-differs' : 'ok')
    expect(reasonOf(changed(change, from))).toBe(reason)
  })

  test('two signatures are called what they are', () => {
    const bytes = changed((bundle) => void bundle.dsseEnvelope.signatures.push({ ...signatureOf(bundle) }))
    expect(checkBundle(bytes, IMAGE, demand)).toMatchObject({ ok: false, detail: 'its envelope has 2 signatures; exactly one is allowed' })
  })

  test('anything that is no bundle at all', () => {
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string()), (text) => {
        expect(reasonOf(Buffer.from(text))).toBe('bundle-invalid')
      }),
    )
  })

  test('a bundle with any field replaced by anything is refused with a reason, never with an exception', () => {
    const paths = ['mediaType', 'verificationMaterial', 'dsseEnvelope', 'payload', 'payloadType', 'signatures', 'sig', 'publicKey', 'hint']
    fc.assert(
      fc.property(fc.constantFrom(...paths), fc.jsonValue({ maxDepth: 3 }), (path, value) => {
        const bytes = Buffer.from(JSON.stringify(JSON.parse(Buffer.from(bundleOf()).toString()), (name, inner: unknown) => (name === path ? value : inner)))
        // The hint is not signed and only says where to look first, so an image may stay signed whatever it says.
        if (path !== 'hint' && path !== 'publicKey') expect(reasonOf(bytes)).not.toBe('ok')
        else expect(() => reasonOf(bytes)).not.toThrow()
      }),
    )
  })
})

describe('what was signed for another purpose does not count', () => {
  // GHSA-vjxv-45g9-9296, GHSA-w6c6-c85g-mmv6
  test.each(Object.values(PREDICATE).filter((type) => type !== PREDICATE.signature))('%s by the right key', (predicateType) => {
    expect(reasonOf(bundleOf({ statement: statement({ predicateType }) }))).toBe('predicate-differs')
    expect(reasonOf(bundleOf({ statement: statement({ predicateType }) }), { predicateType })).toBe('ok')
  })

  test('the right statement under another payload type', () => {
    expect(reasonOf(bundleOf({ payloadType: 'application/vnd.in-toto+json; x=1' }))).toBe('statement-invalid')
  })

  test('a bare signature of the digest, without a statement', () => {
    const bundle = {
      mediaType: 'application/vnd.dev.sigstore.bundle.v0.3+json',
      verificationMaterial: { publicKey: { hint: '' } },
      messageSignature: { messageDigest: { algorithm: 'SHA2_256', digest: Buffer.from(hexOf(IMAGE), 'hex').toString('base64') }, signature: 'AA==' },
    }
    expect(reasonOf(Buffer.from(JSON.stringify(bundle)))).toBe('bundle-invalid')
  })
})

describe('keys', () => {
  test('one of several is enough, and the finding names it', () => {
    expect(checkBundle(bundleOf(), IMAGE, { ...demand, keys: [other.public, key.public] })).toMatchObject({ ok: true, key: key.public.fingerprint })
    expect(reasonOf(bundleOf(), { keys: [other.public, makeKey('ed25519').public] })).toBe('key-differs')
    expect(reasonOf(bundleOf(), { keys: [] })).toBe('key-differs')
  })

  test('a hint is no proof: neither a wrong one harms, nor does a right one help', () => {
    expect(reasonOf(bundleOf({ hint: '' }))).toBe('ok')
    expect(reasonOf(bundleOf({ hint: 'somebody' }))).toBe('ok')
    expect(reasonOf(bundleOf({ by: other, hint: key.public.fingerprint }))).toBe('signature-wrong')
  })

  // @sigstore/sign writes the fingerprint as keyid (security.md §0.3).
  test('an empty keyid and that of the key are borne', () => {
    expect(reasonOf(changed((bundle) => void (signatureOf(bundle).keyid = '')))).toBe('ok')
    expect(reasonOf(changed((bundle) => void (signatureOf(bundle).keyid = key.public.fingerprint)))).toBe('ok')
  })

  test('a certificate does not stand in for a key', () => {
    expect(reasonOf(changed((bundle) => void (bundle.verificationMaterial = { certificate: { rawBytes: 'AAAA' } })))).toBe('keyless')
  })
})

describe('annotations', () => {
  test('that are asked for must be there with their value; others may be there too', () => {
    expect(reasonOf(bundleOf(), { annotations: { env: 'prod' } })).toBe('ok')
    expect(reasonOf(bundleOf(), { annotations: { env: 'dev' } })).toBe('annotations-differ')
    expect(reasonOf(bundleOf(), { annotations: { env: 'prod', by: 'x' } })).toBe('annotations-differ')
    expect(reasonOf(bundleOf(), { annotations: { toString: 'x' } })).toBe('annotations-differ')
  })

  test('must be those and no others when exactly those are meant', () => {
    expect(reasonOf(bundleOf(), { annotations: {}, exactly: true })).toBe('annotations-differ')
    expect(reasonOf(bundleOf(), { annotations: { env: 'prod' }, exactly: true })).toBe('ok')
  })
})

test('bundles of older versions are read', () => {
  for (const version of ['0.1', '0.2', '0.3']) {
    expect(reasonOf(changed((bundle) => void (bundle.mediaType = `application/vnd.dev.sigstore.bundle+json;version=${version}`)))).toBe('ok')
  }
})
