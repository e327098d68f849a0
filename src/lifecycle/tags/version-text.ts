/**
 * A version for text that is not one, e.g. a branch name. What was changed gets eight digits of a hash of the original, so that
 * `feat/a`, `feat-a` and `feat a` stay three versions and a branch `release/1.0` cannot pose as `release-1.0`.
 */
import { digestOf, hexOf } from '../../registry/oci/digest.ts'

// Leaves room in the 128 characters of a tag for an environment (63), a build and the hash.
const LONGEST = 40

/** The text itself when it can stand as a version in a tag; undefined when nothing of it can. */
export function versionFrom(text: string): string | undefined {
  const kept = text
    .replace(/[^A-Za-z0-9._-]+/g, '-')
    .slice(0, LONGEST)
    .replace(/^[._-]+/, '')
    .replace(/[._-]+$/, '')
  if (kept === '') return undefined
  return kept === text ? kept : `${kept}-${hexOf(digestOf(new TextEncoder().encode(text))).slice(0, 8)}`
}
