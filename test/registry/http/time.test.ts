/** Minimum rate, total deadline and the choice between addresses (reliability-ux.md cases 9, 19, 20). */
import { lookup as systemLookup } from 'node:dns'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { parseTag } from '../../../src/registry/oci/reference.ts'
import { openRemote } from '../../../src/registry/target/remote/remote.ts'
import { get, piece, put } from '../../contracts/content.ts'
import { bytes, call, createWorld, type Script, type World } from '../scripted.ts'

let world: World
beforeEach(() => {
  world = createWorld()
})
afterEach(() => world.close())

const drip: Script = (_seen, response) => {
  response.writeHead(200, { 'content-length': '100000' })
  const timer = setInterval(() => response.write('x'), 5)
  response.on('close', () => clearInterval(timer))
  return true
}

describe('a drip that never pauses long enough to be idle (case 9)', () => {
  const slow = { backoff: () => 1, scale: 0.001, idle: 5000, headers: 5000, window: 60, leastRate: 100_000 }

  test('is ended for a blob, in each try, and is not waited for until the last byte', async () => {
    const registry = await world.start(drip, { bare: true })
    const started = performance.now()
    const content = piece(Buffer.alloc(100_000, 'y'))
    await expect(get(world.repository(registry, 'team/app', world.another({ timing: slow })), content.descriptor)).rejects.toMatchObject({
      code: 'REGISTRY_UNAVAILABLE',
      cause: expect.stringContaining('fewer than 100000 bytes per second'),
    })
    expect(performance.now() - started).toBeLessThan(4000)
  })

  test('is ended for an upload that the registry takes a sip at a time', async () => {
    const registry = await world.start(
      (seen, response, message) => {
        if (seen.method === 'POST') return bytes(response, 202, '', { location: '/v2/team/app/blobs/uploads/1' })
        if (seen.method !== 'PUT') return bytes(response, 404, '')
        const timer = setInterval(() => message.read(), 10)
        message.on('close', () => clearInterval(timer))
        return true
      },
      { bare: true },
    )
    const client = world.another({ timing: { ...slow, leastRate: 100_000_000 } })
    await expect(put(world.repository(registry, 'team/app', client), piece(Buffer.alloc(40_000_000)))).rejects.toMatchObject({
      facts: { network: 'ETIMEDOUT' },
    })
  })
})

test('the deadline ends a body that keeps coming (case 20)', async () => {
  const registry = await world.start(drip, { bare: true })
  const started = performance.now()
  const hurried = { ...call, deadline: performance.now() + 150 }
  const read = async (): Promise<void> => {
    const body = await world.repository(registry).fetch(piece(Buffer.alloc(100_000, 'y')).descriptor, hurried)
    for await (const _chunk of body.open());
  }
  await expect(read()).rejects.toMatchObject({ code: 'DEADLINE', exitCode: 124 })
  expect(performance.now() - started).toBeLessThan(1500)
})

describe('a name with an address that does not answer and one that does (case 19, happy eyeballs)', () => {
  const dns = process.getBuiltinModule('node:dns')
  afterEach(() => {
    dns.lookup = systemLookup
  })

  test.each([
    ['IPv6 that leads nowhere', { address: '2001:db8::1', family: 6 }],
    ['IPv4 that leads nowhere', { address: '192.0.2.1', family: 4 }],
  ])('%s: the other one is used within the time for one connection', async (_what, dead) => {
    const registry = await world.start(
      (_seen, response) => bytes(response, 404, '{"errors":[{"code":"NAME_UNKNOWN"}]}', { 'content-type': 'application/json' }),
      {
        bare: true,
      },
    )
    // The resolver of this machine is the only thing replaced: it cannot be told names of ours.
    const resolver = (name: string, options: unknown, done: (error: Error | null, found: unknown) => void): void =>
      done(name === 'two.test' ? null : new Error(`unexpected ${name} ${String(options)}`), [dead, { address: '127.0.0.1', family: 4 }])
    dns.lookup = resolver as typeof dns.lookup
    const port = registry.host.split(':')[1] ?? ''
    const client = world.another({ plainHttp: [`two.test:${port}`], timing: { connect: 5000 } })
    expect(await openRemote({ registry: `two.test:${port}`, path: 'team/app' }, client).resolve(parseTag('v1'), call)).toBeUndefined()
    expect(registry.seen[0]?.headers.host).toBe(`two.test:${port}`)
  })
})
