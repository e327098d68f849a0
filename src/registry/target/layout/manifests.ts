/**
 * Changes of a layout that concern manifests: storing one and making it findable, naming it, removing it.
 *
 * Every manifest that is there can be reached from index.json, and one that cannot be reached is not there, whatever lies in
 * blobs/. So a manifest gets an entry when it is pushed; the entry goes when an index that lists it is pushed, unless it has
 * a name, annotations or a subject; and it comes back when that index is removed. See docs/decisions.
 */
import type { Call } from '../../../kit/call.ts'
import { Failure } from '../../../kit/failure.ts'
import type { Descriptor } from '../../oci/descriptor.ts'
import { algorithmOf, type Digest, fallbackTag, shortDigest } from '../../oci/digest.ts'
import { childrenOf, parseManifest } from '../../oci/manifest.ts'
import { isForeignLayer, isManifestType } from '../../oci/media-types.ts'
import type { Tag } from '../../oci/reference.ts'
import type { Blobs } from './blobs.ts'
import { withoutDigest, withoutPlain, withoutTag, withRoots, withTag } from './changes.ts'
import { findTag, type LayoutIndex } from './entries.ts'
import type { Graph } from './graph.ts'
import type { IndexFile } from './index-file.ts'
import { findManifest } from './reading.ts'

export interface Manifests {
  /**
   * Stores a manifest, with any tags at once. `guard` sees what the first tag names at that moment, under the lock, and may throw.
   * @throws Failure CONTENT_MISSING when a child is not there
   */
  put(descriptor: Descriptor, bytes: Uint8Array, tags: readonly Tag[], call: Call, guard?: Guard): Promise<void>
  tag(descriptor: Descriptor, tag: Tag, call: Call): Promise<void>
  /** @param guard sees what the tag names */
  untag(tag: Tag, call: Call, guard?: Guard): Promise<void>
  remove(descriptor: Descriptor, call: Call): Promise<void>
  removeBlob(digest: Digest, call: Call): Promise<void>
  /** The manifest with that digest, when it is there. */
  find(index: LayoutIndex, digest: Digest): Promise<Descriptor | undefined>
}

export type Guard = (current: Descriptor | undefined) => void

export function manifestsOf(name: string, blobs: Blobs, graph: Graph, file: IndexFile): Manifests {
  const where = `index.json of ${name}`
  const find = (index: LayoutIndex, digest: Digest): Promise<Descriptor | undefined> => findManifest({ graph, blobs }, index, digest)

  const needChildren = async (index: LayoutIndex, descriptor: Descriptor, children: readonly Descriptor[]): Promise<void> => {
    const lacking: Digest[] = []
    for (const child of children) {
      if (isForeignLayer(child.mediaType)) continue
      const there = isManifestType(child.mediaType) ? await find(index, child.digest) : (await blobs.size(child.digest)) === child.size
      if (!there) lacking.push(child.digest)
    }
    const [first] = lacking
    if (first === undefined) return
    throw new Failure('CONTENT_MISSING', `${descriptor.digest} needs ${first}, which is not in ${name}`, {
      hint: 'Push what a manifest lists before the manifest itself.',
      facts: { digest: first, missing: lacking },
    })
  }

  /** Digests listed by an index that need no entry any more. */
  const covered = async (children: readonly Descriptor[]): Promise<Set<Digest>> => {
    const digests = new Set<Digest>()
    for (const child of children) if ((await graph.facts(child))?.subject === undefined) digests.add(child.digest)
    return digests
  }

  return {
    find,
    async put(descriptor, bytes, tags, call, guard) {
      const manifest = parseManifest(bytes, descriptor.mediaType, algorithmOf(descriptor.digest))
      const children = childrenOf(manifest)
      await file.edit(async (index) => {
        const [first] = tags
        if (first !== undefined) guard?.(findTag(index, first, where))
        await needChildren(index, descriptor, children)
        if ((await blobs.size(descriptor.digest)) !== descriptor.size) await blobs.store(descriptor, once(bytes), call)
        graph.learn(manifest)
        let next = withRoots(index, [descriptor])
        for (const tag of tags) next = withTag(next, descriptor, tag)
        return manifest.kind === 'index' ? withoutPlain(next, await covered(children)) : next
      }, call)
    },
    async tag(descriptor, tag, call) {
      await file.edit(async (index) => {
        const found = await find(index, descriptor.digest)
        if (!found)
          throw new Failure('CONTENT_MISSING', `${descriptor.digest} is not in ${name}, so it cannot be tagged ${tag}`, {
            facts: { digest: descriptor.digest },
          })
        return withTag(index, found, tag)
      }, call)
    },
    async untag(tag, call, guard) {
      await file.edit(async (index) => {
        guard?.(findTag(index, tag, where))
        return withoutTag(index, tag)
      }, call)
    },
    async remove({ digest }, call) {
      const change = async (index: LayoutIndex): Promise<LayoutIndex> => {
        const found = await find(index, digest)
        if (!found) return withoutDigest(index, digest)
        const facts = await graph.facts(found)
        const subject = facts?.subject
        await refuseUsed(index, digest, (user) => (subject === undefined ? Promise.resolve(false) : listsAttachments(index, user, subject)))
        const without = withoutDigest(index, digest)
        const still = await graph.reachable(without)
        const orphans: Descriptor[] = []
        for (const child of facts?.children ?? []) {
          if (isManifestType(child.mediaType) && !still.has(child.digest) && (await blobs.size(child.digest)) !== undefined) orphans.push(child)
        }
        return withRoots(without, orphans)
      }
      // The bytes go last: a crash in between leaves bytes that nobody can reach, not a name without bytes.
      await file.edit(change, call, () => blobs.remove(digest))
    },
    async removeBlob(digest, call) {
      await file.edit(async (index) => {
        if ((await graph.reachable(index)).has(digest)) throw needed(digest, name, 'it is a manifest')
        await refuseUsed(index, digest)
        await blobs.remove(digest)
        return index
      }, call)
    },
  }

  async function refuseUsed(index: LayoutIndex, digest: Digest, except?: (user: Descriptor) => Promise<boolean>): Promise<void> {
    const user = await graph.userOf(index, digest, except)
    if (user) throw needed(digest, name, `${shortDigest(user.digest)} lists it`)
  }

  /** The index that stands in for the referrers API, or one that it replaced: its entries come and go without it. */
  async function listsAttachments(index: LayoutIndex, user: Descriptor, subject: Digest): Promise<boolean> {
    const entries = index.entries.filter(({ descriptor }) => descriptor?.digest === user.digest)
    if (entries.some((entry) => entry.name === fallbackTag(subject))) return true
    if (entries.length === 0 || entries.some((entry) => entry.name !== undefined)) return false
    for (const child of (await graph.facts(user))?.children ?? []) {
      const facts = await graph.facts(child)
      if (facts && facts.subject !== subject) return false
    }
    return true
  }
}

function needed(digest: Digest, name: string, why: string): Failure {
  return new Failure('UNSUPPORTED', `cannot remove ${digest} from ${name}: it is still needed`, {
    cause: why,
    hint: 'Remove the manifests that list it first.',
    facts: { digest, needed: true },
  })
}

async function* once(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield bytes
}
