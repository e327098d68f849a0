/**
 * What hangs together in a layout: which manifests can be reached from index.json, what they are attached to and which
 * blobs they need. Read from the manifests themselves, never from what an index says of them; kept in memory by digest.
 */
import { freeCall } from '../../../kit/call.ts'
import { isFailure } from '../../../kit/failure.ts'
import { createLimit, forEachLimited } from '../../../kit/limit.ts'
import type { Descriptor } from '../../oci/descriptor.ts'
import { algorithmOf, type Digest } from '../../oci/digest.ts'
import { artifactTypeOf, childrenOf, LARGEST_MANIFEST_READ, type Manifest, parseManifest } from '../../oci/manifest.ts'
import { isIndexType, isManifestType } from '../../oci/media-types.ts'
import type { Blobs } from './blobs.ts'
import { type LayoutIndex, rootsOf } from './entries.ts'

export interface Facts {
  /** As a referrers listing shows it: with artifactType and annotations of the manifest. */
  readonly listed: Descriptor
  readonly subject?: Digest
  /** Everything directly below it. */
  readonly children: readonly Descriptor[]
}

export interface Graph {
  /** Notes what a manifest says, so that it need not be read again. */
  learn(manifest: Manifest): void
  /** Undefined when the manifest is not there, or is none that can be understood. */
  facts(descriptor: Descriptor): Promise<Facts | undefined>
  /** Every manifest that index.json names, directly or through indexes. */
  reachable(index: LayoutIndex): Promise<ReadonlyMap<Digest, Descriptor>>
  /** What is attached to a subject. @throws when one of the manifests cannot be read or is damaged */
  referrers(index: LayoutIndex, subject: Digest): Promise<Descriptor[]>
  /** A manifest that needs the content and can be reached. */
  userOf(index: LayoutIndex, digest: Digest, except?: (descriptor: Descriptor) => Promise<boolean>): Promise<Descriptor | undefined>
}

// How many manifests are read at once when many are new.
const READERS = 16
/** Bytes. Larger manifests (they have large annotations) are read again each time instead of being kept in memory. */
const LARGEST_KEPT = 256 * 1024

export function createGraph(blobs: Pick<Blobs, 'size' | 'read'>): Graph {
  const known = new Map<Digest, Facts | 'not a manifest'>()
  const limit = createLimit(READERS)
  const reached = new WeakMap<LayoutIndex, Promise<ReadonlyMap<Digest, Descriptor>>>()

  const facts = async (descriptor: Descriptor): Promise<Facts | undefined> => {
    if (!isManifestType(descriptor.mediaType)) return undefined
    let found = known.get(descriptor.digest)
    if (found === undefined) {
      const size = await blobs.size(descriptor.digest)
      if (size === undefined) return undefined
      found = size > LARGEST_MANIFEST_READ ? 'not a manifest' : await readFacts(descriptor, blobs)
      if (size <= LARGEST_KEPT) known.set(descriptor.digest, found)
    }
    return found === 'not a manifest' ? undefined : found
  }

  /** Every reachable manifest with its facts, read side by side. */
  const everything = async (index: LayoutIndex): Promise<ReadonlyArray<{ descriptor: Descriptor; facts: Facts }>> => {
    const found: Array<{ descriptor: Descriptor; facts: Facts }> = []
    const work = async (descriptor: Descriptor): Promise<void> => {
      const of = await facts(descriptor)
      if (of) found.push({ descriptor, facts: of })
    }
    await forEachLimited((await graph.reachable(index)).values(), limit, work, freeCall())
    return found
  }

  const walk = async (index: LayoutIndex): Promise<ReadonlyMap<Digest, Descriptor>> => {
    const seen = new Map<Digest, Descriptor>()
    const open = [...rootsOf(index).values()]
    for (let next = open.pop(); next; next = open.pop()) {
      if (!isManifestType(next.mediaType) || seen.has(next.digest)) continue
      seen.set(next.digest, next)
      if (isIndexType(next.mediaType)) open.push(...((await facts(next))?.children ?? []).map(({ mediaType, digest, size }) => ({ mediaType, digest, size })))
    }
    return seen
  }

  const graph: Graph = {
    facts,
    learn(manifest) {
      if (manifest.bytes.length <= LARGEST_KEPT) known.set(manifest.descriptor.digest, factsOf(manifest))
    },
    async reachable(index) {
      let found = reached.get(index)
      if (!found) {
        found = walk(index)
        reached.set(index, found)
        found.catch(() => reached.delete(index))
      }
      return found
    },
    async referrers(index, subject) {
      const found: Descriptor[] = []
      for (const { facts: of } of await everything(index)) {
        if (of.subject === subject && (await blobs.size(of.listed.digest)) !== undefined) found.push(of.listed)
      }
      return found
    },
    async userOf(index, digest, except) {
      for (const { descriptor, facts: of } of await everything(index)) {
        const uses = descriptor.digest !== digest && of.children.some((child) => child.digest === digest)
        if (uses && (await except?.(descriptor)) !== true) return descriptor
      }
      return undefined
    },
  }
  return graph
}

async function readFacts(descriptor: Descriptor, blobs: Pick<Blobs, 'read'>): Promise<Facts | 'not a manifest'> {
  const chunks: Uint8Array[] = []
  for await (const chunk of blobs.read(descriptor)) chunks.push(chunk)
  try {
    return factsOf(parseManifest(Buffer.concat(chunks), descriptor.mediaType, algorithmOf(descriptor.digest)))
  } catch (error) {
    if (isFailure(error, 'CONTENT_INVALID') || isFailure(error, 'UNSUPPORTED') || isFailure(error, 'LIMIT_REACHED')) return 'not a manifest'
    throw error
  }
}

function factsOf(manifest: Manifest): Facts {
  const artifactType = artifactTypeOf(manifest)
  const annotations = Object.keys(manifest.annotations).length > 0 ? { annotations: manifest.annotations } : {}
  return {
    listed: { ...manifest.descriptor, ...(artifactType === undefined ? {} : { artifactType }), ...annotations },
    ...(manifest.subject ? { subject: manifest.subject.digest } : {}),
    children: childrenOf(manifest),
  }
}
