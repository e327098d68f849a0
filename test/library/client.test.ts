/** The client of the library: defaults, one client for everything, and artifacts that are the same each time. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  check,
  createClient,
  createMemoryTarget,
  digestOf,
  freeCall,
  isFailure,
  listReferrers,
  MEDIA,
  parseTag,
  pushArtifact,
  type RequestLine,
  type RunningRegistry,
  resolveImage,
  Secret,
  serveRegistry,
  usualCredentials,
  usualNetwork,
} from '../../src/entry/library.ts'
import { all } from '../contracts/content.ts'

const call = freeCall()
let directory: string
let registry: RunningRegistry
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'ferry-library-'))
  registry = await serveRegistry({ directory, auth: { username: 'bob', password: new Secret('hunter2') } })
})
afterEach(async () => {
  await registry.close()
  await rm(directory, { recursive: true })
})

describe('createClient', () => {
  test('without credentials is refused where they are needed, and says so', async () => {
    using client = createClient()
    const failure = await all(client.open(`${registry.host}/team/app`).target.tags(call)).catch((error: unknown) => error)
    expect(isFailure(failure, 'AUTH_REQUIRED')).toBe(true)
  })

  test('with credentials gets in, and its listener sees each request and no secret', async () => {
    const lines: RequestLine[] = []
    using client = createClient({
      credentials: { ...usualCredentials({}), explicit: [{ registry: registry.host, username: 'bob', password: new Secret('hunter2'), from: 'test' }] },
      onRequest: (line) => lines.push(line),
    })
    const { target } = client.open(`${registry.host}/team/app`)
    await pushArtifact(target, { artifactType: 'application/vnd.example.note.v1', tag: parseTag('v1') }, call)
    expect(await all(target.tags(call))).toEqual(['v1'])
    expect(lines.length).toBeGreaterThan(4)
    expect(JSON.stringify(lines)).not.toContain('hunter2')
  })

  test('opens a layout by the same words', () => {
    using client = createClient()
    expect(client.open('oci:./out:v1').target.name).toMatch(/^oci:/)
    expect(() => client.open('a b')).toThrow(expect.objectContaining({ code: 'REFERENCE_INVALID' }))
  })

  test('the usual places are those of the variables that are given, and of no others', () => {
    expect(usualCredentials({ HOME: '/home/bob', DOCKER_AUTH_CONFIG: '{}' })).toMatchObject({
      dockerAuthConfig: '{}',
      dockerConfigFiles: expect.arrayContaining(['/home/bob/.docker/config.json']),
    })
    expect(usualCredentials({}).dockerConfigFiles).toEqual([])
    // The identity of a machine is used only when the program says so.
    expect(usualCredentials({ AWS_PROFILE: 'work' }).clouds).toBeUndefined()
    expect(usualCredentials({ AWS_PROFILE: 'work' }, { clouds: true }).clouds).toEqual({ AWS_PROFILE: 'work' })
    expect(usualNetwork({ https_proxy: 'http://proxy.example.com:3128', NO_PROXY: 'a.example.com' })).toMatchObject({
      httpsProxy: 'http://proxy.example.com:3128',
      noProxy: 'a.example.com',
    })
  })
})

describe('pushArtifact', () => {
  test('gives the same bytes for the same artifact, whole, found as a referrer with its type', async () => {
    const target = createMemoryTarget()
    const subject = await pushArtifact(target, { artifactType: 'application/vnd.example.image.v1', tag: parseTag('v1') }, call)
    const report = {
      artifactType: 'application/vnd.example.report.v1',
      subject,
      files: [
        { bytes: Buffer.from('one'), mediaType: 'text/plain' },
        { bytes: Buffer.from('one'), mediaType: 'text/plain', annotations: { a: 'b' } },
      ],
      annotations: { made: 'by hand' },
    }
    const first = await pushArtifact(target, report, call)
    expect(await pushArtifact(target, report, call)).toEqual(first)
    expect(await listReferrers(target, subject.digest, { artifactType: report.artifactType }, call)).toEqual([first])
    expect((await check(target, subject, {}, call)).faults).toEqual([])
    expect((await resolveImage(target, { tag: parseTag('v1') }, call)).digest).toBe(subject.digest)
  })

  test.each([
    ['no artifactType', { artifactType: '' }],
    ['a media type that is none', { artifactType: 'application/x', files: [{ bytes: Buffer.from('x'), mediaType: 'text' }] }],
  ])('refuses %s before anything is written', async (_what, artifact) => {
    const target = createMemoryTarget()
    await expect(pushArtifact(target, artifact, call)).rejects.toMatchObject({ code: 'CONTENT_INVALID' })
    expect(await target.has({ mediaType: MEDIA.empty, digest: digestOf(Buffer.from('{}')), size: 2 }, call)).toBe(false)
  })

  test('writes nothing after a stop, least of all the tag', async () => {
    const target = createMemoryTarget()
    const stop = new AbortController()
    const stopping = { ...target, push: async (...given: Parameters<typeof target.push>) => target.push(...given).finally(() => stop.abort()) }
    await expect(pushArtifact(stopping, { artifactType: 'application/x', tag: parseTag('v1') }, { signal: stop.signal })).rejects.toMatchObject({
      code: 'INTERRUPTED',
    })
    expect(await all(target.tags(call))).toEqual([])
  })
})
