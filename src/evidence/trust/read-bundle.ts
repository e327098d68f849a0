/**
 * Reads a Sigstore bundle (v0.1 to v0.3) down to the one envelope in it. @sigstore/bundle decodes and checks the version's rules; what
 * it lets pass — unknown fields, both kinds of content, both kinds of key — is refused here, because another verifier may see another half.
 * Nothing read here is proven: check.ts does that.
 */
import { type Bundle, bundleFromJSON } from '@sigstore/bundle'
import { Failure } from '../../kit/failure.ts'
import { isObject, type JsonObject, parseStrictJson } from '../../kit/json.ts'
import { printable } from '../../kit/printable.ts'
import { BUNDLE_MEDIA_TYPE } from './bundle.ts'

export interface Envelope {
  readonly payloadType: string
  readonly payload: Uint8Array
  readonly signature: Uint8Array
  /** Empty when there is none. Not covered by the signature. */
  readonly keyid: string
  readonly signedBy: { readonly kind: 'key'; readonly hint: string } | { readonly kind: 'certificate' }
}

const MEDIA_TYPES: ReadonlySet<string> = new Set([
  BUNDLE_MEDIA_TYPE,
  'application/vnd.dev.sigstore.bundle+json;version=0.1',
  'application/vnd.dev.sigstore.bundle+json;version=0.2',
  'application/vnd.dev.sigstore.bundle+json;version=0.3',
])

/** True for the media type of a layer, or an artifactType, that announces a bundle of any version. */
export function announcesBundle(mediaType: string | undefined): boolean {
  return mediaType?.startsWith('application/vnd.dev.sigstore.bundle') === true
}

/** @throws Failure CONTENT_INVALID with a reason for people */
export function readBundle(bytes: Uint8Array): Envelope {
  const json = parseStrictJson(bytes, 'the bundle')
  if (!isObject(json)) throw invalid('it is not a JSON object')
  const { mediaType, dsseEnvelope, messageSignature, verificationMaterial } = json
  if (typeof mediaType !== 'string' || !MEDIA_TYPES.has(mediaType)) {
    throw invalid(`its version is not known (${typeof mediaType === 'string' ? printable(mediaType, 80) : 'no mediaType'})`)
  }
  allow(json, ['mediaType', 'verificationMaterial', 'dsseEnvelope', 'messageSignature'], 'the bundle')
  if (dsseEnvelope !== undefined && messageSignature !== undefined) throw invalid('it has two kinds of content')
  if (messageSignature !== undefined) throw invalid('it signs a bare digest, not a statement (no DSSE envelope)')
  if (!isObject(dsseEnvelope) || !Array.isArray(dsseEnvelope['signatures'])) throw invalid('it has no DSSE envelope')
  allow(dsseEnvelope, ['payload', 'payloadType', 'signatures'], 'the envelope')
  if (dsseEnvelope['signatures'].length !== 1) throw invalid(`its envelope has ${dsseEnvelope['signatures'].length} signatures; exactly one is allowed`)
  const [only] = dsseEnvelope['signatures']
  if (!isObject(only)) throw invalid('its signature is not an object')
  allow(only, ['sig', 'keyid'], 'the signature')
  if (!isObject(verificationMaterial)) throw invalid('it has no verification material')
  const kinds = ['publicKey', 'certificate', 'x509CertificateChain'].filter((kind) => verificationMaterial[kind] !== undefined)
  if (kinds.length !== 1) throw invalid(`it names ${kinds.length} kinds of key; exactly one is allowed`)
  return envelopeOf(decode(json))
}

function decode(json: JsonObject): Bundle {
  try {
    return bundleFromJSON(json)
  } catch (error) {
    const fields = error instanceof Error && 'fields' in error && Array.isArray(error.fields) ? error.fields.map(String).join(', ') : undefined
    throw invalid(fields === undefined ? 'it does not have the form of its version' : `these fields are missing or wrong: ${printable(fields, 200)}`)
  }
}

function envelopeOf({ content, verificationMaterial }: Bundle): Envelope {
  if (content.$case !== 'dsseEnvelope') throw invalid('it has no DSSE envelope')
  const { payload, payloadType, signatures } = content.dsseEnvelope
  const [only] = signatures
  if (only === undefined) throw invalid('its envelope has no signature')
  const material = verificationMaterial.content
  return {
    payloadType,
    payload,
    signature: only.sig,
    keyid: only.keyid,
    signedBy: material.$case === 'publicKey' ? { kind: 'key', hint: material.publicKey.hint } : { kind: 'certificate' },
  }
}

function allow(value: JsonObject, known: readonly string[], where: string): void {
  const unknown = Object.keys(value).find((key) => !known.includes(key))
  if (unknown !== undefined) throw invalid(`${where} has the unknown field "${printable(unknown, 60)}"`)
}

function invalid(why: string): Failure {
  return new Failure('CONTENT_INVALID', why)
}
