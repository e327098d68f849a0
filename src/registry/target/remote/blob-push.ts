/**
 * Storing a blob: look, open a session, send it whole. The answer to the last request can be lost or wrong while the blob is stored
 * (jib#4301), so after every doubt the registry is asked, and only then a new session is opened.
 */
import { type Call, freeCall, pause, throwIfStopped } from '../../../kit/call.ts'
import { Failure, isFailure } from '../../../kit/failure.ts'
import { repositoryScope, type Scope } from '../../http/auth/scope.ts'
import { errorText } from '../../http/error-body.ts'
import { type Answer, LARGEST, type Payload } from '../../http/request.ts'
import type { Descriptor } from '../../oci/descriptor.ts'
import { algorithmOf, isDigest } from '../../oci/digest.ts'
import type { Body } from '../target.ts'
import { blobIsThere } from './blob-look.ts'
import type { RepositoryState } from './repository-state.ts'
import { uploadPath } from './routes.ts'
import { uploadLocation } from './upload-location.ts'

const MOST_SESSIONS = 4
/** Milliseconds that telling the registry of an abandoned upload may take after a stop. */
const FAREWELL = 2000

export async function pushBlob(state: RepositoryState, descriptor: Descriptor, body: Body, call: Call): Promise<'stored' | 'present'> {
  const { digest } = descriptor
  if (body.size !== descriptor.size) {
    throw new Failure('DIGEST_MISMATCH', `cannot push blob ${digest} to ${state.name}`, {
      cause: `it has ${body.size} bytes instead of the promised ${descriptor.size}`,
      facts: { digest },
    })
  }
  const doubted = state.doubted.has(digest)
  if (state.present.has(digest) && !doubted) return 'present'
  const known = doubted || state.absent.delete(digest) || state.sessions.has(digest)
  if (!known && (await blobIsThere(state, descriptor, ['pull', 'push'], call))) return 'present'
  for (let session = 1; ; session += 1) {
    throwIfStopped(call)
    const location = takeSession(state, descriptor) ?? (await openSession(state, descriptor, call))
    if (location === 'stored') break
    const doubt = await sendWhole(state, descriptor, body, location, call)
    if (doubt === undefined) break
    if (await blobIsThere(state, descriptor, ['pull', 'push'], call)) break
    if (session >= MOST_SESSIONS || !worthAnother(doubt)) throw doubt
    await pause(state.client.timing.backoff(session), call)
  }
  state.doubted.delete(digest)
  state.present.add(digest)
  return 'stored'
}

/** A registry that says our bytes are not what we say, or too many, will say so again. */
function worthAnother(doubt: unknown): boolean {
  return !isFailure(doubt) || !['DIGEST_MISMATCH', 'LIMIT_REACHED', 'AUTH_DENIED', 'AUTH_REQUIRED', 'TLS_UNTRUSTED', 'REDIRECT_REFUSED'].includes(doubt.code)
}

function takeSession(state: RepositoryState, descriptor: Descriptor): string | undefined {
  const location = state.sessions.get(descriptor.digest)
  state.sessions.delete(descriptor.digest)
  return location
}

function pushScopes(state: RepositoryState): Scope[] {
  return [repositoryScope(state.repository.path, 'pull', 'push')]
}

/** Opens a session and gives its Location; `stored` when the registry had the blob after all. */
async function openSession(state: RepositoryState, descriptor: Descriptor, call: Call): Promise<string> {
  const { repository, client } = state
  const what = `push blob ${descriptor.digest} to ${state.name}`
  const answer = await client.send(
    { what, method: 'POST', repository, at: uploadPath(repository), scopes: pushScopes(state), largest: LARGEST.error, expect: [201, 202], follow: 'origin' },
    call,
  )
  return answer.status === 201 ? 'stored' : uploadLocation(state, answer, what)
}

/** Sends the blob into a session, once. undefined when it is stored; otherwise why that is in doubt. */
async function sendWhole(state: RepositoryState, descriptor: Descriptor, body: Body, location: string, call: Call): Promise<unknown> {
  const { repository, client } = state
  const what = `push blob ${descriptor.digest} to ${state.name}`
  let sourceBroke = false
  const payload: Payload = {
    size: body.size,
    async *open() {
      try {
        yield* body.open()
      } catch (error) {
        sourceBroke = true
        throw error
      }
    },
  }
  let answer: Answer
  try {
    answer = await client.send(
      {
        what,
        method: 'PUT',
        repository,
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
  } catch (error) {
    // What the source throws is no doubt about the target.
    const ours = !sourceBroke && isFailure(error) && ['REGISTRY_UNAVAILABLE', 'PROTOCOL_ERROR', 'LIMIT_REACHED'].includes(error.code) && !call.signal.aborted
    if (ours) return error
    await abandon(state, location)
    throw error
  }
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

function refusal(what: string, descriptor: Descriptor, answer: Answer): Failure {
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

/** Tells the registry that a session will not be finished; nobody waits long for it, and nobody cares for the answer. */
async function abandon(state: RepositoryState, location: string): Promise<void> {
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
