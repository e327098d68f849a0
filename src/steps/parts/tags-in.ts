/** The tags of a place, and which of them are no names of images. */
import type { Call } from '../../kit/call.ts'
import { Failure } from '../../kit/failure.ts'
import type { Tag } from '../../registry/oci/reference.ts'
import { listsTags, type Source } from '../../registry/target/target.ts'

/** @throws Failure UNSUPPORTED; a listing that failed is never an empty one */
export async function tagsIn(source: Source, call: Call): Promise<Tag[]> {
  if (!listsTags(source)) throw new Failure('UNSUPPORTED', `${source.name} cannot list its tags`, { hint: 'Name the image by its tag or digest.' })
  const tags: Tag[] = []
  for await (const tag of source.tags(call)) tags.push(tag)
  return tags
}

/** A tag that lists what is attached to a digest, for registries without the referrers API: distribution-spec v1.1, "Referrers Tag Schema". */
export function isListingTag(tag: string): boolean {
  return /^sha(?:256|512)-[0-9a-f]{64}$/.test(tag)
}
