/** One image, or all that a place has tags for: the question that several steps ask, and its wrong answers. */
import type { Call } from '../../kit/call.ts'
import { Failure } from '../../kit/failure.ts'
import { isListingTag, listTags } from '../../lifecycle/tags/list-tags.ts'
import type { Tag } from '../../registry/oci/reference.ts'
import { type Location, printLocation } from '../../registry/target/location.ts'
import type { Source } from '../../registry/target/target.ts'

/** @throws Failure INPUT_INVALID when an image is named together with all-tags, or neither */
export function requireOneOrAll(location: Location, allTags: boolean): void {
  const named = location.tag !== undefined || location.digest !== undefined
  if (allTags && named) {
    throw new Failure('INPUT_INVALID', 'all-tags takes a repository, and a tag or digest was given', { hint: 'Leave the tag out, or leave all-tags out.' })
  }
  // A file of docker save usually holds one image, which then needs no name.
  if (!allTags && !named && location.kind !== 'docker-archive') {
    throw new Failure('INPUT_INVALID', `${printLocation(location)} names a repository but no image`, { hint: 'Add :tag or @sha256:…, or give all-tags.' })
  }
}

/**
 * Every tag that names an image or another artifact, by name. The lists that stand in for the referrers API are none.
 * @throws Failure IMAGE_NOT_FOUND when there is no tag at all
 */
export async function everyTag(place: Source, location: Location, call: Call): Promise<Tag[]> {
  const tags = (await listTags(place, call)).filter((tag) => !isListingTag(tag)).toSorted()
  if (tags.length > 0) return tags
  throw new Failure('IMAGE_NOT_FOUND', `${printLocation(location)} has no tags`, { hint: 'Check the name; was anything pushed there?' })
}
