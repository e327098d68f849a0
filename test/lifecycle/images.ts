/** Small images and things attached to them, put straight into a target. */
import { freeCall } from '../../src/kit/call.ts'
import { type Descriptor, descriptorJson } from '../../src/registry/oci/descriptor.ts'
import { digestOf } from '../../src/registry/oci/digest.ts'
import { MEDIA } from '../../src/registry/oci/media-types.ts'
import { bytesBody } from '../../src/registry/target/body.ts'
import type { Target } from '../../src/registry/target/target.ts'

const call = freeCall()

async function put(target: Target, mediaType: string, bytes: Uint8Array): Promise<Descriptor> {
  const descriptor = { mediaType, digest: digestOf(bytes), size: bytes.length }
  await target.push(descriptor, bytesBody(bytes), call)
  return descriptor
}

const json = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value))

/** An image of one layer with this content, optionally attached to another. */
export async function pushImage(target: Target, content: string, subject?: Descriptor): Promise<Descriptor> {
  const config = await put(target, MEDIA.config, json({ architecture: 'amd64', os: 'linux', config: {}, rootfs: { type: 'layers', diff_ids: [] }, content }))
  const layer = await put(target, 'application/vnd.oci.image.layer.v1.tar', new TextEncoder().encode(`layer ${content}`))
  const manifest = {
    schemaVersion: 2,
    mediaType: MEDIA.manifest,
    ...(subject === undefined ? {} : { artifactType: 'application/vnd.example.signature' }),
    config: descriptorJson(config),
    layers: [descriptorJson(layer)],
    ...(subject === undefined ? {} : { subject: descriptorJson(subject) }),
  }
  return put(target, MEDIA.manifest, json(manifest))
}

export async function pushIndex(target: Target, children: readonly Descriptor[]): Promise<Descriptor> {
  return put(target, MEDIA.index, json({ schemaVersion: 2, mediaType: MEDIA.index, manifests: children.map((child) => descriptorJson(child)) }))
}
