/**
 * What has to be known before anything is removed: every tag and what it names, what the indexes among them list, and what is attached to
 * what would go. A listing that failed is a failure, never "nothing there".
 * What does not belong here: deciding (plan-deletion.ts).
 */
import type { Call } from '../../kit/call.ts'
import { isFailure } from '../../kit/failure.ts'
import { createLimit, forEachLimited } from '../../kit/limit.ts'
import { createExplorer, type Explorer } from '../../registry/copy/explore.ts'
import { listReferrers } from '../../registry/copy/referrers.ts'
import type { Descriptor } from '../../registry/oci/descriptor.ts'
import type { Digest } from '../../registry/oci/digest.ts'
import { childrenOf, type Manifest } from '../../registry/oci/manifest.ts'
import { isManifestType } from '../../registry/oci/media-types.ts'
import type { Tag } from '../../registry/oci/reference.ts'
import { listsReferrers, type Source } from '../../registry/target/target.ts'
import { isListingTag, listTags } from '../tags/list-tags.ts'

/** One thing to remove: a name alone, or content with all that hangs on it. */
export type Doomed = { readonly tag: Tag } | { readonly digest: Digest }

export interface DeletionSurvey {
  readonly place: string
  /** Names that were asked for, with what they stand for; undefined when there is no such tag. */
  readonly named: ReadonlyMap<Tag, Descriptor | undefined>
  /** Digests that were asked for; undefined when they are not there. */
  readonly digests: ReadonlyMap<Digest, Descriptor | undefined>
  /** Only when a digest is to go: every tag of the place. */
  readonly tags: ReadonlyMap<Tag, Descriptor>
  /** Manifests below a manifest, of everything that is tagged or asked for; nothing for a platform that is listed and not there. */
  readonly children: ReadonlyMap<Digest, readonly Descriptor[]>
  /** What is attached to what would go, and to that in turn. */
  readonly attached: ReadonlyMap<Digest, readonly Descriptor[]>
}

const AT_ONCE = 6

export async function surveyDeletion(target: Source, doomed: readonly Doomed[], call: Call): Promise<DeletionSurvey> {
  const named = new Map<Tag, Descriptor | undefined>()
  const digests = new Map<Digest, Descriptor | undefined>()
  const limit = createLimit(AT_ONCE)
  const explorer = createExplorer(target)
  const children = new Map<Digest, readonly Descriptor[]>()
  await forEachLimited(
    doomed,
    limit,
    async (one) => {
      if ('tag' in one) named.set(one.tag, await target.resolve(one.tag, call))
      else digests.set(one.digest, await target.resolve(one.digest, call))
    },
    call,
  )
  const tags = new Map<Tag, Descriptor>()
  const attached = new Map<Digest, readonly Descriptor[]>()
  if (digests.size > 0) {
    await forEachLimited(
      await listTags(target, call),
      limit,
      async (tag) => {
        const found = await target.resolve(tag, call)
        if (found === undefined) return
        tags.set(tag, found)
        // The list that stands in for the referrers API holds nothing fast: it is a listing.
        if (!isListingTag(tag)) await readBelow(explorer, found, children, call)
      },
      call,
    )
    for (const root of digests.values()) {
      if (root === undefined) continue
      await readBelow(explorer, root, children, call)
      for (const { digest } of closure(root, children)) await readAttached(target, digest, attached, call)
    }
  }
  return { place: target.name, named, digests, tags, children, attached }
}

async function readBelow(explorer: Explorer, root: Descriptor, children: Map<Digest, readonly Descriptor[]>, call: Call): Promise<void> {
  const open = [{ descriptor: root, depth: 0 }]
  for (let next = open.shift(); next; next = open.shift()) {
    const { descriptor, depth } = next
    if (children.has(descriptor.digest)) continue
    const manifest = await readPresent(explorer, descriptor, depth, call)
    // A platform that is proven to be missing lists nothing: images may be there without some of theirs.
    if (manifest === undefined) continue
    const below = childrenOf(manifest).filter(({ mediaType }) => isManifestType(mediaType))
    children.set(descriptor.digest, below)
    if (manifest.kind === 'index') for (const child of below) open.push({ descriptor: child, depth: depth + 1 })
  }
}

async function readPresent(explorer: Explorer, descriptor: Descriptor, depth: number, call: Call): Promise<Manifest | undefined> {
  try {
    return await explorer.read(descriptor, depth, call)
  } catch (error) {
    if (depth > 0 && isFailure(error) && error.code === 'CONTENT_MISSING') return undefined
    throw error
  }
}

async function readAttached(target: Source, subject: Digest, attached: Map<Digest, readonly Descriptor[]>, call: Call): Promise<void> {
  if (attached.has(subject) || !listsReferrers(target)) return
  const found = await listReferrers(target, subject, {}, call)
  attached.set(subject, found)
  for (const { digest } of found) await readAttached(target, digest, attached, call)
}

/** A manifest and all manifests below it, itself first. */
export function closure(root: Descriptor, children: DeletionSurvey['children']): Descriptor[] {
  const found = new Map<Digest, Descriptor>()
  const open = [root]
  for (let next = open.shift(); next; next = open.shift()) {
    if (found.has(next.digest)) continue
    found.set(next.digest, next)
    open.push(...(children.get(next.digest) ?? []))
  }
  return [...found.values()]
}
