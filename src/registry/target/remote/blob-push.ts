/**
 * Storing a blob: look, open an upload, send it whole; in chunks where whole does not go through. The answer to the last request can be
 * lost or wrong while the blob is stored (jib#4301), so after every doubt the registry is asked, and only then a new upload is opened.
 */
import { type Call, pause, throwIfStopped } from '../../../kit/call.ts'
import { Failure, isFailure } from '../../../kit/failure.ts'
import type { Descriptor } from '../../oci/descriptor.ts'
import type { Body } from '../target.ts'
import { blobIsThere } from './blob-look.ts'
import type { RepositoryState, UploadSession } from './repository-state.ts'
import { mayChunk, STALLED, sendChunks } from './upload-chunks.ts'
import { abandon, openSession, received, type Upload } from './upload-session.ts'
import { sendWhole } from './upload-whole.ts'

const MOST_SESSIONS = 4
/** Bytes. Less than this is sent again sooner than it is asked how much of it has arrived. */
const WORTH_RESUMING = 8 * 1024 * 1024

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
  await upload({ state, descriptor, body, what: `push blob ${digest} to ${state.name}` }, call)
  state.doubted.delete(digest)
  state.present.add(digest)
  return 'stored'
}

/** Tries until it is stored. */
async function upload(blob: Upload, call: Call): Promise<void> {
  const { state, descriptor } = blob
  const isThere = (): Promise<boolean> => blobIsThere(state, descriptor, ['pull', 'push'], call)
  let inChunks = false
  for (let session = 1; ; session += 1) {
    throwIfStopped(call)
    const opened = takeSession(blob) ?? (await openSession(blob, call))
    if (opened === 'stored') return
    const chunked = inChunks && mayChunk(state, opened)
    let doubt = chunked ? await sendChunks(blob, opened, 0, call) : await sendWhole(blob, opened.location, call)
    if (doubt === undefined || (doubt !== STALLED && (await isThere()))) return
    if (!chunked && isBreak(doubt)) {
      const resumed = await resume(blob, opened, call)
      if (resumed === undefined || (resumed !== doubt && resumed !== STALLED && resumed !== 'anew' && (await isThere()))) return
      if (resumed !== 'anew') doubt = resumed
    }
    if (doubt === STALLED) {
      state.traits.chunksFail = true
      inChunks = false
      continue
    }
    if (!chunked && isFailure(doubt, 'LIMIT_REACHED') && mayChunk(state, opened)) {
      await abandon(blob, opened.location)
      inChunks = true
      continue
    }
    if (session >= MOST_SESSIONS || !worthAnother(doubt)) throw doubt
    await pause(state.client.timing.backoff(session), call)
  }
}

/** Goes on with an upload that broke off, when the registry has kept a part that is worth it; `anew` when it must start from the first byte. */
async function resume(blob: Upload, opened: UploadSession, call: Call): Promise<unknown> {
  const { state, descriptor } = blob
  if (descriptor.size < WORTH_RESUMING || !mayChunk(state, opened)) return 'anew'
  const arrived = await received(blob, opened.location, call)
  return arrived === undefined || arrived === 0 || arrived > descriptor.size ? 'anew' : await sendChunks(blob, opened, arrived, call)
}

/** The way there broke, or the registry did: what has arrived may be there. An answer about the upload itself carries its status and codes. */
function isBreak(doubt: unknown): boolean {
  return isFailure(doubt, 'REGISTRY_UNAVAILABLE') && doubt.facts['codes'] === undefined
}

/** A registry that says our bytes are not what we say, or too many, will say so again. */
function worthAnother(doubt: unknown): boolean {
  return !isFailure(doubt) || !['DIGEST_MISMATCH', 'LIMIT_REACHED', 'AUTH_DENIED', 'AUTH_REQUIRED', 'TLS_UNTRUSTED', 'REDIRECT_REFUSED'].includes(doubt.code)
}

function takeSession({ state, descriptor }: Upload): UploadSession | undefined {
  const session = state.sessions.get(descriptor.digest)
  state.sessions.delete(descriptor.digest)
  return session
}
