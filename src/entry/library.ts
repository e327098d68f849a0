/**
 * The library: `import { … } from 'kubeferry'`. Registries, OCI layouts and memory behind one small interface, and verbs over it.
 * Importing it does nothing: no file is read, no socket opened, no variable looked at. What each name is for stands at its definition;
 * the guide is docs/library.md, programs that run are in examples/library/, and api/kubeferry.txt shows the surface as one text.
 * What does not belong here: code. A name that is added, changed or taken away shows in the diff of api/kubeferry.txt.
 */

// Waiting, stopping, progress.
export { type Call, freeCall, type Progress } from '../kit/call.ts'
// What goes wrong: one class, a stable code, a hint.
export { Failure, type FailureOptions, isFailure, reasons } from '../kit/failure.ts'
export { EXIT, FAILURE_CODES, type FailureCode } from '../kit/failure-codes.ts'
export type { Json, JsonObject } from '../kit/json.ts'
export { Secret } from '../kit/secret.ts'
// Verbs over targets.
export { type CheckReport, check, type Fault } from '../registry/copy/check.ts'
export { type CopyOptions, copy } from '../registry/copy/copy.ts'
export { listReferrers } from '../registry/copy/referrers.ts'
export type { CopyReport } from '../registry/copy/report.ts'
export { type Named as ImageName, resolveImage } from '../registry/copy/resolve.ts'
export { type Node as GraphNode, walk } from '../registry/copy/walk.ts'
// Credentials and what was asked of a registry.
export { ANONYMOUS, type CredentialSources, type ExplicitCredential } from '../registry/http/credentials/credential.ts'
export type { MirrorFiles, NetworkSettings } from '../registry/http/network-settings.ts'
export type { RequestLine } from '../registry/http/request-line.ts'
// Values: descriptors, digests, manifests, references.
export type { Descriptor } from '../registry/oci/descriptor.ts'
export { algorithmOf, type Digest, type DigestAlgorithm, digestOf, isDigest, parseDigest } from '../registry/oci/digest.ts'
export { type ImageConfig, parseImageConfig } from '../registry/oci/image-config.ts'
export { artifactTypeOf, childrenOf, type ImageManifest, type IndexManifest, type Manifest, parseManifest } from '../registry/oci/manifest.ts'
export { isIndexType, isManifestType, MEDIA } from '../registry/oci/media-types.ts'
export type { Platform } from '../registry/oci/platform.ts'
export { isTag, parseReference, parseTag, printReference, type Reference, type Repository, type Tag } from '../registry/oci/reference.ts'
export { type ArchiveTarget, openArchive } from '../registry/target/archive/archive.ts'
export { type DockerArchiveTarget, openDockerArchive } from '../registry/target/archive/docker-archive.ts'
// Places.
export { bytesBody, readBody } from '../registry/target/body.ts'
export { type LayoutOptions, type LayoutTarget, openLayout } from '../registry/target/layout/layout.ts'
export {
  type ArchiveLocation,
  type DockerArchiveLocation,
  type LayoutLocation,
  type Location,
  parseLocation,
  printLocation,
  type RemoteLocation,
} from '../registry/target/location.ts'
export { createMemoryTarget, type MemoryTarget } from '../registry/target/memory.ts'
export type { Opened } from '../registry/target/open.ts'
export type { RemoteTarget } from '../registry/target/remote/remote.ts'
export type { AccessLine } from '../registry/target/serve/access.ts'
export type { ServeAuth } from '../registry/target/serve/auth.ts'
export {
  type Body,
  type Deletes,
  deletes,
  type Finishes,
  finishes,
  type ListsReferrers,
  type ListsTags,
  listsReferrers,
  listsTags,
  type Mounts,
  mounts,
  type Source,
  type Target,
} from '../registry/target/target.ts'
export { type Client, type ClientOptions, createClient, usualCredentials, usualNetwork } from './library/client.ts'
export { type Artifact, type ArtifactFile, pushArtifact } from './library/push-artifact.ts'
export { type RunningRegistry, type ServeOptions, serveRegistry } from './library/serve.ts'
