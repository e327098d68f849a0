/** Reading from the embedded registry: ranges, conditions, lists with pages, and what bad requests get. */
import { randomBytes } from 'node:crypto'
import { mkdir, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { freeCall } from '../../../../src/kit/call.ts'
import { parseTag } from '../../../../src/registry/oci/reference.ts'
import { openLayout } from '../../../../src/registry/target/layout/layout.ts'
import type { AccessLine } from '../../../../src/registry/target/serve/serve.ts'
import { get, indexOf, manifestOf, piece } from '../../../contracts/content.ts'
import { ask, makeDirectory, pushBlob, pushImage, pushManifest, serve } from './http.ts'

const blob = piece(randomBytes(200_000))
const path = `/v2/app/blobs/${blob.descriptor.digest}`

describe('blobs', { timeout: 30_000 }, () => {
  test.each([
    ['bytes=0-0', 0, 1],
    ['bytes=1000-1999', 1000, 2000],
    ['bytes=150000-', 150_000, 200_000],
    ['bytes=-7', 199_993, 200_000],
    ['bytes=-900000', 0, 200_000],
    ['bytes=199999-900000', 199_999, 200_000],
  ])('in parts: %s', async (range, from, to) => {
    const registry = await serve()
    await pushBlob(registry, 'app', blob)
    const reply = await ask(registry, `GET ${path}`, { range })
    expect([reply.status, reply.headers['content-range'], reply.headers['content-length']]).toEqual([206, `bytes ${from}-${to - 1}/200000`, String(to - from)])
    expect(Buffer.compare(reply.body, blob.bytes.subarray(from, to))).toBe(0)
  })

  test('whole when the range means nothing, 416 when it lies outside', async () => {
    const registry = await serve()
    await pushBlob(registry, 'app', blob)
    for (const range of ['bytes=0-1,5-6', 'lines=1-2', 'bytes=-']) expect((await ask(registry, `GET ${path}`, { range })).status).toBe(200)
    for (const range of ['bytes=200000-', 'bytes=9-3', 'bytes=-0']) {
      const reply = await ask(registry, `GET ${path}`, { range })
      expect([reply.status, reply.headers['content-range']]).toEqual([416, 'bytes */200000'])
    }
    expect((await ask(registry, `GET ${path}`, { range: 'bytes=0-1', 'if-range': '"another"' })).status).toBe(200)
    const head = await ask(registry, `HEAD ${path}`, { range: 'bytes=0-1' })
    expect([head.status, head.headers['content-length'], head.headers['docker-content-digest'], head.body.length]).toEqual([
      200,
      '200000',
      blob.descriptor.digest,
      0,
    ])
  })

  test('removed ones are gone, needed ones stay', async () => {
    const registry = await serve()
    await pushBlob(registry, 'app', blob)
    expect((await ask(registry, `DELETE ${path}`)).status).toBe(202)
    expect((await ask(registry, `HEAD ${path}`)).status).toBe(404)
    const manifest = await pushImage(registry, 'app', 'a', 'v1')
    const { config } = JSON.parse(Buffer.from(manifest.bytes).toString()) as { config: { digest: string } }
    expect((await ask(registry, `DELETE /v2/app/blobs/${config.digest}`)).status).toBe(405)
    expect((await ask(registry, `HEAD /v2/app/blobs/${config.digest}`)).status).toBe(200)
  })
})

describe('manifests', { timeout: 30_000 }, () => {
  test('by tag and by digest, GET and HEAD alike; unchanged is 304', async () => {
    const registry = await serve()
    const { descriptor, bytes } = await pushImage(registry, 'team/app', 'a', 'v1')
    for (const reference of ['v1', descriptor.digest, encodeURIComponent(descriptor.digest)]) {
      const [read, head] = await Promise.all(['GET', 'HEAD'].map((method) => ask(registry, `${method} /v2/team/app/manifests/${reference}`)))
      for (const reply of [read, head]) {
        expect(reply?.status).toBe(200)
        expect(reply?.headers).toMatchObject({
          'content-type': descriptor.mediaType,
          'content-length': String(descriptor.size),
          'docker-content-digest': descriptor.digest,
          etag: `"${descriptor.digest}"`,
        })
      }
      expect(Buffer.compare(read?.body ?? Buffer.alloc(0), bytes)).toBe(0)
    }
    expect((await ask(registry, 'GET /v2/team/app/manifests/v1', { 'if-none-match': `"${descriptor.digest}"` })).status).toBe(304)
    expect((await ask(registry, 'GET /v2/team/app/manifests/v1', { 'if-none-match': '"other"' })).status).toBe(200)
  })

  test('are read as oci:DIR/team+app:tag too', async () => {
    const registry = await serve()
    const { descriptor, bytes } = await pushImage(registry, 'team/app', 'a', 'v1')
    const layout = openLayout(join(registry.directory, 'team+app'))
    expect(await layout.resolve(parseTag('v1'), freeCall())).toMatchObject(descriptor)
    expect(Buffer.compare(await get(layout, descriptor), bytes)).toBe(0)
    await layout.tag(descriptor, parseTag('v2'), freeCall())
    expect((await ask(registry, 'HEAD /v2/team/app/manifests/v2')).headers['docker-content-digest']).toBe(descriptor.digest)
  })
})

describe('lists', { timeout: 30_000 }, () => {
  test('of tags, in order, in pages that end', async () => {
    const registry = await serve()
    for (const tag of ['b', 'a', 'C', '10', '9']) await pushImage(registry, 'app', 'same', tag)
    const whole = await ask(registry, 'GET /v2/app/tags/list')
    expect(JSON.parse(whole.body.toString())).toEqual({ name: 'app', tags: ['10', '9', 'C', 'a', 'b'] })
    expect(whole.headers.link).toBeUndefined()
    const seen: string[] = []
    let next: string | undefined = '/v2/app/tags/list?n=2'
    for (let pages = 0; next !== undefined && pages < 10; pages += 1) {
      const reply = await ask(registry, `GET ${next}`)
      seen.push(...(JSON.parse(reply.body.toString()) as { tags: string[] }).tags)
      next = /^<([^>]+)>; rel="next"$/.exec(String(reply.headers.link ?? ''))?.[1]
    }
    expect(seen).toEqual(['10', '9', 'C', 'a', 'b'])
    expect(JSON.parse((await ask(registry, 'GET /v2/app/tags/list?n=2&last=Zzz')).body.toString())).toMatchObject({ tags: ['a', 'b'] })
    expect(JSON.parse((await ask(registry, 'GET /v2/app/tags/list?n=0')).body.toString())).toMatchObject({ tags: [] })
    expect((await ask(registry, 'GET /v2/app/tags/list?n=many')).status).toBe(400)
    expect((await ask(registry, 'GET /v2/nobody/tags/list')).code).toBe('NAME_UNKNOWN')
  })

  test('of repositories: only layouts are', async () => {
    const registry = await serve()
    for (const name of ['team/app', 'app', 'a/b/c']) await pushImage(registry, name, 'same', 'v1')
    await mkdir(join(registry.directory, 'not-a-layout'))
    await writeFile(join(registry.directory, 'file'), '')
    expect(JSON.parse((await ask(registry, 'GET /v2/_catalog')).body.toString())).toEqual({ repositories: ['a/b/c', 'app', 'team/app'] })
    expect((await ask(registry, 'GET /v2/_catalog?n=1')).headers.link).toBe('</v2/_catalog?n=1&last=a%2Fb%2Fc>; rel="next"')
  })

  test('of referrers: filtered, in pages when they are large, empty for what is not there', async () => {
    const registry = await serve()
    const subject = (await pushImage(registry, 'app', 'subject', 'v1')).descriptor
    const kinds = ['application/vnd.example.a', 'application/vnd.example.b']
    const large = 'x'.repeat(900_000)
    for (let at = 0; at < 6; at += 1) {
      const referrer = manifestOf({ more: { subject, artifactType: kinds[at % 2], annotations: { at: String(at), large } } })
      const pushed = await pushManifest(registry, 'app', referrer)
      expect([pushed.status, pushed.headers['oci-subject']]).toEqual([201, subject.digest])
    }
    const listed = async (query: string): Promise<{ found: number; pages: number; filtered: string | string[] | undefined }> => {
      let [next, found, pages] = [`/v2/app/referrers/${subject.digest}${query}`, 0, 0]
      let filtered: string | string[] | undefined
      while (next !== '') {
        const reply = await ask(registry, `GET ${next}`)
        expect(reply.headers['content-type']).toBe('application/vnd.oci.image.index.v1+json')
        found += (JSON.parse(reply.body.toString()) as { manifests: unknown[] }).manifests.length
        pages += 1
        filtered = reply.headers['oci-filters-applied']
        next = /^<([^>]+)>/.exec(String(reply.headers.link ?? ''))?.[1] ?? ''
      }
      return { found, pages, filtered }
    }
    expect(await listed('')).toEqual({ found: 6, pages: 2, filtered: undefined })
    expect(await listed(`?artifactType=${encodeURIComponent(kinds[1] ?? '')}`)).toEqual({ found: 3, pages: 1, filtered: 'artifactType' })
    const none = await ask(registry, `GET /v2/nobody/referrers/${subject.digest}`)
    expect([none.status, JSON.parse(none.body.toString())]).toMatchObject([200, { schemaVersion: 2, manifests: [] }])
  })
})

describe('bad requests', { timeout: 30_000 }, () => {
  test.each([
    ['GET /', 404, 'UNSUPPORTED'],
    ['GET /v2/app', 404, 'UNSUPPORTED'],
    ['GET /v2/%E0%A4%A/manifests/v1', 404, 'UNSUPPORTED'],
    ['GET /v2/App/tags/list', 400, 'NAME_INVALID'],
    ['GET /v2/../../etc/manifests/v1', 400, 'NAME_INVALID'],
    ['GET /v2/a%2Fb%2F..%2F..%2Fc/manifests/v1', 400, 'NAME_INVALID'],
    ['GET /v2/team+app/manifests/v1', 400, 'NAME_INVALID'],
    ['GET /v2/app/manifests/-bad', 404, 'MANIFEST_UNKNOWN'],
    ['GET /v2/app/manifests/v1', 404, 'MANIFEST_UNKNOWN'],
    ['GET /v2/app/blobs/sha256:..%2F..%2Findex.json', 400, 'DIGEST_INVALID'],
    ['GET /v2/app/blobs/md5:00', 400, 'DIGEST_INVALID'],
    ['GET /v2/app/referrers/latest', 400, 'DIGEST_INVALID'],
    ['PUT /v2/app/blobs/uploads/', 405, 'UNSUPPORTED'],
    ['POST /v2/app/tags/list', 405, 'UNSUPPORTED'],
    ['POST /v2/app/manifests/v1', 405, 'UNSUPPORTED'],
    ['DELETE /v2/app/manifests/v1', 404, 'MANIFEST_UNKNOWN'],
  ])('%s is %i %s', async (target, status, code) => {
    const reply = await ask(await serve(), target)
    expect([reply.status, reply.code]).toEqual([status, code])
  })

  test('GET /v2/ says what this is', async () => {
    const reply = await ask(await serve(), 'GET /v2/')
    expect([reply.status, reply.headers['docker-distribution-api-version']]).toEqual([200, 'registry/2.0'])
  })

  test('a link in the place of a blob is not followed', async () => {
    const registry = await serve()
    await pushBlob(registry, 'app', blob)
    const secret = piece('root:x:0:0')
    await writeFile(join(registry.directory, 'secret'), secret.bytes)
    await symlink(join(registry.directory, 'secret'), join(registry.directory, 'app', 'blobs', secret.descriptor.digest.replace(':', '/')))
    expect((await ask(registry, `GET /v2/app/blobs/${secret.descriptor.digest}`)).status).toBe(500)
  })
})

describe('the server', { timeout: 30_000 }, () => {
  test('refuses a directory that is a layout, and a port that is taken', async () => {
    const directory = await makeDirectory()
    const registry = await serve({ directory })
    await pushBlob(registry, 'app', blob)
    await expect(serve({ directory: join(directory, 'app') })).rejects.toMatchObject({ code: 'FILE_UNREADABLE' })
    await expect(serve({ port: Number(registry.host.split(':')[1]) })).rejects.toMatchObject({ code: 'INPUT_INVALID', hint: expect.stringContaining('port') })
  })

  test('logs each request once, without credentials', async () => {
    const lines: AccessLine[] = []
    const registry = await serve({ onAccess: (line) => lines.push(line) })
    await pushBlob(registry, 'app', blob)
    await ask(registry, `GET ${path}?n=1&token=hidden`, { authorization: 'Basic c2VjcmV0', 'user-agent': 'test \u0009 agent' })
    await ask(registry, 'HEAD /v2/%1B[31mapp/manifests/v1')
    expect(lines.map(({ method, status, bytes }) => [method, status, bytes])).toEqual([
      ['POST', 201, 0],
      ['GET', 200, 200_000],
      ['HEAD', 400, 0],
    ])
    const text = JSON.stringify(lines)
    expect(text).toContain('token=***')
    for (const secret of ['hidden', 'c2VjcmV0', '\u001b']) expect(text).not.toContain(secret)
    expect(lines[1]).toMatchObject({ userAgent: 'test \\t agent', time: expect.stringMatching(/^\d{4}-\d\d-\d\dT/), ms: expect.any(Number) })
  })

  test('answers an index of what it has, and closes while a client idles', async () => {
    const registry = await serve()
    const child = await pushImage(registry, 'app', 'child')
    expect((await pushManifest(registry, 'app', indexOf([child]), 'v1')).status).toBe(201)
    const since = performance.now()
    await registry.close()
    expect(performance.now() - since).toBeLessThan(3000)
    await expect(ask(registry, 'GET /v2/')).rejects.toMatchObject({ code: 'ECONNREFUSED' })
  })
})
