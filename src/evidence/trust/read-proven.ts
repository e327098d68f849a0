/** Reading a whole small document out of a target, with digest and size proven here and not only promised by the target. */
import type { Call } from '../../kit/call.ts'
import type { Descriptor } from '../../registry/oci/descriptor.ts'
import { LARGEST_MANIFEST_READ, type Manifest, parseManifest } from '../../registry/oci/manifest.ts'
import { proven, readBody } from '../../registry/target/body.ts'
import type { Source } from '../../registry/target/target.ts'

/**
 * @param largest bytes
 * @throws Failure LIMIT_REACHED, DIGEST_MISMATCH, CONTENT_MISSING, and whatever the way there throws
 */
export async function readProven(source: Source, descriptor: Descriptor, largest: number, call: Call): Promise<Uint8Array> {
  const body = await source.fetch(descriptor, call)
  return readBody({ size: descriptor.size, open: () => proven(descriptor, body.open(), source.name) }, largest)
}

/** The digest decides alone: registries name wrong sizes for right manifests, in HEAD and in listings (oras-go#1176, harbor#20187). */
export async function readManifest(source: Source, descriptor: Descriptor, call: Call): Promise<Manifest> {
  const body = await source.fetch(descriptor, call)
  const { size } = body
  const bytes = await readBody({ size, open: () => proven({ ...descriptor, size }, body.open(), source.name) }, LARGEST_MANIFEST_READ)
  return parseManifest(bytes, descriptor.mediaType)
}
