/** A server that answers as a script says, and passes on to a real registry what the script leaves alone: one lie or fault per test. */

import { mkdtemp, readFile, rm } from 'node:fs/promises'
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http'
import { createServer as createPlain, request } from 'node:http'
import { createServer as createSecure } from 'node:https'
import type { AddressInfo, Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freeCall } from '../../src/kit/call.ts'
import { createRegistryClient, type RegistryClient, type RegistryClientOptions } from '../../src/registry/http/client.ts'
import { ANONYMOUS } from '../../src/registry/http/credentials/credential.ts'
import type { RequestLine } from '../../src/registry/http/request-line.ts'
import { openRemote, type RemoteTarget } from '../../src/registry/target/remote/remote.ts'
import { serveRegistry } from '../../src/registry/target/serve/serve.ts'

export const call = freeCall()
export const CERTIFICATE = join(import.meta.dirname, 'http', 'tls', 'certificate.pem')

export interface Seen {
  readonly method: string
  /** Path and query. */
  readonly path: string
  readonly headers: IncomingHttpHeaders
}

/** Returns true when it has answered. */
export type Script = (seen: Seen, response: ServerResponse, message: IncomingMessage) => boolean | Promise<boolean>

export interface Scripted {
  readonly host: string
  readonly url: string
  readonly seen: Seen[]
  /** Most exchanges that were open at once. */
  readonly most: () => number
  readonly connections: () => number
  close(): Promise<void>
}

export async function startScripted(
  script: Script,
  { behind, secure = false, host = '127.0.0.1' }: { behind?: string; secure?: boolean; host?: string } = {},
): Promise<Scripted> {
  const seen: Seen[] = []
  let open = 0
  let most = 0
  let connections = 0
  const sockets = new Set<Socket>()
  const listener = (message: IncomingMessage, response: ServerResponse): void => {
    const one: Seen = { method: message.method ?? '', path: message.url ?? '', headers: message.headers }
    seen.push(one)
    open += 1
    most = Math.max(most, open)
    response.on('close', () => (open -= 1))
    void (async () => {
      if (await script(one, response, message)) return
      if (behind === undefined) return void json(response, 404, { errors: [{ code: 'NAME_UNKNOWN', message: 'not here' }] })
      passOn(behind, message, response)
    })()
  }
  const server = secure
    ? createSecure({ cert: await readFile(CERTIFICATE), key: await readFile(join(import.meta.dirname, 'http', 'tls', 'key.pem')) }, listener)
    : createPlain(listener)
  server.on('connection', (socket: Socket) => {
    connections += 1
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })
  await new Promise<void>((resolve) => server.listen(0, host, resolve))
  const { port } = server.address() as AddressInfo
  return {
    host: `${host}:${port}`,
    url: `${secure ? 'https' : 'http'}://${host}:${port}`,
    seen,
    most: () => most,
    connections: () => connections,
    async close() {
      for (const socket of sockets) socket.destroy()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}

function passOn(behind: string, message: IncomingMessage, response: ServerResponse): void {
  const [hostname, port] = behind.split(':')
  const onward = request(
    { agent: false, hostname, port, method: message.method, path: message.url, headers: { ...message.headers, host: behind } },
    (answer) => {
      const headers = { ...answer.headers }
      // A Location of the registry itself stays relative, so that the client keeps talking to the script.
      if (headers.location !== undefined) headers.location = headers.location.replace(`http://${behind}`, '')
      response.writeHead(answer.statusCode ?? 500, headers)
      answer.pipe(response)
    },
  )
  onward.on('error', () => response.destroy())
  message.on('close', () => message.complete || onward.destroy())
  message.pipe(onward)
}

export function json(response: ServerResponse, status: number, value: unknown, headers: Record<string, string | string[]> = {}): true {
  response.writeHead(status, { 'content-type': 'application/json', ...headers })
  response.end(JSON.stringify(value))
  return true
}

export function bytes(response: ServerResponse, status: number, body: Uint8Array | string, headers: Record<string, string | string[]> = {}): true {
  response.writeHead(status, { 'content-length': String(Buffer.byteLength(body)), ...headers })
  response.end(body)
  return true
}

/** Reads what was sent. */
export async function received(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of message) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

export interface World {
  readonly client: RegistryClient
  readonly lines: RequestLine[]
  readonly warnings: string[]
  /** A scripted registry; without a script in this place a real one. */
  start(script?: Script, options?: { secure?: boolean; host?: string; bare?: boolean }): Promise<Scripted>
  /** `team/app` at a server. */
  repository(server: Scripted, path?: string, client?: RegistryClient): RemoteTarget
  /** A client of its own. */
  another(options?: Partial<RegistryClientOptions>): RegistryClient
  close(): Promise<void>
}

/** Short waits: the tests are about what happens, not about how long. */
const QUICK = { backoff: () => 1, scale: 0.001, headers: 10_000, idle: 5000 }

export function createWorld(options: Partial<RegistryClientOptions> = {}): World {
  const closing: Array<() => Promise<void> | void> = []
  const lines: RequestLine[] = []
  const warnings: string[] = []
  const another = (more: Partial<RegistryClientOptions> = {}): RegistryClient => {
    const client = createRegistryClient({
      credentials: ANONYMOUS,
      userAgent: 'kubeferry-test',
      timing: QUICK,
      onRequest: (line) => lines.push(line),
      onWarning: (text) => warnings.push(text),
      ...more,
    })
    closing.push(() => client.close())
    return client
  }
  const client = another(options)
  return {
    client,
    lines,
    warnings,
    another,
    async start(script = () => false, { secure = false, host = '127.0.0.1', bare = false } = {}) {
      if (bare) {
        const server = await startScripted(script, { secure, host })
        closing.push(server.close)
        return server
      }
      const directory = await mkdtemp(join(tmpdir(), 'ferry-scripted-'))
      const registry = await serveRegistry({ directory })
      const server = await startScripted(script, { behind: registry.host, secure, host })
      closing.push(async () => {
        await server.close()
        await registry.close()
        await rm(directory, { recursive: true })
      })
      return server
    },
    repository: (server, path = 'team/app', own = client) => openRemote({ registry: server.host, path }, own),
    async close() {
      for (const close of closing) await close()
    },
  }
}
