/** Uploads against real servers: broken ones are gone on with or begun anew, large ones go in chunks past a proxy that refuses them whole. */
import { randomBytes } from 'node:crypto'
import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freeCall } from '../../../src/kit/call.ts'
import { createRegistryClient, type RegistryClient } from '../../../src/registry/http/client.ts'
import { ANONYMOUS } from '../../../src/registry/http/credentials/credential.ts'
import type { RequestLine } from '../../../src/registry/http/request-line.ts'
import { bytesBody } from '../../../src/registry/target/body.ts'
import { openRemote } from '../../../src/registry/target/remote/remote.ts'
import { get, piece } from '../../contracts/content.ts'
import { startCutter } from './cutter.ts'
import { describeKind, KIND_NAMES } from './kinds.ts'
import type { Server } from './servers.ts'

const MiB = 1024 * 1024
const call = freeCall()

/** A proxy before a server that lets requests of so many bytes through. */
async function startLimit(server: string, most: number): Promise<{ readonly host: string; close(): Promise<void> }> {
  const [hostname, port] = server.split(':')
  const proxy = createServer((message, response) => {
    if (Number(message.headers['content-length'] ?? 0) > most) return void response.writeHead(413, { connection: 'close' }).end()
    const onward = request({ agent: false, hostname, port, method: message.method, path: message.url, headers: message.headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 500, answer.headers)
      answer.pipe(response)
    })
    onward.on('error', () => response.destroy())
    message.pipe(onward)
  })
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))
  return {
    host: `127.0.0.1:${(proxy.address() as AddressInfo).port}`,
    async close() {
      proxy.closeAllConnections()
      await new Promise<void>((resolve) => proxy.close(() => resolve()))
    },
  }
}

for (const kind of KIND_NAMES) {
  describeKind(kind, (start) => {
    let server: Server
    let client: RegistryClient
    const lines: RequestLine[] = []
    beforeAll(async () => {
      server = await start()
      client = createRegistryClient({
        credentials: ANONYMOUS,
        userAgent: 'kubeferry-test',
        timing: { backoff: () => 20 },
        onRequest: (line) => lines.push(line),
      })
    })
    afterAll(async () => {
      client.close()
      await server.stop()
    })

    test('cut off in the middle three times: whole in the end, and right', async () => {
      const cutter = await startCutter(server.host)
      try {
        for (const after of [2, 5, 9]) {
          const blob = piece(randomBytes(12 * MiB))
          cutter.cut('up', after * MiB)
          const target = openRemote({ registry: cutter.host, path: 'team/cut' }, client)
          expect(await target.push(blob.descriptor, bytesBody(blob.bytes), call)).toBe('stored')
          expect(Buffer.compare(await get(target, blob.descriptor), blob.bytes)).toBe(0)
        }
        expect(cutter.cuts).toBe(3)
      } finally {
        await cutter.close()
      }
    })

    test('in chunks when a proxy refuses it whole', async () => {
      const limit = await startLimit(server.host, 4 * MiB)
      try {
        lines.length = 0
        const blob = piece(randomBytes(12 * MiB + 5))
        const target = openRemote({ registry: limit.host, path: 'team/chunks' }, client)
        expect(await target.push(blob.descriptor, bytesBody(blob.bytes), call)).toBe('stored')
        expect(Buffer.compare(await get(target, blob.descriptor), blob.bytes)).toBe(0)
        expect(lines.filter(({ method }) => method === 'PATCH').length).toBeGreaterThanOrEqual(4)
      } finally {
        await limit.close()
      }
    })
  })
}
