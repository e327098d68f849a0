/** Which image is meant, and which environment it is proven to be in. A tag is resolved once; from then on only its digest counts. */
import type { Call } from '../../kit/call.ts'
import { Failure } from '../../kit/failure.ts'
import { resolveImage } from '../../registry/copy/resolve.ts'
import type { Descriptor } from '../../registry/oci/descriptor.ts'
import { type Digest, isDigest } from '../../registry/oci/digest.ts'
import type { Tag } from '../../registry/oci/reference.ts'
import type { Source } from '../../registry/target/target.ts'
import { listTags } from '../tags/list-tags.ts'
import { selectNewest, sortTags } from '../tags/order.ts'
import { inEnvironment, matchTag } from '../tags/parse.ts'
import type { SchemeTag } from '../tags/scheme.ts'
import type { PromotionRequest } from './request.ts'

export interface FoundSource {
  readonly image: Descriptor
  /** What was resolved. */
  readonly ref: Tag | Digest
  /** The tag that shows which environment the image is in; undefined when none does. */
  readonly tag?: SchemeTag
  readonly notes: readonly string[]
}

// Each costs one request. A repository that keeps more tags of one environment needs the target tag to be named.
const MOST_TAGS_TRIED = 100

/** @throws Failure IMAGE_NOT_FOUND, INPUT_INVALID, PLAN_STALE */
export async function findSource(request: PromotionRequest, call: Call): Promise<FoundSource> {
  const { source, scheme, ref, from } = request
  if (ref.tag !== undefined) {
    const tag = matchTag(scheme, ref.tag)
    if (tag && from !== undefined && tag.environment !== from) {
      throw new Failure('INPUT_INVALID', `${source.name}:${ref.tag} is of the environment ${tag.environment}, not ${from}`, {
        hint: `Leave the environment out, or name a tag of ${from}.`,
      })
    }
    const image = await resolved(source, ref.tag, call)
    if (ref.digest !== undefined && ref.digest !== image.digest) throw moved(source, ref.tag, ref.digest, image.digest)
    return tag ? { image, ref: ref.tag, tag, notes: [] } : withName(request, { image, ref: ref.tag, notes: [] }, call)
  }
  if (ref.digest !== undefined) return withName(request, { image: await resolved(source, ref.digest, call), ref: ref.digest, notes: [] }, call)
  if (from === undefined) {
    throw new Failure('INPUT_INVALID', `which image of ${source.name} is to be promoted is not said`, {
      hint: 'Name a tag or a digest, or the environment it comes from: then it is the newest there.',
    })
  }
  const { tag, higherBuild } = selectNewest(scheme, await listTags(source, call), from, source.name)
  const notes = higherBuild ? [`${tag.tag} is the highest version of ${from}; ${higherBuild.tag} has a higher build of a lower version.`] : []
  return { image: await resolved(source, tag.tag, call), ref: tag.tag, tag, notes }
}

/** Looks for a tag of the environment before that names the same digest: it gives version and build, and proves the order. */
async function withName(request: PromotionRequest, found: FoundSource, call: Call): Promise<FoundSource> {
  const { scheme, source, targetTag, to } = request
  const before = request.from ?? scheme.environments[scheme.environments.indexOf(to) - 1]
  if (before === undefined) return found
  const goal = targetTag === undefined ? undefined : matchTag(scheme, targetTag)
  const candidates = goal
    ? [inEnvironment(scheme, goal, before)]
    : sortTags(scheme, await listTags(source, call))
        .inside.filter((tag) => tag.environment === before)
        .toReversed()
  for (const candidate of candidates.slice(0, MOST_TAGS_TRIED)) {
    const there = await source.resolve(candidate.tag, call)
    if (there?.digest === found.image.digest) return { ...found, tag: candidate }
  }
  return found
}

async function resolved(source: Source, ref: Tag | Digest, call: Call): Promise<Descriptor> {
  // The second one asks again only to say what was meant: it throws, with a did-you-mean.
  return (await source.resolve(ref, call)) ?? resolveImage(source, isDigest(ref) ? { digest: ref } : { tag: ref }, call)
}

function moved(source: Source, tag: Tag, wanted: Digest, is: Digest): Failure {
  return new Failure('PLAN_STALE', `${source.name}:${tag} does not name the expected image`, {
    cause: `it names ${is}, and ${wanted} was expected`,
    hint: 'The tag was moved, or the digest is of another image. Name the one that is meant by its digest alone.',
    facts: { tag, wanted, is },
  })
}
