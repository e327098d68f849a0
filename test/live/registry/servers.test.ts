/**
 * Our client against real registries and our own: the command line from push to promote, bytes that come back as they went in, evidence by
 * API and by fallback tag, promotion from one server to the next, connections that break.
 */
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { freeCall } from '../../../src/kit/call.ts'
import { createLimit, forEachLimited } from '../../../src/kit/limit.ts'
import { copy } from '../../../src/registry/copy/copy.ts'
import { ANONYMOUS } from '../../../src/registry/http/credentials/credential.ts'
import { fallbackTag } from '../../../src/registry/oci/digest.ts'
import { parseTag } from '../../../src/registry/oci/reference.ts'
import { openLayout } from '../../../src/registry/target/layout/layout.ts'
import { createMemoryTarget } from '../../../src/registry/target/memory.ts'
import { createOpener, type Opener } from '../../../src/registry/target/open.ts'
import { describePeers } from '../../../tools/peers/with-peers.ts'
import { all, get, manifestOf, piece, put } from '../../contracts/content.ts'
import { startCutter } from './cutter.ts'
import { type FerryOptions, ferry, mustFerry } from './ferry.ts'
import { buildHello, expectSameBytes, type Hello } from './images.ts'
import { describeKind, KIND_NAMES, KINDS } from './kinds.ts'
import { type Server, startDistribution, startOurs, startReferrersRegistry } from './servers.ts'

const call = freeCall()
const LONG = 60_000

let place: string
let hello: Hello
let options: FerryOptions
let opener: Opener

beforeAll(async () => {
  place = await mkdtemp(join(tmpdir(), 'ferry servers '))
  hello = await buildHello(join(place, 'built'))
  options = { home: place, env: { FERRY_KEY_PASSWORD: 'päss word' } }
  opener = createOpener({ credentials: ANONYMOUS, userAgent: 'kubeferry-test' })
  for (const name of ['signer', 'other']) await mustFerry(['key', 'create', '--out', name], options)
})

afterAll(async () => {
  opener.close()
  await rm(place, { recursive: true })
})

for (const name of KIND_NAMES) {
  describeKind(name, (start) => {
    let server: Server
    beforeAll(async () => {
      server = await start()
    })
    afterAll(async () => {
      await server.stop()
    })

    test('the command line: push, sign, promote, verify, and the same again changes nothing', { timeout: LONG }, async () => {
      const repository = `${server.host}/team/hello`
      const dev = `${repository}:dev-v1.0-1`
      const staging = `${repository}:staging-v1.0-1`
      const { digest } = hello.index
      const push = ['push', `oci:${hello.directory}:multi`, dev]
      const sign = ['sign', dev, '--key', 'signer.key']
      const promote = ['promote', dev, '--to', 'staging', '--key', 'signer.pub', '--apply']
      expect(await mustFerry(push, options)).toMatchObject({ digest, changed: true })
      expect(await mustFerry(sign, options)).toMatchObject({ digest, changed: true })
      expect(await mustFerry(promote, options)).toMatchObject({ digest, changed: true, image: staging })
      expect(await mustFerry(['verify', staging, '--key', 'signer.pub'], options)).toMatchObject({ digest, verified: true })
      for (const again of [push, sign, promote]) expect(await mustFerry(again, options)).toMatchObject({ digest, changed: false })
      expect(await mustFerry(['tag', 'next', repository, '--env', 'dev', '--version', 'v1.0'], options)).toMatchObject({ tag: 'dev-v1.0-2' })
      // What must not happen: another image under a tag that is taken, a signature by nobody we know, an image out of nothing.
      expect(await ferry(['push', `oci:${hello.directory}:single`, dev], options)).toMatchObject({ exit: 8 })
      expect(await ferry(['verify', staging, '--key', 'other.pub'], options)).toMatchObject({ exit: 6 })
      expect(await ferry(['verify', `${repository}:dev-v9.9-9`, '--key', 'signer.pub'], options)).toMatchObject({ exit: 2 })
      // All the way back to a layout.
      const back = join(place, `back ${name}`)
      await mustFerry(['push', staging, `oci:${back}:staging-v1.0-1`], options)
      await mustFerry(['verify', `oci:${back}:staging-v1.0-1`, '--key', 'signer.pub'], options)
      await expectSameBytes(hello, openLayout(back), hello.index)
      await expectSameBytes(hello, opener.open(repository).target, hello.index)
    })

    test(`evidence is kept ${KINDS[name].referrersApi ? 'by the referrers API, with no tag' : 'under the fallback tag'}`, async () => {
      const { target } = opener.open(`${server.host}/team/evidence`)
      const layout = openLayout(hello.directory)
      await copy(layout, target, hello.image, { tag: parseTag('v1') }, call)
      const notes = ['one', 'two'].map((text) =>
        manifestOf({ layers: [piece(text)], more: { subject: hello.image, artifactType: 'application/vnd.example.note', annotations: { text } } }),
      )
      await put(target, piece('{}'), ...['one', 'two'].map((text) => piece(text)), ...notes)
      const found = await all(target.referrers(hello.image.digest, call))
      expect(found.map(({ digest }) => digest).toSorted()).toEqual(notes.map(({ descriptor }) => descriptor.digest).toSorted())
      for (const one of found) expect(one).toMatchObject({ artifactType: 'application/vnd.example.note', annotations: { text: expect.any(String) } })
      // Asked without our client: which of the two the server keeps.
      const ask = (path: string): Promise<Response> =>
        fetch(`http://${server.host}/v2/team/evidence/${path}`, { headers: { accept: 'application/vnd.oci.image.index.v1+json' } })
      const answers = [await ask(`referrers/${hello.image.digest}`), await ask(`manifests/${fallbackTag(hello.image.digest)}`)]
      expect(answers.map(({ status }) => status)).toEqual(KINDS[name].referrersApi ? [200, 404] : [404, 200])
      const listing = (await answers.find(({ status }) => status === 200)?.json()) as { manifests: Array<{ digest: string }> }
      expect(listing.manifests).toHaveLength(2)
    })

    test('a moved tag, many tags, another name for the same', { timeout: LONG }, async () => {
      const { target } = opener.open(`${server.host}/team/tags`)
      const layout = openLayout(hello.directory)
      await copy(layout, target, hello.index, { tag: parseTag('latest') }, call)
      const report = await copy(layout, target, hello.image, { tag: parseTag('latest') }, call)
      expect(report.tagged).toBe(true)
      // amd64 of both has the same layer; the config is new here, or taken from another repository of the registry that this run knows to have it.
      const { stored, mounted, present } = report.blobs
      expect(present).toBeGreaterThanOrEqual(1)
      expect(stored + mounted + present).toBe(2)
      expect((await target.resolve(parseTag('latest'), call))?.digest).toBe(hello.image.digest)
      const names = Array.from({ length: 120 }, (_, at) => `dev-v1.0-${at + 1}`)
      await forEachLimited(names, createLimit(4), (tag) => target.tag(hello.image, parseTag(tag), call), call)
      expect((await all(target.tags(call))).toSorted()).toEqual(['latest', ...names].toSorted())
    })

    test('a connection that breaks in the middle, up or down, costs what was lost and no more', { timeout: LONG }, async () => {
      const big = piece(Buffer.alloc(6_000_000, 'kubeferry and its freight'))
      const image = manifestOf({ layers: [big] })
      const cutter = await startCutter(server.host)
      const patient = createOpener({ credentials: ANONYMOUS, userAgent: 'kubeferry-test', timing: { backoff: () => 20 } })
      try {
        const { target } = patient.open(`${cutter.host}/team/broken`)
        const memory = createMemoryTarget()
        await put(memory, piece('{}'), big, image)
        cutter.cut('up', 2_000_000)
        await copy(memory, target, image.descriptor, { tag: parseTag('v1') }, call)
        expect(cutter.cuts).toBe(1)
        cutter.cut('down', 2_000_000)
        const before = cutter.passed.down
        expect(Buffer.compare(await get(target, big.descriptor), big.bytes)).toBe(0)
        expect(cutter.cuts).toBe(2)
        // go-containerregistry knows no ranges, so it sends all of it once more.
        const most = name === 'go-containerregistry' ? 2_000_000 + big.bytes.length : big.bytes.length
        expect(cutter.passed.down - before).toBeLessThan(most + 600_000)
      } finally {
        patient.close()
        await cutter.close()
      }
    })
  })
}

describePeers(['distribution-2', 'distribution-3', 'referrers-registry'], 'from one server to the next', (peers) => {
  const servers: Server[] = []
  beforeAll(async () => {
    servers.push(
      await startOurs(),
      await startDistribution(peers['distribution-2'].bin),
      await startReferrersRegistry(peers['referrers-registry'].bin),
      await startDistribution(peers['distribution-3'].bin),
      await startOurs(),
    )
  })
  afterAll(async () => {
    await Promise.all(servers.map((server) => server.stop()))
  })

  test('an image is promoted over five of them, digest, bytes and signatures as they were', { timeout: LONG }, async () => {
    const environments = ['dev', 'test', 'staging', 'preview', 'prod']
    const config = join(place, 'five.yaml')
    await cp(new URL('five.yaml', import.meta.url), config)
    const images = servers.map(({ host }, at) => `${host}/stage${at}/hello:${environments[at]}-v2.0-7`)
    const common = ['--config', config]
    await mustFerry(['push', `oci:${hello.directory}:multi`, images[0] ?? '', ...common], options)
    await mustFerry(['sign', images[0] ?? '', '--key', 'signer.key', ...common], options)
    for (const [at, image] of images.entries()) {
      const next = images[at + 1]
      if (next === undefined) break
      const promote = ['promote', image, '--to', environments[at + 1] ?? '', '--target', next.slice(0, next.lastIndexOf(':')), '--key', 'signer.pub', ...common]
      expect(await mustFerry(promote, options)).toMatchObject({ applied: false })
      expect(await mustFerry([...promote, '--apply'], options)).toMatchObject({ image: next, digest: hello.index.digest, changed: true })
      expect(await mustFerry([...promote, '--apply'], options)).toMatchObject({ changed: false })
      expect(await mustFerry(['verify', next, '--key', 'signer.pub', ...common], options)).toMatchObject({ digest: hello.index.digest })
    }
    await expectSameBytes(hello, opener.open(images.at(-1) ?? '').target, hello.index)
  })
})

describe('a registry that is not there', () => {
  test('is unavailable, and nothing is taken for absent', { timeout: LONG }, async () => {
    const gone = await startOurs()
    await gone.stop()
    const { exit, stderr } = await ferry(['verify', `${gone.host}/team/hello:dev-v1.0-1`, '--key', 'signer.pub', '--timeout', '3s'], options)
    expect(exit).toBe(5)
    expect(stderr).toContain(gone.host)
  })
})
