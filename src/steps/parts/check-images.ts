/** Checking one image, or all that a place has tags for. What they share is looked at once. */
import type { Call } from '../../kit/call.ts'
import { type CheckOptions, type CheckReport, createChecker } from '../../registry/copy/check.ts'
import { resolveImage } from '../../registry/copy/resolve.ts'
import { type Trouble, troubleOf } from '../../registry/copy/trouble-of.ts'
import type { Tag } from '../../registry/oci/reference.ts'
import type { Location } from '../../registry/target/location.ts'
import type { Target } from '../../registry/target/target.ts'
import type { Context } from '../../step/context.ts'
import { everyTag, requireOneOrAll } from './one-or-all.ts'

export interface CheckedImage {
  readonly tag?: Tag
  readonly report: CheckReport
}

/** A tag that is listed, and of which not even the digest could be learnt. */
export interface LostTag extends Trouble {
  readonly tag: Tag
}

/** @throws Failure INPUT_INVALID, IMAGE_NOT_FOUND, and whatever keeps the one image from being resolved; of all tags each is looked at */
export async function checkImages(
  image: Location,
  { allTags, ...options }: CheckOptions & { readonly allTags: boolean },
  { opener, call }: Pick<Context, 'opener' | 'call'>,
): Promise<{ target: Target; images: CheckedImage[]; lost: LostTag[] }> {
  const { target } = opener.open(image)
  requireOneOrAll(image, allTags)
  const checker = createChecker(target, options)
  if (!allTags) {
    const root = await resolveImage(target, image, call)
    return { target, images: [{ ...(image.tag === undefined ? {} : { tag: image.tag }), report: await checker.check(root, call) }], lost: [] }
  }
  const images: CheckedImage[] = []
  const lost: LostTag[] = []
  for (const tag of await everyTag(target, image, call)) {
    const root = await rootOf(target, tag, call)
    if ('kind' in root) lost.push({ tag, ...root })
    else images.push({ tag, report: await checker.check(root, call) })
  }
  return { target, images, lost }
}

/** Without reading it: a manifest that is damaged is what we are looking for. */
async function rootOf(target: Target, tag: Tag, call: Call): Promise<CheckReport['root'] | Trouble> {
  try {
    return (await target.resolve(tag, call)) ?? { kind: 'missing', code: 'CONTENT_MISSING', why: 'the tag is listed, and the image that it names is not there' }
  } catch (error) {
    return troubleOf(error, call)
  }
}
