/** What the embedded registry accepts as a manifest or tag, and what it never lets happen. */
import { describe, expect, test } from 'vitest'
import { MEDIA } from '../../../../src/registry/oci/media-types.ts'
import { emptyConfig, imageOf, indexOf, manifestOf, piece } from '../../../contracts/content.ts'
import { checkLayout } from '../layout/check.ts'
import { ask, pushBlob, pushImage, pushManifest, serve } from './http.ts'

describe('a manifest', { timeout: 30_000 }, () => {
  test('needs its blobs and children; a sparse index is refused', async () => {
    const registry = await serve()
    const { manifest, blobs } = imageOf('a')
    const index = indexOf([manifest])
    expect(await pushManifest(registry, 'app', manifest, 'v1')).toMatchObject({ status: 400, code: 'MANIFEST_BLOB_UNKNOWN' })
    expect(await pushManifest(registry, 'app', index, 'v1')).toMatchObject({ status: 400, code: 'MANIFEST_BLOB_UNKNOWN' })
    for (const blob of blobs) await pushBlob(registry, 'app', blob)
    // The blobs of a child are not enough, and neither are its bytes as a blob.
    await pushBlob(registry, 'app', { ...manifest, descriptor: { ...manifest.descriptor, mediaType: 'application/octet-stream' } })
    expect(await pushManifest(registry, 'app', index, 'v1')).toMatchObject({ status: 400, code: 'MANIFEST_BLOB_UNKNOWN' })
    expect((await ask(registry, 'HEAD /v2/app/manifests/v1')).status).toBe(404)
    expect((await pushManifest(registry, 'app', manifest)).status).toBe(201)
    expect((await pushManifest(registry, 'app', index, 'v1')).status).toBe(201)
  })

  test('that is wrong is refused with the right code', async () => {
    const registry = await serve()
    const { descriptor } = await pushImage(registry, 'app', 'a', 'v1')
    const put = (body: string, type: string, reference = 'v2'): ReturnType<typeof ask> =>
      ask(registry, `PUT /v2/app/manifests/${reference}`, { 'content-type': type }, body)
    const good = JSON.stringify({ schemaVersion: 2, mediaType: MEDIA.index, manifests: [] })
    expect(await put('{', MEDIA.manifest)).toMatchObject({ status: 400, code: 'MANIFEST_INVALID' })
    expect(await put(good, MEDIA.manifest)).toMatchObject({ status: 400, code: 'MANIFEST_INVALID' })
    expect(await put('{"schemaVersion":2,"manifests":[],"layers":[],"config":{}}', MEDIA.index)).toMatchObject({ status: 400, code: 'MANIFEST_INVALID' })
    expect(await put('{"schemaVersion":2,"manifests":[],"manifests":[]}', MEDIA.index)).toMatchObject({ status: 400, code: 'MANIFEST_INVALID' })
    expect(await put(good, MEDIA.index, descriptor.digest)).toMatchObject({ status: 400, code: 'DIGEST_INVALID' })
    expect(await put(good, MEDIA.index, 'sha256:short')).toMatchObject({ status: 400, code: 'DIGEST_INVALID' })
    expect(await put(good, MEDIA.index, '-bad')).toMatchObject({ status: 400, code: 'TAG_INVALID' })
    expect((await put(good, `${MEDIA.index}; charset=utf-8`)).status).toBe(201)
  })

  test('of more than 4 MiB is refused, announced or not', async () => {
    const registry = await serve()
    const large = manifestOf({ more: { annotations: { large: 'x'.repeat(4 * 1024 * 1024) } } })
    await pushBlob(registry, 'app', emptyConfig)
    expect((await pushManifest(registry, 'app', large, 'v1')).status).toBe(413)
    expect((await pushManifest(registry, 'app', large, 'v1', { 'transfer-encoding': 'chunked' })).status).toBe(413)
    expect((await ask(registry, 'HEAD /v2/app/manifests/v1')).status).toBe(404)
  })

  test('gets several tags at once', async () => {
    const registry = await serve()
    const { descriptor, bytes } = await pushImage(registry, 'app', 'a')
    const reply = await ask(registry, `PUT /v2/app/manifests/${descriptor.digest}?tag=one&tag=two`, { 'content-type': descriptor.mediaType }, bytes)
    expect([reply.status, reply.headers['oci-tag']]).toEqual([201, 'one, two'])
    for (const tag of ['one', 'two']) expect((await ask(registry, `HEAD /v2/app/manifests/${tag}`)).status).toBe(200)
  })
})

describe('a tag', { timeout: 30_000 }, () => {
  test('moves only from where the writer saw it', async () => {
    const registry = await serve()
    const first = await pushImage(registry, 'app', 'first')
    const second = await pushImage(registry, 'app', 'second')
    const etag = `"${first.descriptor.digest}"`
    const put = (manifest: typeof first, headers: Record<string, string>): ReturnType<typeof ask> => pushManifest(registry, 'app', manifest, 'prod', headers)
    expect((await put(first, { 'if-match': etag })).status).toBe(412)
    expect((await put(first, { 'if-none-match': '*' })).status).toBe(201)
    expect((await put(second, { 'if-none-match': '*' })).status).toBe(412)
    expect((await put(second, { 'if-match': '"sha256:other"' })).status).toBe(412)
    expect((await ask(registry, 'HEAD /v2/app/manifests/prod')).headers.etag).toBe(etag)
    const both = await Promise.all([put(second, { 'if-match': etag }), put(first, { 'if-match': `"${second.descriptor.digest}"` })])
    expect(both[0]?.status).toBe(201)
    expect((await ask(registry, 'DELETE /v2/app/manifests/prod', { 'if-match': '"sha256:other"' })).status).toBe(412)
    expect((await ask(registry, 'DELETE /v2/app/manifests/prod')).status).toBe(202)
  })

  test('that many want at once goes to exactly one', async () => {
    const registry = await serve()
    const images = await Promise.all(Array.from({ length: 6 }, (_, at) => pushImage(registry, 'app', `image ${at}`)))
    const replies = await Promise.all(images.map((image) => pushManifest(registry, 'app', image, 'build-1', { 'if-none-match': '*' })))
    expect(replies.map((reply) => reply.status).toSorted((left, right) => left - right)).toEqual([201, 412, 412, 412, 412, 412])
    const winner = images[replies.findIndex((reply) => reply.status === 201)]
    expect((await ask(registry, 'HEAD /v2/app/manifests/build-1')).headers['docker-content-digest']).toBe(winner?.descriptor.digest)
  })

  test('goes alone; the digest goes with all its tags', async () => {
    const registry = await serve()
    const { descriptor } = await pushImage(registry, 'app', 'a', 'one')
    await pushImage(registry, 'app', 'a', 'two')
    expect((await ask(registry, 'DELETE /v2/app/manifests/one')).status).toBe(202)
    expect((await ask(registry, 'HEAD /v2/app/manifests/one')).status).toBe(404)
    expect((await ask(registry, 'HEAD /v2/app/manifests/two')).status).toBe(200)
    expect((await ask(registry, `DELETE /v2/app/manifests/${descriptor.digest}`)).status).toBe(202)
    for (const reference of ['two', descriptor.digest]) expect((await ask(registry, `HEAD /v2/app/manifests/${reference}`)).status).toBe(404)
    expect((await ask(registry, `DELETE /v2/app/manifests/${descriptor.digest}`)).status).toBe(404)
  })

  test('never names an index whose child was removed', async () => {
    const registry = await serve()
    const child = await pushImage(registry, 'app', 'child')
    const index = indexOf([child])
    expect((await pushManifest(registry, 'app', index, 'v1')).status).toBe(201)
    expect((await ask(registry, `DELETE /v2/app/manifests/${child.descriptor.digest}`)).status).toBe(405)
    expect((await ask(registry, `DELETE /v2/app/manifests/${index.descriptor.digest}`)).status).toBe(202)
    expect((await ask(registry, `DELETE /v2/app/manifests/${child.descriptor.digest}`)).status).toBe(202)
    await checkLayout(`${registry.directory}/app`)
  })

  test('is not written when its blobs are removed in between', async () => {
    const registry = await serve()
    for (let round = 0; round < 10; round += 1) {
      const layer = piece(`contended ${round}`, MEDIA.layer)
      const manifest = manifestOf({ layers: [layer], more: { annotations: { round: String(round) } } })
      await pushBlob(registry, 'app', emptyConfig)
      await pushBlob(registry, 'app', layer)
      const [put, gone] = await Promise.all([
        pushManifest(registry, 'app', manifest, `r${round}`),
        ask(registry, `DELETE /v2/app/blobs/${layer.descriptor.digest}`),
      ])
      // One of them came second and was refused.
      expect([
        [201, 405],
        [400, 202],
      ]).toContainEqual([put.status, gone.status])
    }
    await checkLayout(`${registry.directory}/app`)
  })
})
