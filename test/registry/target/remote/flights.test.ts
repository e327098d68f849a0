/** One blob wanted by many at once goes over the wire once; nobody pays for another's stop, broken source, or old failure. */
import { randomBytes } from 'node:crypto'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Call } from '../../../../src/kit/call.ts'
import { Failure } from '../../../../src/kit/failure.ts'
import { bytesBody } from '../../../../src/registry/target/body.ts'
import type { Body } from '../../../../src/registry/target/target.ts'
import { get, piece } from '../../../contracts/content.ts'
import { bytes, call, createWorld, type Scripted, type World } from '../../scripted.ts'

let world: World
beforeEach(() => {
  world = createWorld()
})
afterEach(() => world.close())

const blob = piece(randomBytes(300_000))
const { descriptor } = blob
const methods = (server: Scripted): string[] => server.seen.map(({ method }) => method)

/** A body that stops after its first half until it is told to go on, and tells that it has come so far. */
function held(): Body & { readonly reached: Promise<void>; go(error?: Error): void } {
  let go = (_error?: Error): void => {}
  let reach = (): void => {}
  const gate = new Promise<Error | undefined>((resolve) => (go = resolve))
  return {
    size: blob.bytes.length,
    reached: new Promise<void>((resolve) => (reach = resolve)),
    go: (error) => go(error),
    async *open(from = 0) {
      yield blob.bytes.subarray(from, 150_000)
      reach()
      const error = await gate
      if (error) throw error
      yield blob.bytes.subarray(150_000)
    },
  }
}

test('eight pushes of one blob at once: one upload; one stored it, the others find it present', async () => {
  const registry = await world.start()
  const outcomes = await Promise.all(Array.from({ length: 8 }, () => world.repository(registry).push(descriptor, bytesBody(blob.bytes), call)))
  expect(methods(registry)).toEqual(['HEAD', 'POST', 'PUT'])
  expect(outcomes.toSorted()).toEqual([...Array.from({ length: 7 }, () => 'present'), 'stored'])
})

test('each repository has its own', async () => {
  const registry = await world.start()
  await Promise.all(['team/a', 'team/b'].map((path) => world.repository(registry, path).push(descriptor, bytesBody(blob.bytes), call)))
  expect(methods(registry).filter((method) => method === 'PUT').length).toBe(2)
})

test('the one that works is stopped: the next takes over, unharmed', async () => {
  const registry = await world.start()
  const target = world.repository(registry)
  const stop = new AbortController()
  const body = held()
  const first = target.push(descriptor, body, { signal: stop.signal })
  const second = target.push(descriptor, bytesBody(blob.bytes), call)
  await body.reached
  stop.abort()
  await expect(first).rejects.toMatchObject({ code: 'INTERRUPTED' })
  expect(await second).toBe('stored')
  expect(await get(target, descriptor)).toEqual(blob.bytes)
})

test('one that waits is stopped: it ends at once, and the work goes on', async () => {
  const registry = await world.start()
  const target = world.repository(registry)
  const stop = new AbortController()
  const body = held()
  const first = target.push(descriptor, body, call)
  const push = (own: Call): Promise<string> => target.push(descriptor, bytesBody(blob.bytes), own).catch((error: Failure) => error.code)
  const second = push({ signal: stop.signal })
  const late = push({ signal: new AbortController().signal, deadline: performance.now() + 20 })
  await body.reached
  stop.abort()
  expect(await second).toBe('INTERRUPTED')
  expect(await late).toBe('DEADLINE')
  body.go()
  expect(await first).toBe('stored')
  expect(methods(registry)).toEqual(['HEAD', 'POST', 'PUT'])
})

test('a source that breaks is the trouble of one alone', async () => {
  const registry = await world.start()
  const target = world.repository(registry)
  const body = held()
  const first = target.push(descriptor, body, call)
  const second = target.push(descriptor, bytesBody(blob.bytes), call)
  await body.reached
  body.go(new Failure('CONTENT_MISSING', 'the disk is gone'))
  await expect(first).rejects.toMatchObject({ code: 'CONTENT_MISSING' })
  expect(await second).toBe('stored')
})

test('a refusal of the registry is everybody’s, once, and not kept', async () => {
  let refuse = true
  const registry = await world.start((seen, response) => refuse && seen.method === 'POST' && bytes(response, 403, ''))
  const target = world.repository(registry)
  const push = (): Promise<string> => target.push(descriptor, bytesBody(blob.bytes), call)
  const results = await Promise.allSettled([push(), push(), push()])
  expect(results.map((result) => result.status === 'rejected' && result.reason.code)).toEqual(['AUTH_REQUIRED', 'AUTH_REQUIRED', 'AUTH_REQUIRED'])
  expect(methods(registry).filter((method) => method === 'POST').length).toBe(1)
  refuse = false
  expect(await push()).toBe('stored')
})

test('mounts too: one request, and one upload when it is refused', async () => {
  const registry = await world.start()
  const from = world.repository(registry, 'team/from')
  const target = world.repository(registry)
  const bring = async (): Promise<boolean> =>
    (await target.mount(descriptor, from, call)) || (await target.push(descriptor, bytesBody(blob.bytes), call)) !== undefined
  expect(await Promise.all([bring(), bring(), bring()])).toEqual([true, true, true])
  expect(methods(registry)).toEqual(['POST', 'PUT'])
  await from.push(descriptor, bytesBody(blob.bytes), call)
  registry.seen.length = 0
  const other = world.repository(registry, 'team/other')
  expect(await Promise.all(Array.from({ length: 3 }, () => other.mount(descriptor, from, call)))).toEqual([true, true, true])
  expect(methods(registry)).toEqual(['POST'])
})
