/** Reading manifests: what a tag names, and the bytes of a digest. Bytes decide; headers are only hints. */
import type { Call } from '../../../kit/call.ts'
import { Failure } from '../../../kit/failure.ts'
import { repositoryScope } from '../../http/auth/scope.ts'
import { type Answer, contentType, LARGEST, numberHeader } from '../../http/request.ts'
import { notRegistry } from '../../http/status-failure.ts'
import type { Descriptor } from '../../oci/descriptor.ts'
import { algorithmOf, type Digest, digestOf, isDigest } from '../../oci/digest.ts'
import { parseManifest } from '../../oci/manifest.ts'
import { isManifestType, MANIFEST_ACCEPT } from '../../oci/media-types.ts'
import type { Tag } from '../../oci/reference.ts'
import { believeAbsent, speaksRegistry } from './absence.ts'
import type { KnownManifest } from './manifest-cache.ts'
import type { RepositoryState } from './repository-state.ts'
import { manifestPath } from './routes.ts'

export const ACCEPT = MANIFEST_ACCEPT.join(', ')

/**
 * What a tag or digest names; undefined when it is proven absent. HEAD is believed only when it says everything there is to say;
 * registries leave out the digest (containerd#3238), answer with a child (distribution-spec#207) or refuse HEAD: then the bytes decide.
 */
export async function resolveManifest(state: RepositoryState, ref: Tag | Digest, call: Call): Promise<Descriptor | undefined> {
  const { repository, client } = state
  const answer = await client.send(
    {
      what: `look up ${ref} in ${state.name}`,
      method: 'HEAD',
      repository,
      at: manifestPath(repository, ref),
      headers: { accept: ACCEPT },
      scopes: [repositoryScope(repository.path, 'pull')],
      largest: LARGEST.manifest,
      // 403 is what Artifactory means by 404; a GET tells more than any status without a body.
      expect: [200, 400, 403, 404, 405],
      follow: 'anywhere',
    },
    call,
  )
  if (answer.status === 404 && speaksRegistry(answer)) return undefined
  const digest = answer.headers['docker-content-digest'] ?? ''
  const size = numberHeader(answer, 'content-length')
  const mediaType = contentType(answer)
  const trusted = answer.status === 200 && isDigest(digest) && isManifestType(mediaType) && size !== undefined && size > 0 && (!isDigest(ref) || ref === digest)
  if (trusted) return { mediaType, digest, size }
  return (await readFresh(state, ref, call))?.descriptor
}

/** Whether a manifest is there: asked of the registry each time, whatever this run has in memory. */
export async function hasManifest(state: RepositoryState, digest: Digest, call: Call): Promise<boolean> {
  const there = (await resolveManifest(state, digest, call)) !== undefined
  if (!there) {
    state.absent.add(digest)
    state.manifests.drop(state.name, digest)
  }
  return there
}

/**
 * Reads and proves a manifest in one request, or none when it was read before; undefined when it is proven absent.
 * @throws Failure DIGEST_MISMATCH, CONTENT_INVALID, PROTOCOL_ERROR
 */
export async function readManifest(state: RepositoryState, ref: Tag | Digest, call: Call): Promise<KnownManifest | undefined> {
  const known = isDigest(ref) ? state.manifests.get(state.name, ref) : undefined
  return known ?? (await readFresh(state, ref, call))
}

async function readFresh(state: RepositoryState, ref: Tag | Digest, call: Call): Promise<KnownManifest | undefined> {
  const { repository, client } = state
  const what = `read ${ref} of ${state.name}`
  const answer = await client.send(
    {
      what,
      method: 'GET',
      repository,
      at: manifestPath(repository, ref),
      headers: { accept: ACCEPT },
      scopes: [repositoryScope(repository.path, 'pull')],
      largest: LARGEST.manifest,
      expect: [200, 404],
      follow: 'anywhere',
    },
    call,
  )
  if (answer.status === 404) {
    await believeAbsent(state, what, answer, call)
    return undefined
  }
  const manifest = prove(state, ref, answer, what)
  state.manifests.put(state.name, manifest)
  return manifest
}

/** @throws Failure DIGEST_MISMATCH, CONTENT_INVALID, PROTOCOL_ERROR */
export function prove(state: RepositoryState, ref: Tag | Digest, answer: Answer, what: string): KnownManifest {
  const { bytes } = answer
  const page = notRegistry(what, answer)
  if (page) throw page
  if (isDigest(ref)) {
    const digest = digestOf(bytes, algorithmOf(ref))
    if (digest !== ref) throw liar(state, ref, `its digest is ${digest}`)
    const { mediaType } = parseManifest(bytes, contentType(answer)).descriptor
    return { descriptor: { mediaType, digest, size: bytes.length }, bytes }
  }
  const { descriptor } = parseManifest(bytes, contentType(answer))
  const header = answer.headers['docker-content-digest']
  if (header === undefined || !isDigest(header)) return { descriptor, bytes }
  const digest = digestOf(bytes, algorithmOf(header))
  if (digest !== header) {
    // A tag promises no digest: what we have is what we name. Later reads are by that digest, so nothing else can slip in.
    state.client.warn(`${state.name} says ${ref} is ${header}, but sent ${descriptor.digest}; the latter is used`)
    return { descriptor, bytes }
  }
  return { descriptor: { ...descriptor, digest }, bytes }
}

function liar(state: RepositoryState, ref: Tag | Digest, why: string): Failure {
  return new Failure('DIGEST_MISMATCH', `${ref} from ${state.name} is not what it claims to be`, {
    cause: why,
    hint: 'The bytes were not used. Something between here and there changes content, or the copy there is damaged.',
    facts: { ref },
  })
}
