/**
 * Two registries of one image with one layer of 2 GiB (FREIGHT_GIB=10: 10), made up while it is sent and forgotten while it is hashed, so that nothing large is
 * stored anywhere. Run as a process of its own: `freight.ts source` or `freight.ts sink`; says `listening HOST:PORT`.
 */
import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { digestOf } from '../../src/registry/oci/digest.ts'
import { MEDIA } from '../../src/registry/oci/media-types.ts'
import { freightImage } from './freight-image.ts'

const { image, config, layer, block, blocks } = freightImage(process.env['FREIGHT_GIB'] === '10' ? 10 : 2)

function answer(response: ServerResponse, status: number, headers: Record<string, string> = {}, body: Uint8Array | string = ''): void {
  response.writeHead(status, { 'content-length': String(Buffer.byteLength(body)), ...headers }).end(body)
}

function missing(response: ServerResponse): void {
  answer(response, 404, { 'content-type': 'application/json' }, '{"errors":[{"code":"NAME_UNKNOWN","message":"not here"}]}')
}

/** Each MiB begins with its number, so that none can stand for another. */
function sendLayer(response: ServerResponse): void {
  response.writeHead(200, { 'content-length': String(layer.size) })
  let at = 0
  const more = (): void => {
    while (at < blocks) {
      const head = Buffer.alloc(8)
      head.writeBigUInt64BE(BigInt(at))
      at += 1
      response.write(head)
      if (!response.write(block)) return
    }
    response.end()
  }
  response.on('drain', more)
  more()
}

function source({ url = '', method }: IncomingMessage, response: ServerResponse): void {
  const manifest = url.includes('/manifests/') && !url.includes('/manifests/sha256-')
  const headers = { 'content-type': MEDIA.manifest, 'docker-content-digest': image.descriptor.digest }
  if (manifest && method === 'HEAD') return void response.writeHead(200, { ...headers, 'content-length': String(image.bytes.length) }).end()
  if (manifest) return answer(response, 200, headers, image.bytes)
  if (url.endsWith(config.descriptor.digest)) return answer(response, 200, {}, config.bytes)
  if (url.endsWith(layer.digest)) return sendLayer(response)
  missing(response)
}

const stored = new Map<string, Uint8Array>()

async function sink(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { method } = request
  const url = new URL(request.url ?? '', 'http://here')
  const name = url.pathname.slice(url.pathname.lastIndexOf('/') + 1)
  if (method === 'POST') return answer(response, 202, { location: `${url.pathname}1` })
  if (method === 'PUT' && url.pathname.includes('/uploads/')) {
    const hash = createHash('sha256')
    for await (const chunk of request as AsyncIterable<Uint8Array>) hash.update(chunk)
    const digest = `sha256:${hash.digest('hex')}`
    if (digest !== url.searchParams.get('digest')) return answer(response, 400, {}, '{"errors":[{"code":"DIGEST_INVALID"}]}')
    stored.set(digest, new Uint8Array())
    return answer(response, 201, { 'docker-content-digest': digest })
  }
  if (method === 'PUT') {
    const chunks: Uint8Array[] = []
    for await (const chunk of request as AsyncIterable<Uint8Array>) chunks.push(chunk)
    const bytes = Buffer.concat(chunks)
    for (const key of [name, digestOf(bytes)]) stored.set(key, bytes)
    return answer(response, 201, { 'docker-content-digest': digestOf(bytes) })
  }
  const found = stored.get(name)
  if (!found) return missing(response)
  const headers = { 'content-type': MEDIA.manifest, 'docker-content-digest': digestOf(found) }
  if (method === 'HEAD') return void response.writeHead(200, { ...headers, 'content-length': String(found.length) }).end()
  answer(response, 200, headers, found)
}

const server = createServer((request, response) => void (process.argv[2] === 'sink' ? sink(request, response) : source(request, response)))
server.listen(0, '127.0.0.1', () => process.stdout.write(`listening 127.0.0.1:${(server.address() as AddressInfo).port}\n`))
