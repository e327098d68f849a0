/** The network and the registry fail in every way; the client tries again where that helps, stops at once where it is told to, and holds no more than it may. */
import { createHash, randomBytes } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { parseTag } from '../../../src/registry/oci/reference.ts'
import { get, imageOf, piece, put, putImage } from '../../contracts/content.ts'
import { bytes, call, createWorld, json, type World } from '../scripted.ts'

let world: World
beforeEach(() => {
  world = createWorld()
})
afterEach(() => world.close())

const TAG = parseTag('v1')

describe('tries', () => {
  test.each([408, 425, 429, 499, 500, 502, 503, 504, 522])('%s is tried again and then works', async (status) => {
    let left = 2
    const registry = await world.start((_seen, response) => left-- > 0 && bytes(response, status, 'later'))
    expect(await world.repository(registry).resolve(TAG, call)).toBeUndefined()
  })

  test('five times, then REGISTRY_UNAVAILABLE; never an empty answer', async () => {
    const registry = await world.start((_seen, response) => bytes(response, 503, 'down'), { bare: true })
    await expect(world.repository(registry).resolve(TAG, call)).rejects.toMatchObject({ code: 'REGISTRY_UNAVAILABLE', exitCode: 5 })
    expect(registry.seen.length).toBe(5)
  })

  test('a connection that is cut before, in and after the headers is tried again', async () => {
    let fault = 0
    const registry = await world.start((_seen, response) => {
      fault += 1
      if (fault === 1) response.socket?.destroy()
      else if (fault === 2) {
        response.writeHead(200, { 'content-length': '100' })
        response.write('x')
        response.socket?.destroy()
      } else return false
      return true
    })
    await putImage(world.repository(registry, 'team/app'), 'a')
    fault = 0
    expect(await world.repository(registry, 'team/app', world.another()).read(TAG, call)).toBeUndefined()
  })

  test('nobody listens: said at once, with the host', async () => {
    const registry = await world.start(() => false, { bare: true })
    await registry.close()
    const started = performance.now()
    await expect(world.repository(registry).resolve(TAG, call)).rejects.toMatchObject({ code: 'REGISTRY_UNAVAILABLE', facts: { host: registry.host } })
    expect(performance.now() - started).toBeLessThan(1000)
  })

  test('400 and 403 are not tried again', async () => {
    const registry = await world.start((_seen, response) => json(response, 403, { errors: [{ code: 'DENIED', message: 'no \u001b[31mred' }] }), { bare: true })
    const failure: unknown = await world
      .repository(registry)
      .read(TAG, call)
      .catch((error: unknown) => error)
    expect(failure).toMatchObject({ code: 'AUTH_REQUIRED', facts: { codes: ['DENIED'] } })
    expect(String((failure as Error).cause)).not.toContain('\u001b')
    expect(registry.seen.length).toBe(1)
  })
})

describe('Retry-After (hub-feedback#2459, docker/buildx#3630)', () => {
  test.each([
    ['seconds', '120'],
    ['a date', new Date(Date.now() + 3_600_000).toUTCString()],
    ['a unix time', String(Math.round(Date.now() / 1000) + 3600)],
  ])('%s beyond a minute end in RATE_LIMITED that names the time', async (_what, value) => {
    const registry = await world.start((_seen, response) => bytes(response, 429, '', { 'retry-after': value }), { bare: true })
    const failure: unknown = await world
      .repository(registry)
      .resolve(TAG, call)
      .catch((error: unknown) => error)
    expect(failure).toMatchObject({ code: 'RATE_LIMITED' })
    expect(String((failure as Error).cause)).toMatch(/until 20\d\d-/)
    expect(registry.seen.length).toBe(1)
  })

  test('a short one is waited for by everyone who talks to that host', async () => {
    let limited = true
    const times: number[] = []
    const registry = await world.start((_seen, response) => {
      times.push(performance.now())
      if (!limited) return false
      limited = false
      return bytes(response, 429, '', { 'retry-after': '2' })
    })
    const client = world.another({ timing: { backoff: () => 1, scale: 0.1 } })
    const target = world.repository(registry, 'team/app', client)
    const first = target.resolve(TAG, call)
    await new Promise((resolve) => setTimeout(resolve, 60))
    await Promise.all([first, target.resolve(parseTag('v2'), call)])
    expect((times[1] ?? 0) - (times[0] ?? 0)).toBeGreaterThan(180)
  })

  test('nonsense (35.852µs) is a pause of our own', async () => {
    let left = 1
    const registry = await world.start((_seen, response) => left-- > 0 && bytes(response, 429, '', { 'retry-after': '35.852\u00b5s' }))
    expect(await world.repository(registry).resolve(TAG, call)).toBeUndefined()
  })
})

describe('time', () => {
  test('no headers, a stalled body and a trickle end as timeouts', async () => {
    const timing = { backoff: () => 1, headers: 60, idle: 60, scale: 0.001 }
    const silent = await world.start(() => true, { bare: true })
    await expect(world.repository(silent, 'team/app', world.another({ timing })).resolve(TAG, call)).rejects.toMatchObject({ facts: { network: 'ETIMEDOUT' } })
    const stalled = await world.start(
      (_seen, response) => {
        response.writeHead(200, { 'content-length': '10' })
        response.write('x')
        return true
      },
      { bare: true },
    )
    await expect(world.repository(stalled, 'team/app', world.another({ timing })).read(TAG, call)).rejects.toMatchObject({ facts: { network: 'ETIMEDOUT' } })
    const trickle = await world.start(
      (_seen, response) => {
        response.writeHead(200, { 'content-length': '1000' })
        const timer = setInterval(() => response.write('x'), 5)
        response.on('close', () => clearInterval(timer))
        return true
      },
      { bare: true },
    )
    const slow = world.another({ timing: { ...timing, idle: 2000, window: 40, leastRate: 100_000 } })
    await expect(world.repository(trickle, 'team/app', slow).read(TAG, call)).rejects.toMatchObject({ facts: { network: 'ETIMEDOUT' } })
  })

  test('a reader that takes its time is no stalled server', async () => {
    const registry = await world.start()
    const big = piece(randomBytes(3_000_000))
    const client = world.another({ timing: { backoff: () => 1, idle: 80, window: 50, leastRate: 100_000, scale: 0.001 } })
    const target = world.repository(registry, 'team/app', client)
    await put(target, big)
    let length = 0
    for await (const chunk of (await target.fetch(big.descriptor, call)).open()) {
      if (length === 0) await new Promise((resolve) => setTimeout(resolve, 250))
      length += chunk.length
    }
    expect(length).toBe(3_000_000)
  })

  test('a stop ends a waiting request, a pause and a stream at once', async () => {
    const silent = await world.start(() => true, { bare: true })
    const down = await world.start((_seen, response) => bytes(response, 503, ''), { bare: true })
    const slow = world.another({ timing: { backoff: () => 60_000 } })
    for (const server of [silent, down]) {
      const stop = new AbortController()
      const waiting = world.repository(server, 'team/app', slow).resolve(TAG, { signal: stop.signal })
      setTimeout(() => stop.abort(), 50)
      const started = performance.now()
      await expect(waiting).rejects.toMatchObject({ code: 'INTERRUPTED' })
      expect(performance.now() - started).toBeLessThan(1000)
    }
  })

  test('the deadline ends it too', async () => {
    const silent = await world.start(() => true, { bare: true })
    const hurried = { ...call, deadline: performance.now() + 60 }
    await expect(world.repository(silent).resolve(TAG, hurried)).rejects.toMatchObject({ code: 'DEADLINE' })
  })
})

describe('limits (GHSA-f36w-mj3v-6jqv, ggcr#2328)', () => {
  const endless =
    (status: number, type: string): Parameters<World['start']>[0] =>
    (_seen, response) => {
      response.writeHead(status, { 'content-type': type })
      const more = (): void => {
        while (!response.destroyed && response.write('x'.repeat(65_536)));
      }
      response.on('drain', more)
      more()
      return true
    }

  test('an endless manifest', async () => {
    const registry = await world.start(endless(200, 'application/vnd.oci.image.manifest.v1+json'), { bare: true })
    await expect(world.repository(registry).read(TAG, call)).rejects.toMatchObject({ code: 'LIMIT_REACHED', exitCode: 9 })
    expect(world.client.counters.bytesIn).toBeLessThan(9 * 1024 * 1024)
  })

  test('an endless error', async () => {
    const registry = await world.start(endless(400, 'text/plain'), { bare: true })
    await expect(world.repository(registry).read(TAG, call)).rejects.toMatchObject({ code: 'PROTOCOL_ERROR' })
    expect(world.client.counters.bytesIn).toBeLessThan(256 * 1024)
  })

  test('an endless blob stops right after its size', async () => {
    const registry = await world.start(endless(200, 'application/octet-stream'), { bare: true })
    await expect(get(world.repository(registry), piece('short').descriptor)).rejects.toMatchObject({ code: 'DIGEST_MISMATCH' })
    expect(world.client.counters.bytesIn).toBeLessThan(1024 * 1024)
  })

  test('a blob that claims 100 TB costs nothing to ask for', async () => {
    const registry = await world.start((_seen, response) => bytes(response, 200, 'tiny'), { bare: true })
    const descriptor = { ...piece('x').descriptor, size: 1e14 }
    const body = await world.repository(registry).fetch(descriptor, call)
    await expect(
      (async () => {
        for await (const _chunk of body.open());
      })(),
    ).rejects.toMatchObject({ code: 'DIGEST_MISMATCH' })
  })
})

describe('blobs that break off', () => {
  const big = piece(randomBytes(2_000_000))

  test('go on with Range from the byte that is missing', async () => {
    const ranges: unknown[] = []
    const registry = await world.start(
      (seen, response) => {
        if (seen.method !== 'GET' || !seen.path.includes('/blobs/')) return false
        ranges.push(seen.headers.range)
        const from = Number(/bytes=(\d+)-/.exec(seen.headers.range ?? '')?.[1] ?? 0)
        const part = big.bytes.subarray(from, from + 700_000)
        response.writeHead(from === 0 ? 200 : 206, {
          'content-length': String(big.bytes.length - from),
          ...(from === 0 ? {} : { 'content-range': `bytes ${from}-${big.bytes.length - 1}/${big.bytes.length}` }),
        })
        response.write(part, () => (from + part.length < big.bytes.length ? response.socket?.destroy() : response.end()))
        return true
      },
      { bare: true },
    )
    const found = await get(world.repository(registry), big.descriptor)
    expect(createHash('sha256').update(found).digest('hex')).toBe(big.descriptor.digest.slice(7))
    expect(ranges[0]).toBeUndefined()
    expect(ranges.length).toBeGreaterThan(1)
    expect(world.client.counters.bytesIn).toBeLessThanOrEqual(big.bytes.length)
  })

  test('a server without ranges sends all again, and nothing is doubled', async () => {
    let first = true
    const registry = await world.start(
      (seen, response) => {
        if (!seen.path.includes('/blobs/')) return false
        response.writeHead(200, { 'content-length': String(big.bytes.length) })
        if (first) response.write(big.bytes.subarray(0, 500_000), () => response.socket?.destroy())
        else response.end(big.bytes)
        first = false
        return true
      },
      { bare: true },
    )
    expect(Buffer.compare(await get(world.repository(registry), big.descriptor), big.bytes)).toBe(0)
  })

  test('a 206 that starts elsewhere is refused', async () => {
    let first = true
    const registry = await world.start(
      (seen, response) => {
        if (!seen.path.includes('/blobs/')) return false
        if (first) {
          response.writeHead(200, { 'content-length': String(big.bytes.length) })
          response.write(big.bytes.subarray(0, 500_000), () => response.socket?.destroy())
        } else bytes(response, 206, big.bytes.subarray(0, 1_500_000), { 'content-range': `bytes 0-1499999/${big.bytes.length}` })
        first = false
        return true
      },
      { bare: true },
    )
    await expect(get(world.repository(registry), big.descriptor)).rejects.toMatchObject({ code: 'PROTOCOL_ERROR' })
  })

  test('a body that just ends, without a length, is not taken for whole', async () => {
    const registry = await world.start(
      (seen, response) => {
        if (!seen.path.includes('/blobs/')) return false
        response.writeHead(200, { connection: 'close', 'transfer-encoding': 'identity' })
        response.end(big.bytes.subarray(0, 1000))
        return true
      },
      { bare: true },
    )
    await expect(get(world.repository(registry), big.descriptor)).rejects.toMatchObject({ code: 'DIGEST_MISMATCH' })
  })

  test('wrong bytes: DIGEST_MISMATCH, and the last piece is never handed out', async () => {
    const wrong = Buffer.from(big.bytes)
    wrong[1_999_999] = (wrong[1_999_999] ?? 0) ^ 1
    const registry = await world.start((seen, response) => seen.path.includes('/blobs/') && bytes(response, 200, wrong), { bare: true })
    let length = 0
    const read = async (): Promise<void> => {
      for await (const chunk of (await world.repository(registry).fetch(big.descriptor, call)).open()) length += chunk.length
    }
    await expect(read()).rejects.toMatchObject({ code: 'DIGEST_MISMATCH', exitCode: 6 })
    expect(length).toBeLessThan(big.bytes.length)
  })

  test('a blob that is listed and not there: CONTENT_MISSING', async () => {
    const registry = await world.start()
    const { blobs } = imageOf('missing')
    await expect(get(world.repository(registry), blobs[0]?.descriptor ?? big.descriptor)).rejects.toMatchObject({ code: 'CONTENT_MISSING' })
  })
})
