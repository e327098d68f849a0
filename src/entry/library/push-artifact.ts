/**
 * Any files as an artifact: blobs, then one manifest, then the tag. OCI image-spec v1.1, manifest.md "Guidelines for Artifact Usage".
 * What does not belong here: what the files mean (evidence/ attaches signatures in the form that verifiers expect).
 */
import { type Call, throwIfStopped } from '../../kit/call.ts'
import { Failure } from '../../kit/failure.ts'
import { type Descriptor, descriptorJson } from '../../registry/oci/descriptor.ts'
import { digestOf } from '../../registry/oci/digest.ts'
import { parseManifest } from '../../registry/oci/manifest.ts'
import { MEDIA } from '../../registry/oci/media-types.ts'
import type { Tag } from '../../registry/oci/reference.ts'
import { bytesBody } from '../../registry/target/body.ts'
import type { Target } from '../../registry/target/target.ts'

export interface ArtifactFile {
  readonly bytes: Uint8Array
  /** `application/vnd.cyclonedx+json`. */
  readonly mediaType: string
  /** `org.opencontainers.image.title` is the name under which oras and others save it. */
  readonly annotations?: Readonly<Record<string, string>>
}

export interface Artifact {
  /** What it is: `application/vnd.example.report.v1`. */
  readonly artifactType: string
  /** In the order in which they are listed. None: the manifest alone says it all. */
  readonly files?: readonly ArtifactFile[]
  /** The image it is attached to; it is then listed as one of its referrers. */
  readonly subject?: Descriptor
  readonly annotations?: Readonly<Record<string, string>>
  /** Written last. */
  readonly tag?: Tag
}

/** The empty blob of the image-spec: the config of every artifact, and its only layer when it has no files. */
const emptyFile = (): ArtifactFile => ({ bytes: Buffer.from('{}'), mediaType: MEDIA.empty })

/**
 * The same artifact gives the same bytes, and so the same digest: pushing it twice stores nothing new.
 * @returns what a listing of referrers says of it: descriptor, artifactType, annotations
 * @throws Failure CONTENT_INVALID when a file's media type is none or the artifactType is missing; failures of the target; after a stop nothing more is written
 */
export async function pushArtifact(target: Target, artifact: Artifact, call: Call): Promise<Descriptor> {
  const { artifactType, files = [], subject, annotations = {}, tag } = artifact
  if (artifactType === '')
    throw new Failure('CONTENT_INVALID', `cannot push an artifact without an artifactType to ${target.name}`, {
      hint: 'Say what it is: application/vnd.example.report.v1.',
    })
  // An artifact without files lists the empty blob, since older registries refuse a manifest without layers.
  const empty = emptyFile()
  const listed = files.length === 0 ? [empty] : files
  const bytes = Buffer.from(
    JSON.stringify({
      schemaVersion: 2,
      mediaType: MEDIA.manifest,
      artifactType,
      config: descriptorJson(describe(empty)),
      layers: listed.map((file) => descriptorJson(describe(file))),
      ...(subject === undefined ? {} : { subject: descriptorJson({ mediaType: subject.mediaType, digest: subject.digest, size: subject.size }) }),
      ...(Object.keys(annotations).length === 0 ? {} : { annotations }),
    }),
  )
  const { descriptor } = parseManifest(bytes)
  for (const file of new Map([empty, ...listed].map((each) => [digestOf(each.bytes), each])).values()) {
    throwIfStopped(call)
    await target.push(describe(file), bytesBody(file.bytes), call)
  }
  throwIfStopped(call)
  await target.push(descriptor, bytesBody(bytes), call)
  throwIfStopped(call)
  if (tag !== undefined) await target.tag(descriptor, tag, call)
  return { ...descriptor, artifactType, ...(Object.keys(annotations).length === 0 ? {} : { annotations }) }
}

function describe({ bytes, mediaType, annotations }: ArtifactFile): Descriptor {
  return { mediaType, digest: digestOf(bytes), size: bytes.length, ...(annotations === undefined ? {} : { annotations }) }
}
