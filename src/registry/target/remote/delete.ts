/** Removing. A tag goes alone or not at all: a digest is never deleted in its place, since that takes every sibling along. */
import type { Call } from '../../../kit/call.ts'
import { Failure } from '../../../kit/failure.ts'
import { repositoryScope } from '../../http/auth/scope.ts'
import { errorText } from '../../http/error-body.ts'
import { LARGEST } from '../../http/request.ts'
import type { Descriptor } from '../../oci/descriptor.ts'
import { parseManifest } from '../../oci/manifest.ts'
import { isManifestType } from '../../oci/media-types.ts'
import type { Tag } from '../../oci/reference.ts'
import { dialectAt } from '../find-dialect.ts'
import { believeAbsent } from './absence.ts'
import { readManifest } from './manifest-read.ts'
import { readApi } from './referrers-read.ts'
import { linkSubject, unlinkSubject } from './referrers-write.ts'
import type { RepositoryState } from './repository-state.ts'
import { blobPath, manifestPath } from './routes.ts'

/** @throws Failure UNSUPPORTED when the registry only deletes digests */
export async function untagManifest(state: RepositoryState, tag: Tag, call: Call): Promise<void> {
  await send(
    state,
    `remove the tag ${tag} of ${state.name}`,
    manifestPath(state.repository, tag),
    `${removing(state) ?? 'Remove the tag with the tools of the registry itself.'} Its digest was not deleted, because other tags may name it.`,
    call,
  )
}

/**
 * Removes content by digest: with a manifest go all its tags. An attachment leaves the list under the fallback tag first, since that tag
 * must never name what is not there; where the registry then does not remove it, it is listed again.
 */
export async function removeContent(state: RepositoryState, descriptor: Descriptor, call: Call): Promise<void> {
  const { digest } = descriptor
  const isManifest = isManifestType(descriptor.mediaType)
  const known = isManifest ? await readManifest(state, digest, call) : undefined
  const path = isManifest ? manifestPath(state.repository, digest) : blobPath(state.repository, digest)
  const manifest = known === undefined ? undefined : parseManifest(known.bytes, known.descriptor.mediaType)
  const subject = manifest?.subject?.digest
  const listed = subject !== undefined && (await readApi(state, subject, call)) === undefined
  if (listed) await unlinkSubject(state, subject, digest, call)
  try {
    await send(state, `remove ${digest} from ${state.name}`, path, removing(state) ?? 'The registry does not allow deleting here.', call)
  } catch (error) {
    // Why it was not removed is what matters; a list that cannot be mended now is mended by the next push of the attachment.
    if (listed && manifest && !call.signal.aborted) await linkSubject(state, manifest, digest, call).catch(() => undefined)
    throw error
  }
  state.present.delete(digest)
  state.manifests.drop(state.name, digest)
}

async function send(state: RepositoryState, what: string, at: string, hint: string, call: Call): Promise<void> {
  const { repository, client } = state
  const answer = await client.send(
    {
      what,
      method: 'DELETE',
      repository,
      at,
      scopes: [repositoryScope(repository.path, 'delete', 'pull', 'push')],
      largest: LARGEST.error,
      expect: [200, 202, 204, 400, 404, 405],
      follow: 'origin',
    },
    call,
  )
  if (answer.status < 300) return
  // Gone already, or removed by a try whose answer was lost.
  if (answer.status === 404) return await believeAbsent(state, what, answer, call)
  throw new Failure('UNSUPPORTED', `cannot ${what}`, {
    cause: `the registry answered ${answer.status}: ${errorText(answer.errors, answer.bytes)}`,
    hint,
    facts: { status: answer.status },
  })
}

/** Where the product has its own way. */
function removing({ client, repository }: RepositoryState): string | undefined {
  return dialectAt(client, repository.registry)?.removing
}
