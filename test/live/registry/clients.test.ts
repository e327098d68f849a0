/**
 * Other people's clients against `ferry registry serve`, as users start it: what they push we read, what we push they read, digests and
 * bytes are the same everywhere. (test/registry/target/serve/peers.test.ts has their dealings with our layouts.)
 */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { freeCall } from '../../../src/kit/call.ts'
import { check } from '../../../src/registry/copy/check.ts'
import { copy } from '../../../src/registry/copy/copy.ts'
import { ANONYMOUS } from '../../../src/registry/http/credentials/credential.ts'
import { MEDIA } from '../../../src/registry/oci/media-types.ts'
import { parseTag } from '../../../src/registry/oci/reference.ts'
import { openLayout } from '../../../src/registry/target/layout/layout.ts'
import { createOpener, type Opener } from '../../../src/registry/target/open.ts'
import type { RemoteTarget } from '../../../src/registry/target/remote/remote.ts'
import type { ReadyPeer } from '../../../tools/peers/peers.ts'
import { describePeers } from '../../../tools/peers/with-peers.ts'
import { all, manifestOf, piece, put } from '../../contracts/content.ts'
import { checkLayout } from '../../registry/target/layout/check.ts'
import { CLIENT_NAMES, type Client, prepareClient } from './clients.ts'
import { mustFerry } from './ferry.ts'
import { buildHello, expectSameBytes, type Hello, layoutOf } from './images.ts'
import { startFerryServe, type WatchedServer } from './servers.ts'

const call = freeCall()
const LONG = 60_000

let place: string
let hello: Hello
/** Of the layouts that hold one image each. */
let single: string
let multi: string
let registry: WatchedServer
let opener: Opener

beforeAll(async () => {
  place = await mkdtemp(join(tmpdir(), 'ferry-clients-'))
  hello = await buildHello(join(place, 'built'))
  single = await layoutOf(hello, hello.image, 'v1', join(place, 'single'))
  multi = await layoutOf(hello, hello.index, 'v1', join(place, 'multi'))
  registry = await startFerryServe(join(place, 'served'))
  opener = createOpener({ credentials: ANONYMOUS, userAgent: 'kubeferry-test' })
})

afterAll(async () => {
  opener.close()
  await registry.stop()
  await rm(place, { recursive: true })
})

const at = (repository: string): RemoteTarget => {
  const { target } = opener.open(`${registry.host}/${repository}`)
  if (!('repository' in target)) throw new Error(`${repository} is not in a registry`)
  return target
}

const prepared = async (peer: ReadyPeer, folder: string = peer.name): Promise<Client> => {
  const home = join(place, `home-${folder}`)
  await mkdir(home)
  return prepareClient(peer, home)
}

for (const name of CLIENT_NAMES) {
  describePeers([name], name, (peers) => {
    let client: Client
    beforeAll(async () => {
      client = await prepared(peers[name])
    })

    test('pushes an image and an index, pulls them, lists their tags', { timeout: LONG }, async () => {
      const path = `by/${name}`
      const repository = `${registry.host}/${path}`
      for (const [layout, tag, root] of [
        [single, 'single', hello.image],
        [multi, 'multi', hello.index],
      ] as const) {
        await client.push(layout, 'v1', `${repository}:${tag}`)
        expect(await client.digest(`${repository}:${tag}`)).toBe(root.digest)
        expect(await at(path).resolve(parseTag(tag), call)).toMatchObject(root)
        await expectSameBytes(hello, at(path), root)
        const back = join(place, `back-${name}-${tag}`)
        await client.pull(`${repository}:${tag}`, back)
        await expectSameBytes(hello, openLayout(back), root)
      }
      expect((await client.tags(repository)).toSorted()).toEqual(['multi', 'single'])
      await checkLayout(join(place, 'served', path.replaceAll('/', '+')))
    })

    test('reads what our client pushed, under all its tags', { timeout: LONG }, async () => {
      const path = `ours/${name}`
      await copy(openLayout(multi), at(path), hello.index, { tag: parseTag('v1') }, call)
      const names = Array.from({ length: 40 }, (_, index) => `dev-v1.0-${index}`)
      for (const tag of names) await at(path).tag(hello.index, parseTag(tag), call)
      expect((await client.tags(`${registry.host}/${path}`)).toSorted()).toEqual(['v1', ...names].toSorted())
      const back = join(place, `ours-${name}`)
      await client.pull(`${registry.host}/${path}@${hello.index.digest}`, back)
      await expectSameBytes(hello, openLayout(back), hello.index)
    })

    test('removes an image with its tags, and nothing else', { timeout: LONG }, async () => {
      const path = `removed/${name}`
      await copy(openLayout(single), at(path), hello.image, { tag: parseTag('gone') }, call)
      await copy(openLayout(multi), at(path), hello.index, { tag: parseTag('kept') }, call)
      await client.remove(`${registry.host}/${path}@${hello.image.digest}`)
      // A client of our own that remembers nothing.
      const fresh = createOpener({ credentials: ANONYMOUS, userAgent: 'kubeferry-test' })
      const { target } = fresh.open(`${registry.host}/${path}`)
      expect(await target.resolve(parseTag('gone'), call)).toBeUndefined()
      expect(await target.resolve(hello.image.digest, call)).toBeUndefined()
      expect(await check(target, hello.index, {}, call)).toMatchObject({ faults: [] })
      expect(await client.tags(`${registry.host}/${path}`)).toEqual(['kept'])
      fresh.close()
    })
  })
}

describePeers(['crane'], 'crane validate', (peers) => {
  test('finds nothing wrong with an image and an index, layers read and hashed', { timeout: LONG }, async () => {
    const crane = await prepared(peers.crane, 'validate')
    await copy(openLayout(single), at('valid/hello'), hello.image, { tag: parseTag('single') }, call)
    await copy(openLayout(multi), at('valid/hello'), hello.index, { tag: parseTag('multi') }, call)
    for (const tag of ['single', 'multi']) expect(await crane.run('validate', '--remote', `${registry.host}/valid/hello:${tag}`)).toContain('PASS')
  })
})

describePeers(['oras', 'regctl'], 'what is attached', (peers) => {
  test('by oras and regctl is listed by us, and by us it is listed by them', { timeout: LONG }, async () => {
    const oras = await prepared(peers.oras, 'attach-oras')
    const regctl = await prepared(peers.regctl, 'attach-regctl')
    const image = `${registry.host}/attached/hello:dev-v1.0-1`
    await copy(openLayout(multi), at('attached/hello'), hello.index, { tag: parseTag('dev-v1.0-1') }, call)
    const note = join(place, 'note.txt')
    await writeFile(note, 'attached')
    await oras.run('attach', '--plain-http', '--artifact-type', 'application/vnd.example.oras', '--disable-path-validation', image, `${note}:text/plain`)
    await regctl.run('artifact', 'put', '--subject', image, '--artifact-type', 'application/vnd.example.regctl', '--file', note)
    const env = { FERRY_KEY_PASSWORD: 'x' }
    await mustFerry(['key', 'create', '--out', 'signer'], { home: place, env })
    const { signatures } = await mustFerry(['sign', image, '--key', 'signer.key'], { home: place, env })
    const [signature] = signatures as string[]

    const found = await all(at('attached/hello').referrers(hello.index.digest, call))
    const types = ['application/vnd.dev.sigstore.bundle.v0.3+json', 'application/vnd.example.oras', 'application/vnd.example.regctl']
    expect(found.map(({ artifactType }) => artifactType).toSorted()).toEqual(types)
    const byOras = JSON.parse(await oras.run('discover', '--plain-http', '--format', 'json', image)) as { referrers: Array<{ digest: string }> }
    const byRegctl = JSON.parse(await regctl.run('artifact', 'list', '--format', '{{json .}}', image)) as { descriptors: Array<{ digest: string }> }
    const digests = found.map(({ digest }) => digest as string).toSorted()
    expect(digests).toContain(signature)
    expect(byOras.referrers.map(({ digest }) => digest).toSorted()).toEqual(digests)
    expect(byRegctl.descriptors.map(({ digest }) => digest).toSorted()).toEqual(digests)
    // Filtered by type, as a reader of signatures asks; then all of it is carried by oras to another repository, where ours verifies.
    const only = await regctl.run('artifact', 'list', '--filter-artifact-type', types[0] ?? '', '--format', '{{range .Descriptors}}{{.Digest}}{{end}}', image)
    expect(only).toBe(signature)
    const onward = `${registry.host}/carried/hello:dev-v1.0-1`
    await oras.run('cp', '-r', '--from-plain-http', '--to-plain-http', image, onward)
    expect(await mustFerry(['verify', onward, '--key', 'signer.pub'], { home: place, env })).toMatchObject({ verified: true, digest: hello.index.digest })
  })
})

describePeers(['regctl', 'oras', 'crane', 'skopeo'], 'how they upload', (peers) => {
  test('in one piece, in a stream or in chunks: all of it arrives', { timeout: LONG }, async () => {
    const big = piece(Buffer.alloc(3_500_000, 'chunks of freight, '), MEDIA.layer)
    const config = piece(JSON.stringify({ architecture: 'amd64', os: 'linux', rootfs: { type: 'layers', diff_ids: [big.descriptor.digest] } }), MEDIA.config)
    const image = manifestOf({ config, layers: [big] })
    const layout = openLayout(join(place, 'big'))
    await put(layout, big, config, image)
    await layout.tag(image.descriptor, parseTag('v1'), call)
    const patches: Record<string, number> = {}
    for (const name of ['regctl', 'oras', 'crane', 'skopeo'] as const) {
      const client = await prepared(peers[name], `upload-${name}`)
      // Everything above one byte in chunks of a megabyte.
      if (name === 'regctl') await client.run('registry', 'set', '--tls', 'disabled', '--blob-max', '1', '--blob-chunk', '1000000', registry.host)
      await registry.settled()
      const before = registry.asked.length
      await client.push(join(place, 'big'), 'v1', `${registry.host}/uploads/${name}:v1`)
      expect(await at(`uploads/${name}`).resolve(parseTag('v1'), call)).toMatchObject(image.descriptor)
      expect(await check(at(`uploads/${name}`), image.descriptor, {}, call)).toMatchObject({ faults: [], blobs: 2 })
      await registry.settled()
      patches[name] = registry.asked.slice(before).filter(({ method, status }) => method === 'PATCH' && status === 202).length
    }
    // The layer in four chunks and the config in one; one stream for each of both; nothing but PUT.
    expect(patches).toEqual({ regctl: 5, crane: 2, skopeo: 2, oras: 0 })
  })
})

describe('at the same time', () => {
  describePeers(['regctl', 'oras', 'crane', 'skopeo'], 'all of them and ours', (peers) => {
    test('push the same and different images into one repository, and nothing is lost', { timeout: LONG }, async () => {
      const names = ['regctl', 'oras', 'crane', 'skopeo'] as const
      const clients = await Promise.all(names.map(async (name) => ({ name, client: await prepared(peers[name], `together-${name}`) })))
      const repository = `${registry.host}/together/hello`
      await Promise.all([
        ...clients.map(async ({ name, client }) => {
          await client.push(multi, 'v1', `${repository}:same`)
          await client.push(single, 'v1', `${repository}:by-${name}`)
        }),
        mustFerry(['push', `oci:${multi}:v1`, `${repository}:same`, '--any-tag'], { home: place }),
        mustFerry(['push', `oci:${single}:v1`, `${repository}:dev-v1.0-1`], { home: place }),
      ])
      const target = at('together/hello')
      expect((await all(target.tags(call))).toSorted()).toEqual(['by-crane', 'by-oras', 'by-regctl', 'by-skopeo', 'dev-v1.0-1', 'same'])
      expect((await target.resolve(parseTag('same'), call))?.digest).toBe(hello.index.digest)
      for (const root of [hello.index, hello.image]) await expectSameBytes(hello, target, root)
      await checkLayout(join(place, 'served', 'together+hello'))
    })
  })
})
