/** The network and what stands in it fail: cases 1 to 20 of the fault list, one test each, over the fault registry. */
import { createServer } from 'node:http'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { freeCall } from '../../src/kit/call.ts'
import { Secret } from '../../src/kit/secret.ts'
import { copy } from '../../src/registry/copy/copy.ts'
import { parseTag } from '../../src/registry/oci/reference.ts'
import { openLayout } from '../../src/registry/target/layout/layout.ts'
import { get, imageOf, piece, put } from '../contracts/content.ts'
import { createFaultWorld, type FaultWorld } from './fault-world.ts'

const call = freeCall()
const TAG = parseTag('v1')
const BLOB = { method: 'GET', path: '/blobs/sha256' }
const blob = piece('0123456789'.repeat(10_000))
const { manifest, blobs } = imageOf('one')

let world: FaultWorld
beforeEach(() => {
  world = createFaultWorld()
})
afterEach(() => world.close())

/** A registry that has the blob and an image, and a client that has not seen any of it. */
async function withContent(rules: readonly object[], more: Parameters<FaultWorld['start']>[1] = {}) {
  const plain = await world.start()
  await put(world.repository(plain), blob, ...blobs, manifest)
  await world.repository(plain).tag(manifest.descriptor, TAG, call)
  const registry = await world.start(rules, { directory: plain.directory, ...more })
  return { registry, target: world.repository(registry) }
}

describe('bodies that break off', () => {
  test('reset in the middle of a blob: goes on with Range from there, nothing twice [case 1]', async () => {
    const { registry, target } = await withContent([{ match: BLOB, fault: { reset: 40_000 }, times: 1 }])
    expect(Buffer.compare(await get(target, blob.descriptor), blob.bytes)).toBe(0)
    expect(registry.history.map(({ status }) => status)).toEqual([200, 206])
  })

  test('a server that answers 200 to a Range: all of it again, not appended [case 2]', async () => {
    const whole = { answer: { status: 200, body: Buffer.from(blob.bytes).toString() } }
    const { registry, target } = await withContent([
      { match: { ...BLOB, nth: 1 }, fault: { reset: 40_000 } },
      { match: BLOB, fault: whole },
    ])
    expect(Buffer.compare(await get(target, blob.descriptor), blob.bytes)).toBe(0)
    expect(registry.history.map(({ rule }) => rule)).toEqual([0, 1])
  })

  test('cut off with a Content-Length: once is mended, for ever is an error after few tries [case 3]', async () => {
    const once = await withContent([{ match: BLOB, fault: { truncate: 40_000 }, times: 1 }])
    expect(Buffer.compare(await get(once.target, blob.descriptor), blob.bytes)).toBe(0)
    const always = await withContent([{ match: BLOB, fault: { truncate: 0 } }])
    await expect(get(always.target, blob.descriptor)).rejects.toMatchObject({ code: 'REGISTRY_UNAVAILABLE' })
    expect(always.registry.history.length).toBeLessThanOrEqual(7)
  })

  test('cut off without a Content-Length is not taken for whole, and nothing is tagged [case 4]', async () => {
    const once = await withContent([{ match: BLOB, fault: { truncateUnsaid: 40_000 }, times: 1 }])
    expect(Buffer.compare(await get(once.target, blob.descriptor), blob.bytes)).toBe(0)
    const always = await withContent([{ match: BLOB, fault: { truncateUnsaid: 3 } }])
    const layout = openLayout(await world.directory())
    await expect(copy(always.target, layout, manifest.descriptor, { tag: TAG }, call)).rejects.toMatchObject({ name: 'Failure' })
    expect(await layout.resolve(TAG, call)).toBeUndefined()
  })

  test('longer than the descriptor: DIGEST_MISMATCH, asked at most twice [case 5]', async () => {
    const { registry, target } = await withContent([{ match: BLOB, fault: { append: 'more' } }])
    await expect(get(target, blob.descriptor)).rejects.toMatchObject({ code: 'DIGEST_MISMATCH', exitCode: 6 })
    expect(registry.history.length).toBeLessThanOrEqual(2)
  })
})

describe('a registry that is busy', () => {
  test('a storm of 5xx is outlived, an endless one ends after a few tries [case 6]', async () => {
    const storm = await withContent([{ fault: { answer: { status: 503 } }, times: 3 }])
    expect(await storm.target.resolve(TAG, call)).toMatchObject({ digest: manifest.descriptor.digest })
    const { registry, target } = await withContent([{ fault: { answer: { status: 502 } } }])
    await expect(target.resolve(TAG, call)).rejects.toMatchObject({ code: 'REGISTRY_UNAVAILABLE', exitCode: 5 })
    expect(registry.history.length).toBeLessThanOrEqual(7)
  })

  test('429 with Retry-After: a short one is waited for, one beyond what is allowed is said [case 7]', async () => {
    const busy = (after: string) => ({ answer: { status: 429, headers: { 'Retry-After': after } } })
    const short = await withContent([{ fault: busy('2'), times: 1 }])
    expect(await short.target.resolve(TAG, call)).toMatchObject({ digest: manifest.descriptor.digest })
    const long = await withContent([{ fault: busy('7200') }])
    await expect(long.target.resolve(TAG, call)).rejects.toMatchObject({ code: 'RATE_LIMITED' })
    expect(long.registry.history.length).toBe(1)
  })

  test('429 without Retry-After, or with nonsense, is an ordinary pause [case 8]', async () => {
    const { target } = await withContent([
      { match: { nth: 1 }, fault: { answer: { status: 429 } } },
      { match: { nth: 1 }, fault: { answer: { status: 429, headers: { 'Retry-After': '35.852us' } } } },
    ])
    expect(await target.resolve(TAG, call)).toMatchObject({ digest: manifest.descriptor.digest })
  })

  test('slow loris: too few bytes a second and a silent server end as timeouts and are tried again [case 9]', async () => {
    const { registry } = await withContent([
      { match: { ...BLOB, nth: 1 }, fault: { slow: 1000 } },
      { match: { ...BLOB, nth: 1 }, fault: { hang: 5000 } },
    ])
    const timing = { backoff: () => 1, window: 300, leastRate: 50_000, headers: 300, idle: 300 }
    expect(Buffer.compare(await get(world.repository(registry, 'team/app', world.client({ timing })), blob.descriptor), blob.bytes)).toBe(0)
    expect(registry.history.length).toBe(3)
  })
})

describe('no way there', () => {
  test('a name that does not exist: said with the host, soon [case 10]', async () => {
    const registry = await world.start()
    const nowhere = world.repository({ ...registry, host: 'registry.invalid' })
    await expect(nowhere.resolve(TAG, call)).rejects.toMatchObject({ code: 'REGISTRY_UNAVAILABLE', facts: { host: 'registry.invalid' } })
  })

  test('nobody listens: said with the host, and nothing is absent [case 11]', async () => {
    const { registry, target } = await withContent([])
    await registry.close()
    await expect(target.resolve(TAG, call)).rejects.toMatchObject({ code: 'REGISTRY_UNAVAILABLE', facts: { host: registry.host } })
    await expect(put(target, piece('x'))).rejects.toMatchObject({ code: 'REGISTRY_UNAVAILABLE' })
  })
})

describe('sent elsewhere', () => {
  test('a redirect to another host is followed without Authorization for GET, never for DELETE [case 14]', async () => {
    const auth = { username: 'robot', password: new Secret('canary-14') }
    const store = await withContent([])
    const seen: string[] = []
    const spy = createServer((message, response) => {
      seen.push(`${message.method} ${message.headers.authorization ?? 'no authorization'}`)
      response.writeHead(200, { 'content-length': blob.bytes.length })
      response.end(message.method === 'HEAD' ? undefined : blob.bytes)
    })
    await new Promise<void>((resolve) => spy.listen(0, '127.0.0.1', resolve))
    const address = spy.address()
    const port = typeof address === 'object' && address ? address.port : 0
    const elsewhere = { redirect: { to: `http://127.0.0.1:${port}{path}` } }
    const registry = await world.start(
      [
        { match: BLOB, fault: elsewhere },
        { match: { method: 'DELETE' }, fault: elsewhere },
      ],
      { directory: store.registry.directory, auth },
    )
    const explicit = [{ registry: registry.host, ...auth, from: '--username' }]
    const client = world.client({ credentials: { explicit, dockerConfigFiles: [], environment: {} } })
    const target = world.repository(registry, 'team/app', client)
    try {
      expect(Buffer.compare(await get(target, blob.descriptor), blob.bytes)).toBe(0)
      await expect(target.remove(manifest.descriptor, call)).rejects.toMatchObject({ name: 'Failure' })
      expect(seen).toEqual(['GET no authorization'])
    } finally {
      spy.closeAllConnections()
      spy.close()
    }
  })

  test('a redirect in a circle ends after a few hops [case 15]', async () => {
    const { registry, target } = await withContent([{ match: BLOB, fault: { redirect: { to: '{path}' } } }])
    await expect(get(target, blob.descriptor)).rejects.toMatchObject({ code: 'REDIRECT_REFUSED' })
    expect(registry.history.length).toBeLessThanOrEqual(6)
  })

  test.each(['http://169.254.169.254{path}', 'http://[::ffff:169.254.169.254]{path}', 'http://2852039166{path}', 'http://0.0.0.0:1{path}'])(
    'a redirect or an upload Location to %s is refused [case 16]',
    async (to) => {
      const { target } = await withContent([
        { match: BLOB, fault: { redirect: { to } } },
        { match: { method: 'POST' }, fault: { answer: { status: 202, headers: { Location: to.replace('{path}', '/upload') } } } },
      ])
      await expect(get(target, blob.descriptor)).rejects.toMatchObject({ code: 'REDIRECT_REFUSED' })
      await expect(put(target, piece('new'))).rejects.toMatchObject({ code: 'REDIRECT_REFUSED' })
    },
  )
})

describe('between here and there', () => {
  test('a kept connection that dies under a request, POST included, is no failure [case 17]', async () => {
    const { registry, target } = await withContent(['GET', 'HEAD', 'POST', 'PUT'].map((method) => ({ match: { method, nth: 1 }, fault: { lose: 'request' } })))
    expect(Buffer.compare(await get(target, blob.descriptor), blob.bytes)).toBe(0)
    const fresh = imageOf('two')
    await put(target, ...fresh.blobs, fresh.manifest)
    expect(registry.history.filter(({ rule }) => rule !== undefined).length).toBe(4)
    expect(await target.resolve(fresh.manifest.descriptor.digest, call)).toMatchObject({ digest: fresh.manifest.descriptor.digest })
  })

  test('a web page with 200 is a portal or a proxy, shown harmless [case 18]', async () => {
    const page = { answer: { status: 200, headers: { 'Content-Type': 'text/html' }, body: '<html>\u001b[31mlog in' } }
    const { target } = await withContent([{ fault: page }])
    const failure: unknown = await target.resolve(TAG, call).catch((error: unknown) => error)
    expect(failure).toMatchObject({ code: 'PROTOCOL_ERROR' })
    expect(JSON.stringify(failure)).toContain('captive portal')
    expect(String((failure as Error).cause)).not.toContain('\u001b')
    await expect(get(target, blob.descriptor)).rejects.toMatchObject({ name: 'Failure' })
  })

  test('a name with an address where nobody listens and one where somebody does works [case 19]', async () => {
    const { registry } = await withContent([])
    const target = world.repository({ ...registry, host: registry.host.replace('127.0.0.1', 'localhost') })
    expect(await target.resolve(TAG, call)).toMatchObject({ digest: manifest.descriptor.digest })
  })

  test('the deadline ends what hangs, with exit code 124 [case 20]', async () => {
    const { target } = await withContent([{ fault: { hang: 10_000 } }])
    const since = performance.now()
    await expect(target.resolve(TAG, { ...call, deadline: performance.now() + 200 })).rejects.toMatchObject({ code: 'DEADLINE', exitCode: 124 })
    expect(performance.now() - since).toBeLessThan(3000)
  })
})
