/** Reading and removing blobs. distribution-spec v1.1, § Pulling blobs, § Deleting blobs. */
import { isFailure } from '../../../kit/failure.ts'
import { isDigest } from '../../oci/digest.ts'
import { type Answer, empty, refuse } from './answer.ts'
import type { Ask } from './ask.ts'
import { readRange } from './range.ts'

export async function answerBlob(ask: Ask, repository: string, digest: string): Promise<Answer> {
  if (!isDigest(digest)) return refuse(400, 'DIGEST_INVALID', 'the digest is not sha256: or sha512: with lower-case hexadecimal digits')
  const store = ask.repositories.store(repository)
  const size = (await store.index()) ? await store.blobs.size(digest) : undefined
  // Who asks with HEAD may push a manifest that needs it, so it must not be collected meanwhile.
  if (size === undefined || (ask.message.method === 'HEAD' && !(await store.blobs.touch(digest))))
    return refuse(404, 'BLOB_UNKNOWN', `the blob is not in ${repository}`, { digest })
  if (ask.method === 'DELETE') {
    try {
      await store.manifests.removeBlob(digest, ask.call)
      return empty(202)
    } catch (error) {
      if (isFailure(error, 'UNSUPPORTED')) return refuse(405, 'DENIED', `${error.message}: ${String(error.cause)}`)
      throw error
    }
  }
  if (ask.method !== 'GET') return refuse(405, 'UNSUPPORTED', 'a blob knows GET, HEAD and DELETE')
  const etag = `"${digest}"`
  const headers = {
    'content-type': 'application/octet-stream',
    'docker-content-digest': digest,
    etag,
    'accept-ranges': 'bytes',
    'cache-control': 'max-age=31536000',
  }
  const ifRange = ask.message.headers['if-range']
  // RFC 9110 §14.2: Range means something for GET only.
  const useRange = ask.message.method === 'GET' && (ifRange === undefined || ifRange === etag)
  const range = useRange ? readRange(ask.message.headers.range, size) : undefined
  if (range === 'unsatisfiable') return refuse(416, 'SIZE_INVALID', `the blob has ${size} bytes`, undefined, { 'content-range': `bytes */${size}` })
  if (ask.message.method === 'HEAD') return { status: 200, headers: { ...headers, 'content-length': size } }
  if (!range) return { status: 200, headers, body: { size, chunks: await store.blobs.raw(digest) } }
  const { first, last } = range
  return {
    status: 206,
    headers: { ...headers, 'content-range': `bytes ${first}-${last}/${size}` },
    body: { size: last - first + 1, chunks: await store.blobs.raw(digest, first, last) },
  }
}
