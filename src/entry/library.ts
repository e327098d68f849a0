/**
 * The library: `import { … } from 'kubeferry'`. Registries, layouts and memory behind one interface, and the verbs over them.
 * No side effect on import.
 */
export { type Call, freeCall, type Progress } from '../kit/call.ts'
export { Failure, isFailure } from '../kit/failure.ts'
export { EXIT, FAILURE_CODES, type FailureCode } from '../kit/failure-codes.ts'
export { Secret } from '../kit/secret.ts'
export { copy } from '../registry/copy/copy.ts'
export type { CopyReport } from '../registry/copy/report.ts'
export { resolveImage } from '../registry/copy/resolve.ts'
export type { CredentialSources } from '../registry/http/credentials/credential.ts'
export type { Descriptor } from '../registry/oci/descriptor.ts'
export { type Digest, digestOf, parseDigest } from '../registry/oci/digest.ts'
export { type Manifest, parseManifest } from '../registry/oci/manifest.ts'
export { parseReference, parseTag, printReference, type Reference, type Tag } from '../registry/oci/reference.ts'
export { bytesBody, readBody } from '../registry/target/body.ts'
export { openLayout } from '../registry/target/layout/layout.ts'
export { type Location, parseLocation, printLocation } from '../registry/target/location.ts'
export { createMemoryTarget } from '../registry/target/memory.ts'
export { createOpener, type Opened, type Opener } from '../registry/target/open.ts'
export { serveRegistry } from '../registry/target/serve/serve.ts'
export { type Body, deletes, listsReferrers, listsTags, mounts, type Source, type Target } from '../registry/target/target.ts'
