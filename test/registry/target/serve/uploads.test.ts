/** Pushing blobs to the embedded registry: every way that distribution-spec v1.1 knows. */
import { randomBytes } from 'node:crypto'
import { readdir, stat, utimes } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { piece } from '../../../contracts/content.ts'
import { ask, makeDirectory, pushBlob, serve, startUpload } from './http.ts'

const blob = piece(randomBytes(300_000))
const { digest } = blob.descriptor

describe('uploads', { timeout: 30_000 }, () => {
  test('in one POST, in POST and PUT, and of zero bytes', async () => {
    const registry = await serve()
    await pushBlob(registry, 'one', blob)
    const location = await startUpload(registry, 'two')
    const put = await ask(registry, `PUT ${location}?digest=${digest}`, {}, blob.bytes)
    expect([put.status, put.headers.location, put.headers['docker-content-digest']]).toEqual([201, `/v2/two/blobs/${digest}`, digest])
    const nothing = piece('')
    expect((await ask(registry, `PUT ${await startUpload(registry, 'two')}?digest=${nothing.descriptor.digest}`)).status).toBe(201)
    for (const repository of ['one', 'two']) expect(Buffer.compare((await ask(registry, `GET /v2/${repository}/blobs/${digest}`)).body, blob.bytes)).toBe(0)
    expect((await ask(registry, `HEAD /v2/two/blobs/${nothing.descriptor.digest}`)).headers['content-length']).toBe('0')
  })

  test('in chunks: in order only, with the state told', async () => {
    const registry = await serve()
    const location = await startUpload(registry, 'team/app')
    const part = (from: number, to: number): Buffer => Buffer.from(blob.bytes.subarray(from, to))
    const first = await ask(registry, `PATCH ${location}`, { 'content-range': '0-99999' }, part(0, 100_000))
    expect([first.status, first.headers.range]).toEqual([202, '0-99999'])
    const gap = await ask(registry, `PATCH ${location}`, { 'content-range': '200000-299999' }, part(200_000, 300_000))
    expect([gap.status, gap.headers.range, gap.headers.location]).toEqual([416, '0-99999', location])
    expect((await ask(registry, `PATCH ${location}`, { 'content-range': '0-99999' }, part(0, 100_000))).status).toBe(416)
    expect((await ask(registry, `PATCH ${location}`, { 'content-range': '100000-100009' }, part(0, 100))).code).toBe('SIZE_INVALID')
    expect((await ask(registry, `PATCH ${location}`, { 'content-range': 'all of it' }, part(0, 100))).code).toBe('BLOB_UPLOAD_INVALID')
    const state = await ask(registry, `GET ${location}`)
    expect([state.status, state.headers.range]).toEqual([204, '0-99999'])
    expect((await ask(registry, `PATCH ${location}`, { 'content-range': '100000-199999' }, part(100_000, 200_000))).status).toBe(202)
    expect((await ask(registry, `PUT ${location}?digest=${digest}`, { 'content-range': '0-99999' }, part(0, 100_000))).status).toBe(416)
    expect((await ask(registry, `PUT ${location}?digest=${digest}`, { 'content-range': '200000-299999' }, part(200_000, 300_000))).status).toBe(201)
    expect((await ask(registry, `GET ${location}`)).code).toBe('BLOB_UPLOAD_UNKNOWN')
  })

  test('as a stream of unknown length', async () => {
    const registry = await serve()
    const location = await startUpload(registry, 'app')
    expect((await ask(registry, `PATCH ${location}`, { 'transfer-encoding': 'chunked' }, blob.bytes)).headers.range).toBe('0-299999')
    expect((await ask(registry, `PUT ${location}?digest=${digest}`, { 'content-length': '0' })).status).toBe(201)
  })

  test('of another digest are refused and leave nothing', async () => {
    const registry = await serve()
    const other = piece('other').descriptor.digest
    for (const [target, body] of [
      [`POST /v2/app/blobs/uploads/?digest=${other}`, blob.bytes],
      [`PUT ${await startUpload(registry, 'app')}?digest=${other}`, blob.bytes],
    ] as const) {
      const reply = await ask(registry, target, {}, body)
      expect([reply.status, reply.code]).toEqual([400, 'DIGEST_INVALID'])
    }
    expect((await ask(registry, `PUT ${await startUpload(registry, 'app')}`, {}, 'x')).code).toBe('DIGEST_INVALID')
    expect((await ask(registry, `PUT ${await startUpload(registry, 'app')}?digest=sha256:../x`, {}, 'x')).code).toBe('DIGEST_INVALID')
    expect((await ask(registry, `HEAD /v2/app/blobs/${other}`)).status).toBe(404)
    expect((await ask(registry, `HEAD /v2/app/blobs/${digest}`)).status).toBe(404)
  })

  test('sha512, also when the session did not know (distribution#4420)', async () => {
    const registry = await serve()
    const long = piece('a long digest', 'application/octet-stream', 'sha512')
    await pushBlob(registry, 'a', long)
    expect((await ask(registry, `PUT ${await startUpload(registry, 'b')}?digest=${long.descriptor.digest}`, {}, long.bytes)).status).toBe(201)
    expect((await ask(registry, 'POST /v2/a/blobs/uploads/?digest-algorithm=sha512')).status).toBe(202)
    expect((await ask(registry, 'POST /v2/a/blobs/uploads/?digest-algorithm=md5')).status).toBe(400)
  })

  test('go on after the registry was started anew', async () => {
    const directory = await makeDirectory()
    const before = await serve({ directory })
    const location = await startUpload(before, 'team/app')
    expect((await ask(before, `PATCH ${location}`, {}, blob.bytes.subarray(0, 123_456))).status).toBe(202)
    await before.close()
    const after = await serve({ directory })
    expect((await ask(after, `GET ${location}`)).headers.range).toBe('0-123455')
    expect((await ask(after, `PUT ${location}?digest=${digest}`, { 'content-range': '123456-299999' }, blob.bytes.subarray(123_456))).status).toBe(201)
    expect(Buffer.compare((await ask(after, `GET /v2/team/app/blobs/${digest}`)).body, blob.bytes)).toBe(0)
  })

  test('go on after the connection broke', async () => {
    const registry = await serve()
    const location = await startUpload(registry, 'app')
    const [host = '', port = ''] = registry.host.split(':')
    const socket = connect(Number(port), host)
    socket.write(`PATCH ${location} HTTP/1.1\r\nHost: x\r\nContent-Length: 300000\r\n\r\n`)
    socket.write(blob.bytes.subarray(0, 50_000))
    await sleep(100)
    socket.destroy()
    await sleep(100)
    const state = await ask(registry, `GET ${location}`)
    expect(state.headers.range).toBe('0-49999')
    expect((await ask(registry, `PUT ${location}?digest=${digest}`, { 'content-range': '50000-299999' }, blob.bytes.subarray(50_000))).status).toBe(201)
  })

  test('of one session at the same moment do not mix', async () => {
    const registry = await serve()
    const location = await startUpload(registry, 'app')
    const halves = [blob.bytes.subarray(0, 150_000), blob.bytes.subarray(150_000)]
    const replies = await Promise.all([0, 0].map(() => ask(registry, `PATCH ${location}`, { 'content-range': '0-149999' }, halves[0])))
    expect(replies.map((reply) => reply.status).toSorted((left, right) => left - right)).toEqual([202, 416])
    expect((await ask(registry, `PUT ${location}?digest=${digest}`, {}, halves[1])).status).toBe(201)
  })

  test('are cancelled, belong to one repository, and expire', async () => {
    const registry = await serve({ uploadIdle: 60_000 })
    const location = await startUpload(registry, 'app')
    expect((await ask(registry, `DELETE ${location}`)).status).toBe(204)
    expect((await ask(registry, `PATCH ${location}`, {}, 'x')).code).toBe('BLOB_UPLOAD_UNKNOWN')
    const second = await startUpload(registry, 'app')
    expect((await ask(registry, `GET ${second.replace('/app/', '/other/')}`)).status).toBe(404)
    expect((await ask(registry, 'GET /v2/app/blobs/uploads/..%2F..%2Fx')).status).toBe(404)
    const folder = join(registry.directory, '.ferry', 'uploads', 'app')
    const [file = ''] = await readdir(folder)
    await utimes(join(folder, file), 1, 1)
    await serve({ directory: registry.directory, uploadIdle: 60_000 })
    await expect(stat(folder)).rejects.toMatchObject({ code: 'ENOENT' })
    expect((await ask(registry, `GET ${second}`)).code).toBe('BLOB_UPLOAD_UNKNOWN')
  })

  test('become mounts: from a named repository, from any, or else a session', async () => {
    const registry = await serve()
    await pushBlob(registry, 'team/base', blob)
    const mounted = await ask(registry, `POST /v2/team/app/blobs/uploads/?mount=${digest}&from=team/base`)
    expect([mounted.status, mounted.headers.location]).toEqual([201, `/v2/team/app/blobs/${digest}`])
    expect((await ask(registry, `HEAD /v2/team/app/blobs/${digest}`)).status).toBe(200)
    expect((await ask(registry, `POST /v2/anonymous/blobs/uploads/?mount=${digest}`)).status).toBe(201)
    expect((await ask(registry, `POST /v2/third/blobs/uploads/?mount=${digest}&from=no/such`)).status).toBe(202)
    expect((await ask(registry, `POST /v2/third/blobs/uploads/?mount=${digest}&from=../team+base`)).status).toBe(202)
    expect((await ask(registry, `POST /v2/third/blobs/uploads/?mount=${piece('nowhere').descriptor.digest}`)).status).toBe(202)
    expect((await ask(registry, 'POST /v2/third/blobs/uploads/?mount=sha256:xyz')).code).toBe('DIGEST_INVALID')
  })
})
