/**
 * A proxy before a registry that writes down every request with its bytes. It keeps the Host header, so that all addresses that the
 * registry names lead through it again. With `content` it sends whoever reads a blob to a second origin, as a
 * registry with a CDN does; that one has its own credentials for what lies behind.
 */
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type Server, type ServerResponse, request as send } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Recorded {
  /** What was being done: the last word given to `during`. */
  readonly operation: string
  /** `registry`, or `content` for the second origin. */
  readonly origin: 'registry' | 'content'
  readonly method: string
  /** Path and query as they came. */
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
  readonly status: number
  /** Bytes of the body of the answer. */
  readonly received: number
  /** Path that the answer names as the place of an upload. */
  readonly location: string | undefined
  /** Requests to this origin that were under way when it came, itself included. */
  readonly inFlight: number
}

export interface Recorder {
  readonly host: string
  /** In the order in which their answers ended. */
  readonly requests: readonly Recorded[]
  during<T>(operation: string, work: () => Promise<T>): Promise<T>
  close(): Promise<void>
}

export async function record(upstream: string, { content }: { content?: { authorization: string } } = {}): Promise<Recorder> {
  const requests: Recorded[] = []
  let operation = 'before'
  let contentHost = ''
  const listener = (origin: Recorded['origin']): ((message: IncomingMessage, response: ServerResponse) => void) => {
    let inFlight = 0
    const answerTo = async (message: IncomingMessage, response: ServerResponse, now: number, during: string): Promise<void> => {
      const body = await collect(message)
      const { method = '', url = '', headers } = message
      const away = content !== undefined && origin === 'registry' && method === 'GET' && /\/blobs\/sha(?:256|512):/.test(url)
      const answer = away
        ? { status: 307, headers: { location: `http://${contentHost}${url}` }, body: Buffer.alloc(0) }
        : await forward(upstream, method, url, origin === 'content' ? { ...headers, ...content } : headers, body)
      inFlight -= 1
      const { location } = answer.headers
      requests.push({
        operation: during,
        origin,
        method,
        path: url,
        headers,
        body,
        status: answer.status,
        received: answer.body.length,
        location: location === undefined ? undefined : pathOf(location),
        inFlight: now,
      })
      response.writeHead(answer.status, answer.headers).end(answer.body)
    }
    return (message, response) => {
      inFlight += 1
      answerTo(message, response, inFlight, operation).catch(() => response.destroy())
    }
  }
  const servers = [createServer(listener('registry')), createServer(listener('content'))]
  const [host = '', second = ''] = await Promise.all(servers.map(listen))
  contentHost = second
  return {
    host,
    requests,
    async during(name, work) {
      operation = name
      try {
        return await work()
      } finally {
        operation = 'between'
      }
    },
    async close() {
      await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve).closeAllConnections())))
    },
  }
}

/** Path and query of an absolute or relative address. */
function pathOf(location: string): string {
  const { pathname, search } = new URL(location, 'http://registry.invalid')
  return pathname + search
}

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `127.0.0.1:${(server.address() as AddressInfo).port}`
}

async function collect(stream: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(chunk)
  return Buffer.concat(chunks)
}

interface Forwarded {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
}

function forward(upstream: string, method: string, path: string, headers: IncomingHttpHeaders, body: Buffer): Promise<Forwarded> {
  const [hostname = '', port = ''] = upstream.split(':')
  return new Promise((resolve, reject) => {
    const out = send({ hostname, port, method, path, headers, agent: false }, (answer) => {
      const { connection: _connection, 'keep-alive': _alive, 'transfer-encoding': _encoding, ...kept } = answer.headers
      collect(answer as AsyncIterable<Buffer>).then((bytes) => resolve({ status: answer.statusCode ?? 502, headers: kept, body: bytes }), reject)
    })
    out.once('error', reject)
    out.end(body)
  })
}
