/** Small content to push: blobs, manifests, indexes, with their descriptors. */
import { freeCall } from '../../src/kit/call.ts'
import type { Descriptor } from '../../src/registry/oci/descriptor.ts'
import { type DigestAlgorithm, digestOf } from '../../src/registry/oci/digest.ts'
import { MEDIA } from '../../src/registry/oci/media-types.ts'
import { bytesBody, readBody } from '../../src/registry/target/body.ts'
import type { Source, Target } from '../../src/registry/target/target.ts'

export interface Piece {
  readonly descriptor: Descriptor
  readonly bytes: Uint8Array
}

export function piece(content: string | Uint8Array, mediaType = 'application/octet-stream', algorithm: DigestAlgorithm = 'sha256'): Piece {
  const bytes = Buffer.from(content)
  return { bytes, descriptor: { mediaType, digest: digestOf(bytes, algorithm), size: bytes.length } }
}

export const emptyConfig = piece('{}', MEDIA.empty)

export interface ManifestParts {
  readonly config?: Piece
  readonly layers?: readonly Piece[]
  readonly mediaType?: string
  readonly algorithm?: DigestAlgorithm
  /** Further fields: subject, artifactType, annotations, what nobody knows. */
  readonly more?: Readonly<Record<string, unknown>>
}

export function manifestOf({ config = emptyConfig, layers = [], mediaType = MEDIA.manifest, algorithm = 'sha256', more = {} }: ManifestParts): Piece {
  const document = { schemaVersion: 2, mediaType, config: config.descriptor, layers: layers.map((layer) => layer.descriptor), ...more }
  return piece(JSON.stringify(document), mediaType, algorithm)
}

export function indexOf(children: readonly Piece[], more: Readonly<Record<string, unknown>> = {}, mediaType: string = MEDIA.index): Piece {
  return piece(JSON.stringify({ schemaVersion: 2, mediaType, manifests: children.map((child) => child.descriptor), ...more }), mediaType)
}

/** An image of one layer, different for each name. */
export function imageOf(name: string): { readonly manifest: Piece; readonly blobs: readonly Piece[] } {
  const config = piece(JSON.stringify({ architecture: 'amd64', os: 'linux', rootfs: { type: 'layers', diff_ids: [] }, author: name }), MEDIA.config)
  const layer = piece(`layer of ${name}`, MEDIA.layer)
  return { manifest: manifestOf({ config, layers: [layer] }), blobs: [config, layer] }
}

export async function put(target: Target, ...pieces: readonly Piece[]): Promise<void> {
  for (const { descriptor, bytes } of pieces) await target.push(descriptor, bytesBody(bytes), freeCall())
}

/** Pushes an image of that name. */
export async function putImage(target: Target, name: string): Promise<Piece> {
  const { manifest, blobs } = imageOf(name)
  await put(target, ...blobs, manifest)
  return manifest
}

export async function get(source: Source, descriptor: Descriptor): Promise<Uint8Array> {
  return readBody(await source.fetch(descriptor, freeCall()), 64 * 1024 * 1024)
}

export async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = []
  for await (const item of items) found.push(item)
  return found
}
