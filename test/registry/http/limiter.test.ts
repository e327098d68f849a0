/** One limiter, breaker and budget per host, shared by all workers (registry.md §0.7, ggcr#2309, rules_img#672; reliability-ux.md cases 6–8). */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { pause } from '../../../src/kit/call.ts'
import { createBreaker } from '../../../src/registry/http/breaker.ts'
import { createLimiter } from '../../../src/registry/http/limiter.ts'
import { digestOf } from '../../../src/registry/oci/digest.ts'
import { MEDIA } from '../../../src/registry/oci/media-types.ts'
import { parseTag } from '../../../src/registry/oci/reference.ts'
import { bytes, call, createWorld, type Script, type World } from '../scripted.ts'

let world: World
beforeEach(() => {
  world = createWorld()
})
afterEach(() => world.close())

/** One manifest under every tag: one HEAD each. */
const here: Script = async (_seen, response) => {
  await new Promise((resolve) => setTimeout(resolve, 3))
  response.writeHead(200, { 'content-type': MEDIA.manifest, 'content-length': '2', 'docker-content-digest': digestOf(Buffer.from('{}')) })
  response.end()
  return true
}
const tags = (count: number): ReturnType<typeof parseTag>[] => Array.from({ length: count }, (_, at) => parseTag(`v${at}`))

describe('limiter (AIMD 1–16)', () => {
  test('six at first, more with good answers, never more than 16, over as many connections (rules_img#672)', async () => {
    const registry = await world.start(here, { bare: true })
    const target = world.repository(registry)
    await Promise.all(tags(12).map((tag) => target.resolve(tag, call)))
    expect(registry.most()).toBe(6)
    await Promise.all(tags(400).map((tag) => target.resolve(tag, call)))
    expect(registry.most()).toBe(16)
    expect(registry.connections()).toBeLessThanOrEqual(16)
  })

  test('half as many after a 429, and the news of one burst counts once', async () => {
    let burst = 6
    let open = 0
    let most = 0
    const registry = await world.start(
      async (seen, response, message) => {
        if (burst-- > 0) return bytes(response, 429, '')
        open += 1
        most = Math.max(most, open)
        response.on('close', () => (open -= 1))
        return await here(seen, response, message)
      },
      { bare: true },
    )
    const target = world.repository(registry)
    await Promise.all(tags(8).map((tag) => target.resolve(tag, call)))
    expect(most).toBe(3)
  })

  test('down to one, and up again', () => {
    const limiter = createLimiter()
    for (let round = 0; round < 10; round += 1) limiter.overloaded(Number.POSITIVE_INFINITY)
    expect(limiter.slots).toBe(1)
    for (let round = 0; round < 100; round += 1) limiter.good()
    expect(limiter.slots).toBe(1)
  })

  test('with a single slot an upload still gets its source from the same host (ggcr#2309)', async () => {
    const limiter = createLimiter()
    limiter.cap(1)
    const upload = limiter.run(true, () => limiter.run(false, async () => 'source', call), call)
    expect(await upload).toBe('source')
  })

  test('uploads never take the last slot, and a stop leaves the row', async () => {
    const limiter = createLimiter()
    const held = Promise.withResolvers<void>()
    let started = 0
    const uploads = tags(10).map(() =>
      limiter.run(
        true,
        async () => {
          started += 1
          await held.promise
        },
        call,
      ),
    )
    expect(await limiter.run(false, async () => started, call)).toBe(5)
    const stop = new AbortController()
    const waiting = limiter.run(true, async () => 'never', { signal: stop.signal })
    stop.abort()
    await expect(waiting).rejects.toMatchObject({ code: 'INTERRUPTED' })
    held.resolve()
    await Promise.all(uploads)
    expect(started).toBe(10)
  })
})

describe('budget (case 6)', () => {
  test('a storm of 500s costs at most a fifth more requests than there are, beyond the first twenty', async () => {
    const registry = await world.start((_seen, response) => bytes(response, 500, 'down'), { bare: true })
    const target = world.repository(registry)
    const ends = await Promise.allSettled(tags(100).map((tag) => target.resolve(tag, call)))
    expect(ends.every(({ status }) => status === 'rejected')).toBe(true)
    expect(registry.seen.length).toBeGreaterThan(120)
    expect(registry.seen.length).toBeLessThanOrEqual(100 * 1.2 + 20)
    expect(world.warnings).toEqual([`${registry.host} fails so often that no request is tried again until some succeed`])
  })
})

describe('breaker (case 6)', () => {
  const cut: Script = (_seen, response) => {
    response.socket?.destroy()
    return true
  }

  test('a host that stays away is asked a few times by all workers together, and everyone is told', async () => {
    const registry = await world.start(cut, { bare: true })
    const target = world.repository(registry)
    const ends = await Promise.allSettled(tags(60).map((tag) => target.resolve(tag, call)))
    for (const end of ends) expect(end).toMatchObject({ status: 'rejected', reason: { code: 'REGISTRY_UNAVAILABLE', facts: { host: registry.host } } })
    expect(ends.some((end) => end.status === 'rejected' && String((end.reason as Error).cause).includes('left alone'))).toBe(true)
    expect(registry.seen.length).toBeLessThan(40)
  })

  test('a host that comes back is used again, and nobody failed meanwhile', async () => {
    let away = true
    setTimeout(() => (away = false), 150)
    const registry = await world.start((seen, response, message) => (away ? cut(seen, response, message) : here(seen, response, message)), { bare: true })
    const client = world.another({ timing: { backoff: () => 20, scale: 0.1 } })
    const target = world.repository(registry, 'team/app', client)
    const found = await Promise.all(tags(30).map((tag) => target.resolve(tag, call)))
    expect(found.every((descriptor) => descriptor?.size === 2)).toBe(true)
    expect(registry.seen.length).toBeLessThanOrEqual(30 + 20)
  })

  test('one looks, the others wait for what it finds; a request does not wait for an upload that waits for it', async () => {
    const breaker = createBreaker(0.001)
    for (let failure = 0; failure < 8; failure += 1) breaker.bad()
    const uploadOver = await breaker.enter(true, call)
    const requestOver = await breaker.enter(false, call)
    let entered = 0
    const others = [true, false].map((upload) => breaker.enter(upload, call).then(() => (entered += 1)))
    await pause(10, call)
    expect(entered).toBe(0)
    breaker.good()
    requestOver()
    uploadOver()
    await Promise.all(others)
    expect(entered).toBe(2)
  })

  test('who may not wait that long, or is stopped, does not wait', async () => {
    const breaker = createBreaker(1)
    for (let failure = 0; failure < 8; failure += 1) breaker.bad()
    await expect(breaker.enter(false, { ...call, deadline: performance.now() + 20 })).rejects.toMatchObject({ code: 'DEADLINE' })
    const stop = new AbortController()
    const waiting = breaker.enter(false, { signal: stop.signal })
    stop.abort()
    await expect(waiting).rejects.toMatchObject({ code: 'INTERRUPTED' })
  })

  test('a look that is given up leaves its place to the next', async () => {
    const breaker = createBreaker(0.01)
    for (let failure = 0; failure < 8; failure += 1) breaker.bad()
    const over = await breaker.enter(false, call)
    const next = breaker.enter(false, call)
    over()
    await expect(next).resolves.toBeTypeOf('function')
  })
})

describe('being asked to wait (cases 7 and 8)', () => {
  test('a wait beyond the allowed time is said at once, with the moment', async () => {
    const registry = await world.start((_seen, response) => bytes(response, 429, '', { 'retry-after': '30' }), { bare: true })
    const client = world.another({ timing: { scale: 1 } })
    const hurried = { ...call, deadline: performance.now() + 5000 }
    const started = performance.now()
    await expect(world.repository(registry, 'team/app', client).resolve(parseTag('v1'), hurried)).rejects.toMatchObject({
      code: 'RATE_LIMITED',
      facts: { status: 429, retryAt: expect.stringMatching(/^20/) },
    })
    expect(performance.now() - started).toBeLessThan(1000)
  })

  test('503 with Retry-After rests the whole host, the workers in the row included', async () => {
    const times: number[] = []
    const registry = await world.start(
      (seen, response, message) => {
        times.push(performance.now())
        return times.length === 1 ? bytes(response, 503, '', { 'retry-after': '3' }) : here(seen, response, message)
      },
      { bare: true },
    )
    const client = world.another({ timing: { backoff: () => 1, scale: 0.1 } })
    const target = world.repository(registry, 'team/app', client)
    await Promise.all(tags(20).map((tag) => target.resolve(tag, call)))
    // Those under way at that moment (six slots) were sent already.
    const quiet = times.slice(6).map((time) => time - (times[0] ?? 0))
    expect(Math.min(...quiet)).toBeGreaterThan(280)
  })

  test('nonsense (ghcr: 35.852µs) is a second, then two', async () => {
    const times: number[] = []
    const registry = await world.start(
      (seen, response, message) => {
        times.push(performance.now())
        return times.length <= 2 ? bytes(response, 429, '', { 'retry-after': '35.852µs' }) : here(seen, response, message)
      },
      { bare: true },
    )
    const client = world.another({ timing: { backoff: () => 1, scale: 0.1 } })
    await world.repository(registry, 'team/app', client).resolve(parseTag('v1'), call)
    expect((times[1] ?? 0) - (times[0] ?? 0)).toBeGreaterThan(95)
    expect((times[2] ?? 0) - (times[1] ?? 0)).toBeGreaterThan(190)
  })
})

describe('allowance (RateLimit-*)', () => {
  test('is shown, and used with care when little is left (docker/docs#11707)', async () => {
    const registry = await world.start(
      async (seen, response, message) => {
        response.setHeader('ratelimit-limit', '100;w=21600')
        response.setHeader('ratelimit-remaining', '2;w=21600')
        return await here(seen, response, message)
      },
      { bare: true },
    )
    const target = world.repository(registry)
    await target.resolve(parseTag('v1'), call)
    expect(world.client.rateLimitOf(registry.host)).toEqual({ limit: 100, remaining: 2, window: 21_600 })
    await Promise.all(tags(12).map((tag) => target.resolve(tag, call)))
    expect(registry.most()).toBe(2)
    expect(world.warnings).toEqual([`${registry.host} says: 2 of 100 requests are left; going slower`])
  })

  test('none left: nothing is sent until it starts anew', async () => {
    const times: number[] = []
    const registry = await world.start(
      async (seen, response, message) => {
        times.push(performance.now())
        if (times.length === 1)
          for (const [name, value] of [
            ['Limit', '10'],
            ['Remaining', '0'],
            ['Reset', '3'],
          ] as const)
            response.setHeader(`X-RateLimit-${name}`, value)
        return await here(seen, response, message)
      },
      { bare: true },
    )
    const target = world.repository(registry, 'team/app', world.another({ timing: { scale: 0.1 } }))
    await target.resolve(parseTag('v1'), call)
    await target.resolve(parseTag('v2'), call)
    expect((times[1] ?? 0) - (times[0] ?? 0)).toBeGreaterThan(280)
  })
})
