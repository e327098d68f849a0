/**
 * Whether a 404 is a registry's word that something is not there. A proxy, a login page or a half-started registry answers 404 too,
 * and "absent" would then be a lie on which tags are moved and signatures are found missing.
 */
import type { Call } from '../../../kit/call.ts'
import { Failure } from '../../../kit/failure.ts'
import { type Answer, contentType, LARGEST } from '../../http/request.ts'
import { notRegistry } from '../../http/status-failure.ts'
import type { RepositoryState } from './repository-state.ts'

const UNKNOWN = new Set(['MANIFEST_UNKNOWN', 'NAME_UNKNOWN', 'BLOB_UNKNOWN', 'TAG_UNKNOWN', 'NOT_FOUND', 'NAME_INVALID', 'MANIFEST_INVALID', 'TAG_INVALID'])

/** True when the answer itself shows that a registry gave it. */
export function speaksRegistry(answer: Answer): boolean {
  if (answer.headers['docker-distribution-api-version'] !== undefined) return true
  return answer.errors.some(({ code }) => UNKNOWN.has(code)) || (answer.errors.length > 0 && contentType(answer).includes('json'))
}

/**
 * Returns when a 404 may be believed.
 * @param what as it follows "cannot "
 * @throws Failure PROTOCOL_ERROR when it does not come from a registry
 */
export async function believeAbsent(state: RepositoryState, what: string, answer: Answer, call: Call): Promise<void> {
  if (speaksRegistry(answer)) return
  const page = notRegistry(what, answer)
  if (page) throw page
  // The specification allows a 404 without a word; then the base of the API must at least be there.
  await requireBase(state, what, answer, call)
}

/**
 * Asks for the base of the API, to tell a registry from whatever else answers 404.
 * @throws Failure PROTOCOL_ERROR when it is not there
 */
export async function requireBase(state: RepositoryState, what: string, answer: Answer, call: Call): Promise<void> {
  const base = await state.client.send(
    { what, method: 'GET', repository: state.repository, at: '/v2/', scopes: [], largest: LARGEST.error, expect: [200, 401, 403, 404], follow: 'origin' },
    call,
  )
  if (speaksRegistry(base) || (base.status !== 404 && !contentType(base).includes('html'))) return
  throw new Failure('PROTOCOL_ERROR', `cannot ${what}`, {
    cause: `${new URL(answer.url).host} answers 404 to everything: it is not a registry, or not ready yet`,
    hint: 'Check the host name and port. A proxy or ingress before the registry may be answering in its place.',
    facts: { status: 404 },
  })
}
