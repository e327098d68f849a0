/**
 * A blob sent into an upload in several requests: where one request may not be as large (a proxy before the registry, GHCR's 4 MiB),
 * and to go on with an upload that broke off. The registry's `Range` decides where to go on; where it does not move, chunks are given up
 * (aws/containers-roadmap#2831, regclient#961). A blob is closed only when all of it has arrived. OCI distribution-spec v1.1 "Pushing a blob in chunks".
 */
import { type Call, pause, throwIfStopped } from '../../../kit/call.ts'
import { Failure, isFailure } from '../../../kit/failure.ts'
import { type Answer, LARGEST } from '../../http/request.ts'
import { type ChunkReader, createChunkReader } from './chunk-reader.ts'
import type { RepositoryState, UploadSession } from './repository-state.ts'
import { uploadLocation } from './upload-location.ts'
import { abandon, arrived, closeUpload, pushScopes, received, refusal, type Upload } from './upload-session.ts'

const MiB = 1024 * 1024
/** Bytes of one request. Above the 5 MiB that object stores want of a part, and small enough to be held in memory six times. */
const USUAL = 8 * MiB
/** Bytes. What nginx lets through unless it is told otherwise: nothing smaller is tried. */
const SMALLEST = MiB
/** Bytes. A registry that wants larger ones is sent blobs whole: a chunk is held in memory. */
const LARGEST_CHUNK = 64 * MiB
/** Breaks without progress in between. */
const MOST_BREAKS = 5

/** Chunks do not work here, and the blob must be sent whole. */
export const STALLED = Symbol('stalled')

/** Whether chunks are worth a try. */
export function mayChunk(state: RepositoryState, session?: UploadSession): boolean {
  return state.facts().chunks?.is !== 'never' && !state.traits.chunksFail && (session?.leastChunk ?? 0) <= LARGEST_CHUNK
}

/**
 * @param from how many bytes the registry has already
 * @returns undefined when it is stored, STALLED, or why it is in doubt
 */
export async function sendChunks(upload: Upload, session: UploadSession, from: number, call: Call): Promise<unknown> {
  const reader = createChunkReader(upload.body)
  try {
    return await send(upload, session, from, reader, call)
  } catch (error) {
    await abandon(upload, session.location)
    throw error
  } finally {
    await reader.close()
  }
}

async function send(upload: Upload, session: UploadSession, from: number, reader: ChunkReader, call: Call): Promise<unknown> {
  const { state, descriptor, what } = upload
  let { location } = session
  let length = chunkLength(state, session)
  let breaks = 0
  for (let at = from; at < descriptor.size; ) {
    throwIfStopped(call)
    const bytes = await reader.read(at, Math.min(length, descriptor.size - at))
    if (bytes.length === 0) throw tooShort(upload, at)
    let answer: Answer
    try {
      answer = await patch(upload, location, at, bytes, call)
    } catch (error) {
      throwIfStopped(call)
      if (!isFailure(error, 'REGISTRY_UNAVAILABLE')) throw error
      breaks += 1
      if (breaks >= MOST_BREAKS) return error
      await pause(state.client.timing.backoff(breaks), call)
      const now = await received(upload, location, call)
      if (now === undefined || now > at + bytes.length) return error
      if (now > at) breaks = 0
      at = now
      continue
    }
    if (answer.status === 413) {
      if (length <= Math.max(SMALLEST, session.leastChunk)) throw tooLarge(upload, length)
      length = Math.max(SMALLEST, session.leastChunk, length / 8)
      continue
    }
    if (answer.status === 404 || answer.status === 409) return refusal(what, descriptor, answer)
    if (answer.status < 300 && (answer.headers['location'] ?? '') !== '') location = uploadLocation(state, answer, what)
    const now = await reached(upload, location, answer, at, at + bytes.length, call)
    if (now === undefined) {
      await abandon(upload, location)
      return STALLED
    }
    breaks = 0
    at = now
  }
  return await finish(upload, location, call)
}

function chunkLength(state: RepositoryState, { leastChunk }: UploadSession): number {
  const most = state.facts().chunks?.is
  return Math.max(leastChunk, typeof most === 'number' ? Math.min(most, USUAL) : USUAL)
}

async function patch({ state, what }: Upload, location: string, at: number, bytes: Uint8Array, call: Call): Promise<Answer> {
  const { repository, client } = state
  return await client.send(
    {
      what,
      method: 'PATCH',
      repository,
      at: location,
      // Without a unit and a total: the specification's own form.
      headers: { 'content-type': 'application/octet-stream', 'content-range': `${at}-${at + bytes.length - 1}` },
      body: {
        size: bytes.length,
        async *open() {
          yield bytes
        },
      },
      scopes: pushScopes(state),
      largest: LARGEST.error,
      expect: [200, 201, 202, 204, 400, 404, 409, 413, 416],
      tries: 1,
      follow: 'origin',
    },
    call,
  )
}

/** Where to go on after a chunk; undefined when the registry does not show that anything has arrived, whatever it says otherwise. */
async function reached(upload: Upload, location: string, answer: Answer, at: number, end: number, call: Call): Promise<number | undefined> {
  const said = within(arrived(answer), at, end)
  return said ?? within(await received(upload, location, call), at, end)
}

/** A number of bytes that can be true: more than before, no more than was sent. */
function within(now: number | undefined, at: number, end: number): number | undefined {
  // One more than was sent: a registry that counts bytes instead of naming the last one. The digest will show whether that is right.
  if (now === end + 1) return end
  return now !== undefined && now > at && now <= end ? now : undefined
}

async function finish(upload: Upload, location: string, call: Call): Promise<unknown> {
  try {
    return await closeUpload(upload, location, { size: 0, async *open() {} }, call)
  } catch (error) {
    if (isFailure(error) && ['REGISTRY_UNAVAILABLE', 'PROTOCOL_ERROR'].includes(error.code) && !call.signal.aborted) return error
    throw error
  }
}

function tooShort({ descriptor, what }: Upload, at: number): Failure {
  return new Failure('DIGEST_MISMATCH', `cannot ${what}`, {
    cause: `the content to send ends after ${at} of the promised ${descriptor.size} bytes`,
    hint: 'The source does not hold what its descriptor says; nothing was stored.',
    facts: { digest: descriptor.digest },
  })
}

function tooLarge({ descriptor, what }: Upload, length: number): Failure {
  return new Failure('LIMIT_REACHED', `cannot ${what}`, {
    cause: `not even requests of ${length} bytes are let through (413)`,
    hint: 'Raise the limit for request bodies of the proxy before the registry (nginx: client_max_body_size).',
    facts: { digest: descriptor.digest, status: 413 },
  })
}
