/** A repository in a registry, as a Target. Each power has its module; here they are put together. */
import type { Call } from '../../../kit/call.ts'
import { Failure } from '../../../kit/failure.ts'
import type { RegistryClient } from '../../http/client.ts'
import type { Descriptor } from '../../oci/descriptor.ts'
import type { Digest } from '../../oci/digest.ts'
import type { Manifest } from '../../oci/manifest.ts'
import { isManifestType } from '../../oci/media-types.ts'
import type { Repository, Tag } from '../../oci/reference.ts'
import { bytesBody } from '../body.ts'
import type { Body, Deletes, ListsReferrers, ListsTags, Mirrored, Mounts, Rewrites, Source, Target } from '../target.ts'
import { blobIsThere, hasBlob } from './blob-look.ts'
import { pushBlob } from './blob-push.ts'
import { blobBody } from './blob-read.ts'
import { removeContent, untagManifest } from './delete.ts'
import { pushManifest } from './manifest-push.ts'
import { hasManifest, readManifest, resolveManifest } from './manifest-read.ts'
import { claimTag, holdManifest, tagManifest } from './manifest-tag.ts'
import { blobBodyAnywhere, readManifestAnywhere } from './mirrored-read.ts'
import { mountBlob } from './mount.ts'
import { listReferrers } from './referrers-read.ts'
import { stateOf } from './repository-state.ts'
import { listTags } from './tag-list.ts'

export interface RemoteTarget extends Target, ListsTags, ListsReferrers, Mounts, Deletes, Rewrites, Mirrored {
  readonly repository: Repository
  /** What a tag or digest names, with its bytes, in one request; undefined when it is proven absent. */
  read(ref: Tag | Digest, call: Call): Promise<{ descriptor: Descriptor; bytes: Uint8Array } | undefined>
  /** Gives a name that was free a moment ago. @throws Failure TAG_TAKEN with `found` when the registry says that another writer was faster */
  claim(descriptor: Descriptor, tag: Tag, call: Call): Promise<void>
  /** Keeps a manifest, of which everything below is here, until it gets its name: one request stores both; false when that cannot be. */
  hold(manifest: Manifest): boolean
  /** Looks for a blob before it is pushed: a hint, which the push does not ask for again. */
  glance(blob: Descriptor, call: Call): Promise<boolean>
  /** Content that is pushed without asking whether it is here. Advice: what this run has seen or put here counts more. */
  suppose(absent: Descriptor): void
}

/** What the client has learnt about the repository is shared by all its targets; opening costs nothing. */
export function openRemote(repository: Repository, client: RegistryClient): RemoteTarget {
  const state = stateOf(repository, client)
  const fetchFrom = async (read: typeof readManifest, blob: typeof blobBodyAnywhere, descriptor: Descriptor, call: Call): Promise<Body> => {
    if (!isManifestType(descriptor.mediaType)) return await blob(state, descriptor, call)
    const known = await read(state, descriptor.digest, call)
    // The size is not compared: registries list wrong ones for right digests (oras-go#1176, harbor#20187).
    if (known) return bytesBody(known.bytes)
    throw new Failure('CONTENT_MISSING', `${descriptor.digest} is not in ${state.name}`, { facts: { digest: descriptor.digest } })
  }
  return {
    name: state.name,
    repository: state.repository,
    resolve: (ref, call) => resolveManifest(state, ref, call),
    read: (ref, call) => readManifestAnywhere(state, ref, call),
    fetch: (descriptor, call) => fetchFrom(readManifestAnywhere, blobBodyAnywhere, descriptor, call),
    fetchHere: (descriptor, call) => fetchFrom(readManifest, async (...blob) => blobBody(...blob), descriptor, call),
    has: (descriptor, call) => (isManifestType(descriptor.mediaType) ? hasManifest(state, descriptor.digest, call) : hasBlob(state, descriptor, call)),
    push: (descriptor, body, call) =>
      isManifestType(descriptor.mediaType) ? pushManifest(state, descriptor, body, call) : pushBlob(state, descriptor, body, call),
    async rewrite(descriptor, body, call) {
      state.doubted.add(descriptor.digest)
      if (!isManifestType(descriptor.mediaType)) return void (await pushBlob(state, descriptor, body, call))
      await pushManifest(state, descriptor, body, call)
      // What the registry took says nothing of what it gives: who reads it back must see that.
      state.manifests.drop(state.name, descriptor.digest)
    },
    tag: (descriptor, tag, call) => tagManifest(state, descriptor, tag, call),
    claim: (descriptor, tag, call) => claimTag(state, descriptor, tag, call),
    hold: (manifest) => holdManifest(state, manifest),
    async glance(blob, call) {
      if (state.present.has(blob.digest) || state.absent.has(blob.digest)) return state.present.has(blob.digest)
      const there = await blobIsThere(state, blob, ['pull', 'push'], call)
      if (!there) state.absent.add(blob.digest)
      return there
    },
    suppose: ({ digest }) => void (state.present.has(digest) || state.absent.add(digest)),
    tags: (call) => listTags(state, call),
    referrers: (subject, call) => listReferrers(state, subject, call),
    async mount(descriptor, from, call) {
      return isRemote(from) && !isManifestType(descriptor.mediaType) ? await mountBlob(state, descriptor, from.repository, call) : false
    },
    untag: (tag, call) => untagManifest(state, tag, call),
    remove: (descriptor, call) => removeContent(state, descriptor, call),
  }
}

export function isRemote(source: Source): source is RemoteTarget {
  return 'repository' in source && 'read' in source
}
