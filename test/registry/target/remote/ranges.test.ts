/** Large blobs from stores that are slow per stream: several ranges at once, in order, proven to the last byte, and given up where they are of no use. */
import { randomBytes } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { bytesBody } from '../../../../src/registry/target/body.ts'
import type { RemoteTarget } from '../../../../src/registry/target/remote/remote.ts'
import { stateOf } from '../../../../src/registry/target/remote/repository-state.ts'
import { get, piece, put } from '../../../contracts/content.ts'
import { createFaultWorld, type FaultWorld } from '../../../faults/fault-world.ts'
import { call, createWorld, type Script, type World } from '../../scripted.ts'

const KiB = 1024
const blob = piece(randomBytes(3000 * KiB + 17))
const { descriptor } = blob

let world: World
let faults: FaultWorld
beforeEach(() => {
  world = createWorld()
  faults = createFaultWorld()
})
afterEach(async () => {
  await world.close()
  await faults.close()
})

const BLOB = { method: 'GET', path: '/blobs/sha256' }
/** 10 times as fast in ranges as whole. */
const SLOW = { match: BLOB, fault: { slow: 1000 * KiB } }

/** The same in small: what is judged after 16 MiB in life is judged after 200 KiB here. */
function small(target: RemoteTarget, client = world.client): ReturnType<typeof stateOf>['reads'] {
  const { reads } = stateOf(target.repository, client)
  return Object.assign(reads, { sample: 200 * KiB, part: 256 * KiB, fastEnough: 10_000 * KiB })
}

async function slowly(rules: readonly object[]) {
  const plain = await faults.start()
  await put(faults.repository(plain), blob)
  const client = faults.client()
  const registry = await faults.start(rules, { directory: plain.directory })
  const target = faults.repository(registry, 'team/app', client)
  return { registry, target, client, reads: small(target, client) }
}

test('a slow stream is helped: ranges of the rest, each byte once', async () => {
  const { registry, target, client, reads } = await slowly([SLOW])
  const began = performance.now()
  expect(Buffer.compare(await get(target, descriptor), blob.bytes)).toBe(0)
  // Alone it would take three seconds.
  expect(performance.now() - began).toBeLessThan(2200)
  expect(registry.history.map(({ status }) => status)).toEqual([200, ...Array.from({ length: registry.history.length - 1 }, () => 206)])
  expect(registry.history.length).toBeGreaterThan(8)
  expect(client.counters.bytesIn).toBeLessThan(blob.bytes.length + 500 * KiB)
  expect(reads.ranges).toBe(true)
})

test('four at once and no more; others get their answers meanwhile', async () => {
  let open = 0
  let most = 0
  const slow: Script = (seen, response) => {
    if (seen.method !== 'GET' || !seen.path.includes('/blobs/')) return false
    const match = /bytes=(\d+)-(\d+)/.exec(seen.headers.range ?? '')
    const [from, to] = match ? [Number(match[1]), Number(match[2]) + 1] : [0, blob.bytes.length]
    open += 1
    most = Math.max(most, open)
    response.on('close', () => (open -= 1))
    response.writeHead(match ? 206 : 200, {
      'content-length': to - from,
      ...(match ? { 'content-range': `bytes ${from}-${to - 1}/${blob.bytes.length}` } : {}),
    })
    let at = from
    const timer = setInterval(() => {
      response.write(blob.bytes.subarray(at, Math.min(at + 50 * KiB, to)))
      at += 50 * KiB
      if (at < to) return
      clearInterval(timer)
      response.end()
    }, 20)
    response.on('close', () => clearInterval(timer))
    return true
  }
  const registry = await world.start(slow)
  const target = world.repository(registry)
  small(target)
  const reading = get(target, descriptor)
  const running = { done: false }
  void reading.finally(() => (running.done = true))
  const waits: number[] = []
  while (!running.done) {
    const began = performance.now()
    await target.has(piece(`${waits.length}`).descriptor, call)
    waits.push(performance.now() - began)
  }
  expect(Buffer.compare(await reading, blob.bytes)).toBe(0)
  expect(most).toBeGreaterThanOrEqual(4)
  expect(most).toBeLessThanOrEqual(5)
  expect(waits.toSorted((a, b) => a - b)[Math.floor(waits.length / 2)]).toBeLessThan(100)
})

test('a fast stream stays one', async () => {
  const registry = await world.start()
  const target = world.repository(registry)
  await put(target, blob)
  Object.assign(small(target), { fastEnough: 1000 })
  registry.seen.length = 0
  expect(Buffer.compare(await get(target, descriptor), blob.bytes)).toBe(0)
  expect(registry.seen.length).toBe(1)
})

test('a small rest stays one stream', async () => {
  const { registry, target, reads } = await slowly([{ match: BLOB, fault: { slow: 3000 * KiB } }])
  Object.assign(reads, { part: 800 * KiB })
  expect(Buffer.compare(await get(target, descriptor), blob.bytes)).toBe(0)
  expect(registry.history.length).toBe(1)
})

describe('what goes wrong in a range', () => {
  test('it breaks off: that range is gone on with', async () => {
    const { target } = await slowly([{ match: { ...BLOB, nth: 4 }, fault: { reset: 100 * KiB } }, { match: { ...BLOB, nth: 5 }, fault: { truncate: 7 } }, SLOW])
    expect(Buffer.compare(await get(target, descriptor), blob.bytes)).toBe(0)
  })

  test('a wrong bit: nothing is believed', async () => {
    const { target } = await slowly([{ match: { ...BLOB, nth: 5 }, fault: { corrupt: 1000 } }, SLOW])
    await expect(get(target, descriptor)).rejects.toMatchObject({ code: 'DIGEST_MISMATCH' })
  })

  test('it always breaks: a failure, and nothing runs on', async () => {
    const { registry, target } = await slowly([
      { match: { ...BLOB, nth: 1 }, fault: { slow: 1000 * KiB } },
      { match: BLOB, fault: { reset: 10 } },
    ])
    await expect(get(target, descriptor)).rejects.toMatchObject({ code: 'REGISTRY_UNAVAILABLE' })
    const { length } = registry.history
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect(registry.history.length - length).toBeLessThanOrEqual(1)
  })

  test('a stop ends all of them', async () => {
    const stop = new AbortController()
    const { registry, target } = await slowly([SLOW])
    const reading = (async () => {
      const body = await target.fetch(descriptor, { signal: stop.signal })
      let came = 0
      for await (const chunk of body.open()) if ((came += chunk.length) > 900 * KiB) stop.abort()
    })()
    await expect(reading).rejects.toMatchObject({ code: 'INTERRUPTED' })
    // What was sent before the stop may still arrive.
    await new Promise((resolve) => setTimeout(resolve, 100))
    const { length } = registry.history
    await new Promise((resolve) => setTimeout(resolve, 150))
    expect(registry.history.length).toBe(length)
  })

  test('whoever stops reading in the middle leaves none running, and the next may', async () => {
    const { target, client } = await slowly([SLOW])
    let came = 0
    for await (const chunk of (await target.fetch(descriptor, call)).open()) if ((came += chunk.length) > 900 * KiB) break
    expect(stateOf(target.repository, client).ahead.busy).toBe(false)
  })
})

describe('ranges that are of no use', () => {
  test('a server that ignores them (200): one stream goes on, and it is not tried again [case 2]', async () => {
    const whole: Script = (seen, response) => {
      if (seen.method !== 'GET' || !seen.path.includes('/blobs/')) return false
      response.writeHead(200, { 'content-length': blob.bytes.length })
      let at = 0
      const timer = setInterval(() => {
        response.write(blob.bytes.subarray(at, at + 200 * KiB))
        at += 200 * KiB
        if (at < blob.bytes.length) return
        clearInterval(timer)
        response.end()
      }, 25)
      response.on('close', () => clearInterval(timer))
      return true
    }
    const registry = await world.start(whole)
    const target = world.repository(registry)
    const reads = small(target)
    expect(Buffer.compare(await get(target, descriptor), blob.bytes)).toBe(0)
    expect(reads.ranges).toBe(false)
    const { length } = registry.seen
    expect(length).toBeLessThanOrEqual(6)
    expect(Buffer.compare(await get(target, descriptor), blob.bytes)).toBe(0)
    expect(registry.seen.length).toBe(length + 1)
  })

  test('the line itself is full: back to one stream', async () => {
    // All streams together get what one of them got alone.
    let due = performance.now()
    const shared: Script = async (seen, response) => {
      const match = /bytes=(\d+)-(\d+)/.exec(seen.headers.range ?? '')
      if (seen.method !== 'GET' || !seen.path.includes('/blobs/')) return false
      const [from, to] = match ? [Number(match[1]), Number(match[2]) + 1] : [0, blob.bytes.length]
      response.writeHead(match ? 206 : 200, {
        'content-length': to - from,
        ...(match ? { 'content-range': `bytes ${from}-${to - 1}/${blob.bytes.length}` } : {}),
      })
      for (let at = from; at < to && !response.destroyed; at += 32 * KiB) {
        due = Math.max(due, performance.now()) + 16
        await new Promise((resolve) => setTimeout(resolve, due - performance.now()))
        response.write(blob.bytes.subarray(at, Math.min(at + 32 * KiB, to)))
      }
      response.end()
      return true
    }
    const registry = await world.start(shared)
    const target = world.repository(registry)
    const reads = Object.assign(small(target), { part: 64 * KiB })
    expect(Buffer.compare(await get(target, descriptor), blob.bytes)).toBe(0)
    expect(reads.ranges).toBe(false)
    expect(registry.seen.at(-1)?.headers.range).toMatch(new RegExp(`-${blob.bytes.length - 1}$`))
  })

  test('one blob at a time: another is read as usual meanwhile, and has its turn after', async () => {
    const other = piece(randomBytes(3000 * KiB))
    const { registry, target } = await slowly([SLOW])
    await target.push(other.descriptor, bytesBody(other.bytes), call)
    const both = await Promise.all([get(target, descriptor), get(target, other.descriptor)])
    expect(both.map((each, at) => Buffer.compare(each, [blob, other][at]?.bytes ?? Buffer.alloc(0)))).toEqual([0, 0])
    const turns = registry.history.filter(({ status }) => status === 206).map(({ path }) => path)
    expect(turns.length).toBeGreaterThan(4)
    expect(turns.filter((path, at) => at > 0 && path !== turns[at - 1]).length).toBeLessThanOrEqual(1)
  })
})
