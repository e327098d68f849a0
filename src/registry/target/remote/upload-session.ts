/** An upload under way at the registry: opened, closed, given up. What is sent in between, and how often, is decided elsewhere. */
import { type Call, freeCall, throwIfStopped } from '../../../kit/call.ts'
import { Failure, isFailure } from '../../../kit/failure.ts'
import { repositoryScope, type Scope } from '../../http/auth/scope.ts'
import { errorText } from '../../http/error-body.ts'
import { type Answer, LARGEST, numberHeader, type Payload } from '../../http/request.ts'
import type { Descriptor } from '../../oci/descriptor.ts'
import { algorithmOf, isDigest } from '../../oci/digest.ts'
import { dialectAt } from '../find-dialect.ts'
import type { Body } from '../target.ts'
import type { RepositoryState, Session } from './repository-state.ts'
import { uploadPath } from './routes.ts'
import { uploadLocation } from './upload-location.ts'

/** One blob on its way to one repository. */
export interface Upload {
  readonly state: RepositoryState
  readonly descriptor: Descriptor
  readonly body: Body
  /** As it follows "cannot ". */
  readonly what: string
  /** Whether it was the source that failed: that is no doubt about the target. */
  sourceBroke(): boolean
}

/** Milliseconds that telling the registry of an abandoned upload may take after a stop. */
const FAREWELL = 2000

export function pushScopes(state: RepositoryState): Scope[] {
  return [repositoryScope(state.repository.path, 'pull', 'push')]
}

/** Opens an upload; `stored` when the registry had the blob after all. */
export async function openSession({ state, descriptor, what }: Upload, call: Call): Promise<Session | 'stored'> {
  const { repository, client } = state
  const post = (at: string, tries?: number): Promise<Answer> =>
    client.send(
      {
        what,
        method: 'POST',
        repository,
        at,
        scopes: pushScopes(state),
        largest: LARGEST.error,
        expect: [201, 202],
        follow: 'origin',
        ...(tries === undefined ? {} : { tries }),
      },
      call,
    )
  // A product known to look in its other repositories is given the chance; one that has nothing opens the upload all the same.
  const anywhere = dialectAt(client, repository.registry)?.facts.mountAnywhere?.is === 'works' && !state.doubted.has(descriptor.digest)
  const tried = anywhere ? await post(uploadPath(repository, { digest: descriptor.digest }), 1).catch(unlessStopped(call)) : undefined
  const answer = tried ?? (await post(uploadPath(repository)))
  return answer.status === 201 ? 'stored' : sessionOf(state, answer, what)
}

/** A refusal is harmless: the upload is then opened in the plain way, which says what is wrong when it is more than that. */
function unlessStopped(call: Call): () => undefined {
  return () => {
    throwIfStopped(call)
    return undefined
  }
}

/** What the answer that opened an upload says about it. */
export function sessionOf(state: RepositoryState, answer: Answer, what: string): Session {
  return { location: uploadLocation(state, answer, what), leastChunk: numberHeader(answer, 'oci-chunk-min-length') ?? 0 }
}

/** Whether a failure leaves open what has become of the upload; what the source threw is no doubt about the target. */
export function isDoubtful(upload: Upload, error: unknown, call: Call): error is Failure {
  return !upload.sourceBroke() && isFailure(error) && ['REGISTRY_UNAVAILABLE', 'PROTOCOL_ERROR', 'LIMIT_REACHED'].includes(error.code) && !call.signal.aborted
}

/**
 * Sends the last bytes, or all of them, and has the blob stored under its digest. Once. undefined when it is stored; otherwise why that is in doubt.
 * @throws Failure when there is no answer, or one that another try cannot help
 */
export async function closeUpload(
  { state, descriptor, what }: Upload,
  location: string,
  body: Payload,
  headers: Readonly<Record<string, string>>,
  call: Call,
): Promise<Failure | undefined> {
  const answer = await state.client.send(
    {
      what,
      method: 'PUT',
      repository: state.repository,
      // Appended as text: parsing and printing again would change signed parameters.
      at: `${location}${location.includes('?') ? '&' : '?'}digest=${encodeURIComponent(descriptor.digest)}`,
      headers: { ...headers, 'content-type': 'application/octet-stream' },
      body,
      scopes: pushScopes(state),
      largest: LARGEST.error,
      expect: [200, 201, 202, 204, 400, 404, 409, 416],
      tries: 1,
      follow: 'origin',
    },
    call,
  )
  if (answer.status >= 400) return refusal(what, descriptor, answer)
  const said = answer.headers['docker-content-digest']
  if (said !== undefined && isDigest(said) && algorithmOf(said) === algorithmOf(descriptor.digest) && said !== descriptor.digest) {
    throw new Failure('DIGEST_MISMATCH', `cannot ${what}`, { cause: `the registry stored it as ${said}`, facts: { digest: descriptor.digest } })
  }
  // A web server says 200 to everything, and 202 is a session that still stands open: whoever did not say "created" is asked.
  return answer.status === 201 || answer.status === 204
    ? undefined
    : new Failure('PROTOCOL_ERROR', `cannot ${what}`, { cause: `the registry answered ${answer.status} and does not have the blob` })
}

/** What it means that an upload, or a part of it, was not taken. */
export function refusal(what: string, descriptor: Descriptor, answer: Answer): Failure {
  const codes = answer.errors.map(({ code }) => code)
  const cause = `the registry answered ${answer.status}: ${errorText(answer.errors, answer.bytes)}`
  const facts = { digest: descriptor.digest, status: answer.status, codes }
  if (answer.status === 400 && codes.some((code) => code === 'DIGEST_INVALID' || code === 'SIZE_INVALID')) {
    return new Failure('DIGEST_MISMATCH', `cannot ${what}`, {
      cause,
      facts,
      hint: 'The source does not hold what its descriptor says, or something on the way changes content.',
    })
  }
  return new Failure('REGISTRY_UNAVAILABLE', `cannot ${what}`, {
    cause,
    facts,
    hint: 'The registry lost the upload several times. Run the same command again; what was done is kept.',
  })
}

/** Tells the registry that an upload will not be finished; nobody waits long for it, and nobody cares for the answer. */
export async function abandon({ state }: Upload, location: string): Promise<void> {
  const { repository, client } = state
  const farewell: Call = { ...freeCall(), deadline: performance.now() + FAREWELL }
  try {
    await client.send(
      {
        what: 'abandon an upload',
        method: 'DELETE',
        repository,
        at: location,
        scopes: pushScopes(state),
        largest: LARGEST.error,
        expect: [200, 202, 204, 404, 405],
        tries: 1,
        follow: 'origin',
      },
      farewell,
    )
  } catch {
    // The session will run out by itself.
  }
}
