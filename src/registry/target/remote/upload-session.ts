/** An upload under way at the registry: opened, asked how far it has come, closed, given up. What is sent in between is decided elsewhere. */
import { type Call, freeCall, throwIfStopped } from '../../../kit/call.ts'
import { Failure, isFailure } from '../../../kit/failure.ts'
import { repositoryScope, type Scope } from '../../http/auth/scope.ts'
import { errorText } from '../../http/error-body.ts'
import { type Answer, LARGEST, numberHeader, type Payload } from '../../http/request.ts'
import type { Descriptor } from '../../oci/descriptor.ts'
import { algorithmOf, isDigest } from '../../oci/digest.ts'
import type { Body } from '../target.ts'
import type { RepositoryState, UploadSession } from './repository-state.ts'
import { uploadPath } from './routes.ts'
import { uploadLocation } from './upload-location.ts'

/** One blob on its way to one repository. */
export interface Upload {
  readonly state: RepositoryState
  readonly descriptor: Descriptor
  readonly body: Body
  /** As it follows "cannot ". */
  readonly what: string
}

/** Milliseconds that telling the registry of an abandoned upload may take after a stop. */
const FAREWELL = 2000

export function pushScopes(state: RepositoryState): Scope[] {
  return [repositoryScope(state.repository.path, 'pull', 'push')]
}

/** Opens a session; `stored` when the registry had the blob after all, here or in another repository that it took it from. */
export async function openSession({ state, descriptor, what }: Upload, call: Call): Promise<UploadSession | 'stored'> {
  const { repository, client, traits } = state
  const post = async (at: string, tries?: number): Promise<Answer> =>
    await client.send(
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
  let answer: Answer | undefined
  if (state.facts().mountAnywhere?.is === 'works' && !traits.mountRefused && !state.doubted.has(descriptor.digest)) {
    try {
      answer = await post(uploadPath(repository, { digest: descriptor.digest }), 1)
    } catch (error) {
      throwIfStopped(call)
      if (!isFailure(error) || error.code === 'RATE_LIMITED' || error.code === 'TLS_UNTRUSTED') throw error
      traits.mountRefused = true
    }
  }
  answer ??= await post(uploadPath(repository))
  return answer.status === 201 ? 'stored' : sessionOf(state, answer, what)
}

/** What an answer that opens or goes on with an upload says about it. */
export function sessionOf(state: RepositoryState, answer: Answer, what: string): UploadSession {
  return { location: uploadLocation(state, answer, what), leastChunk: numberHeader(answer, 'oci-chunk-min-length') ?? 0 }
}

/** How many bytes have arrived, asked of the registry; undefined when it does not know the upload, or does not tell. */
export async function received({ state, what }: Upload, location: string, call: Call): Promise<number | undefined> {
  const { repository, client } = state
  try {
    const answer = await client.send(
      {
        what,
        method: 'GET',
        repository,
        at: location,
        scopes: pushScopes(state),
        largest: LARGEST.error,
        expect: [200, 202, 204, 400, 404, 405, 416],
        tries: 2,
        follow: 'origin',
      },
      call,
    )
    return answer.status < 300 ? arrived(answer) : undefined
  } catch (error) {
    throwIfStopped(call)
    // Where uploads go need not answer questions; then it starts anew.
    if (isFailure(error)) return undefined
    throw error
  }
}

/** The bytes that a `Range` of an upload speaks of: `0-99` is 100. `0-0` is what nothing looks like (distribution-spec#578). */
export function arrived(answer: Answer): number | undefined {
  const last = /^(?:bytes[= ])?0-(\d{1,15})$/.exec(answer.headers['range']?.trim() ?? '')?.[1]
  if (last === undefined) return undefined
  return last === '0' ? 0 : Number(last) + 1
}

/**
 * Sends the last bytes, or all of them, and has the blob stored under its digest. Once. undefined when it is stored; otherwise why that is in doubt.
 * @throws Failure when another try cannot help
 */
export async function closeUpload({ state, descriptor, what }: Upload, location: string, payload: Payload, call: Call): Promise<unknown> {
  const answer = await state.client.send(
    {
      what,
      method: 'PUT',
      repository: state.repository,
      // Appended as text: parsing and printing again would change signed parameters.
      at: `${location}${location.includes('?') ? '&' : '?'}digest=${encodeURIComponent(descriptor.digest)}`,
      headers: { 'content-type': 'application/octet-stream' },
      body: payload,
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

/** What it means that an upload was not taken. */
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
