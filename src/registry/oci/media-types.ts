/** Media types that decide what a document is. OCI image-spec v1.1 media-types.md; Docker's are carried byte for byte. */

export const MEDIA = {
  index: 'application/vnd.oci.image.index.v1+json',
  manifest: 'application/vnd.oci.image.manifest.v1+json',
  config: 'application/vnd.oci.image.config.v1+json',
  layerGzip: 'application/vnd.oci.image.layer.v1.tar+gzip',
  layer: 'application/vnd.oci.image.layer.v1.tar',
  empty: 'application/vnd.oci.empty.v1+json',
  dockerList: 'application/vnd.docker.distribution.manifest.list.v2+json',
  dockerManifest: 'application/vnd.docker.distribution.manifest.v2+json',
} as const

/** What is asked for when a manifest is wanted, most wanted first; sent on HEAD too (Docker Hub answers with a child otherwise). */
export const MANIFEST_ACCEPT = [MEDIA.index, MEDIA.manifest, MEDIA.dockerList, MEDIA.dockerManifest] as const

const INDEXES = new Set<string>([MEDIA.index, MEDIA.dockerList])
const MANIFESTS = new Set<string>(MANIFEST_ACCEPT)

export function isIndexType(mediaType: string): boolean {
  return INDEXES.has(mediaType)
}

/** True for an index or an image manifest: what registries keep under `/manifests/`. */
export function isManifestType(mediaType: string): boolean {
  return MANIFESTS.has(mediaType)
}

/** Layers that registries must not redistribute; judged by media type alone, as the image-spec says. */
export function isForeignLayer(mediaType: string): boolean {
  return mediaType.includes('nondistributable') || mediaType.includes('docker.image.rootfs.foreign')
}
