/**
 * Reading what follows the image layout, wherever its files are: a directory, a tar. What a tag names, what is there, what
 * is attached to it. What does not belong here: where bytes come from (blobs.ts), and changes (manifests.ts).
 */
import { Failure } from '../../../kit/failure.ts'
import type { Descriptor } from '../../oci/descriptor.ts'
import { type Digest, isDigest } from '../../oci/digest.ts'
import { isManifestType } from '../../oci/media-types.ts'
import type { Tag } from '../../oci/reference.ts'
import type { Body, ListsReferrers, ListsTags, Target } from '../target.ts'
import { type Blobs, missing } from './blobs.ts'
import { findTag, type LayoutIndex, rootsOf, tagsOf } from './entries.ts'
import type { Graph } from './graph.ts'

export type ReadBlobs = Pick<Blobs, 'size' | 'raw' | 'read'>

export interface Readable {
  /** How messages call it. */
  readonly name: string
  readonly blobs: ReadBlobs
  readonly graph: Graph
  /** index.json as it is now; undefined when there is nothing yet. */
  index(): Promise<LayoutIndex | undefined>
}

export type Reading = Pick<Target, 'resolve' | 'has' | 'fetch'> & ListsTags & ListsReferrers

/** The manifest with that digest, when it is there and can be reached from index.json. */
export async function findManifest({ graph, blobs }: Pick<Readable, 'graph' | 'blobs'>, index: LayoutIndex, digest: Digest): Promise<Descriptor | undefined> {
  const descriptor = rootsOf(index).get(digest) ?? (await graph.reachable(index)).get(digest)
  if (!descriptor || !isManifestType(descriptor.mediaType)) return undefined
  return (await blobs.size(digest)) === undefined ? undefined : descriptor
}

/** @throws Failure CONTENT_MISSING when a tag names what is not there */
export async function resolveIn(place: Readable, ref: Tag | Digest): Promise<Descriptor | undefined> {
  const index = await place.index()
  if (!index) return undefined
  if (isDigest(ref)) return findManifest(place, index, ref)
  const named = findTag(index, ref, `index.json of ${place.name}`)
  if (named && (await place.blobs.size(named.digest)) === undefined) {
    throw new Failure('CONTENT_MISSING', `${place.name} names ${named.digest} as ${ref} but does not have it`, {
      hint: 'The layout is not complete: copy or push the image to it again.',
      facts: { digest: named.digest },
    })
  }
  return named
}

export async function tagsIn(place: Readable): Promise<Tag[]> {
  const index = await place.index()
  return index ? tagsOf(index) : []
}

async function fetchFrom(place: Readable, descriptor: Descriptor): Promise<Body> {
  const { blobs, name } = place
  const size = (await place.index()) ? await blobs.size(descriptor.digest) : undefined
  if (size === undefined) throw missing(descriptor.digest, name)
  if (size !== descriptor.size) {
    throw new Failure('DIGEST_MISMATCH', `${descriptor.digest} in ${name} has ${size} bytes instead of the promised ${descriptor.size}`, {
      hint: 'Either the descriptor is wrong or the file is damaged: push the image again, or take it from another place.',
      facts: { digest: descriptor.digest },
    })
  }
  return { size, open: (from = 0) => blobs.read(descriptor, from) }
}

/** The reading half of a Target. */
export function readingOf(place: Readable): Reading {
  return {
    resolve: (ref) => resolveIn(place, ref),
    async has(descriptor) {
      const index = await place.index()
      if (!index) return false
      if (isManifestType(descriptor.mediaType) && !(await findManifest(place, index, descriptor.digest))) return false
      return (await place.blobs.size(descriptor.digest)) === descriptor.size
    },
    fetch: (descriptor) => fetchFrom(place, descriptor),
    async *tags() {
      yield* await tagsIn(place)
    },
    async *referrers(subject) {
      const index = await place.index()
      if (index) yield* await place.graph.referrers(index, subject)
    },
  }
}
