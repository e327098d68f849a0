/**
 * What a copy will cost, without copying: walks the manifests of an image and of what is attached to it. Blobs are not asked for one
 * by one, so the answer is an upper bound. What does not belong here: the copy itself (registry/copy).
 */
import type { Call } from '../../kit/call.ts'
import { createLimit } from '../../kit/limit.ts'
import type { Told } from '../../registry/copy/copy-and-name.ts'
import { createExplorer } from '../../registry/copy/explore.ts'
import { attachedTo } from '../../registry/copy/referrers.ts'
import type { Descriptor } from '../../registry/oci/descriptor.ts'
import type { Digest } from '../../registry/oci/digest.ts'
import { childrenOf } from '../../registry/oci/manifest.ts'
import { isForeignLayer, isIndexType, isManifestType } from '../../registry/oci/media-types.ts'
import type { Source, Target } from '../../registry/target/target.ts'

export interface Weight {
  readonly requests: number
  readonly bytes: number
  /** Signatures, SBOMs, records …, of the image and its children. */
  readonly referrers: number
  /** The answers it rests on, so that a copy in the same run need not ask again. */
  readonly told: Told
}

// The lanes a registry gets from one run (reliability-ux.md §7).
const AT_ONCE = 6
// Per manifest: is it there, read, write. Per blob: is it there, read, begin, write. Per listing: API and fallback tag.
const PER_MANIFEST = 3
const PER_BLOB = 4
const PER_LISTING = 2

/** @throws Failure LIMIT_REACHED, CONTENT_INVALID, CONTENT_MISSING */
export async function weigh(source: Source, target: Target, root: Descriptor, call: Call): Promise<Weight> {
  const limit = createLimit(AT_ONCE)
  const explorer = createExplorer(source)
  const manifests = new Set<Digest>()
  const there = new Map<Digest, boolean>()
  const listed = new Map<Digest, readonly Descriptor[]>()
  const blobs = new Map<Digest, number>()
  let referrers = 0
  let manifestBytes = 0

  const visit = async (descriptor: Descriptor, depth: number): Promise<void> => {
    if (manifests.has(descriptor.digest)) return
    manifests.add(descriptor.digest)
    const isThere = await limit.run(() => target.has(descriptor, call), call)
    there.set(descriptor.digest, isThere)
    if (!isThere) manifestBytes += descriptor.size
    // What is there has its children there; an index is read nevertheless, for what is attached to its children.
    if (isThere) explorer.count(descriptor)
    const children = isThere && !isIndexType(descriptor.mediaType) ? [] : childrenOf(await limit.run(() => explorer.read(descriptor, depth, call), call))
    for (const child of children) if (!isThere && !isManifestType(child.mediaType) && !isForeignLayer(child.mediaType)) blobs.set(child.digest, child.size)
    const attached = await limit.run(() => attachedTo(source, descriptor.digest, call), call)
    listed.set(descriptor.digest, attached)
    for (const one of attached) if (!manifests.has(one.digest)) referrers += 1
    const below = children.filter((child) => isManifestType(child.mediaType)).map((child) => visit(child, depth + 1))
    await settle([...below, ...attached.map((one) => visit(one, 0))])
  }

  await visit(root, 0)
  const blobBytes = [...blobs.values()].reduce((sum, size) => sum + size, 0)
  const requests = manifests.size * PER_MANIFEST + blobs.size * PER_BLOB + listed.size * PER_LISTING
  return { requests, bytes: manifestBytes + blobBytes, referrers, told: { attached: listed, there } }
}

/** Waits for all, then throws the first failure: nothing goes on in the background. */
async function settle(all: readonly Promise<void>[]): Promise<void> {
  for (const one of await Promise.allSettled(all)) if (one.status === 'rejected') throw one.reason
}
