/** Blobs that do not go through whole: in chunks of a size that does, and only when the registry shows that they arrive. */
import { randomBytes } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { bytesBody } from '../../../../src/registry/target/body.ts'
import type { Body } from '../../../../src/registry/target/target.ts'
import { get, piece } from '../../../contracts/content.ts'
import { bytes, call, createWorld, received, type Script, type Scripted, type Seen, type World } from '../../scripted.ts'

const MiB = 1024 * 1024
const blob = piece(randomBytes(9 * MiB))
const { descriptor } = blob

let world: World
beforeEach(() => {
  world = createWorld()
})
afterEach(() => world.close())

/** A proxy that lets bodies of so many bytes through, as nginx answers: at once, by Content-Length. */
const limited =
  (most: number, more: Script = () => false): Script =>
  (seen, response, message) => {
    if (seen.headers['x-past'] !== undefined) return false
    if (Number(seen.headers['content-length'] ?? 0) > most) return bytes(response, 413, 'Request Entity Too Large', { connection: 'close' })
    return more(seen, response, message)
  }

/** A request past the script, to the registry behind it. */
async function past(registry: Scripted, method: string, path: string, body?: Uint8Array): Promise<Response> {
  return await fetch(`${registry.url}${path}`, { method, headers: { 'x-past': '1' }, ...(body ? { body: Uint8Array.from(body) } : {}) })
}

const asked = (server: Scripted, method: string): Seen[] => server.seen.filter((seen) => seen.method === method && seen.headers['x-past'] === undefined)
const ranges = (server: Scripted): string[] => asked(server, 'PATCH').map(({ headers }) => `${headers['content-range']}`)
const count = (server: Scripted, method: string): number => asked(server, method).length

describe('a proxy that refuses large bodies (413)', () => {
  test('chunks within its limit; the next blob knows', async () => {
    const registry = await world.start(limited(4 * MiB))
    const target = world.repository(registry)
    expect(await target.push(descriptor, bytesBody(blob.bytes), call)).toBe('stored')
    expect(ranges(registry)).toEqual([`0-${4 * MiB - 1}`, `${4 * MiB}-${8 * MiB - 1}`, `${8 * MiB}-${9 * MiB - 1}`])
    expect(Buffer.compare(await get(target, descriptor), blob.bytes)).toBe(0)
    registry.seen.length = 0
    const next = piece(randomBytes(9 * MiB + 1))
    expect(await world.repository(registry, 'team/other').push(next.descriptor, bytesBody(next.bytes), call)).toBe('stored')
    expect(registry.seen.map(({ method }) => method)).toEqual(['HEAD', 'POST', 'PATCH', 'PATCH', 'PATCH', 'PUT', 'HEAD'])
    // What is smaller still goes whole.
    registry.seen.length = 0
    const small = piece(randomBytes(2 * MiB))
    await target.push(small.descriptor, bytesBody(small.bytes), call)
    expect(registry.seen.map(({ method }) => method)).toEqual(['HEAD', 'POST', 'PUT'])
  })

  test('1 MiB, which is what nginx allows by itself', async () => {
    const registry = await world.start(limited(MiB))
    const target = world.repository(registry)
    expect(await target.push(descriptor, bytesBody(blob.bytes), call)).toBe('stored')
    expect(ranges(registry).length).toBe(1 + 9)
    expect(Buffer.compare(await get(target, descriptor), blob.bytes)).toBe(0)
  })

  test('not even that: a clear failure, and the upload is given up', async () => {
    const registry = await world.start(limited(100_000))
    await expect(world.repository(registry).push(descriptor, bytesBody(blob.bytes), call)).rejects.toMatchObject({
      code: 'LIMIT_REACHED',
      hint: expect.stringContaining('client_max_body_size'),
    })
    expect(registry.seen.at(-1)?.method).toBe('DELETE')
  })

  test('a smallest chunk that the registry asks for is kept to (OCI-Chunk-Min-Length)', async () => {
    const registry = await world.start(
      limited(6 * MiB, async (seen, response) => {
        if (seen.method !== 'POST') return false
        const location = (await past(registry, 'POST', seen.path)).headers.get('location') ?? ''
        return bytes(response, 202, '', { location, 'oci-chunk-min-length': String(5 * MiB) })
      }),
    )
    const target = world.repository(registry)
    expect(await target.push(descriptor, bytesBody(blob.bytes), call)).toBe('stored')
    expect(ranges(registry)).toEqual([`0-${5 * MiB - 1}`, `${5 * MiB}-${9 * MiB - 1}`])
  })

  test('the source is read on, not anew for each chunk', async () => {
    const registry = await world.start(limited(4 * MiB))
    let opens = 0
    const body: Body = {
      size: blob.bytes.length,
      async *open(from = 0) {
        opens += 1
        for (let at = from; at < blob.bytes.length; at += 300_000) yield blob.bytes.subarray(at, at + 300_000)
      },
    }
    expect(await world.repository(registry).push(descriptor, body, call)).toBe('stored')
    // Once for the attempt in one piece, once for the chunks.
    expect(opens).toBe(2)
  })
})

describe('chunks that break off', () => {
  test('the offset is asked and the rest sent', async () => {
    let cuts = 0
    const registry = await world.start(
      limited(4 * MiB, (seen, _response, message) => {
        if (seen.method !== 'PATCH' || cuts > 0) return false
        cuts += 1
        message.socket.destroy()
        return true
      }),
    )
    const target = world.repository(registry)
    expect(await target.push(descriptor, bytesBody(blob.bytes), call)).toBe('stored')
    expect(count(registry, 'GET')).toBe(1)
    expect(count(registry, 'POST')).toBe(2)
    expect(Buffer.compare(await get(target, descriptor), blob.bytes)).toBe(0)
  })

  test('the answer to a chunk is lost, and it is there: not sent twice', async () => {
    let patches = 0
    const registry = await world.start(
      limited(4 * MiB, async (seen, response, message) => {
        if (seen.method !== 'PATCH' || (patches += 1) !== 2) return false
        const body = await received(message)
        await past(registry, 'PATCH', seen.path, body)
        response.socket?.destroy()
        return true
      }),
    )
    const target = world.repository(registry)
    expect(await target.push(descriptor, bytesBody(blob.bytes), call)).toBe('stored')
    expect(Buffer.compare(await get(target, descriptor), blob.bytes)).toBe(0)
  })

  test('416 says where to go on', async () => {
    let patches = 0
    const registry = await world.start(
      limited(4 * MiB, async (seen, response, message) => {
        if (seen.method !== 'PATCH' || (patches += 1) !== 1) return false
        // The first chunk is only half there, and the next one is refused.
        const body = await received(message)
        await past(registry, 'PATCH', seen.path, body.subarray(0, 2 * MiB))
        return bytes(response, 416, '', { location: seen.path, range: `0-${2 * MiB - 1}` })
      }),
    )
    const target = world.repository(registry)
    expect(await target.push(descriptor, bytesBody(blob.bytes), call)).toBe('stored')
    expect(ranges(registry).some((range) => range.startsWith(`${2 * MiB}-`))).toBe(true)
    expect(Buffer.compare(await get(target, descriptor), blob.bytes)).toBe(0)
  })
})

describe('a registry that does not show that chunks arrive [trap 12] (containers-roadmap#2831, regclient#961)', () => {
  /** Takes one large body when `whole`, and answers chunks as told. */
  const odd = (patch: (seen: { path: string }, at: number) => { status: number; headers: Record<string, string> }, refusals: number): Script => {
    let puts = 0
    let at = 0
    return async (seen, response, message) => {
      if (seen.method === 'PUT' && Number(seen.headers['content-length']) > 4 * MiB && (puts += 1) <= refusals)
        return bytes(response, 413, '', { connection: 'close' })
      if (seen.method === 'GET' && seen.path.includes('/uploads/')) {
        const { headers } = patch(seen, at)
        return bytes(response, 204, '', headers)
      }
      if (seen.method !== 'PATCH') return false
      await received(message)
      at += 1
      const { status, headers } = patch(seen, at)
      return bytes(response, status, '', headers)
    }
  }

  test.each([
    ['201 and a Range that stands still', (seen: { path: string }) => ({ status: 201, headers: { location: seen.path, range: '0-0' } })],
    ['202 without a Range', (seen: { path: string }) => ({ status: 202, headers: { location: seen.path } })],
    [
      'a Range that goes back',
      (seen: { path: string }, at: number) => ({ status: 202, headers: { location: seen.path, range: at === 1 ? `0-${4 * MiB - 1}` : '0-99' } }),
    ],
    ['a Range beyond what was sent', (seen: { path: string }) => ({ status: 202, headers: { location: seen.path, range: `0-${100 * MiB}` } })],
    ['it goes on at another host', () => ({ status: 202, headers: { location: 'http://127.0.0.2:1/v2/team/app/blobs/uploads/1', range: `0-${4 * MiB - 1}` } })],
    ['it does not know PATCH', () => ({ status: 405, headers: {} })],
  ])('%s: sent whole once more', async (_what, patch) => {
    const registry = await world.start(odd(patch, 1))
    const target = world.repository(registry)
    expect(await target.push(descriptor, bytesBody(blob.bytes), call)).toBe('stored')
    expect(Buffer.compare(await get(target, descriptor), blob.bytes)).toBe(0)
    expect(count(registry, 'PATCH')).toBeLessThanOrEqual(3)
  })

  test('and when it does not go whole either, that is said; nothing is stored', async () => {
    const registry = await world.start(odd((seen) => ({ status: 201, headers: { location: seen.path, range: '0-0' } }), 99))
    const target = world.repository(registry)
    await expect(target.push(descriptor, bytesBody(blob.bytes), call)).rejects.toMatchObject({ code: 'LIMIT_REACHED' })
    expect(await target.has(descriptor, call)).toBe(false)
  })

  test('all chunks are taken, and at the end the digest is another: sent whole', async () => {
    let at = 0
    const registry = await world.start(
      odd((seen) => ({ status: 202, headers: { location: seen.path, range: `0-${Math.min((at += 4 * MiB), 9 * MiB) - 1}` } }), 1),
    )
    const target = world.repository(registry)
    expect(await target.push(descriptor, bytesBody(blob.bytes), call)).toBe('stored')
    expect(Buffer.compare(await get(target, descriptor), blob.bytes)).toBe(0)
  })

  test('a Range that counts bytes instead of naming the last one', async () => {
    let at = 0
    const registry = await world.start(
      limited(4 * MiB, async (seen, response, message) => {
        if (seen.method !== 'PATCH') return false
        const body = await received(message)
        at += body.length
        await past(registry, 'PATCH', seen.path, body)
        return bytes(response, 202, '', { location: seen.path, range: `0-${at}` })
      }),
    )
    const target = world.repository(registry)
    expect(await target.push(descriptor, bytesBody(blob.bytes), call)).toBe('stored')
    expect(count(registry, 'PATCH')).toBeGreaterThan(2)
    expect(Buffer.compare(await get(target, descriptor), blob.bytes)).toBe(0)
  })
})
