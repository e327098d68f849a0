/** What a registry really does, asked with bare requests: one answer for each fact that is said to be run. */
import { createHash, randomBytes } from 'node:crypto'
import { MEDIA } from '../../../src/registry/oci/media-types.ts'
import { emptyConfig, indexOf, manifestOf, type Piece, piece } from '../../contracts/content.ts'

type Ask = (method: string, path: string, body?: Uint8Array | string, headers?: Record<string, string>) => Promise<Response>

export async function probe(host: string): Promise<Record<string, unknown>> {
  const ask: Ask = (method, path, body, headers = {}) =>
    fetch(path.startsWith('http') ? path : `http://${host}${path}`, {
      method,
      headers,
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : Uint8Array.from(body) }),
    })
  const image = manifestOf({ layers: [piece('a layer')] })
  for (const blob of [emptyConfig, piece('a layer')]) await push(ask, blob)
  await put(ask, 'v1', image)
  await put(ask, 'v2', image)
  const other = manifestOf({ more: { annotations: { other: 'yes' } } })
  await put(ask, 'other', other)
  return {
    chunks: await chunks(ask),
    mountAnywhere: await mountAnywhere(ask),
    untag: await untag(ask, image),
    remove: (await ask('DELETE', `/v2/a/b/manifests/${other.descriptor.digest}`)).status === 202 ? 'works' : 'refused',
    referrersApi: (await ask('GET', `/v2/a/b/referrers/${image.descriptor.digest}`)).status === 200 ? 'works' : 'absent',
    head:
      (await ask('HEAD', '/v2/a/b/manifests/v2', undefined, { accept: MEDIA.manifest })).headers.get('docker-content-digest') === image.descriptor.digest
        ? 'works'
        : 'no digest',
    sha512: await sha512(ask, image),
    sparseIndexes: (await put(ask, 'sparse', indexOf([image, manifestOf({ more: { annotations: { not: 'there' } } })]))) === 201 ? 'works' : 'refused',
  }
}

async function push(ask: Ask, { descriptor, bytes }: Piece): Promise<void> {
  const location = await session(ask)
  await ask('PUT', withDigest(location, descriptor.digest), bytes, { 'content-type': 'application/octet-stream' })
}

async function session(ask: Ask): Promise<string> {
  return (await ask('POST', '/v2/a/b/blobs/uploads/')).headers.get('location') ?? ''
}

const withDigest = (location: string, digest: string): string => `${location}${location.includes('?') ? '&' : '?'}digest=${digest}`

async function put(ask: Ask, ref: string, { descriptor, bytes }: Piece): Promise<number> {
  return (await ask('PUT', `/v2/a/b/manifests/${ref}`, bytes, { 'content-type': descriptor.mediaType })).status
}

async function chunks(ask: Ask): Promise<string> {
  const bytes = randomBytes(2048)
  let location = await session(ask)
  for (const [from, to] of [
    [0, 1024],
    [1024, 2048],
  ] as const) {
    const answer = await ask('PATCH', location, bytes.subarray(from, to), { 'content-range': `${from}-${to - 1}`, 'content-type': 'application/octet-stream' })
    if (answer.status !== 202) return 'never'
    location = answer.headers.get('location') ?? ''
  }
  const digest = `sha256:${createHash('sha256').update(bytes).digest('hex')}`
  return (await ask('PUT', withDigest(location, digest))).status === 201 ? 'works' : 'never'
}

async function mountAnywhere(ask: Ask): Promise<string> {
  const { status } = await ask('POST', `/v2/c/d/blobs/uploads/?mount=${emptyConfig.descriptor.digest}`)
  return status === 201 ? 'works' : status === 202 ? 'ignored' : 'refused'
}

async function untag(ask: Ask, image: Piece): Promise<string> {
  const { status } = await ask('DELETE', '/v2/a/b/manifests/v1')
  const still = await ask('HEAD', `/v2/a/b/manifests/${image.descriptor.digest}`, undefined, { accept: MEDIA.manifest })
  return status === 202 && still.status === 200 ? 'works' : 'refused'
}

async function sha512(ask: Ask, { bytes, descriptor }: Piece): Promise<string> {
  const digest = `sha512:${createHash('sha512').update(bytes).digest('hex')}`
  return (await put(ask, digest, { bytes, descriptor })) === 201 ? 'works' : 'refused'
}
