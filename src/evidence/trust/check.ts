/**
 * Decides whether one bundle is the evidence that was asked for. Pure: bytes and demand in, finding out; everything that is not
 * proven is refused. Kind of statement and digest are checked here because signature libraries do not: an SBOM signed by the same
 * key passes `cosign verify` (security.md §0.4; GHSA-vjxv-45g9-9296, GHSA-w6c6-c85g-mmv6).
 * The key decides the hash; @sigstore/verify would take SHA-256 for every curve.
 */
import { isFailure } from '../../kit/failure.ts'
import { printable } from '../../kit/printable.ts'
import type { Digest } from '../../registry/oci/digest.ts'
import { preAuthEncoding } from '../statements/dsse.ts'
import { describePredicate } from '../statements/predicate-types.ts'
import { readStatement, STATEMENT_MEDIA_TYPE, subjectOf } from '../statements/statement.ts'
import type { VerifyingKey } from './keys/verifying-key.ts'
import { type Envelope, readBundle } from './read-bundle.ts'
import type { Claims, Finding, Reason, Refused } from './verdict.ts'

export interface Demand {
  /** One of them must have signed. None means that nothing is accepted. */
  readonly keys: readonly VerifyingKey[]
  readonly predicateType: string
  /** Each must stand in the signed subject with this value. */
  readonly annotations?: Readonly<Record<string, string>>
  /** True when the subject may have no other annotations than these. */
  readonly exactly?: boolean
}

type Read<T> = { readonly value: T } | { readonly refused: Refused }

export function checkBundle(bytes: Uint8Array, image: Digest, demand: Demand): Finding {
  const bundle = attempt(() => readBundle(bytes), 'bundle-invalid')
  if ('refused' in bundle) return bundle.refused
  const envelope = bundle.value
  const hint: Claims = envelope.signedBy.kind === 'key' && envelope.signedBy.hint !== '' ? { hint: printable(envelope.signedBy.hint, 100) } : {}
  if (envelope.payloadType !== STATEMENT_MEDIA_TYPE) {
    return refuse('statement-invalid', `its payload is ${printable(envelope.payloadType, 80) || 'of no type'}, not an in-toto statement`, hint)
  }
  const read = attempt(() => readStatement(envelope.payload), 'statement-invalid', hint)
  if ('refused' in read) return read.refused
  const statement = read.value
  const claims: Claims = { ...hint, predicateType: printable(statement.predicateType, 200) }
  if (statement.predicateType !== demand.predicateType) {
    return refuse('predicate-differs', `it is ${describePredicate(statement.predicateType)}, not ${describePredicate(demand.predicateType)}`, claims)
  }
  const subject = subjectOf(statement, image)
  if (subject === undefined) return refuse('subject-differs', 'it signs another digest', claims)
  const signer = findSigner(envelope, demand.keys, claims)
  if ('refused' in signer) return signer.refused
  const difference = differenceOf(subject.annotations, demand)
  if (difference !== undefined) return refuse('annotations-differ', difference, claims)
  return { ...hint, ok: true, predicateType: statement.predicateType, key: signer.value.fingerprint, annotations: subject.annotations }
}

/** The hint is only where to look first: it is not signed, and cosign ignores it. */
function findSigner(envelope: Envelope, keys: readonly VerifyingKey[], claims: Claims): Read<VerifyingKey> {
  const { signedBy, payloadType, payload, signature, keyid } = envelope
  if (signedBy.kind === 'certificate') return refused('keyless', 'it is signed with a certificate, and a key was asked for', claims)
  const signed = preAuthEncoding(payloadType, payload)
  const named = keys.find((key) => key.fingerprint === signedBy.hint)
  const ordered = named === undefined ? keys : [named, ...keys.filter((key) => key !== named)]
  const signer = ordered.find((key) => key.verify(signed, signature))
  if (signer === undefined) {
    return named === undefined
      ? refused('key-differs', 'it is signed by another key', claims)
      : refused('signature-wrong', 'it names the right key, but the signature does not fit: it was altered or forged', claims)
  }
  // Not signed either, but a keyid that contradicts the key makes cosign 3 and Kyverno pass the signature over (kyverno#17363).
  if (keyid !== '' && keyid !== signer.fingerprint) return refused('keyid-differs', 'the keyid beside its signature names another key', claims)
  return { value: signer }
}

function differenceOf(found: Readonly<Record<string, string>>, { annotations = {}, exactly = false }: Demand): string | undefined {
  for (const [key, value] of Object.entries(annotations)) {
    const has = Object.hasOwn(found, key) ? found[key] : undefined
    if (has !== value) {
      const shown = has === undefined ? 'is not there' : `is "${printable(has, 80)}"`
      return `its annotation ${printable(key, 80)} ${shown} and not "${printable(value, 80)}"`
    }
  }
  const extra = exactly ? Object.keys(found).find((key) => !Object.hasOwn(annotations, key)) : undefined
  return extra === undefined ? undefined : `it also has the annotation ${printable(extra, 80)}`
}

function attempt<T>(work: () => T, reason: Reason, claims: Claims = {}): Read<T> {
  try {
    return { value: work() }
  } catch (error) {
    if (!isFailure(error)) throw error
    return refused(reason, error.message, claims)
  }
}

function refuse(reason: Reason, detail: string, claims: Claims = {}): Refused {
  return { ...claims, ok: false, reason, detail }
}

function refused(reason: Reason, detail: string, claims: Claims): { readonly refused: Refused } {
  return { refused: refuse(reason, detail, claims) }
}
