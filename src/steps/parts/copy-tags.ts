/** Copying every tag of a repository: one failure does not keep the others away, and an outage ends it. */
import { asFailure } from '../../kit/failure.ts'
import { FAILURE_CODES } from '../../kit/failure-codes.ts'
import { isLegacyTag } from '../../registry/copy/legacy-evidence.ts'
import { resolveImage } from '../../registry/copy/resolve.ts'
import type { Tag } from '../../registry/oci/reference.ts'
import type { Location } from '../../registry/target/location.ts'
import type { Context } from '../../step/context.ts'
import { type Copied, type CopyChoices, copyUnder } from './copy-one.ts'
import { everyTag } from './one-or-all.ts'

/** Failures that the next tag would meet too. */
const ENDS: ReadonlySet<string> = new Set(['auth', 'unavailable', 'deadline', 'interrupted', 'terminated', 'internal'])

/** One after another, by name: the blobs of each image move at once anyway. @throws Failure IMAGE_NOT_FOUND when there is no tag at all */
export async function copyAllTags(from: Location, to: Location, choices: CopyChoices, context: Context): Promise<Copied[]> {
  const { opener, call } = context
  const source = opener.open(from).target
  const target = opener.open(to).target
  const tags = await everyTag(source, from, call)
  const copies: Copied[] = []
  // Evidence before what it speaks of, here too.
  for (const tag of [...tags.filter(isLegacyTag), ...tags.filter((tag) => !isLegacyTag(tag))]) copies.push(await attempt(tag))
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
