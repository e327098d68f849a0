/**
 * Digests: `algorithm:encoded`. Only a parsed digest may reach a path or a URL (CVE-2024-3727); sha256 and sha512 are known.
 * Grammar: OCI image-spec v1.1, descriptor.md#digests.
 */
import { createHash, type Hash } from 'node:crypto'
import { Failure } from '../../kit/failure.ts'

declare const digestBrand: unique symbol
export type Digest = string & { readonly [digestBrand]: true }
export type DigestAlgorithm = 'sha256' | 'sha512'

const HEX_LENGTH: Record<DigestAlgorithm, number> = { sha256: 64, sha512: 128 }

export function isDigest(text: string): text is Digest {
  const colon = text.indexOf(':')
  const algorithm = text.slice(0, colon)
  if (algorithm !== 'sha256' && algorithm !== 'sha512') return false
  const hex = text.slice(colon + 1)
  return hex.length === HEX_LENGTH[algorithm] && /^[0-9a-f]+$/.test(hex)
}

/** @throws Failure REFERENCE_INVALID */
export function parseDigest(text: string): Digest {
  if (isDigest(text)) return text
  throw new Failure('REFERENCE_INVALID', `${JSON.stringify(text.slice(0, 200))} is not a digest`, {
    hint: 'A digest is sha256: with 64, or sha512: with 128, lower-case hexadecimal digits.',
  })
}

export function algorithmOf(digest: Digest): DigestAlgorithm {
  return digest.startsWith('sha512:') ? 'sha512' : 'sha256'
}

export function hexOf(digest: Digest): string {
  return digest.slice(digest.indexOf(':') + 1)
}

/** The first 12 digits, for tables. */
export function shortDigest(digest: Digest): string {
  return `${algorithmOf(digest)}:${hexOf(digest).slice(0, 12)}`
}

export function digestOf(bytes: Uint8Array, algorithm: DigestAlgorithm = 'sha256'): Digest {
  return finishDigest(createHash(algorithm).update(bytes), algorithm)
}

/** The digest a finished hash stands for. */
export function finishDigest(hash: Hash, algorithm: DigestAlgorithm): Digest {
  return `${algorithm}:${hash.digest('hex')}` as Digest
}

/** `sha256:<hex>` → `sha256-<hex>`: the tag under which registries without the referrers API list referrers. */
export function fallbackTag(digest: Digest): string {
  return `${algorithmOf(digest)}-${hexOf(digest).slice(0, 64)}`
}
