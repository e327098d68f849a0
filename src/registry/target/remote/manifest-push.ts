/**
 * Storing manifests: bytes exactly as they are, and the registry's own word about their digest compared.
 * What does not belong here: when a name may be written (manifest-tag.ts).
 */
import { type Call, pause, throwIfStopped } from '../../../kit/call.ts'
import { Failure, isFailure } from '../../../kit/failure.ts'
import { repositoryScope } from '../../http/auth/scope.ts'
import { type Answer, LARGEST, type Payload } from '../../http/request.ts'
import type { Descriptor } from '../../oci/descriptor.ts'
import { algorithmOf, type Digest, digestOf, isDigest } from '../../oci/digest.ts'
import { LARGEST_MANIFEST_PUSHED, type Manifest, parseManifest } from '../../oci/manifest.ts'
import type { Tag } from '../../oci/reference.ts'
import { readBody } from '../body.ts'
import type { Body } from '../target.ts'
import type { KnownManifest } from './manifest-cache.ts'
import { hasManifest, resolveManifest } from './manifest-read.ts'
import { manifestRefusal } from './manifest-refusal.ts'
import { linkSubject } from './referrers-write.ts'
import type { RepositoryState } from './repository-state.ts'
import { manifestPath } from './routes.ts'

/** Registries that have just taken a blob may need a moment to know it (korifi#2381, manifest-tool#191). */
const MOST_TRIES = 3

/** @throws Failure CONTENT_MISSING naming the child, when the registry does not have what the manifest needs */
export async function pushManifest(state: RepositoryState, descriptor: Descriptor, body: Body, call: Call): Promise<'stored' | 'present'> {
  const { digest } = descriptor
  const doubted = state.doubted.has(digest)
  const present = !doubted && !state.absent.delete(digest) && (await hasManifest(state, digest, call))
  const bytes = await readBody(body, LARGEST_MANIFEST_PUSHED)
  const found = digestOf(bytes, algorithmOf(digest))
  if (found !== digest || bytes.length !== descriptor.size) {
    throw new Failure('DIGEST_MISMATCH', `cannot push ${digest} to ${state.name}`, {
      cause: found === digest ? `it has ${bytes.length} bytes instead of the promised ${descriptor.size}` : `the digest of its bytes is ${found}`,
      facts: { digest },
    })
  }
  const manifest = parseManifest(bytes, descriptor.mediaType)
  const known: KnownManifest = { descriptor: { ...manifest.descriptor, digest }, bytes }
  if (present) state.manifests.put(state.name, known)
  else await putManifest(state, digest, known, manifest, call)
  state.absent.delete(digest)
  state.doubted.delete(digest)
  // Also when it was there: the run that stored it may have been stopped before it was listed.
  if (manifest.subject) await linkSubject(state, manifest, digest, call)
  return present ? 'present' : 'stored'
}

/** Headers that make a write depend on what a name says, e.g. `if-none-match: *`. */
export type Condition = Readonly<Record<string, string>>

/** @returns false when the registry refused because the condition does not hold; it answers so only when one is given */
export async function putManifest(
  state: RepositoryState,
  ref: Tag | Digest,
  { descriptor, bytes }: KnownManifest,
  manifest: Manifest,
  call: Call,
  condition: Condition = {},
): Promise<boolean> {
  const what = isDigest(ref) ? `push ${ref} to ${state.name}` : `tag ${descriptor.digest} as ${ref} in ${state.name}`
  for (let tried = 1; ; tried += 1) {
    throwIfStopped(call)
    const answer = await sendManifest(state, ref, { descriptor, bytes }, { what, condition }, call)
    if (answer.status < 300) {
      await confirm(state, ref, descriptor.digest, answer, what, call)
      state.manifests.put(state.name, { descriptor, bytes })
      return true
    }
    if (answer.status === 412 && Object.keys(condition).length > 0) return false
    const failure = await manifestRefusal(state, manifest, answer, what, call)
    if (!isFailure(failure, 'CONTENT_MISSING') || failure.facts['known'] === false || tried >= MOST_TRIES) throw failure
    await pause(state.client.timing.backoff(tried), call)
  }
}

async function sendManifest(
  state: RepositoryState,
  ref: Tag | Digest,
  { descriptor, bytes }: KnownManifest,
  { what, condition }: { what: string; condition: Condition },
  call: Call,
): Promise<Answer> {
  const { repository, client } = state
  const payload: Payload = {
    size: bytes.length,
    async *open() {
      yield bytes
    },
  }
  return await client.send(
    {
      what,
      method: 'PUT',
      repository,
      at: manifestPath(repository, ref),
      headers: { 'content-type': descriptor.mediaType, ...condition },
      body: payload,
      scopes: [repositoryScope(repository.path, 'pull', 'push')],
      largest: LARGEST.error,
      expect: [200, 201, 202, 204, 400, 404, 405, 409, 412, 422],
      follow: 'origin',
    },
    call,
  )
}

/** Believes 201 with our digest; everything weaker is looked at again (a web server says 200 to everything). */
async function confirm(state: RepositoryState, ref: Tag | Digest, digest: Digest, answer: Answer, what: string, call: Call): Promise<void> {
  const said = answer.headers['docker-content-digest']
  if (said !== undefined && isDigest(said) && algorithmOf(said) === algorithmOf(digest)) {
    if (said !== digest) {
      throw new Failure('DIGEST_MISMATCH', `cannot ${what}`, {
        cause: `the registry stored it as ${said}: it rewrites manifests`,
        hint: 'Nothing may be signed or promoted there under the digest that was asked for.',
        facts: { digest, stored: said },
      })
    }
    if (answer.status === 201) return
  } else if (answer.status === 201) return
  const there = await resolveManifest(state, ref, call)
  if (there?.digest !== digest) {
    throw new Failure('PROTOCOL_ERROR', `cannot ${what}`, {
      cause: `the registry answered ${answer.status}, but does not have it`,
      hint: 'Is this a registry, and the right address?',
      facts: { status: answer.status },
    })
  }
}
