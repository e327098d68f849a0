/**
 * Keeping the fallback tag of registries without the referrers API: an index of all referrers under `sha256-<hex>`. It is shared and
 * has no lock, so every change is read, merged, written and read back; what another writer took away is put there again.
 * OCI distribution-spec v1.1 "Pushing Manifests with Subject". Two CI jobs that sign the same image are the normal case.
 */
import { type Call, pause } from '../../../kit/call.ts'
import { Failure } from '../../../kit/failure.ts'
import { createLimit, type Limit } from '../../../kit/limit.ts'
import { repositoryScope } from '../../http/auth/scope.ts'
import { LARGEST } from '../../http/request.ts'
import { type Descriptor, descriptorJson } from '../../oci/descriptor.ts'
import { type Digest, fallbackTag } from '../../oci/digest.ts'
import { artifactTypeOf, type Manifest } from '../../oci/manifest.ts'
import { MEDIA } from '../../oci/media-types.ts'
import { parseTag } from '../../oci/reference.ts'
import { readApi, readFallback } from './referrers-read.ts'
import type { RepositoryState } from './repository-state.ts'
import { manifestPath } from './routes.ts'

const MOST_TRIES = 6
/** Milliseconds, multiplied with the timing's scale. How long another writer may take between reading and writing. */
const SETTLE = 150

const queues = new Map<string, Limit>()

/** Makes a manifest that was just pushed findable from its subject. */
export async function linkSubject(state: RepositoryState, manifest: Manifest, digest: Digest, call: Call): Promise<void> {
  const subject = manifest.subject?.digest
  if (subject === undefined) return
  // The OCI-Subject header alone is no proof that the list can be read (ECR sent it without having the API), so the list is read.
  const listed = await readApi(state, subject, call)
  if (listed?.some((entry) => entry.digest === digest) === true) return
  const artifactType = artifactTypeOf(manifest)
  const entry: Descriptor = {
    mediaType: manifest.descriptor.mediaType,
    digest,
    size: manifest.bytes.length,
    ...(artifactType === undefined ? {} : { artifactType }),
    ...(Object.keys(manifest.annotations).length === 0 ? {} : { annotations: manifest.annotations }),
  }
  await change(state, subject, (entries) => (entries.some((other) => other.digest === digest) ? undefined : [...entries, entry]), call)
}

/** Takes a manifest that was removed out of the fallback list of its subject. */
export async function unlinkSubject(state: RepositoryState, subject: Digest, digest: Digest, call: Call): Promise<void> {
  await change(
    state,
    subject,
    (entries) => (entries.some((other) => other.digest === digest) ? entries.filter((other) => other.digest !== digest) : undefined),
    call,
  )
}

/** Applies a change until it is there to stay. `edit` gives undefined when nothing is left to do. */
async function change(state: RepositoryState, subject: Digest, edit: (entries: readonly Descriptor[]) => Descriptor[] | undefined, call: Call): Promise<void> {
  const key = `${state.name}@${subject}`
  const queue = queues.get(key) ?? createLimit(1)
  queues.set(key, queue)
  await queue.run(async () => {
    let quiet = false
    for (let tried = 0; tried < MOST_TRIES; tried += 1) {
      const before = await readFallback(state, subject, call)
      const entries = edit(before?.manifests ?? [])
      if (!entries) {
        // Seen twice with a pause in between: a writer that read before us has written by then.
        if (quiet || tried === 0) return
        quiet = true
      } else {
        quiet = false
        await write(state, subject, entries, call)
      }
      await pause(SETTLE * state.client.timing.scale * (0.5 + Math.random()), call)
    }
    if (quiet) return
    throw new Failure('REGISTRY_UNAVAILABLE', `cannot list an attachment of ${subject} in ${state.name}`, {
      cause: 'other writers keep replacing the list under its fallback tag',
      hint: 'The attachment itself is stored. Run the same command again; a registry with the referrers API does not have this race.',
      facts: { subject },
    })
  }, call)
}

async function write(state: RepositoryState, subject: Digest, entries: readonly Descriptor[], call: Call): Promise<void> {
  const { repository, client } = state
  const bytes = Buffer.from(JSON.stringify({ schemaVersion: 2, mediaType: MEDIA.index, manifests: entries.map(descriptorJson) }))
  await client.send(
    {
      what: `list attachments of ${subject} in ${state.name}`,
      method: 'PUT',
      repository,
      at: manifestPath(repository, parseTag(fallbackTag(subject))),
      headers: { 'content-type': MEDIA.index },
      body: {
        size: bytes.length,
        async *open() {
          yield bytes
        },
      },
      scopes: [repositoryScope(repository.path, 'pull', 'push')],
      largest: LARGEST.error,
      expect: [200, 201, 202, 204],
      follow: 'origin',
    },
    call,
  )
}
