/**
 * Fewer questions before a push to another registry: what one answer says of the rest. Hints alone: a wrong one costs the upload of a
 * small blob that was there, never content that is missing.
 * What does not belong here: repositories of one registry, where mounting asks and answers at once.
 */
import type { Call } from '../../kit/call.ts'
import type { Descriptor } from '../oci/descriptor.ts'
import { childrenOf, type Manifest } from '../oci/manifest.ts'
import { isForeignLayer, isManifestType, MEDIA } from '../oci/media-types.ts'
import { isRemote, type RemoteTarget } from '../target/remote/remote.ts'
import type { Source, Target } from '../target/target.ts'

/** Bytes. Sending so little takes no longer than asking for it. */
const SMALL = 32 * 1024

/** The target when blobs have to be asked for there before they are sent. */
export function askedPlace(source: Source, target: Target): RemoteTarget | undefined {
  if (!isRemote(target)) return undefined
  return isRemote(source) && source.repository.registry === target.repository.registry ? undefined : target
}

/** The base of an image is what others most likely brought there: without it, nothing of the image is expected. */
export async function lacksFirstLayer(place: RemoteTarget, manifest: Manifest, call: Call): Promise<boolean> {
  const first = manifest.kind === 'image' ? manifest.layers.find(({ mediaType }) => !isForeignLayer(mediaType)) : undefined
  return first !== undefined && !(await place.glance(first, call))
}

/** Small parts of an image that is new to the place go without being asked for; the empty config is shared by all artifacts. */
export function supposeAbsent(place: RemoteTarget, manifest: Manifest): void {
  const sent = (blob: Descriptor): boolean => !isManifestType(blob.mediaType) && blob.mediaType !== MEDIA.empty && blob.size <= SMALL
  for (const blob of childrenOf(manifest)) if (sent(blob)) place.suppose(blob)
}
