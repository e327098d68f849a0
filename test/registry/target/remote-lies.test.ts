/** Registries that say what is not so. "Absent" is only said when a registry said it; bytes decide over headers. registry.md §5, §14. */
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { MEDIA } from '../../../src/registry/oci/media-types.ts'
import { parseTag } from '../../../src/registry/oci/reference.ts'
import { all, get, imageOf, indexOf, manifestOf, piece, put, putImage } from '../../contracts/content.ts'
import { bytes, call, createWorld, json, type World } from '../scripted.ts'

let world: World
beforeEach(() => {
  world = createWorld()
})
afterEach(() => world.close())

const TAG = parseTag('v1')
const { manifest } = imageOf('one')
const other = imageOf('other').manifest

describe('absent', () => {
  test('by the word of a registry', async () => {
    const registry = await world.start(
      (seen, response) => seen.path.includes('/manifests/') && json(response, 404, { errors: [{ code: 'MANIFEST_UNKNOWN', message: '' }] }),
      { bare: true },
    )
    expect(await world.repository(registry).resolve(TAG, call)).toBeUndefined()
  })

  test('an empty 404 counts when the base of the API is there, and only then', async () => {
    let base = 200
    const registry = await world.start((seen, response) => (seen.path === '/v2/' ? bytes(response, base, '{}') : bytes(response, 404, '')), { bare: true })
    expect(await world.repository(registry).resolve(TAG, call)).toBeUndefined()
    expect(await world.repository(registry).has(piece('x').descriptor, call)).toBe(false)
    base = 404
    await expect(world.repository(registry).resolve(TAG, call)).rejects.toMatchObject({ code: 'PROTOCOL_ERROR' })
    await expect(world.repository(registry).has(piece('x').descriptor, call)).rejects.toMatchObject({ code: 'PROTOCOL_ERROR' })
    await expect(all(world.repository(registry).tags(call))).rejects.toMatchObject({ code: 'PROTOCOL_ERROR' })
  })

  test.each([[404], [200]])('a web page with %s is a portal or a proxy, not an answer', async (status) => {
    const registry = await world.start(
      (_seen, response) => bytes(response, status, '<html><title>Please log in</title>', { 'content-type': 'text/html; charset=utf-8' }),
      { bare: true },
    )
    const target = world.repository(registry)
    const failure: unknown = await target.resolve(TAG, call).catch((error: unknown) => error)
    expect(failure).toMatchObject({ code: 'PROTOCOL_ERROR' })
    expect((failure as { hint: string }).hint).toContain('captive portal')
    await expect(get(target, piece('blob').descriptor)).rejects.toMatchObject({ code: 'PROTOCOL_ERROR' })
    await expect(all(target.tags(call))).rejects.toMatchObject({ code: 'PROTOCOL_ERROR' })
    await expect(put(target, piece('blob'))).rejects.toMatchObject({ code: 'PROTOCOL_ERROR' })
  })

  test.each([
    [401, 'AUTH_REQUIRED'],
    [403, 'AUTH_REQUIRED'],
    [429, 'RATE_LIMITED'],
    [500, 'REGISTRY_UNAVAILABLE'],
  ])('%s is never absent, also not for blobs, tags and referrers', async (status, code) => {
    const registry = await world.start((_seen, response) => bytes(response, status, ''), { bare: true })
    const target = world.repository(registry)
    await expect(target.resolve(TAG, call)).rejects.toMatchObject({ code })
    await expect(target.has(piece('x').descriptor, call)).rejects.toMatchObject({ code })
    await expect(all(target.tags(call))).rejects.toMatchObject({ code })
    await expect(all(target.referrers(manifest.descriptor.digest, call))).rejects.toMatchObject({ code })
  })

  test('HEAD says 403 where 404 is meant (Artifactory RTFACT-13797, zot#4363): the GET decides', async () => {
    const registry = await world.start((seen, response) => seen.method === 'HEAD' && bytes(response, 403, ''))
    expect(await world.repository(registry).resolve(TAG, call)).toBeUndefined()
  })
})

describe('resolve', () => {
  const serving = (
    head: Record<string, string>,
    get: Record<string, string> = {},
    body = manifest.bytes,
  ): Promise<{ host: string; seen: { method: string; path: string; headers: Record<string, unknown> }[] }> =>
    world.start(
      (seen, response) => {
        if (!seen.path.includes('/manifests/')) return false
        if (seen.method !== 'HEAD') return bytes(response, 200, body, { 'content-type': MEDIA.manifest, ...get })
        response.writeHead(200, { 'content-type': MEDIA.manifest, 'content-length': String(body.length), ...head })
        response.end()
        return true
      },
      { bare: true },
    ) as never

  test('one HEAD when it says everything; index types are asked for (distribution-spec#207)', async () => {
    const registry = await serving({ 'docker-content-digest': manifest.descriptor.digest })
    expect(await world.repository(registry as never).resolve(TAG, call)).toEqual(manifest.descriptor)
    expect(registry.seen.map(({ method }) => method)).toEqual(['HEAD'])
    expect(registry.seen[0]?.headers['accept']).toContain(MEDIA.index)
    expect(registry.seen[0]?.headers['accept-encoding']).toBe('identity')
  })

  test.each([
    ['no digest (containerd#3238, regclient#363)', {}],
    ['a malformed digest (CVE-2024-3727)', { 'docker-content-digest': 'sha256:../../etc/passwd' }],
    ['an unknown type', { 'docker-content-digest': manifest.descriptor.digest, 'content-type': 'text/plain' }],
  ])('HEAD with %s: the bytes decide', async (_what, head) => {
    const registry = await serving(head)
    expect(await world.repository(registry as never).resolve(TAG, call)).toEqual(manifest.descriptor)
  })

  test('GET by tag with a header that contradicts the bytes: the bytes win, and it is said', async () => {
    const registry = await serving({}, { 'docker-content-digest': other.descriptor.digest })
    expect(await world.repository(registry as never).resolve(TAG, call)).toEqual(manifest.descriptor)
    expect(world.warnings.length).toBe(1)
  })

  test('GET by digest with other bytes: DIGEST_MISMATCH, nothing kept', async () => {
    const registry = await serving({}, { 'docker-content-digest': other.descriptor.digest })
    const target = world.repository(registry as never)
    for (let tries = 0; tries < 2; tries += 1) await expect(target.fetch(other.descriptor, call)).rejects.toMatchObject({ code: 'DIGEST_MISMATCH' })
  })

  test('HEAD and GET differ in length (oras-go#1176): the manifest is read all the same', async () => {
    const registry = await serving({ 'docker-content-digest': manifest.descriptor.digest, 'content-length': '7' })
    const target = world.repository(registry as never)
    const found = await target.resolve(TAG, call)
    expect(found?.size).toBe(7)
    expect(await get(target, found ?? manifest.descriptor)).toEqual(manifest.bytes)
  })
})

describe('ambiguous documents (CVE-2021-41190, containers/image#1409)', () => {
  const cases: Array<[string, string, string]> = [
    ['fields of both kinds', JSON.stringify({ schemaVersion: 2, mediaType: MEDIA.manifest, config: {}, layers: [], manifests: [] }), MEDIA.manifest],
    ['a type that contradicts the header', JSON.stringify({ schemaVersion: 2, mediaType: MEDIA.index, manifests: [] }), MEDIA.manifest],
    ['the same key twice', '{"schemaVersion":2,"mediaType":"x","mediaType":"y"}', MEDIA.manifest],
  ]
  test.each(cases)('%s is refused', async (_what, text, type) => {
    const registry = await world.start((seen, response) => seen.path.includes('/manifests/') && bytes(response, 200, text, { 'content-type': type }), {
      bare: true,
    })
    await expect(world.repository(registry).read(TAG, call)).rejects.toMatchObject({ code: 'CONTENT_INVALID' })
  })
})

describe('Content-Encoding nobody asked for (quay#1310, moby#17595)', () => {
  const config = piece(JSON.stringify({ config: 'x'.repeat(5000) }), MEDIA.config)
  test('manifests and blobs are decoded and then proven', async () => {
    const registry = await world.start(
      (seen, response) => {
        if (seen.method === 'HEAD') return bytes(response, 405, '')
        if (seen.path.includes('/manifests/'))
          return bytes(response, 200, gzipSync(manifest.bytes), { 'content-type': MEDIA.manifest, 'content-encoding': 'gzip' })
        return bytes(response, 200, gzipSync(config.bytes), { 'content-encoding': 'gzip' })
      },
      { bare: true },
    )
    expect(await world.repository(registry).resolve(TAG, call)).toEqual(manifest.descriptor)
    expect(await get(world.repository(registry), config.descriptor)).toEqual(config.bytes)
  })

  test('a layer that is gzip itself, labelled as encoded, stays as it is', async () => {
    const layer = piece(gzipSync('layer'), MEDIA.layerGzip)
    const registry = await world.start((_seen, response) => bytes(response, 200, layer.bytes, { 'content-encoding': 'gzip' }), { bare: true })
    expect(await get(world.repository(registry), layer.descriptor)).toEqual(layer.bytes)
  })

  test.each([['zebra'], ['gzip']])('%s that cannot be decoded is an error', async (encoding) => {
    const registry = await world.start(
      (_seen, response) => bytes(response, 200, 'no such thing', { 'content-encoding': encoding, 'content-type': MEDIA.manifest }),
      { bare: true },
    )
    await expect(world.repository(registry).read(TAG, call)).rejects.toMatchObject({ code: 'PROTOCOL_ERROR' })
    await expect(get(world.repository(registry), config.descriptor)).rejects.toMatchObject({ code: 'PROTOCOL_ERROR' })
  })

  test('a bomb is given up at the limit', async () => {
    const registry = await world.start(
      (_seen, response) => bytes(response, 200, gzipSync(Buffer.alloc(64 * 1024 * 1024)), { 'content-encoding': 'gzip', 'content-type': MEDIA.manifest }),
      { bare: true },
    )
    await expect(world.repository(registry).read(TAG, call)).rejects.toMatchObject({ code: 'LIMIT_REACHED' })
    await expect(get(world.repository(registry), config.descriptor)).rejects.toMatchObject({ code: 'DIGEST_MISMATCH' })
  })
})

describe('tag lists', () => {
  test('several pages with opaque cursors, no n of our own, odd entries passed over (regclient#272, skopeo#2409, skopeo#2346, ggcr#1963)', async () => {
    const lists: Record<string, [unknown, string?]> = {
      '/v2/team/app/tags/list': [['b', null, 'a', 7], '</v2/team/app/tags/list?next_page=gAAA%3D%3D&x>; foo=bar ; rel="next"'],
      '/v2/team/app/tags/list?next_page=gAAA%3D%3D&x': [['', 'a', manifest.descriptor.digest, 'c'], '<list?last=c>; rel="prev", <list?third>; rel=next'],
      '/v2/team/app/tags/list?third': [null],
    }
    const registry = await world.start(
      (seen, response) => {
        const [tags, link] = lists[seen.path] ?? [[]]
        return json(response, 200, { name: 'team/app', tags }, link === undefined ? {} : { link })
      },
      { bare: true },
    )
    expect(await all(world.repository(registry).tags(call))).toEqual(['b', 'a', 'c'])
    expect(registry.seen.map(({ path }) => path)).toEqual(Object.keys(lists))
  })

  test('a page that fails fails the list', async () => {
    const registry = await world.start(
      (seen, response) =>
        seen.path.includes('last') ? bytes(response, 404, '') : json(response, 200, { tags: ['a'] }, { link: '</v2/team/app/tags/list?last=a>; rel=next' }),
      { bare: true },
    )
    await expect(all(world.repository(registry).tags(call))).rejects.toMatchObject({ code: 'PROTOCOL_ERROR' })
  })
})

describe('referrers', () => {
  const signature = manifestOf({ more: { subject: manifest.descriptor, artifactType: 'application/vnd.example.signature' } })
  const listed = { ...signature.descriptor, artifactType: 'application/vnd.example.signature' }
  const indexJson = (manifests: unknown[]): string => JSON.stringify({ schemaVersion: 2, mediaType: MEDIA.index, manifests })

  test('GHCR sends us to a web page: that is no API, and the page is not visited (artifacthub/hub#4785)', async () => {
    const page = await world.start((_seen, response) => bytes(response, 429, ''), { bare: true })
    const registry = await world.start((seen, response) => seen.path.includes('/referrers/') && bytes(response, 303, '', { location: `${page.url}/x` }))
    expect(await all(world.repository(registry).referrers(manifest.descriptor.digest, call))).toEqual([])
    expect(page.seen).toEqual([])
  })

  test('200 with something else is no API (sigstore-js#1187)', async () => {
    const registry = await world.start((seen, response) => seen.path.includes('/referrers/') && bytes(response, 200, '<html>', { 'content-type': 'text/html' }))
    expect(await all(world.repository(registry).referrers(manifest.descriptor.digest, call))).toEqual([])
  })

  test('a throttled listing is an error, never "unsigned" (retagger#1239)', async () => {
    const registry = await world.start((seen, response) => seen.path.includes('/referrers/') && bytes(response, 429, ''))
    await expect(all(world.repository(registry).referrers(manifest.descriptor.digest, call))).rejects.toMatchObject({ code: 'RATE_LIMITED' })
    const fallback = await world.start((seen, response) => {
      if (seen.path.includes('/referrers/')) return json(response, 200, JSON.parse(indexJson([])), { 'content-type': MEDIA.index })
      return seen.path.includes('/manifests/sha256-') && bytes(response, 500, '')
    })
    await expect(all(world.repository(fallback).referrers(manifest.descriptor.digest, call))).rejects.toMatchObject({ code: 'REGISTRY_UNAVAILABLE' })
  })

  test('a 404 of something that is no registry is an error, never "unsigned"', async () => {
    const registry = await world.start(
      (seen, response) =>
        (seen.path.includes('/referrers/') || seen.path === '/v2/') && bytes(response, 404, 'default backend - 404', { 'content-type': 'text/plain' }),
    )
    await expect(all(world.repository(registry).referrers(manifest.descriptor.digest, call))).rejects.toMatchObject({ code: 'PROTOCOL_ERROR' })
  })

  test('API and fallback tag are united, wrong sizes do not matter (oras#1626, harbor#20187)', async () => {
    const second = manifestOf({ more: { subject: manifest.descriptor, artifactType: 'application/vnd.example.sbom', annotations: { a: 'b' } } })
    const registry = await world.start(
      (seen, response) => {
        if (seen.path.includes('/referrers/')) return bytes(response, 200, indexJson([{ ...listed, size: 99_999 }]), { 'content-type': MEDIA.index })
        if (seen.path.includes('/manifests/sha256-')) return bytes(response, 200, indexJson([second.descriptor, listed]), { 'content-type': MEDIA.index })
        const found = [signature, second].find(({ descriptor }) => seen.path.endsWith(descriptor.digest))
        return found !== undefined && bytes(response, 200, found.bytes, { 'content-type': MEDIA.manifest })
      },
      { bare: true },
    )
    const target = world.repository(registry)
    const found = await all(target.referrers(manifest.descriptor.digest, call))
    expect(found.map(({ digest, artifactType }) => [digest, artifactType])).toEqual([
      [signature.descriptor.digest, 'application/vnd.example.signature'],
      [second.descriptor.digest, 'application/vnd.example.sbom'],
    ])
    expect(found[1]?.annotations).toEqual({ a: 'b' })
    expect(await get(target, found[0] ?? listed)).toEqual(signature.bytes)
  })

  test('GitLab resolves the fallback tag to the subject: its children are no referrers (oras-go#1396)', async () => {
    const children = [imageOf('x').manifest, imageOf('y').manifest]
    const index = indexOf(children)
    const registry = await world.start(
      (seen, response) => {
        if (seen.path.includes('/referrers/')) return bytes(response, 404, '404 page not found\n', { 'content-type': 'text/plain' })
        return seen.path.includes('/manifests/sha256-') && bytes(response, 200, index.bytes, { 'content-type': MEDIA.index })
      },
      { bare: true },
    )
    expect(await all(world.repository(registry).referrers(index.descriptor.digest, call))).toEqual([])
  })

  test('an entry without a type that is attached to something else is left out', async () => {
    const stranger = manifestOf({ more: { subject: other.descriptor, artifactType: 'application/vnd.example.signature' } })
    const registry = await world.start(
      (seen, response) => {
        if (seen.path.includes('/referrers/')) return bytes(response, 404, '')
        if (seen.path.includes('/manifests/sha256-')) return bytes(response, 200, indexJson([stranger.descriptor]), { 'content-type': MEDIA.index })
        return seen.path.endsWith(stranger.descriptor.digest) && bytes(response, 200, stranger.bytes, { 'content-type': MEDIA.manifest })
      },
      { bare: true },
    )
    expect(await all(world.repository(registry).referrers(manifest.descriptor.digest, call))).toEqual([])
  })
})

test('a Warning is shown once, harmless for a terminal', async () => {
  const registry = await world.start((_seen, response) => {
    response.setHeader('warning', '299 - "tag policy \u00e9 \t changes"')
    return false
  })
  for (const name of ['a', 'b']) await world.repository(registry).resolve(parseTag(name), call)
  expect(world.warnings.length).toBe(1)
  expect(world.warnings[0]).toContain('\\t')
})

describe('delete (genuinetools/reg#136, containers-roadmap#1567, ggcr#1578)', () => {
  test.each([400, 405])('a registry that does not delete tags (%s): UNSUPPORTED, and the digest is not touched', async (status) => {
    const registry = await world.start(
      (seen, response) => seen.method === 'DELETE' && json(response, status, { errors: [{ code: 'UNSUPPORTED', message: 'digests only' }] }),
    )
    const target = world.repository(registry)
    const { descriptor } = await putImage(target, 'kept')
    for (const name of ['a', 'b']) await target.tag(descriptor, parseTag(name), call)
    await expect(target.untag(parseTag('a'), call)).rejects.toMatchObject({ code: 'UNSUPPORTED' })
    expect(registry.seen.filter(({ method }) => method === 'DELETE').map(({ path }) => path)).toEqual(['/v2/team/app/manifests/a'])
    expect(await target.resolve(parseTag('b'), call)).toMatchObject(descriptor)
  })

  test('a tag that is gone already is success', async () => {
    const registry = await world.start()
    await world.repository(registry).untag(parseTag('never'), call)
  })
})
