/**
 * What verification found, as plain data: per digest, per attachment, with a reason for each that does not count.
 * How it is found is in verify.ts; how it is said to people, in explain.ts.
 */
import type { Digest } from '../../registry/oci/digest.ts'

/** Why an attachment does not count as the evidence that was asked for. */
export type Reason =
  | 'not-a-bundle'
  | 'unreadable'
  | 'bundle-invalid'
  | 'statement-invalid'
  | 'subject-differs'
  | 'predicate-differs'
  | 'keyless'
  | 'keyid-differs'
  | 'key-differs'
  | 'signature-wrong'
  | 'annotations-differ'

/** What a bundle says of itself; unproven unless the finding is ok. */
export interface Claims {
  readonly predicateType?: string
  /** Fingerprint of the key it says it was signed with. */
  readonly hint?: string
}

export interface Accepted extends Claims {
  readonly ok: true
  readonly predicateType: string
  /** Fingerprint of the key that verified it. */
  readonly key: string
  /** Signed annotations of the subject. */
  readonly annotations: Readonly<Record<string, string>>
}

export interface Refused extends Claims {
  readonly ok: false
  readonly reason: Reason
  /** One clause for people, e.g. `it is an SBOM (SPDX), not an image signature`. */
  readonly detail: string
}

export type Finding = Accepted | Refused

export type AttachmentVerdict = Finding & {
  /** Of the manifest that is attached. */
  readonly digest: Digest
  readonly artifactType?: string
}

export interface DigestVerdict {
  readonly digest: Digest
  readonly mediaType: string
  /** `linux/arm64`, for a child of an index that says so. */
  readonly platform?: string
  readonly ok: boolean
  /** In the order they were looked at; the last one is the one that satisfied. */
  readonly attachments: readonly AttachmentVerdict[]
  /** How many were listed and not opened: one satisfied before, or there were too many. */
  readonly unopened: number
}

export interface Verdict {
  /** True when every digest is. */
  readonly ok: boolean
  readonly image: Digest
  readonly predicateType: string
  /** Fingerprints of the keys that were asked for; one of them is enough. */
  readonly keys: readonly string[]
  /** The image or index first, then its children. */
  readonly digests: readonly DigestVerdict[]
}
