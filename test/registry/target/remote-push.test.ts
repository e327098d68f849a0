/** Pushing to registries that lose answers, refuse mounts, forget content: right in the end, or a clear failure; never twice into one session. */
import { randomBytes } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { fallbackTag } from '../../../src/registry/oci/digest.ts'
import { MEDIA } from '../../../src/registry/oci/media-types.ts'
import { parseTag } from '../../../src/registry/oci/reference.ts'
import { bytesBody } from '../../../src/registry/target/body.ts'
import { all, emptyConfig, get, imageOf, manifestOf, piece, put, putImage } from '../../contracts/content.ts'
import { bytes, call, createWorld, json, received, type Scripted, type World } from '../scripted.ts'

let world: World
beforeEach(() => {
  world = createWorld()
})
afterEach(() => world.close())

const steps = (server: Scripted): string[] =>
  server.seen.map(({ method, path }) => `${method} ${path.includes('/uploads/') ? 'upload' : path.includes('/blobs/') ? 'blob' : 'manifest'}`)
const blob = piece(randomBytes(400_000))

test('a new blob: HEAD, POST, PUT with its length; monolithic (ocx#237, skopeo#1101)', async () => {
  const registry = await world.start()
  await put(world.repository(registry), blob)
  expect(steps(registry)).toEqual(['HEAD blob', 'POST upload', 'PUT upload'])
  expect(registry.seen[2]?.headers['content-length']).toBe('400000')
  expect(registry.seen[2]?.headers['transfer-encoding']).toBeUndefined()
})

describe('the last answer is lost (jib#4301)', () => {
  test.each([
    ['the connection breaks after the blob was stored', 'break'],
    ['404 BLOB_UPLOAD_UNKNOWN though it was stored', '404'],
    ['500 though it was stored', '500'],
  ])('%s: HEAD decides, no second upload', async (_what, kind) => {
    let stored = false
    const registry = await world.start(
      async (seen, response, message) => {
        if (seen.method === 'HEAD') return bytes(response, stored ? 200 : 404, '')
        if (seen.method === 'POST') return bytes(response, 202, '', { location: '/v2/team/app/blobs/uploads/1' })
        await received(message)
        stored = true
        if (kind === 'break') response.socket?.destroy()
        else json(response, Number(kind), { errors: [{ code: 'BLOB_UPLOAD_UNKNOWN', message: 'gone' }] })
        return true
      },
      { bare: true },
    )
    expect(await world.repository(registry).push(blob.descriptor, bytesBody(blob.bytes), call)).toBe('stored')
    expect(steps(registry)).toEqual(['HEAD blob', 'POST upload', 'PUT upload', 'HEAD blob'])
  })

  test('not stored: a new session each time, never the old one again, and an end', async () => {
    let session = 0
    const registry = await world.start(
      async (seen, response, message) => {
        if (seen.method === 'HEAD') return bytes(response, 404, '')
        if (seen.method === 'POST') return bytes(response, 202, '', { location: `/v2/team/app/blobs/uploads/${(session += 1)}` })
        await received(message)
        return json(response, 404, { errors: [{ code: 'BLOB_UPLOAD_UNKNOWN', message: 'gone' }] })
      },
      { bare: true },
    )
    await expect(put(world.repository(registry), blob)).rejects.toMatchObject({ code: 'REGISTRY_UNAVAILABLE' })
    const puts = registry.seen.filter(({ method }) => method === 'PUT').map(({ path }) => path.split('?')[0])
    expect(puts.length).toBe(4)
    expect(new Set(puts).size).toBe(4)
  })

  test('a registry that says 201 and stored something else', async () => {
    const registry = await world.start(
      async (seen, response, message) => {
        if (seen.method === 'POST') return bytes(response, 202, '', { location: '/v2/team/app/blobs/uploads/1' })
        await received(message)
        return bytes(response, seen.method === 'HEAD' ? 404 : 201, '', { 'docker-content-digest': piece('else').descriptor.digest })
      },
      { bare: true },
    )
    await expect(put(world.repository(registry), blob)).rejects.toMatchObject({ code: 'DIGEST_MISMATCH' })
  })
})

test('an early 413 is read, not run over (vip-cli#2905)', async () => {
  const registry = await world.start(
    (seen, response) => {
      if (seen.method === 'HEAD') return bytes(response, 404, '')
      if (seen.method === 'POST') return bytes(response, 202, '', { location: '/v2/team/app/blobs/uploads/1' })
      return bytes(response, 413, 'Request Entity Too Large', { connection: 'close' })
    },
    { bare: true },
  )
  const large = piece(Buffer.alloc(24 * 1024 * 1024, 7))
  await expect(put(world.repository(registry), large)).rejects.toMatchObject({ code: 'LIMIT_REACHED' })
  expect(world.client.counters.bytesOut).toBeLessThan(large.bytes.length)
})

test('an upload session named with the wrong scheme or without its port is repaired, and said (distribution#996, #2225)', async () => {
  const { CERTIFICATE } = await import('../scripted.ts')
  let location = ''
  const registry = await world.start(
    async (seen, response, message) => {
      if (seen.method === 'HEAD') return bytes(response, 404, '')
      if (seen.method === 'POST') return bytes(response, 202, '', { location })
      await received(message)
      return bytes(response, 201, '')
    },
    { bare: true, secure: true },
  )
  location = 'http://127.0.0.1/v2/team/app/blobs/uploads/1?_state=x%2By'
  const client = world.another({ tls: [registry.host], caFiles: [CERTIFICATE] })
  await put(world.repository(registry, 'team/app', client), blob)
  expect(registry.seen.at(-1)?.path).toContain('_state=x%2By&digest=')
  expect(world.warnings.length).toBe(1)
})

test('a stop in the middle of an upload tells the registry and leaves nothing', async () => {
  const stop = new AbortController()
  const registry = await world.start((seen) => {
    if (seen.method !== 'PUT') return false
    stop.abort()
    return true
  })
  const target = world.repository(registry)
  await expect(target.push(blob.descriptor, bytesBody(blob.bytes), { signal: stop.signal })).rejects.toMatchObject({ code: 'INTERRUPTED' })
  expect(registry.seen.at(-1)?.method).toBe('DELETE')
  expect(await target.has(blob.descriptor, call)).toBe(false)
})

describe('mount', () => {
  test('within a registry: one request, no bytes', async () => {
    const registry = await world.start()
    const from = world.repository(registry, 'team/from')
    await put(from, blob)
    registry.seen.length = 0
    expect(await world.repository(registry).mount(blob.descriptor, from, call)).toBe(true)
    expect(registry.seen.map(({ method, path }) => `${method} ${path}`)).toEqual([
      `POST /v2/team/app/blobs/uploads/?mount=${encodeURIComponent(blob.descriptor.digest)}&from=team%2Ffrom`,
    ])
    expect(await get(world.repository(registry), blob.descriptor)).toEqual(blob.bytes)
  })

  test('202: the session that was opened is used, no second one', async () => {
    const registry = await world.start()
    const target = world.repository(registry)
    expect(await target.mount(blob.descriptor, world.repository(registry, 'team/empty'), call)).toBe(false)
    await put(target, blob)
    expect(steps(registry)).toEqual(['POST upload', 'PUT upload'])
  })

  test.each([400, 401, 403, 404, 405, 500])('%s: no mount, pushed as usual, not asked again (ggcr#1679, harbor#17097, containerd#14086)', async (status) => {
    const registry = await world.start((seen, response) => seen.path.includes('mount=') && bytes(response, status, ''))
    const target = world.repository(registry)
    const from = world.repository(registry, 'team/from')
    expect(await target.mount(blob.descriptor, from, call)).toBe(false)
    expect(await target.mount(piece('second').descriptor, from, call)).toBe(false)
    await put(target, blob)
    expect(await target.has(blob.descriptor, call)).toBe(true)
    expect(registry.seen.filter(({ path }) => path.includes('mount=')).length).toBe(1)
  })

  test('from another registry: not even tried', async () => {
    const registry = await world.start()
    const foreign = await world.start()
    expect(await world.repository(registry).mount(blob.descriptor, world.repository(foreign, 'team/from'), call)).toBe(false)
    expect(registry.seen).toEqual([])
  })
})

describe('manifests', () => {
  test('a registry that rewrites them is found out', async () => {
    const registry = await world.start(
      (seen, response) =>
        seen.method === 'PUT' &&
        seen.path.includes('/manifests/') &&
        bytes(response, 201, '', { 'docker-content-digest': piece('rewritten').descriptor.digest }),
    )
    await expect(putImage(world.repository(registry), 'a')).rejects.toMatchObject({ code: 'DIGEST_MISMATCH' })
  })

  test('a server that says 200 to a PUT and keeps nothing is found out', async () => {
    const registry = await world.start(
      (seen, response) => (seen.method === 'PUT' ? bytes(response, 200, '') : bytes(response, 404, '', { 'docker-distribution-api-version': 'registry/2.0' })),
      { bare: true },
    )
    const { manifest } = imageOf('a')
    await expect(world.repository(registry).push(manifest.descriptor, bytesBody(manifest.bytes), call)).rejects.toMatchObject({ code: 'PROTOCOL_ERROR' })
  })

  test('a blob the registry needs a moment to know (korifi#2381, manifest-tool#191): tried again', async () => {
    let left = 2
    const registry = await world.start(
      (seen, response) =>
        seen.method === 'PUT' &&
        seen.path.includes('/manifests/') &&
        left-- > 0 &&
        json(response, 400, { errors: [{ code: 'MANIFEST_BLOB_UNKNOWN', message: 'blob unknown' }] }),
    )
    await putImage(world.repository(registry), 'a')
  })

  test('the same again: one HEAD, no write', async () => {
    const registry = await world.start()
    const { manifest } = imageOf('a')
    await putImage(world.repository(registry), 'a')
    registry.seen.length = 0
    const target = world.repository(registry, 'team/app', world.another())
    expect(await target.push(manifest.descriptor, bytesBody(manifest.bytes), call)).toBe('present')
    expect(registry.seen.map(({ method }) => method)).toEqual(['HEAD'])
  })

  test('a tag moves with two requests: read and write', async () => {
    const registry = await world.start()
    await world.repository(registry).tag((await putImage(world.repository(registry), 'a')).descriptor, parseTag('dev'), call)
    registry.seen.length = 0
    const target = world.repository(registry, 'team/app', world.another())
    const found = await target.read(parseTag('dev'), call)
    if (found) await target.tag(found.descriptor, parseTag('prod'), call)
    expect(registry.seen.map(({ method }) => method)).toEqual(['GET', 'PUT'])
  })
})

describe('a registry without the referrers API', () => {
  const noApi: Parameters<World['start']>[0] = (seen, response) =>
    seen.path.includes('/referrers/') && bytes(response, 404, '404 page not found\n', { 'content-type': 'text/plain' })
  // The embedded registry lists by itself; without the API only the fallback tag is left to see.
  const kinds = Array.from({ length: 8 }, (_, at) => `application/vnd.example.kind-${at}`)

  test('the fallback tag lists what was attached, with type and annotations', async () => {
    const registry = await world.start(noApi)
    const target = world.repository(registry)
    const subject = (await putImage(target, 'signed')).descriptor
    const signature = manifestOf({ more: { subject, artifactType: 'application/vnd.example.signature', annotations: { 'org.example.a': 'b' } } })
    await put(target, emptyConfig, signature)
    const reader = world.repository(registry, 'team/app', world.another())
    expect(await all(reader.referrers(subject.digest, call))).toEqual([
      { ...signature.descriptor, artifactType: 'application/vnd.example.signature', annotations: { 'org.example.a': 'b' } },
    ])
    expect((await reader.resolve(parseTag(fallbackTag(subject.digest)), call))?.mediaType).toBe(MEDIA.index)
    await target.remove(signature.descriptor, call)
    expect(await all(reader.referrers(subject.digest, call))).toEqual([])
  })

  test('eight writers in one process lose nothing', async () => {
    const registry = await world.start(noApi)
    const target = world.repository(registry)
    const subject = (await putImage(target, 'signed')).descriptor
    await put(target, emptyConfig)
    await Promise.all(kinds.map((artifactType) => put(target, manifestOf({ more: { subject, artifactType } }))))
    const found = await all(world.repository(registry, 'team/app', world.another()).referrers(subject.digest, call))
    expect(found.map((one) => one.artifactType).toSorted()).toEqual(kinds)
  })

  test.each([1, 2])('what another writer took away is put there again, seen at look %s after ours', async (when) => {
    const subject = imageOf('signed').manifest.descriptor
    const ours = manifestOf({ more: { subject, artifactType: 'application/vnd.example.ours' } })
    const theirs = manifestOf({ more: { subject, artifactType: 'application/vnd.example.theirs' } })
    const theirList = JSON.stringify({
      schemaVersion: 2,
      mediaType: MEDIA.index,
      manifests: [{ ...theirs.descriptor, artifactType: 'application/vnd.example.theirs' }],
    })
    let armed = false
    let written = false
    let looks = 0
    const registry = await world.start((seen, response) => {
      if (seen.path.includes('/referrers/')) return bytes(response, 404, '')
      if (!armed || !seen.path.includes('/manifests/sha256-')) return false
      if (seen.method === 'PUT') written = true
      // A rival that read before us writes now: its list does not have ours.
      return seen.method === 'GET' && written && (looks += 1) === when && bytes(response, 200, theirList, { 'content-type': MEDIA.index })
    })
    const target = world.repository(registry)
    await putImage(target, 'signed')
    await put(target, emptyConfig, theirs)
    armed = true
    await put(target, ours)
    // The look that was robbed, the repair, and two quiet looks after it.
    expect(looks).toBeGreaterThanOrEqual(when + 2)
    expect(registry.seen.filter(({ method, path }) => method === 'PUT' && path.includes('/manifests/sha256-')).length).toBe(3)
    armed = false
    const found = await all(world.repository(registry, 'team/app', world.another()).referrers(subject.digest, call))
    expect(found.map((one) => one.artifactType).toSorted()).toEqual(['application/vnd.example.ours', 'application/vnd.example.theirs'])
  })

  test('an attachment that is stored but not listed gets listed by pushing it again', async () => {
    let blind = false
    const registry = await world.start((seen, response) => {
      if (seen.path.includes('/referrers/')) return bytes(response, 404, '')
      return blind && seen.method === 'PUT' && seen.path.includes('/manifests/sha256-') && bytes(response, 403, '')
    })
    const target = world.repository(registry)
    const subject = (await putImage(target, 'signed')).descriptor
    const signature = manifestOf({ more: { subject, artifactType: 'application/vnd.example.signature' } })
    await put(target, emptyConfig)
    blind = true
    await expect(put(target, signature)).rejects.toMatchObject({ code: 'AUTH_REQUIRED' })
    blind = false
    await put(world.repository(registry, 'team/app', world.another()), signature)
    expect((await all(target.referrers(subject.digest, call))).map(({ digest }) => digest)).toEqual([signature.descriptor.digest])
  })
})
