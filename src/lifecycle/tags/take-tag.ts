/**
 * Writing a tag that must not be moved: read right before, written on the condition that it is free, read right after. Where a registry
 * knows no conditions, two writers in the same instant can overwrite each other; the one whose digest is gone afterwards learns of it.
 */
import { type Call, throwIfStopped } from '../../kit/call.ts'
import { isFailure } from '../../kit/failure.ts'
import { nameAndReadBack } from '../../registry/copy/read-back.ts'
import type { Descriptor } from '../../registry/oci/descriptor.ts'
import { type Digest, parseDigest } from '../../registry/oci/digest.ts'
import type { Tag } from '../../registry/oci/reference.ts'
import type { Target } from '../../registry/target/target.ts'

export type Taking = { readonly outcome: 'written' | 'present' } | { readonly outcome: 'lost'; readonly to: Digest }

/**
 * Gives a stored image the tag unless another digest has it. Three requests; one when it is there already.
 * @throws Failure PROTOCOL_ERROR when the tag does not show after it was accepted
 */
export async function takeTag(target: Target, image: Descriptor, tag: Tag, call: Call): Promise<Taking> {
  const before = await target.resolve(tag, call)
  if (before) return before.digest === image.digest ? { outcome: 'present' } : { outcome: 'lost', to: before.digest }
  return takeFreeTag(target, image, tag, call)
}

/** The same for a tag that was read a moment ago and is free. Two requests. */
export async function takeFreeTag(target: Target, image: Descriptor, tag: Tag, call: Call): Promise<Taking> {
  throwIfStopped(call)
  try {
    await nameAndReadBack(target, image, tag, undefined, call)
  } catch (error) {
    const found = isFailure(error, 'TAG_TAKEN') ? error.facts['found'] : undefined
    if (typeof found !== 'string') throw error
    return { outcome: 'lost', to: parseDigest(found) }
  }
  return { outcome: 'written' }
}
