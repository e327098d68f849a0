/**
 * Evidence that is attached by a name only: cosign before version 3 wrote signatures, attestations and SBOMs under the tags
 * `sha256-<hex>.sig`, `.att` and `.sbom` (cosign specs/SIGNATURE_SPEC.md, "Storage"). They are no referrers, so a copy has to look for them.
 * What does not belong here: attachments that name their subject (move-referrers.ts).
 */
import type { Call } from '../../kit/call.ts'
import { isFailure } from '../../kit/failure.ts'
import type { Descriptor } from '../oci/descriptor.ts'
import { algorithmOf, type Digest, hexOf } from '../oci/digest.ts'
import { isIndexType, isManifestType } from '../oci/media-types.ts'
import { parseTag, type Tag } from '../oci/reference.ts'
import { listsTags, type Source, type Target } from '../target/target.ts'
import { copy } from './copy.ts'
import { walk } from './walk.ts'

const SUFFIXES = ['sig', 'att', 'sbom'] as const

export interface LegacyEvidence {
  /** Tags that are at the target now. */
  readonly carried: readonly Tag[]
  /** What could not come along, in words. */
  readonly lost: readonly string[]
}

/**
 * Takes along what is named after the manifests of an image that is at the target already. Three HEADs for an image; for an index one tag
 * listing, since each of its platforms may be signed. A tag that says something else at the target stays as it is there.
 * @throws Failure of either place, but not of a tag listing: that is said in `lost`
 */
export async function copyLegacyEvidence(source: Source, target: Target, root: Descriptor, call: Call): Promise<LegacyEvidence> {
  const carried: Tag[] = []
  const lost: string[] = []
  for (const tag of await namesAt(source, root, lost, call)) {
    const found = await source.resolve(tag, call)
    if (found === undefined) continue
    const there = await target.resolve(tag, call)
    if (there !== undefined && there.digest !== found.digest) lost.push(`${tag} says something else at ${target.name} already, and was left as it is there`)
    else {
      await copy(source, target, found, { tag, referrers: false }, call)
      carried.push(tag)
    }
  }
  return { carried, lost }
}

async function namesAt(source: Source, root: Descriptor, lost: string[], call: Call): Promise<Tag[]> {
  if (!isIndexType(root.mediaType) || !listsTags(source)) return legacyTags(root.digest)
  const wanted = new Set<string>()
  for await (const { descriptor } of walk(source, root, call))
    if (isManifestType(descriptor.mediaType)) for (const tag of legacyTags(descriptor.digest)) wanted.add(tag)
  const found: Tag[] = []
  try {
    for await (const tag of source.tags(call)) if (wanted.has(tag)) found.push(tag)
  } catch (error) {
    if (!isFailure(error) || call.signal.aborted) throw error
    lost.push(`the tags of ${source.name} could not be listed, so signatures of cosign before version 3 may have stayed behind (${error.message})`)
  }
  return found
}

/** The names that cosign before version 3 gave to what it attached to a digest. It knew sha256 alone, and a longer name would be no tag. */
export function legacyTags(digest: Digest): Tag[] {
  return algorithmOf(digest) === 'sha256' ? SUFFIXES.map((suffix) => parseTag(`sha256-${hexOf(digest)}.${suffix}`)) : []
}

export function isLegacyTag(tag: string): boolean {
  return /^sha256-[0-9a-f]{64}\.(?:sig|att|sbom)$/.test(tag)
}
