/**
 * The image that is built upon: which of its platforms, its config, its layers under their OCI names. Nothing of it is rewritten;
 * its layers are carried into the target by descriptor.
 */
import type { Call } from '../../kit/call.ts'
import { Failure } from '../../kit/failure.ts'
import { createLimit, forEachLimited } from '../../kit/limit.ts'
import { printable } from '../../kit/printable.ts'
import type { Descriptor } from '../../registry/oci/descriptor.ts'
import { type ImageConfig, parseImageConfig } from '../../registry/oci/image-config.ts'
import { type ImageManifest, LARGEST_MANIFEST_READ, parseManifest } from '../../registry/oci/manifest.ts'
import { isForeignLayer, MEDIA } from '../../registry/oci/media-types.ts'
import { type Platform, printPlatform } from '../../registry/oci/platform.ts'
import { readBody } from '../../registry/target/body.ts'
import { mounts, type Source, type Target } from '../../registry/target/target.ts'
import type { Base } from '../builder.ts'

export interface BaseImage {
  readonly source: Source
  readonly name?: string
  readonly manifest: ImageManifest
  readonly config: ImageConfig
  /** With OCI media types, whatever the base calls them: the bytes are the same. */
  readonly layers: readonly Descriptor[]
}

export interface OpenBase {
  readonly root: Descriptor
  readonly platforms: readonly Platform[]
  /** @throws Failure INPUT_INVALID when the base has no such platform */
  image(platform: Platform): Promise<BaseImage>
}

const CONFIG_TYPES = new Set<string>([MEDIA.config, 'application/vnd.docker.container.image.v1+json'])
const DOCKER_LAYER = 'application/vnd.docker.image.rootfs.diff.tar'
/** Blobs carried at once: enough to hide the distance of a registry. */
const LANES = 4

/** @throws Failure CONTENT_INVALID, UNSUPPORTED, and what the source throws */
export async function openBase(base: Base, call: Call): Promise<OpenBase> {
  const { source, descriptor: root } = base
  const title = printable(base.name ?? source.name)
  const manifest = parseManifest(await readBody(await source.fetch(root, call), LARGEST_MANIFEST_READ), root.mediaType)
  if (manifest.kind === 'image') {
    const image = await readImage(base, manifest, title, call)
    const platform = platformOf(image.config)
    return {
      root,
      platforms: [platform],
      async image(wanted) {
        if (!fits(platform, wanted)) throw missing(title, wanted, [platform])
        return image
      },
    }
  }
  // Builders list attestations under the platform unknown/unknown.
  const children = manifest.manifests.filter(({ platform }) => platform !== undefined && platform.os !== 'unknown')
  const platforms = children.flatMap(({ platform }) => platform ?? [])
  return {
    root,
    platforms,
    async image(wanted) {
      const fitting = children.filter(({ platform }) => platform !== undefined && fits(platform, wanted))
      const child = fitting.find(({ platform }) => platform?.variant === wanted.variant) ?? fitting[0]
      if (!child) throw missing(title, wanted, platforms)
      const found = parseManifest(await readBody(await source.fetch(child, call), LARGEST_MANIFEST_READ), child.mediaType)
      if (found.kind !== 'image')
        throw new Failure('UNSUPPORTED', `the base ${title} has an index inside its index`, { hint: 'Name the inner index by its digest.' })
      return await readImage(base, found, title, call)
    },
  }
}

/** Same system and architecture; a variant only counts when it is asked for, and arm64 is arm64/v8. */
function fits(have: Platform, wanted: Platform): boolean {
  if (have.os !== wanted.os || have.architecture !== wanted.architecture) return false
  const variant = (platform: Platform): string | undefined => platform.variant ?? (platform.architecture === 'arm64' ? 'v8' : undefined)
  return wanted.variant === undefined || variant(have) === variant(wanted)
}

function missing(title: string, wanted: Platform, have: readonly Platform[]): Failure {
  return new Failure('INPUT_INVALID', `the base ${title} has no image for ${printPlatform(wanted)}`, {
    hint: `It has ${have.map(printPlatform).join(', ') || 'none'}.`,
  })
}

async function readImage(base: Base, manifest: ImageManifest, title: string, call: Call): Promise<BaseImage> {
  if (!CONFIG_TYPES.has(manifest.config.mediaType)) {
    throw new Failure('UNSUPPORTED', `the base ${title} is not a container image but ${printable(manifest.config.mediaType, 100)}`, {
      hint: 'Name a container image as base.',
    })
  }
  if (manifest.layers.some(({ mediaType }) => isForeignLayer(mediaType))) {
    throw new Failure('UNSUPPORTED', `the base ${title} has layers that may not be passed on`, {
      hint: 'Windows bases keep them elsewhere; build on another base.',
    })
  }
  const config = parseImageConfig(await readBody(await base.source.fetch(manifest.config, call), LARGEST_MANIFEST_READ))
  if (config.diffIds.length !== manifest.layers.length) {
    throw new Failure('CONTENT_INVALID', `the base ${title} lists ${manifest.layers.length} layers, but its config knows ${config.diffIds.length}`)
  }
  const layers = manifest.layers.map((layer): Descriptor => ({ ...layer, mediaType: ociLayerType(layer.mediaType) }))
  return { source: base.source, manifest, config, layers, ...(base.name === undefined ? {} : { name: base.name }) }
}

function platformOf({ os, architecture, variant }: ImageConfig): Platform {
  return { os, architecture, ...(variant === undefined ? {} : { variant }) }
}

/** `…docker.image.rootfs.diff.tar.gzip` → `…oci.image.layer.v1.tar+gzip`; others stay. */
function ociLayerType(mediaType: string): string {
  if (!mediaType.startsWith(DOCKER_LAYER)) return mediaType
  return `${MEDIA.layer}${mediaType.slice(DOCKER_LAYER.length).replace('.', '+')}`
}

/** Brings the layers of the base into the target: nothing when they are there, a mount when the place can, else their bytes. */
export async function carryLayers(base: BaseImage, into: Target, call: Call): Promise<void> {
  const carry = async (layer: Descriptor): Promise<void> => {
    if (await into.has(layer, call)) return
    if (mounts(into) && (await into.mount(layer, base.source, call))) return
    await into.push(layer, await base.source.fetch(layer, call), call)
  }
  const distinct = new Map(base.layers.map((layer) => [layer.digest, layer]))
  await forEachLimited(distinct.values(), createLimit(LANES), carry, call)
}
