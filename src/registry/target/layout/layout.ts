/** An OCI image layout on disk as a Target: `oci:DIR:tag`. OCI image-spec v1.1, image-layout.md. */
import type { Call } from '../../../kit/call.ts'
import type { Descriptor } from '../../oci/descriptor.ts'
import { LARGEST_MANIFEST_READ } from '../../oci/manifest.ts'
import { isManifestType } from '../../oci/media-types.ts'
import { proven, readBody } from '../body.ts'
import type { Deletes, ListsReferrers, ListsTags, Mounts, Rewrites, Source, Target } from '../target.ts'
import { readingOf } from './reading.ts'
import { type LayoutOptions, type LayoutStore, openStore } from './store.ts'

export type { LayoutOptions } from './store.ts'

export interface LayoutTarget extends Target, ListsTags, ListsReferrers, Mounts, Deletes, Rewrites {
  readonly directory: string
}

const storeOf = new WeakMap<Source, LayoutStore>()

/**
 * Nothing is touched before the first call; the directory is made by the first write.
 * A directory that does not exist or is empty holds nothing; one with something else in it is a Failure, never "absent".
 */
export function openLayout(directory: string, options: LayoutOptions = {}): LayoutTarget {
  return layoutOf(openStore(directory, options))
}

export function layoutOf(store: LayoutStore): LayoutTarget {
  const { name, blobs, manifests } = store
  const reading = readingOf(store)
  /** Whether content is there and stays: a blob may be one that nothing needs yet. */
  const relied = async (descriptor: Descriptor, call: Call): Promise<boolean> =>
    (await reading.has(descriptor, call)) && (isManifestType(descriptor.mediaType) || (await blobs.touch(descriptor.digest)))
  const target: LayoutTarget = {
    name,
    directory: store.directory,
    ...reading,
    async push(descriptor, body, call) {
      if (await relied(descriptor, call)) return 'present'
      await store.ready(call)
      if (isManifestType(descriptor.mediaType)) {
        const provenBody = { size: body.size, open: () => proven(descriptor, body.open(), name) }
        await manifests.put(descriptor, await readBody(provenBody, LARGEST_MANIFEST_READ), [], call)
      } else await blobs.store(descriptor, body.open(), call)
      return 'stored'
    },
    async rewrite(descriptor, body, call) {
      await store.ready(call)
      await blobs.store(descriptor, body.open(), call)
      // A manifest is there only with its entry, and with all that it lists.
      if (isManifestType(descriptor.mediaType)) await manifests.put(descriptor, await readBody(body, LARGEST_MANIFEST_READ), [], call)
    },
    async tag(descriptor, tag, call) {
      await store.ready(call)
      await manifests.tag(descriptor, tag, call)
    },
    async mount(descriptor, from, call) {
      const other = storeOf.get(from)
      if (!other || isManifestType(descriptor.mediaType)) return false
      if (await relied(descriptor, call)) return true
      if ((await other.index()) === undefined || (await other.blobs.size(descriptor.digest)) !== descriptor.size) return false
      await store.ready(call)
      await blobs.take(descriptor, other.blobs, call)
      return true
    },
    async untag(tag, call) {
      if (await store.index()) await manifests.untag(tag, call)
    },
    async remove(descriptor, call) {
      if (!(await store.index())) return
      if (isManifestType(descriptor.mediaType)) await manifests.remove(descriptor, call)
      else await manifests.removeBlob(descriptor.digest, call)
    },
  }
  storeOf.set(target, store)
  return target
}
