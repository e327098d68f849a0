/**
 * Blobs of a layout that lie over those of another place, which is only read: what is in neither is not there, what is written or
 * removed concerns the upper one alone.
 */
import type { Digest } from '../../oci/digest.ts'
import type { Blobs } from './blobs.ts'
import type { ReadBlobs } from './reading.ts'

export interface Beneath {
  readonly blobs: ReadBlobs
  /** Of the place beneath: what was removed since. Kept up to date. */
  readonly removed: Set<Digest>
}

export function overlay(own: Blobs, { blobs: beneath, removed }: Beneath): Blobs {
  const holder = async (digest: Digest): Promise<ReadBlobs> => (removed.has(digest) || (await own.size(digest)) !== undefined ? own : beneath)
  return {
    path: own.path,
    // What lies beneath is not collected.
    touch: async (digest) => (await own.touch(digest)) || (!removed.has(digest) && (await beneath.size(digest)) !== undefined),
    async size(digest) {
      return (await own.size(digest)) ?? (removed.has(digest) ? undefined : await beneath.size(digest))
    },
    async raw(digest, from, to) {
      return (await holder(digest)).raw(digest, from, to)
    },
    async *read(descriptor, from) {
      yield* (await holder(descriptor.digest)).read(descriptor, from)
    },
    async store(descriptor, chunks, call) {
      await own.store(descriptor, chunks, call)
      removed.delete(descriptor.digest)
    },
    async adopt(digest, file) {
      await own.adopt(digest, file)
      removed.delete(digest)
    },
    async take(descriptor, from, call) {
      await own.take(descriptor, from, call)
      removed.delete(descriptor.digest)
    },
    async remove(digest) {
      removed.add(digest)
      await own.remove(digest)
    },
  }
}
