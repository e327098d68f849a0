/**
 * Manifests and indexes: bytes that are never rewritten, and what they point to.
 * Ambiguous documents are refused (CVE-2021-41190): both shapes at once, or a mediaType that contradicts what was announced.
 */
import { Failure } from '../../kit/failure.ts'
import { isObject, type JsonObject, parseStrictJson } from '../../kit/json.ts'
import { type Descriptor, parseDescriptor, readAnnotations } from './descriptor.ts'
import { type DigestAlgorithm, digestOf } from './digest.ts'
import { isIndexType, isManifestType, MEDIA } from './media-types.ts'

/** Bytes. What registries must accept at least, and what we push at most. */
export const LARGEST_MANIFEST_PUSHED = 4 * 1024 * 1024
/** Bytes. What we read at most; larger ones are refused, never cut. */
export const LARGEST_MANIFEST_READ = 8 * 1024 * 1024
/** An index that lists more than this is refused. */
const MOST_CHILDREN = 10_000

interface Common {
  readonly bytes: Uint8Array
  readonly descriptor: Descriptor
  readonly artifactType?: string
  readonly annotations: Readonly<Record<string, string>>
  /** What this document is attached to, when it is a referrer. */
  readonly subject?: Descriptor
}

export interface ImageManifest extends Common {
  readonly kind: 'image'
  readonly config: Descriptor
  readonly layers: readonly Descriptor[]
}

export interface IndexManifest extends Common {
  readonly kind: 'index'
  readonly manifests: readonly Descriptor[]
}

export type Manifest = ImageManifest | IndexManifest

/**
 * Reads a manifest or index.
 * @param announced the media type it was announced with (descriptor or Content-Type), when known
 * @param algorithm what its own digest is made with
 * @throws Failure CONTENT_INVALID
 */
export function parseManifest(bytes: Uint8Array, announced?: string, algorithm: DigestAlgorithm = 'sha256'): Manifest {
  const what = 'the manifest'
  if (bytes.length > LARGEST_MANIFEST_READ) throw new Failure('LIMIT_REACHED', `${what} is larger than 8 MiB`)
  const json = parseStrictJson(bytes, what)
  if (!isObject(json)) throw new Failure('CONTENT_INVALID', `${what} is not a JSON object`)
  const mediaType = mediaTypeOf(json, announced)
  const digest = digestOf(bytes, algorithm)
  const descriptor: Descriptor = { mediaType, digest, size: bytes.length }
  const annotations = readAnnotations(json['annotations'], what) ?? {}
  const artifactType = typeof json['artifactType'] === 'string' && json['artifactType'] !== '' ? json['artifactType'] : undefined
  const subject = json['subject'] === undefined || json['subject'] === null ? undefined : parseDescriptor(json['subject'], 'the subject')
  const common = { bytes, descriptor, annotations, ...(artifactType === undefined ? {} : { artifactType }), ...(subject === undefined ? {} : { subject }) }
  if (isIndexType(mediaType)) {
    return { kind: 'index', ...common, manifests: readList(json['manifests'], 'manifests') }
  }
  return { kind: 'image', ...common, config: parseDescriptor(json['config'], 'the config'), layers: readList(json['layers'], 'layers') }
}

function readList(value: unknown, name: string): Descriptor[] {
  if (value === undefined || value === null) return []
  if (!Array.isArray(value)) throw new Failure('CONTENT_INVALID', `${name} is not a list`)
  if (value.length > MOST_CHILDREN) throw new Failure('LIMIT_REACHED', `${name} lists more than ${MOST_CHILDREN} entries`)
  return value.map((entry, index) => parseDescriptor(entry, `${name}[${index}]`))
}

/** Decides what a document is, by what it says, what was announced and its shape; refuses contradictions. */
function mediaTypeOf(json: JsonObject, announced: string | undefined): string {
  const indexShape = 'manifests' in json
  const imageShape = 'layers' in json || 'config' in json
  if (indexShape && imageShape) throw new Failure('CONTENT_INVALID', 'the manifest has the fields of an index and of an image: ambiguous')
  if ('fsLayers' in json || json['schemaVersion'] === 1) {
    throw new Failure('UNSUPPORTED', 'the image has a Docker schema 1 manifest', {
      hint: 'Rebuild or convert it with a current tool; the format was given up by registries.',
    })
  }
  const own = typeof json['mediaType'] === 'string' ? json['mediaType'] : undefined
  const named = announced !== undefined && isManifestType(announced) ? announced : undefined
  if (own !== undefined && named !== undefined && own !== named) {
    throw new Failure('CONTENT_INVALID', `the manifest calls itself ${own.slice(0, 100)} but was announced as ${named}`)
  }
  const mediaType = own ?? named ?? (indexShape ? MEDIA.index : imageShape ? MEDIA.manifest : undefined)
  if (mediaType === undefined || !isManifestType(mediaType)) {
    throw new Failure('CONTENT_INVALID', `not an image manifest or index${mediaType === undefined ? '' : ` but ${mediaType.slice(0, 100)}`}`)
  }
  if (isIndexType(mediaType) ? imageShape : indexShape)
    throw new Failure('CONTENT_INVALID', `the manifest is announced as ${mediaType} but has the shape of the other kind`)
  return mediaType
}

/** Everything below a document that must be there before it: blobs of an image, children of an index. */
export function childrenOf(manifest: Manifest): readonly Descriptor[] {
  return manifest.kind === 'index' ? manifest.manifests : [manifest.config, ...manifest.layers]
}

/** What a referrers listing calls the document: its artifactType, else the type of its config. */
export function artifactTypeOf(manifest: Manifest): string | undefined {
  return manifest.artifactType ?? (manifest.kind === 'image' ? manifest.config.mediaType : undefined)
}
