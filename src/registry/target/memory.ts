/** A target in memory: for tests, for building, and the plainest reading of the contract. */
import { throwIfStopped } from '../../kit/call.ts'
import { Failure } from '../../kit/failure.ts'
import type { Descriptor } from '../oci/descriptor.ts'
import { algorithmOf, type Digest, isDigest } from '../oci/digest.ts'
import { artifactTypeOf, childrenOf, type Manifest, parseManifest } from '../oci/manifest.ts'
import { isForeignLayer, isManifestType } from '../oci/media-types.ts'
import type { Tag } from '../oci/reference.ts'
import { bytesBody, proven } from './body.ts'
import type { Deletes, ListsReferrers, ListsTags, Target } from './target.ts'

export type MemoryTarget = Target & ListsTags & ListsReferrers & Deletes

export function createMemoryTarget(name = 'memory'): MemoryTarget {
  const blobs = new Map<Digest, Uint8Array>()
  const manifests = new Map<Digest, Manifest>()
  const tags = new Map<Tag, Digest>()
  const present = (descriptor: Descriptor): boolean => (isManifestType(descriptor.mediaType) ? manifests.has(descriptor.digest) : blobs.has(descriptor.digest))

  return {
    name,
    async resolve(ref) {
      const digest = isDigest(ref) ? ref : tags.get(ref)
      return digest === undefined ? undefined : manifests.get(digest)?.descriptor
    },
    async fetch(descriptor) {
      const bytes = manifests.get(descriptor.digest)?.bytes ?? blobs.get(descriptor.digest)
      if (!bytes) throw new Failure('CONTENT_MISSING', `${descriptor.digest} is not in ${name}`, { facts: { digest: descriptor.digest } })
      return bytesBody(bytes)
    },
    async has(descriptor) {
      return present(descriptor)
    },
    async push(descriptor, body, call) {
      throwIfStopped(call)
      if (present(descriptor)) return 'present'
      const chunks: Uint8Array[] = []
      for await (const chunk of proven(descriptor, body.open(), name)) chunks.push(Uint8Array.from(chunk))
      const bytes = Buffer.concat(chunks)
      if (!isManifestType(descriptor.mediaType)) {
        blobs.set(descriptor.digest, bytes)
        return 'stored'
      }
      const manifest = parseManifest(bytes, descriptor.mediaType, algorithmOf(descriptor.digest))
      const missing = childrenOf(manifest).find((child) => !isForeignLayer(child.mediaType) && !present(child))
      if (missing)
        throw new Failure('CONTENT_MISSING', `${descriptor.digest} needs ${missing.digest}, which is not in ${name}`, { facts: { digest: missing.digest } })
      manifests.set(descriptor.digest, manifest)
      return 'stored'
    },
    async tag(descriptor, tag, call) {
      throwIfStopped(call)
      if (!manifests.has(descriptor.digest)) throw new Failure('CONTENT_MISSING', `${descriptor.digest} is not in ${name}, so it cannot be tagged ${tag}`)
      tags.set(tag, descriptor.digest)
    },
    async *tags() {
      yield* [...tags.keys()].toSorted()
    },
    async *referrers(subject) {
      for (const manifest of manifests.values()) {
        if (manifest.subject?.digest !== subject) continue
        const artifactType = artifactTypeOf(manifest)
        yield { ...manifest.descriptor, annotations: manifest.annotations, ...(artifactType === undefined ? {} : { artifactType }) }
      }
    },
    async untag(tag) {
      tags.delete(tag)
    },
    async remove(descriptor) {
      manifests.delete(descriptor.digest)
      blobs.delete(descriptor.digest)
      for (const [tag, digest] of tags) if (digest === descriptor.digest) tags.delete(tag)
    },
  }
}
