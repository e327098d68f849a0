/** The tags of a place, whole: for what has to be sorted or counted. One listing. */
import type { Call } from '../../kit/call.ts'
import { Failure } from '../../kit/failure.ts'
import type { Tag } from '../../registry/oci/reference.ts'
import { listsTags, type Source } from '../../registry/target/target.ts'
import { highestBuild, sortTags } from './order.ts'
import type { SchemeTag, TagScheme } from './scheme.ts'

/** @throws Failure UNSUPPORTED for a place that cannot list */
export async function listTags(place: Source, call: Call): Promise<Tag[]> {
  if (!listsTags(place))
    throw new Failure('UNSUPPORTED', `${place.name} cannot list its tags`, { hint: 'Name the image by its tag, and give build numbers yourself.' })
  const tags: Tag[] = []
  for await (const tag of place.tags(call)) tags.push(tag)
  return tags
}

/** The tag with the highest build of an environment; 'unknown' for a place that cannot list. */
export async function highestAt(scheme: TagScheme, place: Source, environment: string, call: Call): Promise<SchemeTag | undefined | 'unknown'> {
  if (!listsTags(place)) return 'unknown'
  return highestBuild(sortTags(scheme, await listTags(place, call)).inside, environment)
}

/** A tag that lists what is attached to a digest, for registries without the referrers API: distribution-spec v1.1, "Referrers Tag Schema". */
export function isListingTag(tag: string): boolean {
  return /^sha(?:256|512)-[0-9a-f]{64}$/.test(tag)
}
