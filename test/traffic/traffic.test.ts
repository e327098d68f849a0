/** Every request our client makes while it does everything it can, over several servers, held against the rules of lint.ts. */
import { spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { Secret } from '../../src/kit/secret.ts'
import { ANONYMOUS, type CredentialSources } from '../../src/registry/http/credentials/credential.ts'
import { digestOf } from '../../src/registry/oci/digest.ts'
import { MANIFEST_ACCEPT, MEDIA } from '../../src/registry/oci/media-types.ts'
import { serveRegistry } from '../../src/registry/target/serve/serve.ts'
import { describePeers } from '../../tools/peers/with-peers.ts'
import { lint } from './lint.ts'
import { everything } from './operations.ts'
import { type Recorded, type Recorder, record } from './recorder.ts'

let place: string
const endings: Array<() => Promise<unknown>> = []
beforeEach(async () => {
  place = await mkdtemp(join(tmpdir(), 'ferry-traffic-'))
})
afterEach(async () => {
  for (const end of endings.splice(0).toReversed()) await end()
  await rm(place, { recursive: true, force: true })
})

const BOB = { username: 'bob', password: new Secret('hunter2') }
const known = (recorder: Recorder): CredentialSources => ({ ...ANONYMOUS, explicit: [{ registry: recorder.host, ...BOB, from: 'test' }] })

async function recorded(upstream: string, options: { content?: { authorization: string } } = {}): Promise<Recorder> {
  const recorder = await record(upstream, options)
  endings.push(() => recorder.close())
  return recorder
}

async function ours(auth?: { mode: 'basic' | 'token' }): Promise<string> {
  const registry = await serveRegistry({ directory: join(place, 'registry'), ...(auth ? { auth: { ...BOB, ...auth } } : {}) })
  endings.push(() => registry.close())
  return registry.host
}

describe('the embedded registry', () => {
  test('open to everybody: no credentials are sent', async () => {
    const recorder = await recorded(await ours())
    await everything(recorder, known(recorder), join(place, 'layout'))
    expect(lint(recorder.requests)).toEqual([])
    expect(recorder.requests.length).toBeGreaterThan(80)
    expect(recorder.requests.filter(({ headers }) => headers.authorization !== undefined)).toEqual([])
  })

  test.each(['basic', 'token'] as const)('with %s authentication', async (mode) => {
    const recorder = await recorded(await ours({ mode }))
    await everything(recorder, known(recorder), join(place, 'layout'))
    expect(lint(recorder.requests)).toEqual([])
    expect(recorder.requests.some(({ path }) => path.startsWith('/token'))).toBe(mode === 'token')
    // Once per client and scope, not once per request.
    const refused = recorder.requests.filter(({ status }) => status === 401)
    expect(refused.length).toBeLessThan(recorder.requests.length / 4)
  })

  test('with its content at another origin: credentials stay at home', async () => {
    const authorization = `Basic ${Buffer.from(`${BOB.username}:${BOB.password.reveal()}`).toString('base64')}`
    const recorder = await recorded(await ours({ mode: 'basic' }), { content: { authorization } })
    await everything(recorder, known(recorder), join(place, 'layout'))
    expect(lint(recorder.requests)).toEqual([])
    expect(recorder.requests.filter(({ origin }) => origin === 'content').length).toBeGreaterThan(3)
    expect(recorder.requests.filter(({ headers }) => headers.authorization !== undefined).length).toBeGreaterThan(50)
  })
})

async function peer(bin: string, args: readonly string[], port: RegExp): Promise<string> {
  const child = spawn(bin, args, { stdio: ['ignore', 'pipe', 'pipe'], env: { OTEL_TRACES_EXPORTER: 'none' } })
  const ended = new Promise((resolve) => child.once('exit', resolve))
  endings.push(async () => {
    child.kill()
    await ended
  })
  return new Promise((resolve, reject) => {
    let said = ''
    const listen = (chunk: Buffer): void => {
      said += chunk.toString()
      const found = port.exec(said)?.[1]
      if (found !== undefined) resolve(`127.0.0.1:${found}`)
    }
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`${bin} ended with ${code}: ${said.slice(-2000)}`)))
    child.stdout.on('data', listen)
    child.stderr.on('data', listen)
  })
}

describePeers(['distribution-3'], 'distribution 3', (peers) => {
  test('everything, without the referrers API', async () => {
    const config = join(place, 'config.yml')
    await writeFile(
      config,
      'version: 0.1\nlog: {level: info}\nstorage: {inmemory: {}, delete: {enabled: true}, maintenance: {uploadpurging: {enabled: false}}}\nhttp: {addr: "127.0.0.1:0"}\n',
    )
    const recorder = await recorded(await peer(peers['distribution-3'].bin, ['serve', config], /listening on 127\.0\.0\.1:(\d+)/))
    await everything(recorder, ANONYMOUS, join(place, 'layout'))
    expect(lint(recorder.requests)).toEqual([])
  })
})

describe('the rules themselves find', () => {
  const good: Recorded = {
    operation: 'test',
    origin: 'registry',
    method: 'GET',
    path: '/v2/team/app/manifests/v1',
    headers: { 'user-agent': 'kubeferry/test', accept: MANIFEST_ACCEPT.join(', ') },
    body: Buffer.alloc(0),
    status: 200,
    received: 1,
    location: undefined,
    inFlight: 1,
  }
  const document = Buffer.from(JSON.stringify({ mediaType: MEDIA.manifest }))
  const put: Recorded = {
    ...good,
    method: 'PUT',
    path: `/v2/team/app/manifests/${digestOf(document)}`,
    headers: { 'user-agent': 'kubeferry/test', 'content-type': MEDIA.manifest, 'content-length': String(document.length) },
    body: document,
    status: 201,
  }
  const start: Recorded = {
    ...put,
    method: 'POST',
    path: '/v2/team/app/blobs/uploads/',
    headers: { 'user-agent': 'kubeferry/test', 'content-length': '0' },
    body: Buffer.alloc(0),
    status: 202,
    location: '/v2/team/app/blobs/uploads/1?s=a',
  }
  const finish: Recorded = {
    ...start,
    method: 'PUT',
    path: `/v2/team/app/blobs/uploads/1?s=a&digest=sha256:${'a'.repeat(64)}`,
    status: 201,
    location: undefined,
  }

  test('nothing in what is right', () => {
    expect(lint([good, put, start, finish])).toEqual([])
  })

  test.each<[string, Recorded[]]>([
    ['not a path of the specification', [{ ...good, path: '/v1/search' }]],
    ['not a path of the specification', [finish]],
    ['not a method of this path', [{ ...good, method: 'DELETE', path: '/v2/team/app/tags/list' }]],
    ['the parameter x is not known here', [{ ...good, path: '/v2/team/app/tags/list?x=1' }]],
    ['credentials at another origin', [{ ...good, origin: 'content', headers: { ...good.headers, authorization: 'Basic x' } }]],
    ['Content-Length is not what was sent', [{ ...put, headers: { ...put.headers, 'content-length': '3' } }]],
    ['Content-Length is not what was sent', [{ ...put, headers: { ...put.headers, 'transfer-encoding': 'chunked' } }]],
    ['a body where there is none', [{ ...good, body: Buffer.from('x') }]],
    ['stored twice', [put, put]],
    [
      'stored twice',
      [start, finish, { ...start, location: '/v2/team/app/blobs/uploads/2' }, { ...finish, path: finish.path.replace('uploads/1', 'uploads/2') }],
    ],
    ['an upload that is finished already', [start, finish, { ...finish, method: 'PATCH' }]],
    [
      'tagged twice',
      [
        { ...put, path: good.path },
        { ...put, path: good.path },
      ],
    ],
    ['17 requests at once', [{ ...good, inFlight: 17 }]],
    ['reads by tag what is known by digest', [good, good]],
    [`does not accept ${MEDIA.index}`, [{ ...good, headers: { ...good.headers, accept: MEDIA.manifest } }]],
    ['the digest is not that of the manifest', [{ ...put, path: `/v2/team/app/manifests/sha256:${'b'.repeat(64)}` }]],
    ['content may be encoded on the way', [{ ...good, headers: { ...good.headers, 'accept-encoding': 'gzip' } }]],
  ])('%s', (rule, requests) => {
    expect(lint(requests).some((line) => line.endsWith(rule))).toBe(true)
  })
})
