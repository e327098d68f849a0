/** Pushing blobs: in one piece, in chunks, resumed, or mounted from another repository. distribution-spec v1.1, § Push. */
import type { IncomingMessage } from 'node:http'
import { algorithmOf, type Digest, isDigest } from '../../oci/digest.ts'
import type { LayoutStore } from '../layout/store.ts'
import { type Answer, empty, refuse } from './answer.ts'
import { type Ask, lengthOf } from './ask.ts'
import { writeRange } from './range.ts'
import { isRepositoryName } from './route.ts'
import type { Session } from './sessions.ts'

/** POST: a mount, a blob in one request, or a new session. */
export async function startUpload(ask: Ask, repository: string): Promise<Answer> {
  const mount = ask.query.get('mount')
  if (mount !== null) {
    if (!isDigest(mount)) return badDigest(mount)
    if (await mountBlob(ask, repository, mount)) return created(repository, mount)
  }
  const digest = ask.query.get('digest')
  if (digest !== null && !isDigest(digest)) return badDigest(digest)
  const wanted = ask.query.get('digest-algorithm') ?? (digest === null ? 'sha256' : algorithmOf(digest))
  if (wanted !== 'sha256' && wanted !== 'sha512') return refuse(400, 'UNSUPPORTED', `digest algorithm ${wanted} is not known; sha256 and sha512 are`)
  const session = await ask.sessions.begin(repository, wanted)
  return digest === null ? empty(202, progress(repository, session.id, 0)) : finish(ask, repository, session, digest)
}

/** PATCH, PUT, GET and DELETE of a session. */
export async function continueUpload(ask: Ask, repository: string, id: string): Promise<Answer> {
  const session = await ask.sessions.find(repository, id)
  if (!session) return unknown()
  return session.alone(async () => {
    const received = await session.received()
    if (received === undefined) return unknown()
    if (ask.method === 'GET') return empty(204, progress(repository, id, received))
    if (ask.method === 'DELETE') {
      await session.end()
      return empty(204)
    }
    const wrong = checkChunk(ask.message, repository, id, received)
    if (wrong) return wrong
    if (ask.method === 'PATCH') {
      await session.append(ask.message)
      return empty(202, progress(repository, id, (await session.received()) ?? 0))
    }
    if (ask.method !== 'PUT') return refuse(405, 'UNSUPPORTED', 'an upload knows GET, PATCH, PUT and DELETE')
    const digest = ask.query.get('digest')
    if (digest === null || !isDigest(digest)) return badDigest(digest)
    return finish(ask, repository, session, digest)
  })
}

function checkChunk(message: IncomingMessage, repository: string, id: string, received: number): Answer | undefined {
  const header = message.headers['content-range']
  if (header === undefined) return undefined
  const range = writeRange(header)
  if (!range || range.last < range.first) return refuse(400, 'BLOB_UPLOAD_INVALID', 'Content-Range has the form FIRST-LAST')
  if (range.first !== received) return refuse(416, 'BLOB_UPLOAD_INVALID', `the next byte is ${received}`, undefined, progress(repository, id, received))
  const length = lengthOf(message)
  if (length === undefined || length === range.last - range.first + 1) return undefined
  return refuse(400, 'SIZE_INVALID', `Content-Range names ${range.last - range.first + 1} bytes, Content-Length ${length}`)
}

/** The last bytes, the proof, and the blob gets its name; before that nobody can see it. */
async function finish(ask: Ask, repository: string, session: Session, digest: Digest): Promise<Answer> {
  await session.append(ask.message)
  const found = await session.digest(algorithmOf(digest))
  if (found !== digest) {
    await session.end()
    return refuse(400, 'DIGEST_INVALID', 'what was uploaded has another digest', { expected: digest, found })
  }
  const store = ask.repositories.store(repository)
  await store.ready(ask.call)
  await store.blobs.adopt(digest, session.file)
  await session.end()
  return created(repository, digest)
}

/** From the named repository, or from any when none is named. */
async function mountBlob(ask: Ask, repository: string, digest: Digest): Promise<boolean> {
  const from = ask.query.get('from')
  const target = ask.repositories.store(repository)
  if (from !== null) return isRepositoryName(from) && ask.mayPull(from) && takeFrom(ask, target, from, digest)
  if (await hasBlob(target, digest)) return true
  for (const name of await ask.repositories.names()) if (ask.mayPull(name) && (await takeFrom(ask, target, name, digest))) return true
  return false
}

async function takeFrom(ask: Ask, target: LayoutStore, from: string, digest: Digest): Promise<boolean> {
  const source = ask.repositories.store(from)
  const size = await source.blobs.size(digest)
  if (size === undefined) return false
  if (!(await hasBlob(target, digest))) {
    await target.ready(ask.call)
    await target.blobs.take({ mediaType: 'application/octet-stream', digest, size }, source.blobs, ask.call)
  }
  return true
}

async function hasBlob(store: LayoutStore, digest: Digest): Promise<boolean> {
  return (await store.blobs.size(digest)) !== undefined && (await store.blobs.touch(digest))
}

function progress(repository: string, id: string, received: number): Record<string, string> {
  return { location: `/v2/${repository}/blobs/uploads/${id}`, range: `0-${Math.max(0, received - 1)}`, 'docker-upload-uuid': id }
}

function created(repository: string, digest: Digest): Answer {
  return empty(201, { location: `/v2/${repository}/blobs/${digest}`, 'docker-content-digest': digest })
}

function unknown(): Answer {
  return refuse(404, 'BLOB_UPLOAD_UNKNOWN', 'there is no such upload; it was finished, cancelled or is too old')
}

function badDigest(text: string | null): Answer {
  return refuse(
    400,
    'DIGEST_INVALID',
    text === null ? 'the parameter digest is missing' : 'the digest is not sha256: or sha512: with lower-case hexadecimal digits',
  )
}
