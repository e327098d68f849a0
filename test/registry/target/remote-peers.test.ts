/** The client against real registries: the contract, a copy between them, and what the peers' own clients make of the result. */
import { execFile, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { check } from '../../../src/registry/copy/check.ts'
import { copy } from '../../../src/registry/copy/copy.ts'
import { MEDIA } from '../../../src/registry/oci/media-types.ts'
import { parseTag } from '../../../src/registry/oci/reference.ts'
import { createMemoryTarget } from '../../../src/registry/target/memory.ts'
import { openRemote, type RemoteTarget } from '../../../src/registry/target/remote/remote.ts'
import { describePeers } from '../../../tools/peers/with-peers.ts'
import { all, emptyConfig, indexOf, manifestOf, piece, put, putImage } from '../../contracts/content.ts'
import { targetContract } from '../../contracts/target-contract.ts'
import { call, createWorld } from '../scripted.ts'

const run = promisify(execFile)

interface Running {
  readonly host: string
  stop(): Promise<void>
}

/** CNCF distribution, in memory, with deletes. */
async function startDistribution(bin: string): Promise<Running> {
  const place = await mkdtemp(join(tmpdir(), 'ferry-distribution-'))
  const config = join(place, 'config.yml')
  await writeFile(
    config,
    'version: 0.1\nlog: {level: info}\nstorage: {inmemory: {}, delete: {enabled: true}, maintenance: {uploadpurging: {enabled: false}}}\nhttp: {addr: "127.0.0.1:0"}\n',
  )
  const running = await start(bin, ['serve', config], /listening on 127\.0\.0\.1:(\d+)/)
  return {
    host: running.host,
    async stop() {
      await running.stop()
      await rm(place, { recursive: true })
    },
  }
}

async function start(bin: string, args: readonly string[], port: RegExp): Promise<Running> {
  const child = spawn(bin, args, { stdio: ['ignore', 'pipe', 'pipe'], env: { OTEL_TRACES_EXPORTER: 'none' } })
  const host = await new Promise<string>((resolve, reject) => {
    let said = ''
    const listen = (chunk: Buffer): void => {
      said = (said + chunk.toString()).slice(-20_000)
      const found = port.exec(said)?.[1]
      if (found !== undefined) resolve(`127.0.0.1:${found}`)
    }
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`${bin} ended with ${code}: ${said}`)))
    child.stdout.on('data', listen)
    child.stderr.on('data', listen)
  })
  return {
    host,
    async stop() {
      if (child.exitCode !== null) return
      const ended = new Promise((resolve) => child.once('exit', resolve))
      child.kill()
      await ended
    },
  }
}

// Not the short waits of the other tests: these are real servers on a busy machine.
const PATIENT = { timing: {} }

describePeers(['distribution-3'], 'distribution 3', (peers) => {
  const world = createWorld(PATIENT)
  let running: Running
  let repositories = 0
  beforeAll(async () => {
    running = await startDistribution(peers['distribution-3'].bin)
  })
  afterAll(async () => {
    await world.close()
    await running.stop()
  })
  // No manifests under sha512 (distribution#4420); layers that are not there only with urls that its configuration allows.
  targetContract(
    'remote, distribution 3',
    async () => ({ target: openRemote({ registry: running.host, path: `contract/r${(repositories += 1)}` }, world.client), cleanup: async () => {} }),
    ['sha512', 'unusual types'],
  )
})

describePeers(['distribution-2', 'distribution-3', 'crane', 'skopeo', 'oras'], 'a copy from one real registry to another', (peers) => {
  const own = createWorld(PATIENT)
  let two: Running
  let three: Running
  beforeAll(async () => {
    two = await startDistribution(peers['distribution-2'].bin)
    three = await startDistribution(peers['distribution-3'].bin)
  })
  afterAll(async () => {
    await own.close()
    await Promise.all([two.stop(), three.stop()])
  })
  const at = (where: Running, path: string): RemoteTarget => openRemote({ registry: where.host, path }, own.client)

  test('arrives whole, with its evidence, as skopeo, crane and oras see it', async () => {
    const memory = createMemoryTarget()
    const config = piece(JSON.stringify({ os: 'linux', architecture: 'amd64', rootfs: { type: 'layers', diff_ids: [] } }), MEDIA.config)
    const big = piece(randomBytes(3_000_000), MEDIA.layer)
    const child = manifestOf({ config, layers: [big] })
    const index = indexOf([child])
    const signature = manifestOf({ more: { subject: index.descriptor, artifactType: 'application/vnd.example.signature' } })
    await put(memory, emptyConfig, config, big, child, index, signature)
    const tag = parseTag('v1')
    await copy(memory, at(two, 'a/from'), index.descriptor, { tag }, call)
    await copy(at(two, 'a/from'), at(two, 'a/mounted'), index.descriptor, { tag }, call)
    await copy(at(two, 'a/mounted'), at(three, 'b/to'), index.descriptor, { tag }, call)
    expect(await check(at(three, 'b/to'), index.descriptor, {}, call)).toMatchObject({ faults: [], referrers: 1 })
    const image = `${three.host}/b/to:v1`
    const home = await mkdtemp(join(tmpdir(), 'ferry-home-'))
    const env = { HOME: home, PATH: '/usr/bin:/bin' }
    expect((await run(peers.crane.bin, ['digest', image], { env })).stdout.trim()).toBe(index.descriptor.digest)
    expect((await run(peers.skopeo.bin, ['inspect', '--raw', '--tls-verify=false', `docker://${image}`], { env })).stdout).toBe(index.bytes.toString())
    expect((await run(peers.oras.bin, ['discover', '--plain-http', '--format', 'json', image], { env })).stdout).toContain(signature.descriptor.digest)
    await rm(home, { recursive: true })
  })

  test('what is missing is absent, what is deleted is gone', async () => {
    const target = at(three, 'b/deleted')
    const { descriptor } = await putImage(target, 'short lived')
    await target.tag(descriptor, parseTag('v1'), call)
    await target.untag(parseTag('v1'), call)
    expect(await target.resolve(parseTag('v1'), call)).toBeUndefined()
    await target.remove(descriptor, call)
    expect(await target.has(descriptor, call)).toBe(false)
    const old = at(two, 'b/kept')
    const kept = (await putImage(old, 'kept')).descriptor
    await old.tag(kept, parseTag('v1'), call)
    await expect(old.untag(parseTag('v1'), call)).rejects.toMatchObject({ code: 'UNSUPPORTED' })
    expect(await old.resolve(parseTag('v1'), call)).toMatchObject(kept)
  })
})

describePeers(['referrers-registry'], 'a registry of another family, with the referrers API (ggcr)', (peers) => {
  test('there and back, with evidence; its way with ranges', async () => {
    const world = createWorld(PATIENT)
    const running = await start(peers['referrers-registry'].bin, [], /listening \S*:(\d+)/)
    try {
      const target = openRemote({ registry: running.host, path: 'a/b' }, world.client)
      const memory = createMemoryTarget()
      const layer = piece(randomBytes(300_000), MEDIA.layer)
      const image = manifestOf({ layers: [layer] })
      const signature = manifestOf({ more: { subject: image.descriptor, artifactType: 'application/vnd.example.signature' } })
      await put(memory, emptyConfig, layer, image, signature)
      await copy(memory, target, image.descriptor, { tag: parseTag('v1') }, call)
      const back = createMemoryTarget('back')
      expect(await copy(target, back, image.descriptor, { tag: parseTag('v1') }, call)).toMatchObject({ referrers: 1, manifests: { stored: 2 } })
      const body = await target.fetch(layer.descriptor, call)
      expect(Buffer.compare(Buffer.concat(await all(body.open(123_456))), layer.bytes.subarray(123_456))).toBe(0)
    } finally {
      await world.close()
      await running.stop()
    }
  })
})
