/** What an image is, as plain data: the images in it, what they are made of and how they start, and what is attached to them. */
import type { Call } from '../../kit/call.ts'
import { isFailure } from '../../kit/failure.ts'
import { createLimit, forEachLimited } from '../../kit/limit.ts'
import type { Descriptor } from '../oci/descriptor.ts'
import type { Digest } from '../oci/digest.ts'
import { type ImageConfig, parseImageConfig } from '../oci/image-config.ts'
import { artifactTypeOf, type ImageManifest } from '../oci/manifest.ts'
import { isManifestType, MEDIA } from '../oci/media-types.ts'
import { type Platform, printPlatform } from '../oci/platform.ts'
import { readBody } from '../target/body.ts'
import { listsReferrers, type Source } from '../target/target.ts'
import { createExplorer, type Explorer } from './explore.ts'
import { type ImageSettings, settingsIn } from './image-settings.ts'
import { listReferrers } from './referrers.ts'
import { troubleOf } from './trouble-of.ts'

/** One manifest that is an image or another artifact. */
export interface DescribedImage {
  readonly descriptor: Descriptor
  /** `linux/arm64/v8`; absent for artifacts that run nowhere. */
  readonly platform?: string
  /** Not there, though the index lists it. */
  readonly missing: boolean
  readonly artifactType?: string
  readonly annotations: Readonly<Record<string, string>>
  readonly config?: Descriptor
  readonly layers: readonly Descriptor[]
  /** Bytes of config and layers as they are stored. */
  readonly size: number
  /** How it starts; absent when the config is not that of an image. */
  readonly settings?: ImageSettings
  /** Why nothing of its config can be told, in words: it is not there, or it is damaged. */
  readonly broken?: string
}

export interface DescribedReferrer {
  readonly descriptor: Descriptor
  /** The manifest of the image that it is attached to. */
  readonly subject: Digest
}

export interface Description {
  readonly root: Descriptor
  readonly kind: 'index' | 'image'
  readonly artifactType?: string
  readonly annotations: Readonly<Record<string, string>>
  /** What the whole is attached to, when it is an attachment itself. */
  readonly subject?: Digest
  readonly images: readonly DescribedImage[]
  /** undefined when the place cannot list them. */
  readonly referrers: readonly DescribedReferrer[] | undefined
}

/** Configs are read whole; those of images have a few kB. */
const LARGEST_CONFIG = 4 * 1024 * 1024
const AT_ONCE = 6
const CONFIGS: ReadonlySet<string> = new Set([MEDIA.config, 'application/vnd.docker.container.image.v1+json'])

/** @throws Failure of the source; a child of an index or a config that is missing or damaged is said, and is no failure */
export async function describe(source: Source, root: Descriptor, { referrers = true }: { referrers?: boolean }, call: Call): Promise<Description> {
  const explorer = createExplorer(source)
  const top = await explorer.read(root, 0, call)
  const images: DescribedImage[] = []
  const indexes: Digest[] = []
  if (top.kind === 'image') images.push(await describeImage(source, root, top, undefined, call))
  else {
    indexes.push(root.digest)
    images.push(...(await describeChildren(source, explorer, top.manifests, { depth: 1, indexes }, call)))
  }
  const artifactType = artifactTypeOf(top)
  return {
    root,
    kind: top.kind,
    ...(artifactType === undefined ? {} : { artifactType }),
    annotations: top.annotations,
    ...(top.subject === undefined ? {} : { subject: top.subject.digest }),
    images,
    referrers:
      referrers && listsReferrers(source) ? await attached(source, [...indexes, ...images.map(({ descriptor }) => descriptor.digest)], call) : undefined,
  }
}

async function describeChildren(
  source: Source,
  explorer: Explorer,
  children: readonly Descriptor[],
  { depth, indexes }: { depth: number; indexes: Digest[] },
  call: Call,
): Promise<DescribedImage[]> {
  const found: DescribedImage[][] = children.map(() => [])
  await forEachLimited(
    children.entries(),
    createLimit(AT_ONCE),
    async ([at, child]) => {
      found[at] = await describeChild(child)
    },
    call,
  )
  return found.flat()

  async function describeChild(child: Descriptor): Promise<DescribedImage[]> {
    if (!isManifestType(child.mediaType)) return [{ ...nothingOf(child), missing: false, size: child.size }]
    try {
      const manifest = await explorer.read(child, depth, call)
      if (manifest.kind === 'image') return [await describeImage(source, child, manifest, child.platform, call)]
      indexes.push(child.digest)
      return await describeChildren(source, explorer, manifest.manifests, { depth: depth + 1, indexes }, call)
    } catch (error) {
      // One that is not there makes the index sparse.
      if (!isFailure(error, 'CONTENT_MISSING') || (await source.resolve(child.digest, call)) !== undefined) throw error
      return [nothingOf(child)]
    }
  }
}

function nothingOf(descriptor: Descriptor): DescribedImage {
  const { platform, artifactType } = descriptor
  return {
    descriptor,
    ...(platform === undefined ? {} : { platform: printPlatform(platform) }),
    ...(artifactType === undefined ? {} : { artifactType }),
    missing: true,
    annotations: {},
    layers: [],
    size: 0,
  }
}

async function describeImage(
  source: Source,
  descriptor: Descriptor,
  manifest: ImageManifest,
  listed: Platform | undefined,
  call: Call,
): Promise<DescribedImage> {
  const { config, broken } = CONFIGS.has(manifest.config.mediaType) ? await readConfig(source, manifest.config, call) : {}
  const own = config === undefined || config.os === '' || config.architecture === '' ? undefined : config
  const platform = listed ?? own
  const artifactType = config === undefined && broken === undefined ? artifactTypeOf(manifest) : manifest.artifactType
  return {
    descriptor,
    missing: false,
    ...(platform === undefined ? {} : { platform: printPlatform(platform) }),
    ...(artifactType === undefined ? {} : { artifactType }),
    annotations: manifest.annotations,
    config: manifest.config,
    layers: manifest.layers,
    size: [manifest.config, ...manifest.layers].reduce((sum, { size }) => sum + size, 0),
    ...(config === undefined ? {} : { settings: settingsIn(config) }),
    ...(broken === undefined ? {} : { broken }),
  }
}

/** What is still known of an image without its config is worth showing. */
async function readConfig(source: Source, descriptor: Descriptor, call: Call): Promise<{ config?: ImageConfig; broken?: string }> {
  try {
    return { config: parseImageConfig(await readBody(await source.fetch(descriptor, call), LARGEST_CONFIG)) }
  } catch (error) {
    const { kind, why } = troubleOf(error, call)
    if (kind === 'unknown') throw error
    return { broken: why }
  }
}

async function attached(source: Source, subjects: readonly Digest[], call: Call): Promise<DescribedReferrer[]> {
  const lists = new Map<Digest, readonly Descriptor[]>()
  await forEachLimited(
    new Set(subjects),
    createLimit(AT_ONCE),
    async (subject) => void lists.set(subject, await listReferrers(source, subject, {}, call)),
    call,
  )
  return [...new Set(subjects)].flatMap((subject) => (lists.get(subject) ?? []).map((descriptor) => ({ descriptor, subject })))
}
