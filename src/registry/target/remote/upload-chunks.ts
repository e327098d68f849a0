/**
 * A blob sent into an upload in several requests, where one request may not be as large (a proxy before the registry, GHCR's 4 MiB).
 * The registry's `Range` decides where to go on; where it does not move or goes back, chunks are given up
 * (aws/containers-roadmap#2831, regclient#961). OCI distribution-spec v1.1, "Pushing a blob in chunks".
 */
import { type Call, pause, throwIfStopped } from '../../../kit/call.ts'
import { Failure } from '../../../kit/failure.ts'
import { type Answer, LARGEST } from '../../http/request.ts'
import { blobIsWhole } from './blob-look.ts'
import type { Session } from './repository-state.ts'
import { createSlices, type Slices } from './slices.ts'
import { askOffset, type Reached, readOffset } from './upload-offset.ts'
import { abandon, closeUpload, isDoubtful, pushScopes, refusal, type Upload } from './upload-session.ts'

/** Bytes. What nginx lets through unless it is told otherwise: nothing smaller is tried. */
const SMALLEST = 1024 * 1024
/** By how much smaller chunks are tried when one was refused: 64, 16, 4, 1 MiB. */
const STEP = 4
/** Breaks, or refused offsets, without a chunk that went well in between. */
const MOST_BREAKS = 5
const EMPTY = { size: 0, async *open() {} }

/** Chunks come to nothing here, and the blob must be sent whole. */
export const STALLED = Symbol('stalled')

/** undefined when it is stored, STALLED, or why it is in doubt. @throws what no further try can help, and what the source threw */
export async function sendChunks(upload: Upload, session: Session, call: Call): Promise<Failure | typeof STALLED | undefined> {
  const slices = createSlices(upload.body)
  try {
    const outcome = await send(upload, session, slices, call)
    if (outcome !== undefined) await abandon(upload, session.location)
    return outcome
  } catch (error) {
    await abandon(upload, session.location)
    throw error
  } finally {
    slices.close()
  }
}

async function send(upload: Upload, session: Session, slices: Slices, call: Call): Promise<Failure | typeof STALLED | undefined> {
  const { state, descriptor, what } = upload
  let here: Reached = { at: 0, location: session.location }
  let breaks = 0
  while (here.at < descriptor.size) {
    throwIfStopped(call)
    const length = Math.min(chunkLength(upload, session), descriptor.size - here.at)
    let said: Reached | undefined
    try {
      const answer = await patch(upload, here, length, slices, call)
      if (answer.status === 413) {
        if (length <= Math.max(SMALLEST, session.leastChunk)) throw tooLarge(upload, length)
        state.uploads.largestChunk = Math.max(SMALLEST, Math.floor(length / STEP))
        continue
      }
      if (answer.status === 404 || answer.status === 409) return refusal(what, descriptor, answer)
      if (answer.status >= 400 && answer.status !== 416) return STALLED
      said = readOffset(upload, here.location, answer)
      // Some say nothing, or the old offset, and have it all the same when asked.
      if (!said || said.at <= here.at) said = await askOffset(upload, said?.location ?? here.location, call)
      if (answer.status < 400 && (!said || said.at <= here.at)) return STALLED
      breaks = answer.status === 416 ? breaks + 1 : 0
    } catch (error) {
      if (!isDoubtful(upload, error, call) || error.code !== 'REGISTRY_UNAVAILABLE') throw error
      breaks += 1
      if (breaks >= MOST_BREAKS) return error
      await pause(state.client.timing.backoff(breaks), call)
      said = await askOffset(upload, here.location, call)
      if (!said) return error
    }
    // Some count the bytes instead of naming the last one (regclient#961); the digest decides whether that is right.
    if (said?.at === here.at + length + 1) said = { ...said, at: here.at + length }
    // It has lost what it had, or has what was never sent: no blob is built on that.
    if (!said || said.at < here.at || said.at > slices.handedOut || breaks >= MOST_BREAKS) return STALLED
    here = said
  }
  return await finish(upload, here.location, call)
}

/** Bytes of the next request. What the registry wants at least counts more than what we know of it. */
function chunkLength({ state }: Upload, { leastChunk }: Session): number {
  const { largestChunk, refused } = state.uploads
  let length = largestChunk
  while (length >= refused && length > SMALLEST) length = Math.max(SMALLEST, Math.floor(length / STEP))
  return Math.max(leastChunk, length)
}

async function patch({ state, what }: Upload, { at, location }: Reached, length: number, slices: Slices, call: Call): Promise<Answer> {
  return await state.client.send(
    {
      what,
      method: 'PATCH',
      repository: state.repository,
      at: location,
      // Without a unit and a total: the specification's own form.
      headers: { 'content-type': 'application/octet-stream', 'content-range': `${at}-${at + length - 1}` },
      body: slices.slice(at, length),
      scopes: pushScopes(state),
      largest: LARGEST.error,
      expect: [200, 201, 202, 204, 400, 404, 405, 409, 413, 416, 501],
      tries: 1,
      follow: 'origin',
    },
    call,
  )
}

/** Names the blob; it counts only with all its bytes. */
async function finish(upload: Upload, location: string, call: Call): Promise<Failure | typeof STALLED | undefined> {
  let doubt: Failure | undefined
  try {
    doubt = await closeUpload(upload, location, EMPTY, {}, call)
  } catch (error) {
    if (!isDoubtful(upload, error, call)) throw error
    doubt = error
  }
  if (await blobIsWhole(upload.state, upload.descriptor, call)) return undefined
  // The upload is gone, or there was no answer: perhaps the next one holds. Otherwise the chunks were not put together.
  return doubt?.code === 'REGISTRY_UNAVAILABLE' && doubt.facts['status'] !== 416 ? doubt : STALLED
}

function tooLarge({ descriptor, what }: Upload, length: number): Failure {
  return new Failure('LIMIT_REACHED', `cannot ${what}`, {
    cause: `not even requests of ${length} bytes are let through (413)`,
    hint: 'Raise the limit for request bodies of the proxy before the registry (nginx: client_max_body_size).',
    facts: { digest: descriptor.digest, status: 413 },
  })
}
