/** Says to people why an image is not verified: per digest what was found, and why each of it does not count. */
import { Failure } from '../../kit/failure.ts'
import { printable } from '../../kit/printable.ts'
import { shortDigest } from '../../registry/oci/digest.ts'
import { describePredicate } from '../statements/predicate-types.ts'
import type { AttachmentVerdict, DigestVerdict, Verdict } from './verdict.ts'

/** Lines of findings that the text of a failure has room for; all of them are in its facts. */
const MOST_LINES = 6

/** SIGNATURE_MISSING when nothing that could be a signature was found anywhere, else SIGNATURE_INVALID. */
export function unverified(place: string, verdict: Verdict): Failure {
  const failed = verdict.digests.filter((each) => !each.ok)
  const missing = failed.every(hasNoCandidate)
  const found = failed.flatMap(describeDigest)
  const wanted = describePredicate(verdict.predicateType)
  const more = found.length > MOST_LINES ? [`and ${found.length - MOST_LINES} more findings`] : []
  const all = verdict.digests.length
  const state = missing ? (failed.length < all ? 'not all of it is signed' : 'it is not signed') : 'no signature on it satisfies'
  const reach = all > 1 ? ` (${failed.length} of ${all} digests of the index fail)` : ''
  return new Failure(missing ? 'SIGNATURE_MISSING' : 'SIGNATURE_INVALID', `cannot verify ${place}@${verdict.image}: ${state}${reach}`, {
    cause: [...found.slice(0, MOST_LINES), ...more].join('; '),
    hint: hint(missing, failed),
    facts: { image: verdict.image, wanted, keys: verdict.keys, failed: failed.map((each) => each.digest), found },
  })
}

function hint(missing: boolean, failed: readonly DigestVerdict[]): string {
  const reasons = new Set(failed.flatMap((each) => each.attachments.map((attachment) => (attachment.ok ? 'ok' : attachment.reason))))
  if (missing) return 'Sign it (ferry sign), or check that it is the image you mean; copying with another tool may have left the signature behind.'
  if (reasons.has('signature-wrong')) return 'Do not use this image before it is known who changed the signature; then sign it again from a trusted build.'
  if (reasons.has('annotations-differ')) return 'The key is right, the signed annotations are not those that were asked for: sign with them, or ask for others.'
  if (reasons.has('key-differs')) return 'Check that the public key is the pair of the key that signed; the fingerprints are listed with --output json.'
  return 'Sign it with the key that is asked for (ferry sign); other attachments, such as an SBOM, do not count as a signature.'
}

function hasNoCandidate(verdict: DigestVerdict): boolean {
  return verdict.unopened === 0 && verdict.attachments.every((attachment) => !attachment.ok && attachment.reason === 'not-a-bundle')
}

function describeDigest(verdict: DigestVerdict): string[] {
  const name = `${shortDigest(verdict.digest)}${verdict.platform === undefined ? '' : ` (${printable(verdict.platform, 60)})`}`
  if (verdict.attachments.length === 0) return [`nothing is attached to ${name}`]
  const lines = verdict.attachments.map((attachment) => `on ${name}: ${describeAttachment(attachment)}`)
  return verdict.unopened === 0 ? lines : [...lines, `on ${name}: ${verdict.unopened} more attachments, which were not opened because there are too many`]
}

function describeAttachment(attachment: AttachmentVerdict): string {
  const type = attachment.artifactType === undefined ? '' : ` of type ${printable(attachment.artifactType, 80)}`
  const key = attachment.hint === undefined ? '' : `, key hint ${attachment.hint}`
  return `${shortDigest(attachment.digest)}${type}${key} does not count: ${attachment.ok ? 'unknown' : attachment.detail}`
}
