/** Taking a blob from another repository of the same registry. Refusals are many and harmless: the blob is then pushed (ggcr#1404, harbor#17097). */
import { type Call, throwIfStopped } from '../../../kit/call.ts'
import { isFailure } from '../../../kit/failure.ts'
import { repositoryScope } from '../../http/auth/scope.ts'
import { type Answer, LARGEST } from '../../http/request.ts'
import type { Descriptor } from '../../oci/descriptor.ts'
import type { Repository } from '../../oci/reference.ts'
import { inOneFlight } from './flights.ts'
import type { RepositoryState } from './repository-state.ts'
import { uploadPath } from './routes.ts'
import { sessionOf } from './upload-session.ts'

/** True when the blob is here now. A session the registry opened instead is kept for the push that follows. */
export async function mountBlob(state: RepositoryState, descriptor: Descriptor, from: Repository, call: Call): Promise<boolean> {
  const { repository } = state
  if (from.registry !== repository.registry || from.path === repository.path) return false
  const outcome = await inOneFlight(
    state.flights,
    descriptor.digest,
    () => mountFrom(state, descriptor, from, call),
    { there: (here) => here, own: () => false },
    call,
  )
  return outcome === 'joined' || outcome
}

/** The same, by whoever has the blob's flight. */
export async function mountFrom(state: RepositoryState, descriptor: Descriptor, from: Repository, call: Call): Promise<boolean> {
  const { repository, client } = state
  const { digest } = descriptor
  if (state.noMount.has(from.path) || state.doubted.has(digest) || state.present.has(digest) || state.sessions.has(digest)) return false
  const what = `mount blob ${descriptor.digest} from ${from.path} into ${state.name}`
  let answer: Answer
  try {
    answer = await client.send(
      {
        what,
        method: 'POST',
        repository,
        at: uploadPath(repository, { digest: descriptor.digest, from: from.path }),
        scopes: [repositoryScope(repository.path, 'pull', 'push'), repositoryScope(from.path, 'pull')],
        largest: LARGEST.error,
        expect: [201, 202],
        tries: 1,
        follow: 'origin',
      },
      call,
    )
  } catch (error) {
    throwIfStopped(call)
    // Too many requests is not an answer about mounting.
    if (!isFailure(error) || error.code === 'RATE_LIMITED' || error.code === 'TLS_UNTRUSTED') throw error
    state.noMount.add(from.path)
    return false
  }
  if (answer.status === 202) {
    state.sessions.set(descriptor.digest, sessionOf(state, answer, what))
    return false
  }
  const said = answer.headers['docker-content-digest']
  if (said !== undefined && said !== descriptor.digest) return false
  state.present.add(descriptor.digest)
  return true
}
