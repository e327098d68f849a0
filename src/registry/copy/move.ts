/** Moving one image: what is missing at the target, bottom up, each digest once, a bounded number at a time, bytes streamed through. */
import type { Call } from '../../kit/call.ts'
import { isFailure } from '../../kit/failure.ts'
import { createLimit, forEachLimited } from '../../kit/limit.ts'
import type { Descriptor } from '../oci/descriptor.ts'
import type { Digest } from '../oci/digest.ts'
import { childrenOf, type Manifest } from '../oci/manifest.ts'
import { isIndexType, isManifestType } from '../oci/media-types.ts'
import { bytesBody } from '../target/body.ts'
import { isRemote } from '../target/remote/remote.ts'
import type { Source, Target } from '../target/target.ts'
import { createExplorer } from './explore.ts'
import { askedPlace, lacksFirstLayer, supposeAbsent } from './foresee.ts'
import { createBlobMover } from './move-blob.ts'
import type { Tally } from './report.ts'

export interface MoveOptions {
  /** It is at the target, proven a moment ago. */
  readonly known: boolean
  /** Whether the manifests below an index that is there already are wanted too. */
  readonly listChildren: boolean
  /** Pushed even when it is there, so that the target lists it under its subject again. */
  readonly insist?: boolean
  /** Its name comes next and nothing needs it before: a registry stores it then, with the name, in one request. */
  readonly hold?: boolean
}

export interface Mover {
  /**
   * Makes an image be at the target.
   * @returns every manifest of it, root last, as far as `listChildren` asks for those of an index that was there
   */
  moveImage(root: Descriptor, options: MoveOptions): Promise<Descriptor[]>
  /** Gives the image its name. What a root that was held misses below it is brought once more. */
  name<T>(work: () => Promise<T>): Promise<T>
}

/** Blobs that move at once: as many as a registry's lanes. */
const BLOBS = 6
/** Manifests that are looked for, read or written at once. */
const MANIFESTS = 6

/** @param told whether manifests are at the target, as far as that was asked a moment ago */
export function createMover(source: Source, target: Target, tally: Tally, call: Call, told: ReadonlyMap<Digest, boolean> = new Map()): Mover {
  const explorer = createExplorer(source)
  const blobs = createLimit(BLOBS)
  const manifests = createLimit(MANIFESTS)
  const flights = new Map<Digest, Promise<Descriptor[]>>()
  const mended = new Set<Digest>()
  const place = askedPlace(source, target)
  let held: Manifest | undefined
  const moveBlob = createBlobMover(source, target, tally, call)

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
    const { listChildren, again, insist = false, hold = false } = options
    const manifest = await unlessThere(descriptor, depth, options)
    if (manifest === undefined) {
      tally.manifests.present += 1
      return listChildren ? await listBelow(descriptor, depth) : [descriptor]
    }
    if (place !== undefined && !again && (insist || (await lacksFirstLayer(place, manifest, call)))) supposeAbsent(place, manifest)
    const below = await moveChildren(manifest, depth, listChildren, again)
    if (hold && isRemote(target) && target.hold(manifest)) held = manifest
    else await store(manifest, depth)
    return [...below, manifest.descriptor]
  }

  /** A manifest that has to be stored; undefined when it is there. */
  async function unlessThere(descriptor: Descriptor, depth: number, options: MoveOptions & { again: boolean }): Promise<Manifest | undefined> {
    const { known, again, insist = false, hold = false } = options
    if (known) return undefined
    const read = (): Promise<Manifest> => manifests.run(() => explorer.read(descriptor, depth, call), call)
    const isThere = async (): Promise<boolean> => told.get(descriptor.digest) ?? (await manifests.run(() => target.has(descriptor, call), call))
    if (again || insist) {
      const manifest = await read()
      // Not listed at the target, so most likely not there.
      if (insist && isRemote(target)) target.suppose(descriptor)
      return manifest
    }
    if (place === undefined || depth > 0 || isIndexType(descriptor.mediaType) || told.has(descriptor.digest))
      return (await isThere()) ? undefined : await read()
    // An image without its first layer is not there, whatever is said of its manifest: one answer to two questions.
    const manifest = await read()
    if (await lacksFirstLayer(place, manifest, call)) {
      place.suppose(descriptor)
      return manifest
    }
    if (!(await isThere())) return manifest
    if (hold) place.hold(manifest)
    return undefined
  }

  async function store(manifest: Manifest, depth: number): Promise<void> {
    const result = await mending(manifest, depth, () => manifests.run(() => target.push(manifest.descriptor, bytesBody(manifest.bytes), call), call))
    tally.manifests[result] += 1
    if (result === 'stored') tally.bytes += manifest.bytes.length
  }

  async function mending<T>(manifest: Manifest, depth: number, work: () => Promise<T>): Promise<T> {
    try {
      return await work()
    } catch (error) {
      // The target said a child was there and now misses something below it: an interrupted copy, or its garbage collection (oras-go#1212).
      if (!isFailure(error, 'CONTENT_MISSING') || mended.has(manifest.descriptor.digest)) throw error
      mended.add(manifest.descriptor.digest)
      await moveChildren(manifest, depth, false, true)
      return await work()
    }
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
    async name(work) {
      if (held === undefined) return work()
      const done = await mending(held, 0, work)
      tally.manifests.stored += 1
      tally.bytes += held.bytes.length
      return done
    },
  }
}
