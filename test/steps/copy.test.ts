/** copy: everything arrives with the same digest, names are not taken away, parts are parts only when asked for, and one failure does not keep others away. */
import { cp, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { freeCall } from '../../src/kit/call.ts'
import { walk } from '../../src/registry/copy/walk.ts'
import { parseTag } from '../../src/registry/oci/reference.ts'
import { openLayout } from '../../src/registry/target/layout/layout.ts'
import { describePeers } from '../../tools/peers/with-peers.ts'
import { emptyConfig, manifestOf, piece, put } from '../contracts/content.ts'
import { prepareCosign } from '../evidence/cosign.ts'
import { CLIENT_NAMES, prepareClient } from '../live/registry/clients.ts'
import { ferry, mustFerry, type Run } from '../live/registry/ferry.ts'
import { buildHello, expectSameBytes, type Hello } from '../live/registry/images.ts'
import { startDistribution, startOurs, type WatchedServer } from '../live/registry/servers.ts'

const call = freeCall()

let place: string
let hello: Hello
let source: WatchedServer
let target: WatchedServer
/** The layout, with an index that is signed by ferry and an image that carries an old signature of cosign. */
let out: string

const run = (...args: readonly string[]): Promise<Run> => ferry(args, { home: place })
const must = (...args: readonly string[]): Promise<Run['outputs']> => mustFerry(args, { home: place, env: { FERRY_KEY_PASSWORD: 'of the test' } })

beforeAll(async () => {
  place = await mkdtemp(join(tmpdir(), 'ferry-copy-'))
  hello = await buildHello(join(place, 'out'))
  out = `oci:${hello.directory}`
  source = await startOurs()
  target = await startOurs()
  await must('key', 'create', '--out', 'signer')
  await must('sign', `${out}:multi`, '--key', 'signer.key')
  const layout = openLayout(hello.directory)
  const old = manifestOf({ layers: [piece('{"critical":{}}', 'application/vnd.dev.cosign.simplesigning.v1+json')] })
  await put(layout, piece('{"critical":{}}', 'application/vnd.dev.cosign.simplesigning.v1+json'), old)
  await layout.tag(old.descriptor, parseTag(`${hello.image.digest.replace(':', '-')}.sig`), call)
})

afterAll(async () => {
  await Promise.all([source.stop(), target.stop()])
  await rm(place, { recursive: true })
})

describe('an image', () => {
  test('goes from a layout to a registry, to another one and back, with its signature; again is no work', { timeout: 60_000 }, async () => {
    const digest = hello.index.digest
    const there = await must('copy', `${out}:multi`, `${source.host}/team/hello:dev-v1.0-1`)
    // One signature of the index and one of each of its two platforms.
    expect(there).toMatchObject({ digest, changed: true, referrers: 3, tags: 1 })
    const name = `${target.host}/other/hello`
    expect(await must('copy', `${source.host}/team/hello:dev-v1.0-1`, name)).toMatchObject({ digest, changed: true, image: `${name}:dev-v1.0-1` })
    await must('verify', `${name}:dev-v1.0-1`, '--key', 'signer.pub')
    expect(await must('copy', `${name}:dev-v1.0-1`, 'oci:back')).toMatchObject({ digest, referrers: 3 })
    await expectSameBytes(hello, openLayout(join(place, 'back')), hello.index)
    await must('verify', 'oci:back:dev-v1.0-1', '--key', 'signer.pub')
    await target.settled()
    target.asked.length = 0
    expect(await must('copy', `${source.host}/team/hello:dev-v1.0-1`, name)).toMatchObject({ digest, changed: false })
    await target.settled()
    expect(target.asked.filter(({ method }) => method !== 'GET' && method !== 'HEAD')).toEqual([])
  })

  test('by digest it gets no tag, and that is said', async () => {
    const { stderr, outputs } = await run('copy', `${out}@${hello.image.digest}`, `${target.host}/by/digest`)
    expect(outputs).toMatchObject({ digest: hello.image.digest, image: `${target.host}/by/digest@${hello.image.digest}`, tags: 0 })
    expect(stderr).toContain('gets no tag there')
  })

  test('signatures of cosign before version 3, which are names only, come along', async () => {
    const signature = `${hello.image.digest.replace(':', '-')}.sig`
    expect(await must('copy', `${out}:single`, `${target.host}/old/cosign:v1`)).toMatchObject({ referrers: 1 })
    expect(await must('list', `${target.host}/old/cosign`)).toMatchObject({ count: 2 })
    // Another signature there already is not taken away.
    const other = await must('copy', `${out}:multi`, `${target.host}/old/taken:${signature}`)
    const { outputs, stdout } = await run('copy', `${out}:single`, `${target.host}/old/taken:v1`)
    expect(outputs).toMatchObject({ digest: hello.image.digest })
    expect(stdout).toContain('says something else')
    expect(await must('inspect', `${target.host}/old/taken:${signature}`)).toMatchObject({ digest: other['digest'] })
  })

  test('a tag that names another image stays: exit 8 with both digests, unless it may move; never that of an environment', async () => {
    const to = `${target.host}/taken/name`
    await must('copy', `${out}:single`, `${to}:latest`)
    await must('copy', `${out}:single`, `${to}:prod-v1.0-1`)
    for (const [tag, words] of [
      ['latest', []],
      ['prod-v1.0-1', ['--move']],
    ] as const) {
      const refused = await run('copy', `${out}:multi`, `${to}:${tag}`, ...words)
      expect(refused.exit).toBe(8)
      expect(refused.stderr).toContain(hello.image.digest)
      expect(refused.stderr).toContain(hello.index.digest)
      expect(await must('inspect', `${to}:${tag}`)).toMatchObject({ digest: hello.image.digest })
    }
    expect(await must('copy', `${out}:multi`, `${to}:latest`, '--move')).toMatchObject({ changed: true })
    expect(await must('inspect', `${to}:latest`)).toMatchObject({ digest: hello.index.digest })
  })

  test.each([
    [['copy', 'OUT', 'oci:x'], 'names a repository but no image'],
    [['copy', 'OUT:multi', 'oci:x', '--all-tags'], 'all-tags takes two repositories'],
    [['copy', 'OUT:multi', 'oci:x', '--platform', 'linux/amd64'], 'nothing says what becomes of the index'],
    [['copy', 'OUT:multi', 'oci:x:y', '--platform', 'linux', '--platform-mode', 'image'], 'linux'],
    [['copy', 'OUT:single', 'oci:x:y', '--platform', 'linux/amd64', '--platform-mode', 'new-index'], 'made for one platform'],
  ])('%j is refused with the next move, and nothing is written', async (args, words) => {
    const said = await run(...args.map((word) => word.replace('OUT', out)))
    expect(said.exit).toBe(2)
    expect(said.stderr).toContain(words)
    expect(said.stderr).toMatch(/hint|try|Give|Leave|Write|Add/i)
    expect(await openLayout(join(place, 'x')).resolve(parseTag('y'), call)).toBeUndefined()
  })
})

describe('a part of an index', () => {
  test('new-index: a smaller one, the same bytes each time, and what is lost is said', async () => {
    const words = ['--platform', 'linux/arm64', '--platform-mode', 'new-index']
    const first = await run('copy', `${out}:multi`, `${target.host}/part/new:v1`, ...words)
    expect(first).toMatchObject({ exit: 0, outputs: { changed: true } })
    expect(first.outputs['digest']).not.toBe(hello.index.digest)
    expect(first.stdout).toContain('stay behind')
    expect(await must('copy', `${out}:multi`, `${target.host}/part/new:v1`, ...words)).toMatchObject({ changed: false, digest: first.outputs['digest'] })
    expect(await must('inspect', `${target.host}/part/new:v1`)).toMatchObject({ platforms: ['linux/arm64'] })
  })

  test('sparse-index: a place that wants whole images says so, and what went there stays', async () => {
    const words = ['--platform', 'linux/arm64', '--platform-mode', 'sparse-index']
    const done = await run('copy', `${out}:multi`, 'oci:sparse:v1', ...words)
    expect(done.exit).toBe(2)
    expect(done.stderr).toContain('takes no sparse index')
    expect(await openLayout(join(place, 'sparse')).resolve(parseTag('v1'), call)).toBeUndefined()
  })

  test('image: one platform alone, with its own digest', async () => {
    const done = await must('copy', `${out}:multi`, `${target.host}/part/alone:v1`, '--platform', 'linux/amd64', '--platform-mode', 'image')
    expect(done['digest']).not.toBe(hello.index.digest)
    expect(await must('inspect', `${target.host}/part/alone:v1`)).toMatchObject({ platforms: ['linux/amd64'] })
  })

  test('a platform that it is not made for: the ones it has are named', async () => {
    const said = await run('copy', `${out}:multi`, `${target.host}/part/none:v1`, '--platform', 'linux/s390x', '--platform-mode', 'image')
    expect(said.exit).toBe(2)
    expect(said.stderr).toContain('linux/amd64, linux/arm64')
  })
})

describe('all tags', () => {
  test('of a repository, into a layout and out again; one that cannot be copied keeps none of the others away', { timeout: 60_000 }, async () => {
    const from = `${source.host}/all/tags`
    for (const tag of ['dev-v1.0-1', 'dev-v1.0-2', 'extra']) await must('copy', `${out}:${tag === 'extra' ? 'multi' : 'single'}`, `${from}:${tag}`)
    // The signature of cosign is a tag as well.
    expect(await must('copy', from, 'oci:bundle', '--all-tags')).toMatchObject({ tags: 4, changed: true, image: '', digest: '' })
    const to = `${target.host}/all/again`
    await must('copy', `${out}:multi`, `${to}:dev-v1.0-2`)
    const partly = await run('copy', 'oci:bundle', to, '--all-tags')
    expect(partly.exit).toBe(3)
    expect(partly.stderr).toContain('1 of 4 tags')
    expect(partly.stderr).toContain('dev-v1.0-2')
    expect(await must('inspect', `${to}:extra`)).toMatchObject({ digest: hello.index.digest })
    expect(await must('inspect', `${to}:dev-v1.0-1`)).toMatchObject({ digest: hello.image.digest })
    expect(await must('inspect', `${to}:dev-v1.0-2`)).toMatchObject({ digest: hello.index.digest })
  })

  test('of a repository without tags is an error, never "nothing to do"', async () => {
    const said = await run('copy', `${source.host}/no/such`, 'oci:nothing', '--all-tags')
    expect(said).toMatchObject({ exit: 2 })
    expect(said.stderr).toContain('has no tags')
  })
})

test('a source that lacks a layer: nothing is tagged, and another copy of it mends that', async () => {
  await cp(hello.directory, join(place, 'torn'), { recursive: true })
  const layout = openLayout(join(place, 'torn'))
  for await (const { descriptor } of walk(layout, hello.image, call)) {
    if (descriptor.mediaType.includes('layer')) await rm(join(place, 'torn', 'blobs', ...descriptor.digest.split(':')))
  }
  const said = await run('copy', 'oci:torn:single', `${target.host}/torn/image:v1`)
  expect(said.exit).not.toBe(0)
  expect(said.stderr).toContain('sha256:')
  expect((await run('inspect', `${target.host}/torn/image:v1`)).exit).toBe(2)
  expect(await must('copy', `${out}:single`, `${target.host}/torn/image:v1`)).toMatchObject({ digest: hello.image.digest })
})

describePeers(CLIENT_NAMES, 'what copy wrote is read by', (peers) => {
  test.each(CLIENT_NAMES)('%s with the same digest', { timeout: 60_000 }, async (name) => {
    const peer = peers[name]
    const client = await prepareClient(peer, await mkdtemp(join(place, 'home-')))
    const image = `${target.host}/read/by-${peer.name}:v1`
    await must('copy', `${out}:multi`, image)
    expect(await client.digest(image)).toBe(hello.index.digest)
    if (peer.name === 'crane') await client.run('validate', '--remote', image)
    await client.pull(image, join(place, `pulled-${peer.name}`))
    const bytes = await readFile(join(place, `pulled-${peer.name}`, 'index.json'), 'utf8')
    expect(bytes).toContain('sha256:')
  })
})

describePeers(['cosign-2'], 'cosign before version 3', (peers) => {
  test('signs under a name, and verifies what copy carried elsewhere', { timeout: 60_000 }, async () => {
    const cosign = await prepareCosign(peers['cosign-2'].bin)
    const from = `${source.host}/signed/by-cosign-2`
    try {
      await cosign.makeKeys('old', 'of the test')
      await must('copy', `${out}:single`, `${from}:v1`)
      const words = ['sign', '--key', 'old.key', '--tlog-upload=false', '--allow-http-registry', '-y', `${from}@${hello.image.digest}`]
      expect(await cosign.run(words, 'of the test')).toMatchObject({ exitCode: 0 })
      await must('copy', `${from}:v1`, `${target.host}/signed/elsewhere`)
      await cosign.mustVerify(`${target.host}/signed/elsewhere:v1`, 'old.pub')
    } finally {
      await cosign.remove()
    }
  })
})

describePeers(['distribution-2', 'distribution-3'], 'to and from', (peers) => {
  test.each(['distribution-2', 'distribution-3'] as const)(
    '%s, which knows no referrers API: attachments come along both ways',
    { timeout: 60_000 },
    async (name) => {
      const server = await startDistribution(peers[name].bin)
      try {
        expect(await must('copy', `${out}:multi`, `${server.host}/team/hello:v1`)).toMatchObject({ referrers: 3 })
        expect(await must('copy', `${server.host}/team/hello:v1`, `${target.host}/from/${name}:v1`)).toMatchObject({
          referrers: 3,
          digest: hello.index.digest,
        })
        await must('verify', `${target.host}/from/${name}:v1`, '--key', 'signer.pub')
        const bundle = join(place, `all-of-${name}`)
        await must('copy', `${server.host}/team/hello`, `oci:${bundle}`, '--all-tags')
        await must('verify', `oci:${bundle}:v1`, '--key', 'signer.pub')
      } finally {
        await server.stop()
      }
    },
  )
})

test('an image under sha512, which the old names do not know, is copied all the same', async () => {
  const layout = openLayout(join(place, 'long'))
  const layer = piece('a layer', 'application/vnd.oci.image.layer.v1.tar')
  const image = manifestOf({ layers: [layer], algorithm: 'sha512' })
  await put(layout, emptyConfig, layer, image)
  await layout.tag(image.descriptor, parseTag('v1'), call)
  expect(await must('copy', 'oci:long:v1', 'oci:long-too:v1')).toMatchObject({ digest: image.descriptor.digest, changed: true })
})
