/**
 * The promise of every registry, asserted after each request that writes: no tag names a graph of which something is missing.
 * Layers that are not distributed with an image may be elsewhere; everything else has to be there, with its size.
 */
import type { Descriptor } from '../../oci/descriptor.ts'
import type { Digest } from '../../oci/digest.ts'
import { isForeignLayer, isManifestType } from '../../oci/media-types.ts'
import type { Tag } from '../../oci/reference.ts'
import { findTag } from '../layout/entries.ts'
import type { LayoutStore } from '../layout/store.ts'

export interface Violation {
  /** The request after which it was so: `PUT /v2/team/app/manifests/v1`. */
  readonly after: string
  readonly repository: string
  readonly tag: string
  /** What the tag names. */
  readonly root: string
  /** What is not there. */
  readonly missing: readonly string[]
}

/** Every tag of a repository that names an incomplete graph. */
export async function findViolations(store: LayoutStore, repository: string, after: string): Promise<Violation[]> {
  const found: Violation[] = []
  for (const tag of await store.tags()) {
    const root = await namedBy(store, tag)
    if (!root) continue
    const missing = await missingBelow(store, root)
    // Somebody else may have removed the tag, and then its content, while we looked.
    if (missing.length > 0 && (await namedBy(store, tag))?.digest === root.digest) found.push({ after, repository, tag, root: root.digest, missing })
  }
  return found
}

async function namedBy(store: LayoutStore, tag: Tag): Promise<Descriptor | undefined> {
  const index = await store.index()
  return index ? findTag(index, tag, `index.json of ${store.name}`) : undefined
}

async function missingBelow(store: LayoutStore, root: Descriptor): Promise<Digest[]> {
  const missing = new Set<Digest>()
  const seen = new Set<Digest>()
  const open = [root]
  for (let next = open.pop(); next; next = open.pop()) {
    if (seen.has(next.digest) || isForeignLayer(next.mediaType)) continue
    seen.add(next.digest)
    const size = await store.blobs.size(next.digest)
    if (size !== next.size) missing.add(next.digest)
    else if (isManifestType(next.mediaType)) open.push(...((await store.graph.facts(next))?.children ?? []))
  }
  return [...missing]
}
