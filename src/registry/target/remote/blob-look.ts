/** Whether a blob is there: as a hint before a push, and as a claim that may be built on. */
import type { Call } from '../../../kit/call.ts'
import { repositoryScope } from '../../http/auth/scope.ts'
import { type Answer, LARGEST, numberHeader } from '../../http/request.ts'
import type { Descriptor } from '../../oci/descriptor.ts'
import { believeAbsent } from './absence.ts'
import type { RepositoryState } from './repository-state.ts'
import { blobPath } from './routes.ts'

/** HEAD; makes no claim about why a blob is not there. */
export async function blobIsThere(state: RepositoryState, descriptor: Descriptor, rights: ReadonlyArray<'pull' | 'push'>, call: Call): Promise<boolean> {
  return (await lookForBlob(state, descriptor, rights, call)).status === 200
}

/** The same after an upload that is in doubt: a blob counts only with all its bytes. */
export async function blobIsWhole(state: RepositoryState, descriptor: Descriptor, call: Call): Promise<boolean> {
  const answer = await lookForBlob(state, descriptor, ['pull', 'push'], call)
  // Some say 0 of everything when they are asked with HEAD.
  const length = numberHeader(answer, 'content-length') || descriptor.size
  if (answer.status === 200 && length !== descriptor.size) state.present.delete(descriptor.digest)
  return answer.status === 200 && length === descriptor.size
}

async function lookForBlob(state: RepositoryState, descriptor: Descriptor, rights: ReadonlyArray<'pull' | 'push'>, call: Call): Promise<Answer> {
  const { repository, client } = state
  const answer = await client.send(
    {
      what: `look for blob ${descriptor.digest} in ${state.name}`,
      method: 'HEAD',
      repository,
      at: blobPath(repository, descriptor.digest),
      scopes: [repositoryScope(repository.path, ...rights)],
      largest: LARGEST.error,
      expect: [200, 404],
      follow: 'anywhere',
    },
    call,
  )
  const odd = answer.status === 200 && (answer.headers['content-type'] ?? '').includes('html')
  if (answer.status === 200 && !odd) state.present.add(descriptor.digest)
  else state.present.delete(descriptor.digest)
  return odd ? { ...answer, status: 404 } : answer
}

/** Whether a blob is there, as a claim that may be built on: a 404 counts only as a registry's word. */
export async function hasBlob(state: RepositoryState, descriptor: Descriptor, call: Call): Promise<boolean> {
  const answer = await lookForBlob(state, descriptor, ['pull'], call)
  if (answer.status === 200) return true
  await believeAbsent(state, `look for blob ${descriptor.digest} in ${state.name}`, answer, call)
  state.absent.add(descriptor.digest)
  return false
}
