/** Copying every tag of a repository: one failure does not keep the others away, and an outage ends it. */
import { asFailure, Failure } from '../../kit/failure.ts'
import { FAILURE_CODES } from '../../kit/failure-codes.ts'
import { isListingTag, listTags } from '../../lifecycle/tags/list-tags.ts'
import { resolveImage } from '../../registry/copy/resolve.ts'
import type { Tag } from '../../registry/oci/reference.ts'
import { type Location, printLocation } from '../../registry/target/location.ts'
import type { Context } from '../../step/context.ts'
import { type Copied, type CopyChoices, copyUnder } from './copy-one.ts'

/** Failures that the next tag would meet too. */
const ENDS: ReadonlySet<string> = new Set(['auth', 'unavailable', 'deadline', 'interrupted', 'terminated', 'internal'])

/** One after another, by name: the blobs of each image move at once anyway. @throws Failure IMAGE_NOT_FOUND when there is no tag at all */
export async function copyAllTags(from: Location, to: Location, choices: CopyChoices, context: Context): Promise<Copied[]> {
  const { opener, call } = context
  const source = opener.open(from).target
  const target = opener.open(to).target
  // The lists of registries without the referrers API are written again where the attachments arrive.
  const tags = (await listTags(source, call)).filter((tag) => !isListingTag(tag)).toSorted()
  if (tags.length === 0) {
    throw new Failure('IMAGE_NOT_FOUND', `${printLocation(from)} has no tags`, { hint: 'Check the name; was anything pushed there?' })
  }
  const copies: Copied[] = []
  for (const tag of tags) copies.push(await attempt(tag))
  return copies

  async function attempt(tag: Tag): Promise<Copied> {
    try {
      return await copyUnder(source, target, await resolveImage(source, { tag }, call), tag, choices, context)
    } catch (error) {
      const failure = asFailure(error)
      if (ENDS.has(FAILURE_CODES[failure.code].exit)) throw failure
      context.log.warn('a tag was not copied', { tag, why: failure.message })
      return { tag, tagged: false, failure }
    }
  }
}
