/** From a name to a digest, once; from there on only the digest counts. */
import type { Call } from '../../kit/call.ts'
import { Failure, isFailure } from '../../kit/failure.ts'
import { suggest } from '../../kit/suggest.ts'
import type { Descriptor } from '../oci/descriptor.ts'
import type { Digest } from '../oci/digest.ts'
import { parseTag, type Tag } from '../oci/reference.ts'
import { isRemote } from '../target/remote/remote.ts'
import { listsTags, type Source } from '../target/target.ts'

export interface Named {
  readonly tag?: Tag
  readonly digest?: Digest
}

/** Tags that are looked at for a did-you-mean. */
const MOST_TAGS = 2000

/**
 * What a name stands for. The digest wins over the tag; without either the tag is `latest`, as everywhere.
 * In a registry this is one request that reads the manifest too, since whoever resolves an image goes on to use it.
 * @throws Failure IMAGE_NOT_FOUND with the closest tag; every failure of the source as it is
 */
export async function resolveImage(source: Source, named: Named, call: Call): Promise<Descriptor> {
  const ref = named.digest ?? named.tag ?? parseTag('latest')
  const found = isRemote(source) ? (await source.read(ref, call))?.descriptor : await source.resolve(ref, call)
  if (found) return found
  throw new Failure('IMAGE_NOT_FOUND', `there is no ${ref} in ${source.name}`, {
    hint:
      named.digest === undefined
        ? await hintFor(source, ref, named.tag === undefined, call)
        : 'Check the digest and the repository; content without a tag may have been collected as garbage.',
    facts: { ref },
  })
}

async function hintFor(source: Source, wanted: string, assumed: boolean, call: Call): Promise<string> {
  const start = assumed ? 'No tag was given, so latest was looked for. ' : ''
  const usual = `${start}Check the name; was the image pushed?`
  if (!listsTags(source)) return usual
  const tags: Tag[] = []
  try {
    for await (const tag of source.tags(call)) {
      tags.push(tag)
      if (tags.length >= MOST_TAGS) break
    }
  } catch (error) {
    // The answer stands without the hint.
    if (isFailure(error)) return usual
    throw error
  }
  const close = suggest(wanted, tags)
  if (close !== undefined) return `${start}Did you mean ${close}?`
  return tags.length === 0 ? `${start}There are no tags at all: check the repository name; was the image pushed?` : usual
}
