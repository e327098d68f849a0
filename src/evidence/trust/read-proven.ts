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

export async function readManifest(source: Source, descriptor: Descriptor, call: Call): Promise<Manifest> {
  return parseManifest(await readProven(source, descriptor, LARGEST_MANIFEST_READ, call), descriptor.mediaType)
}
