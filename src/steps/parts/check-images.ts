/** Checking one image, or all that a place has tags for. What they share is looked at once. */
import { Failure } from '../../kit/failure.ts'
import { isListingTag, listTags } from '../../lifecycle/tags/list-tags.ts'
import { type CheckOptions, type CheckReport, createChecker } from '../../registry/copy/check.ts'
import { resolveImage } from '../../registry/copy/resolve.ts'
import type { Tag } from '../../registry/oci/reference.ts'
import { type Location, printLocation } from '../../registry/target/location.ts'
import type { Target } from '../../registry/target/target.ts'
import type { Context } from '../../step/context.ts'

export interface CheckedImage {
  readonly tag?: Tag
  readonly report: CheckReport
}

/** @throws Failure INPUT_INVALID, IMAGE_NOT_FOUND, and whatever keeps a tag from being resolved */
export async function checkImages(
  image: Location,
  { allTags, ...options }: CheckOptions & { readonly allTags: boolean },
  { opener, call }: Pick<Context, 'opener' | 'call'>,
): Promise<{ target: Target; images: CheckedImage[] }> {
  const { target } = opener.open(image)
  const named = image.tag !== undefined || image.digest !== undefined
  if (allTags === named) {
    throw new Failure(
      'INPUT_INVALID',
      allTags ? 'all-tags takes a repository, and a tag or digest was given' : `${printLocation(image)} names a repository but no image`,
      { hint: allTags ? 'Leave the tag out, or leave all-tags out.' : 'Add :tag or @sha256:…, or give all-tags.' },
    )
  }
  const checker = createChecker(target, options)
  if (!allTags) {
    const root = await resolveImage(target, image, call)
    return { target, images: [{ ...(image.tag === undefined ? {} : { tag: image.tag }), report: await checker.check(root, call) }] }
  }
  const tags = (await listTags(target, call)).filter((tag) => !isListingTag(tag)).toSorted()
  if (tags.length === 0) throw new Failure('IMAGE_NOT_FOUND', `${printLocation(image)} has no tags`, { hint: 'Check the name; was anything pushed there?' })
  const images: CheckedImage[] = []
  for (const tag of tags) images.push({ tag, report: await checker.check(await rootOf(target, tag, { call }), call) })
  return { target, images }
}

/** Without reading it: a manifest that is damaged is what we are looking for. */
async function rootOf(target: Target, tag: Tag, { call }: Pick<Context, 'call'>): Promise<CheckReport['root']> {
  return (await target.resolve(tag, call)) ?? resolveImage(target, { tag }, call)
}
