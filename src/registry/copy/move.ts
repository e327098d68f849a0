/** Moving one image: what is missing at the target, bottom up, each digest once, a bounded number at a time, bytes streamed through. */
import type { Call } from '../../kit/call.ts'
import { isFailure } from '../../kit/failure.ts'
import { createLimit, forEachLimited } from '../../kit/limit.ts'
import type { Descriptor } from '../oci/descriptor.ts'
import type { Digest } from '../oci/digest.ts'
import { childrenOf, type Manifest } from '../oci/manifest.ts'
import { isForeignLayer, isIndexType, isManifestType } from '../oci/media-types.ts'
import { bytesBody } from '../target/body.ts'
import { type Body, mounts, type Source, type Target } from '../target/target.ts'
import { createExplorer } from './explore.ts'
import type { Tally } from './report.ts'

export interface MoveOptions {
  /** It is at the target, proven a moment ago. */
  readonly known: boolean
  /** Whether the manifests below an index that is there already are wanted too. */
  readonly listChildren: boolean
  /** Pushed even when it is there, so that the target lists it under its subject again. */
  readonly insist?: boolean
}

export interface Mover {
  /**
   * Makes an image be at the target.
   * @returns every manifest of it, root last, as far as `listChildren` asks for those of an index that was there
   */
  moveImage(root: Descriptor, options: MoveOptions): Promise<Descriptor[]>
}

/** Blobs that move at once: as many as a registry's lanes. */
const BLOBS = 6
/** Manifests that are looked for, read or written at once. */
const MANIFESTS = 6

export function createMover(source: Source, target: Target, tally: Tally, call: Call): Mover {
  const explorer = createExplorer(source)
  const blobs = createLimit(BLOBS)
  const manifests = createLimit(MANIFESTS)
  const flights = new Map<Digest, Promise<Descriptor[]>>()
  const mended = new Set<Digest>()
  let moved = 0

  /** The body, telling how far the copy as a whole has come. */
  const counted = (body: Body): Body => ({
    size: body.size,
    async *open(from = 0) {
      for await (const chunk of body.open(from)) {
        moved += chunk.length
        call.onProgress?.({ what: `copying to ${target.name}`, done: moved })
        yield chunk
      }
    },
  })

  async function moveBlob(descriptor: Descriptor): Promise<void> {
    if (isForeignLayer(descriptor.mediaType)) {
      tally.blobs.foreign += 1
      return
    }
    if (mounts(target) && (await target.mount(descriptor, source, call))) {
      tally.blobs.mounted += 1
      return
    }
    const result = await target.push(descriptor, counted(await source.fetch(descriptor, call)), call)
    tally.blobs[result] += 1
    if (result === 'stored') tally.bytes += descriptor.size
  }

  function once(descriptor: Descriptor, work: () => Promise<Descriptor[]>): Promise<Descriptor[]> {
    const running = flights.get(descriptor.digest)
    if (running) return running
    const flight = work()
    flights.set(descriptor.digest, flight)
    return flight
  }

  async function moveChildren(manifest: Manifest, depth: number, listChildren: boolean, again: boolean): Promise<Descriptor[]> {
    const children = childrenOf(manifest)
    const below = children.filter(({ mediaType }) => isManifestType(mediaType))
    const results = await Promise.allSettled([
      ...below.map((child) =>
        again
          ? moveManifest(child, depth + 1, { known: false, listChildren, again })
          : once(child, () => moveManifest(child, depth + 1, { known: false, listChildren, again })),
      ),
      forEachLimited(
        children.filter(({ mediaType }) => !isManifestType(mediaType)),
        blobs,
        async (blob) => {
          explorer.count(blob)
          if (again) await moveBlob(blob)
          else await once(blob, async () => moveBlob(blob).then(() => []))
        },
        call,
      ).then((): Descriptor[] => []),
    ])
    return results.flatMap((result) => {
      if (result.status === 'rejected') throw result.reason
      return result.value
    })
  }

  async function moveManifest(descriptor: Descriptor, depth: number, options: MoveOptions & { again: boolean }): Promise<Descriptor[]> {
    const { known, listChildren, again, insist = false } = options
    const there = known || (!again && !insist && (await manifests.run(() => target.has(descriptor, call), call)))
    if (there) {
      tally.manifests.present += 1
      return listChildren ? await listBelow(descriptor, depth) : [descriptor]
    }
    const manifest = await manifests.run(() => explorer.read(descriptor, depth, call), call)
    const below = await moveChildren(manifest, depth, listChildren, again)
    await store(manifest, depth)
    return [...below, manifest.descriptor]
  }

  async function store(manifest: Manifest, depth: number): Promise<void> {
    const push = (): Promise<'stored' | 'present'> => manifests.run(() => target.push(manifest.descriptor, bytesBody(manifest.bytes), call), call)
    let result: 'stored' | 'present'
    try {
      result = await push()
    } catch (error) {
      // The target said a child was there and now misses something below it: an interrupted copy, or its garbage collection (oras-go#1212).
      if (!isFailure(error, 'CONTENT_MISSING') || mended.has(manifest.descriptor.digest)) throw error
      mended.add(manifest.descriptor.digest)
      await moveChildren(manifest, depth, false, true)
      result = await push()
    }
    tally.manifests[result] += 1
    if (result === 'stored') tally.bytes += manifest.bytes.length
  }

  /** The manifests of an image that is there already: they have attachments of their own. */
  async function listBelow(descriptor: Descriptor, depth: number): Promise<Descriptor[]> {
    if (!isIndexType(descriptor.mediaType)) return [descriptor]
    const manifest = await manifests.run(() => explorer.read(descriptor, depth, call), call)
    const below = await Promise.all(childrenOf(manifest).map((child) => (isManifestType(child.mediaType) ? listBelow(child, depth + 1) : Promise.resolve([]))))
    return [...below.flat(), descriptor]
  }

  return {
    moveImage: (root, options) => once(root, () => moveManifest(root, 0, { ...options, again: false })),
  }
}
