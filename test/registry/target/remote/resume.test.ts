/** Uploads that break off: the registry is asked how much it has, the rest is sent, and what it says is not believed blindly. */
import { randomBytes } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { bytesBody } from '../../../../src/registry/target/body.ts'
import type { RunningRegistry } from '../../../../src/registry/target/serve/serve.ts'
import { get, piece } from '../../../contracts/content.ts'
import { createFaultWorld, type FaultWorld } from '../../../faults/fault-world.ts'
import { bytes, call, createWorld, json, received, type World } from '../../scripted.ts'

const MiB = 1024 * 1024
const blob = piece(randomBytes(6 * MiB))
const { descriptor } = blob
const PUT = { method: 'PUT', path: '/blobs/uploads/' }

let faults: FaultWorld
let world: World
beforeEach(() => {
  faults = createFaultWorld()
  world = createWorld()
})
afterEach(async () => {
  await faults.close()
  await world.close()
})

const did = (registry: RunningRegistry): string[] =>
  registry.history.map(({ method, path, status }) => `${method} ${path.includes('/uploads/') ? 'upload' : 'blob'} ${status}`)

describe('the registry keeps what arrived', () => {
  test('only the rest is sent again [case 39]', async () => {
    const registry = await faults.start([{ match: PUT, fault: { cutUpload: 4 * MiB }, times: 1 }])
    const client = faults.client()
    const target = faults.repository(registry, 'team/app', client)
    expect(await target.push(descriptor, bytesBody(blob.bytes), call)).toBe('stored')
    expect(did(registry).map((line) => line.replace(/ \d+$/, ''))).toEqual(['HEAD blob', 'POST upload', 'PUT upload', 'GET upload', 'PUT upload', 'HEAD blob'])
    expect(registry.history.filter(({ method }) => method === 'POST').length).toBe(1)
    expect(Buffer.compare(await get(target, descriptor), blob.bytes)).toBe(0)
    // Six, and what was on its way when the wire was cut; not ten.
    expect(client.counters.bytesOut).toBeLessThan(9 * MiB)
  })

  test('as often as it goes forward', async () => {
    const registry = await faults.start(Array.from({ length: 4 }, () => ({ match: PUT, fault: { cutUpload: 1.25 * MiB }, times: 1 })))
    const target = faults.repository(registry)
    expect(await target.push(descriptor, bytesBody(blob.bytes), call)).toBe('stored')
    expect(registry.history.filter(({ method }) => method === 'POST').length).toBe(1)
    expect(Buffer.compare(await get(target, descriptor), blob.bytes)).toBe(0)
  })

  test('an end when it always breaks at once', async () => {
    const registry = await faults.start([{ match: PUT, fault: { cutUpload: 1000 } }])
    await expect(faults.repository(registry).push(descriptor, bytesBody(blob.bytes), call)).rejects.toMatchObject({ code: 'REGISTRY_UNAVAILABLE' })
    expect(registry.history.length).toBeLessThan(60)
  })

  test('a stop in between is told the registry', async () => {
    const stop = new AbortController()
    const registry = await faults.start([{ match: PUT, fault: { cutUpload: 2 * MiB }, times: 1 }], {
      onRequest: ({ method }) => void (method === 'GET' && stop.abort()),
    })
    await expect(faults.repository(registry).push(descriptor, bytesBody(blob.bytes), { signal: stop.signal })).rejects.toMatchObject({ code: 'INTERRUPTED' })
    expect(registry.history.at(-1)?.method).toBe('DELETE')
  })
})

test('the registry kept nothing: a new upload', async () => {
  const registry = await faults.start([{ match: PUT, fault: { resetUpload: 4 * MiB }, times: 1 }])
  expect(await faults.repository(registry).push(descriptor, bytesBody(blob.bytes), call)).toBe('stored')
  expect(did(registry)).toEqual([
    'HEAD blob 404',
    'POST upload 202',
    expect.stringContaining('PUT'),
    'GET upload 204',
    'HEAD blob 404',
    'POST upload 202',
    'PUT upload 201',
  ])
})

test('the upload is gone (BLOB_UPLOAD_UNKNOWN): a new one (tuist#12530)', async () => {
  const unknown = { answer: { status: 404, body: '{"errors":[{"code":"BLOB_UPLOAD_UNKNOWN","message":"gone"}]}' } }
  const registry = await faults.start([
    { match: PUT, fault: { cutUpload: 4 * MiB }, times: 1 },
    { match: { method: 'GET', path: '/blobs/uploads/' }, fault: unknown },
  ])
  const target = faults.repository(registry)
  expect(await target.push(descriptor, bytesBody(blob.bytes), call)).toBe('stored')
  expect(registry.history.filter(({ method }) => method === 'POST').length).toBe(2)
  expect(Buffer.compare(await get(target, descriptor), blob.bytes)).toBe(0)
})

test('what is small is sent again without asking', async () => {
  const small = piece(randomBytes(200_000))
  const registry = await faults.start([{ match: PUT, fault: { cutUpload: 100_000 }, times: 1 }])
  expect(await faults.repository(registry).push(small.descriptor, bytesBody(small.bytes), call)).toBe('stored')
  expect(registry.history.some(({ method }) => method === 'GET')).toBe(false)
})

describe('a registry that lies about what it has [trap 12] (regclient#961)', () => {
  test.each([
    ['more than was sent', '0-99999999'],
    ['all of it', `0-${6 * MiB - 1}`],
    ['no range at all', 'bytes */*'],
    ['an impossible one', '0--1'],
  ])('%s: the blob is sent whole, in a new upload', async (_what, range) => {
    const registry = await faults.start([
      { match: PUT, fault: { cutUpload: 2 * MiB }, times: 1 },
      { match: { method: 'GET', path: '/blobs/uploads/' }, fault: { set: { Range: range } } },
    ])
    const target = faults.repository(registry)
    expect(await target.push(descriptor, bytesBody(blob.bytes), call)).toBe('stored')
    expect(registry.history.filter(({ method }) => method === 'POST').length).toBe(2)
    expect(Buffer.compare(await get(target, descriptor), blob.bytes)).toBe(0)
  })

  test('less than it has: the upload is refused and sent anew, and the next one is not gone on with', async () => {
    const registry = await faults.start([
      { match: PUT, fault: { cutUpload: 3 * MiB }, times: 1 },
      { match: { method: 'GET', path: '/blobs/uploads/' }, fault: { set: { Range: `0-${MiB - 1}` } } },
    ])
    const target = faults.repository(registry)
    expect(await target.push(descriptor, bytesBody(blob.bytes), call)).toBe('stored')
    expect(did(registry)).toContain('PUT upload 416')
    expect(Buffer.compare(await get(target, descriptor), blob.bytes)).toBe(0)
  })

  test('it says created and kept the end alone: the short blob is noticed and replaced', async () => {
    let puts = 0
    let stored = 0
    const registry = await world.start(
      async (seen, response, message) => {
        if (seen.method === 'HEAD') return bytes(response, stored === 0 ? 404 : 200, '', { 'content-length': String(stored) })
        if (seen.method === 'POST') return bytes(response, 202, '', { location: `/v2/team/app/blobs/uploads/${puts}` })
        if (seen.method === 'GET') return bytes(response, 204, '', { range: `0-${MiB - 1}`, location: seen.path })
        puts += 1
        if (puts === 1) {
          const { socket } = message
          let came = 0
          message.on('data', (chunk: Buffer) => (came += chunk.length) > 2 * MiB && socket.destroy())
          return true
        }
        stored = (await received(message)).length
        return bytes(response, 201, '')
      },
      { bare: true },
    )
    expect(await world.repository(registry).push(descriptor, bytesBody(blob.bytes), call)).toBe('stored')
    expect(stored).toBe(6 * MiB)
    expect(registry.seen.filter(({ method }) => method === 'PUT').map(({ headers }) => headers['content-range'])).toEqual([
      undefined,
      `${MiB}-${6 * MiB - 1}`,
      undefined,
    ])
  })

  test('it goes on at another host: not followed', async () => {
    const elsewhere = await world.start((_seen, response) => json(response, 500, {}), { bare: true })
    const registry = await faults.start([
      { match: PUT, fault: { cutUpload: 2 * MiB }, times: 1 },
      { match: { method: 'GET', path: '/blobs/uploads/' }, fault: { set: { Location: `${elsewhere.url}/v2/team/app/blobs/uploads/1` } } },
    ])
    expect(await faults.repository(registry).push(descriptor, bytesBody(blob.bytes), call)).toBe('stored')
    expect(elsewhere.seen).toEqual([])
  })
})
