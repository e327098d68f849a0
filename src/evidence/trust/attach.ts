/**
 * Attaches a bundle to a digest: one referrer manifest with the empty config and the bundle as its only layer, laid out as
 * cosign 3 does. The target keeps the fallback tag where there is no referrers API.
 */
import { type Call, throwIfStopped } from '../../kit/call.ts'
import { type Clock, rfc3339 } from '../../kit/clock.ts'
import { ANNOTATION } from '../../registry/oci/annotations.ts'
import { type Descriptor, descriptorJson } from '../../registry/oci/descriptor.ts'
import { digestOf } from '../../registry/oci/digest.ts'
import { MEDIA } from '../../registry/oci/media-types.ts'
import { bytesBody } from '../../registry/target/body.ts'
import type { Target } from '../../registry/target/target.ts'
import { BUNDLE_MEDIA_TYPE } from './bundle.ts'

const EMPTY = Buffer.from('{}')

/** @returns the descriptor of the referrer manifest */
export async function attachBundle(
  target: Target,
  subject: Descriptor,
  bundle: Uint8Array,
  predicateType: string,
  clock: Clock,
  call: Call,
): Promise<Descriptor> {
  const config = describe(EMPTY, MEDIA.empty)
  const layer = describe(bundle, BUNDLE_MEDIA_TYPE)
  const annotations = {
    'dev.sigstore.bundle.content': 'dsse-envelope',
    'dev.sigstore.bundle.predicateType': predicateType,
    [ANNOTATION.created]: rfc3339(clock.now()),
  }
  const bytes = Buffer.from(
    JSON.stringify({
      schemaVersion: 2,
      mediaType: MEDIA.manifest,
      artifactType: BUNDLE_MEDIA_TYPE,
      config: descriptorJson(config),
      layers: [descriptorJson(layer)],
      subject: descriptorJson({ mediaType: subject.mediaType, digest: subject.digest, size: subject.size }),
      annotations,
    }),
  )
  const manifest = describe(bytes, MEDIA.manifest)
  throwIfStopped(call)
  await target.push(config, bytesBody(EMPTY), call)
  await target.push(layer, bytesBody(bundle), call)
  throwIfStopped(call)
  await target.push(manifest, bytesBody(bytes), call)
  return { ...manifest, artifactType: BUNDLE_MEDIA_TYPE, annotations }
}

function describe(bytes: Uint8Array, mediaType: string): Descriptor {
  return { mediaType, digest: digestOf(bytes), size: bytes.length }
}
