/**
 * Storing a blob: take it from a neighbour, or look, open an upload, send it. The answer to the last request can be lost or wrong while the blob is stored
 * (jib#4301), so after every doubt the registry is asked, and only then a new upload is opened.
 * What does not belong here: the requests of an upload (upload-session), and what goes into one (upload-whole, upload-chunks).
 */
import { type Call, pause, throwIfStopped } from '../../../kit/call.ts'
import { Failure, isFailure } from '../../../kit/failure.ts'
import type { Descriptor } from '../../oci/descriptor.ts'
import type { Body } from '../target.ts'
import { blobIsThere, blobIsWhole } from './blob-look.ts'
import { inOneFlight } from './flights.ts'
import { mountFrom } from './mount.ts'
import type { RepositoryState, Session } from './repository-state.ts'
import { STALLED, sendChunks } from './upload-chunks.ts'
import { abandon, openSession, type Upload } from './upload-session.ts'
import { sendWhole } from './upload-whole.ts'

const MOST_SESSIONS = 4

export async function pushBlob(state: RepositoryState, descriptor: Descriptor, body: Body, call: Call): Promise<'stored' | 'present'> {
  const { digest } = descriptor
  const what = `push blob ${digest} to ${state.name}`
  if (body.size !== descriptor.size) {
    throw new Failure('DIGEST_MISMATCH', `cannot ${what}`, {
      cause: `it has ${body.size} bytes instead of the promised ${descriptor.size}`,
      facts: { digest },
    })
  }
  const source = watched(body)
  const upload: Upload = { state, descriptor, what, body: source, sourceBroke: source.broke }
  const outcome = await inOneFlight(state.flights, digest, () => store(upload, call), { there: () => true, own: source.broke }, call)
  return outcome === 'joined' ? 'present' : outcome
}

/** The same body, remembering when it was the source that failed. */
function watched(body: Body): Body & { broke(): boolean } {
  let broke = false
  return {
    size: body.size,
    broke: () => broke,
    async *open(from) {
      try {
        yield* body.open(from)
      } catch (error) {
        broke = true
        throw error
      }
    },
  }
}

async function store(upload: Upload, call: Call): Promise<'stored' | 'present'> {
  const { state, descriptor } = upload
  const { digest } = descriptor
  const doubted = state.doubted.has(digest)
  if (state.present.has(digest) && !doubted) return 'present'
  const opened = state.sessions.has(digest)
  const neighbour = doubted || opened ? undefined : state.neighbour(digest)
  if (neighbour && (await mountFrom(state, descriptor, neighbour, call))) return 'present'
  const known = doubted || state.absent.delete(digest) || opened
  if (!known && (await blobIsThere(state, descriptor, ['pull', 'push'], call))) return 'present'
  await send(upload, call)
  state.doubted.delete(digest)
  state.present.add(digest)
  return 'stored'
}

/** Opens uploads until one of them holds: whole first, in chunks once a whole body was refused as too large (413). */
async function send(upload: Upload, call: Call): Promise<void> {
  const { state, descriptor } = upload
  const { uploads } = state
  for (let session = 1; ; session += 1) {
    throwIfStopped(call)
    const opened = takeSession(state, descriptor) ?? (await openSession(upload, call))
    if (opened === 'stored') return
    const inChunks = uploads.chunks && descriptor.size >= uploads.refused
    const doubt = inChunks ? await sendChunks(upload, opened, call) : await sendWhole(upload, opened.location, call)
    if (doubt === undefined) return
    if (doubt === STALLED) {
      uploads.chunks = false
      continue
    }
    if (await blobIsWhole(state, descriptor, call)) return
    if (!inChunks && uploads.chunks && isFailure(doubt, 'LIMIT_REACHED')) {
      await abandon(upload, opened.location)
      uploads.refused = Math.min(uploads.refused, descriptor.size)
      continue
    }
    if (session >= MOST_SESSIONS || !worthAnother(doubt)) throw doubt
    await pause(state.client.timing.backoff(session), call)
  }
}

/** A registry that says our bytes are not what we say, or too many, will say so again. */
function worthAnother({ code }: Failure): boolean {
  return !['DIGEST_MISMATCH', 'LIMIT_REACHED', 'AUTH_DENIED', 'AUTH_REQUIRED', 'TLS_UNTRUSTED', 'REDIRECT_REFUSED'].includes(code)
}

function takeSession(state: RepositoryState, descriptor: Descriptor): Session | undefined {
  const session = state.sessions.get(descriptor.digest)
  state.sessions.delete(descriptor.digest)
  return session
}
