/** Small real images for the tests of this room, written to any target. */
import { Buffer } from 'node:buffer'
import { gzipSync } from 'node:zlib'
import { freeCall } from '../../src/kit/call.ts'
import type { Descriptor } from '../../src/registry/oci/descriptor.ts'
import { digestOf } from '../../src/registry/oci/digest.ts'
import { MEDIA } from '../../src/registry/oci/media-types.ts'
import { bytesBody } from '../../src/registry/target/body.ts'
import type { Target } from '../../src/registry/target/target.ts'

export async function pushBytes(target: Target, bytes: Uint8Array, mediaType: string): Promise<Descriptor> {
  const descriptor = { mediaType, digest: digestOf(bytes), size: bytes.length }
  await target.push(descriptor, bytesBody(bytes), freeCall())
  return descriptor
}

export async function pushJson(target: Target, value: unknown, mediaType: string): Promise<Descriptor> {
  return pushBytes(target, Buffer.from(JSON.stringify(value)), mediaType)
}

/** One layer that says `word`, for linux on the given architecture. */
export async function pushImage(target: Target, word = 'hello', architecture = 'amd64'): Promise<Descriptor> {
  const tar = Buffer.alloc(1024, word)
  const layer = await pushBytes(target, gzipSync(tar), MEDIA.layerGzip)
  const config = await pushJson(target, { architecture, os: 'linux', config: {}, rootfs: { type: 'layers', diff_ids: [digestOf(tar)] } }, MEDIA.config)
  return pushJson(target, { schemaVersion: 2, mediaType: MEDIA.manifest, config, layers: [layer] }, MEDIA.manifest)
}

/** An index of two platforms and one attestation manifest, as BuildKit makes it. */
export async function pushIndex(target: Target, word = 'hello'): Promise<Descriptor> {
  const amd64 = await pushImage(target, word, 'amd64')
  const arm64 = await pushImage(target, word, 'arm64')
  const attestation = await pushImage(target, `${word} attestation`, 'unknown')
  const manifests = [
    { ...amd64, platform: { os: 'linux', architecture: 'amd64' } },
    { ...arm64, platform: { os: 'linux', architecture: 'arm64', variant: 'v8' } },
    { ...attestation, platform: { os: 'unknown', architecture: 'unknown' }, annotations: { 'vnd.docker.reference.type': 'attestation-manifest' } },
  ]
  return pushJson(target, { schemaVersion: 2, mediaType: MEDIA.index, manifests }, MEDIA.index)
}
