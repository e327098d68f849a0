/** check names everything that is wrong at once; repair brings it back by digest, and neither changes anything else. */
import { chmod, cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { freeCall } from '../../src/kit/call.ts'
import { check } from '../../src/registry/copy/check.ts'
import { walk } from '../../src/registry/copy/walk.ts'
import type { Descriptor } from '../../src/registry/oci/descriptor.ts'
import { childrenOf, parseManifest } from '../../src/registry/oci/manifest.ts'
import { isManifestType } from '../../src/registry/oci/media-types.ts'
import { bytesBody } from '../../src/registry/target/body.ts'
import { openLayout } from '../../src/registry/target/layout/layout.ts'
import { type RunningRegistry, serveRegistry } from '../../src/registry/target/serve/serve.ts'
import { describePeers } from '../../tools/peers/with-peers.ts'
import { emptyConfig, get, manifestOf, put } from '../contracts/content.ts'
import { createFaultWorld } from '../faults/fault-world.ts'
import { prepareClient } from '../live/registry/clients.ts'
import { FERRY, ferry, mustFerry, type Run } from '../live/registry/ferry.ts'
import { buildHello, type Hello } from '../live/registry/images.ts'
import { startDistribution, startProgram } from '../live/registry/servers.ts'

const call = freeCall()

let place: string
let hello: Hello
/** What both start from: an index with signatures on it and on its platforms. */
let whole: string
let blobs: Descriptor[]
let manifests: Descriptor[]
let registry: RunningRegistry

const run = (...args: readonly string[]): Promise<Run> => ferry(args, { home: place })
const must = (...args: readonly string[]): Promise<Run['outputs']> => mustFerry(args, { home: place, env: { FERRY_KEY_PASSWORD: 'of the test' } })
const file = (layout: string, { digest }: Pick<Descriptor, 'digest'>): string => join(place, layout, 'blobs', ...digest.split(':'))

beforeAll(async () => {
  place = await mkdtemp(join(tmpdir(), 'ferry-check-'))
  hello = await buildHello(join(place, 'whole'))
  whole = 'oci:whole'
  await must('key', 'create', '--out', 'signer')
  await must('sign', `${whole}:multi`, '--key', 'signer.key')
  const nodes: Descriptor[] = []
  for await (const { descriptor } of walk(openLayout(hello.directory), hello.index, call)) nodes.push(descriptor)
  blobs = nodes.filter(({ mediaType }) => !isManifestType(mediaType))
  manifests = nodes.filter(({ mediaType }) => isManifestType(mediaType))
  registry = await serveRegistry({ directory: join(place, 'served') })
})

afterAll(async () => {
  await registry.close()
  await rm(place, { recursive: true })
})

beforeEach(async () => {
  await rm(join(place, 'torn'), { recursive: true, force: true })
  await cp(hello.directory, join(place, 'torn'), { recursive: true })
})

/** Same size, other bytes. */
async function damage(path: string): Promise<void> {
  const bytes = await readFile(path)
  bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 0xff
  await chmod(path, 0o644)
  await writeFile(path, bytes)
}

/** Every file of a folder with its bytes. */
async function bytesOf(folder: string): Promise<Map<string, string>> {
  const files = (await readdir(join(place, folder), { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile())
  return new Map(
    await Promise.all(
      files.map(
        async (entry): Promise<[string, string]> => [
          join(entry.parentPath, entry.name),
          (await readFile(join(entry.parentPath, entry.name))).toString('base64'),
        ],
      ),
    ),
  )
}

const first = (list: readonly Descriptor[]): Descriptor => list[0] ?? hello.index
const last = (list: readonly Descriptor[]): Descriptor => list.at(-1) ?? hello.index

describe('check', () => {
  test('a whole image, with all its attachments; deep hashes every byte of it', async () => {
    expect(await must('check', `${whole}:multi`)).toMatchObject({ digest: hello.index.digest, images: 1, manifests: 6, referrers: 3, bytes: 0 })
    const deep = await must('check', `${whole}:multi`, '--deep')
    expect(Number(deep['bytes'])).toBeGreaterThan(blobs.reduce((sum, { size }) => sum + size, 0))
    expect(await must('check', whole, '--all-tags')).toMatchObject({ images: 2, digest: '' })
  })

  test('everything that is missing is named at once, with who needs it: exit 6, and nothing is changed', async () => {
    const gone = [first(blobs), last(blobs), last(manifests)]
    for (const part of gone) await rm(file('torn', part))
    const before = await bytesOf('torn')
    const { exit, stdout, stderr } = await run('check', 'oci:torn:multi')
    expect(exit).toBe(6)
    expect(stderr).toContain('CONTENT_MISSING')
    expect(stderr).toContain('ferry repair')
    const named = JSON.parse(stdout) as { shown?: unknown }
    // The last blob belongs to the manifest that is gone, so nobody can know of it.
    for (const part of [first(blobs), last(manifests)]) expect(JSON.stringify(named)).toContain(part.digest)
    expect(JSON.stringify(named)).toContain(hello.index.digest)
    expect(await bytesOf('torn')).toEqual(before)
  })

  test('bytes that were changed: found by deep, a manifest always; a shorter file at once', async () => {
    await damage(file('torn', last(blobs)))
    expect((await run('check', 'oci:torn:multi')).exit).toBe(0)
    const deep = await run('check', 'oci:torn:multi', '--deep')
    expect(deep.exit).toBe(6)
    expect(deep.stderr).toContain('1 damaged')
    expect(deep.stdout).toContain(last(blobs).digest)
    await damage(file('torn', last(manifests)))
    const shallow = await run('check', 'oci:torn:multi')
    expect(shallow.stderr).toContain('1 damaged')
    await chmod(file('torn', first(blobs)), 0o644)
    await writeFile(file('torn', first(blobs)), 'short')
    expect((await run('check', 'oci:torn:multi')).stderr).toContain('2 damaged')
  })

  test('a registry that refuses to say: neither there nor missing', async () => {
    await must('copy', `${whole}:multi`, `${registry.host}/unsaid/hello:v1`)
    const faults = join(place, 'faults.yaml')
    await writeFile(faults, `rules:\n  - match: { method: HEAD, path: /blobs/ }\n    fault: { answer: { status: 403 } }\n`)
    const disturbed = await startDisturbed(faults)
    try {
      const { exit, stderr } = await run('check', `${disturbed.host}/unsaid/hello:v1`)
      expect(stderr).toMatch(/\d unknown/)
      expect(stderr).not.toContain('missing:')
      expect(exit).toBe(4)
    } finally {
      await disturbed.stop()
    }
  })

  test.each([
    [['check', 'oci:whole'], 'names a repository but no image'],
    [['check', 'oci:whole:multi', '--all-tags'], 'all-tags takes a repository'],
    [['check', 'oci:whole:nothing'], 'there is no nothing'],
    [['repair', 'oci:whole:multi'], 'from is missing'],
  ])('%j is refused with the next move', async (args, words) => {
    const said = await run(...args)
    expect(said.exit).toBe(2)
    expect(said.stderr).toContain(words)
  })
})

describe('repair', () => {
  test('shows what would come from where and changes nothing; apply brings it back, and again is no work', async () => {
    for (const part of [first(blobs), last(blobs), last(manifests)]) await rm(file('torn', part))
    const before = await bytesOf('torn')
    const plan = await run('repair', 'oci:torn:multi', '--from', whole)
    expect(plan).toMatchObject({ exit: 0, outputs: { changed: false, applied: false } })
    expect(await bytesOf('torn')).toEqual(before)
    const done = await must('repair', 'oci:torn:multi', '--from', whole, '--apply')
    expect(done).toMatchObject({ changed: true, applied: true })
    expect(await must('check', 'oci:torn:multi', '--deep')).toMatchObject({ digest: hello.index.digest, referrers: 3 })
    await must('verify', 'oci:torn:multi', '--key', 'signer.pub')
    const mended = await bytesOf('torn')
    expect(await must('repair', 'oci:torn:multi', '--from', whole, '--apply')).toMatchObject({ faults: 0, changed: false })
    expect(await bytesOf('torn')).toEqual(mended)
  })

  test('damaged bytes of the right size are replaced, in blobs and manifests, and never taken from a damaged place', async () => {
    await damage(file('torn', last(blobs)))
    await damage(file('torn', last(manifests)))
    await cp(join(place, 'torn'), join(place, 'also-torn'), { recursive: true })
    const hopeless = await run('repair', 'oci:torn:multi', '--from', 'oci:also-torn', '--deep', '--apply')
    expect(hopeless.exit).toBe(3)
    expect(hopeless.stderr).toContain('still not whole')
    expect(await must('repair', 'oci:torn:multi', '--from', 'oci:also-torn', '--from', whole, '--deep', '--apply')).toMatchObject({ changed: true })
    expect(await must('check', 'oci:torn:multi', '--deep')).toMatchObject({ digest: hello.index.digest })
  })

  test('from two places that have a part each; what nobody has is named with exit 3', async () => {
    const [one, two] = [first(blobs), last(blobs)]
    for (const part of [one, two]) await rm(file('torn', part))
    await cp(hello.directory, join(place, 'half'), { recursive: true })
    await rm(file('half', two))
    const partly = await run('repair', 'oci:torn:multi', '--from', 'oci:half', '--apply')
    expect(partly.exit).toBe(3)
    expect(partly.stderr).toContain(two.digest)
    expect(partly.stderr).not.toContain(one.digest)
    expect(await must('repair', 'oci:torn:multi', '--from', 'oci:half', '--from', whole, '--apply')).toMatchObject({ faults: 1, mended: 1 })
    await rm(file('torn', two))
    expect((await run('repair', 'oci:torn:multi', '--from', 'oci:half')).exit).toBe(6)
  })

  test('a registry whose disk lost a layer and a manifest, from a layout; its tag never moves', async () => {
    const image = `${registry.host}/lost/hello:v1`
    await must('copy', `${whole}:multi`, image)
    const served = join(place, 'served', 'lost+hello')
    for (const part of [last(blobs), last(manifests)]) await rm(join(served, 'blobs', ...part.digest.split(':')))
    expect((await run('check', image)).exit).toBe(6)
    const tags = JSON.parse(await readFile(join(served, 'index.json'), 'utf8')) as unknown
    expect(await must('repair', image, '--from', whole, '--apply')).toMatchObject({ changed: true })
    expect(await must('check', image, '--deep')).toMatchObject({ digest: hello.index.digest })
    const names = (index: unknown): string[] => JSON.stringify(index).match(/"org.opencontainers.image.ref.name":"[^"]*"/g) ?? []
    expect(names(JSON.parse(await readFile(join(served, 'index.json'), 'utf8')))).toEqual(names(tags))
  })

  test('a registry whose disk changed a layer takes the bytes anew', async () => {
    const image = `${registry.host}/kept/hello:v1`
    await must('copy', `${whole}:multi`, image)
    await damage(join(place, 'served', 'kept+hello', 'blobs', ...last(blobs).digest.split(':')))
    expect(await must('repair', image, '--from', whole, '--deep', '--apply')).toMatchObject({ changed: true })
    expect(await must('check', image, '--deep')).toMatchObject({ digest: hello.index.digest })
  })
})

test('what was stored anew is read back from the registry, not from memory', async () => {
  const world = createFaultWorld()
  try {
    const served = await world.start()
    const target = world.repository(served)
    const image = manifestOf({})
    await put(target, emptyConfig, image)
    await target.rewrite(image.descriptor, bytesBody(await get(target, image.descriptor)), call)
    await damage(join(served.directory, 'team+app', 'blobs', ...image.descriptor.digest.split(':')))
    // Our registry breaks off rather than give wrong bytes.
    expect((await check(target, image.descriptor, {}, call)).faults).toHaveLength(1)
  } finally {
    await world.close()
  }
})

describePeers(['crane'], 'crane validate', ({ crane }) => {
  test('says the same of a whole image and of one that lost a layer', { timeout: 60_000 }, async () => {
    await mkdir(join(place, 'crane'), { recursive: true })
    const client = await prepareClient(crane, join(place, 'crane'))
    const image = `${registry.host}/crane/hello:v1`
    await must('copy', `${whole}:single`, image)
    expect(await must('check', image, '--deep')).toMatchObject({ images: 1 })
    await client.run('validate', '--remote', image)
    const single: Descriptor[] = []
    for await (const { descriptor } of walk(openLayout(hello.directory), hello.image, call)) single.push(descriptor)
    await rm(join(place, 'served', 'crane+hello', 'blobs', ...last(single).digest.split(':')))
    expect((await run('check', image)).exit).toBe(6)
    await expect(client.run('validate', '--remote', image)).rejects.toThrow(/validate/)
  })
})

describePeers(['distribution-3'], 'distribution', (peers) => {
  test('a tag whose image is gone, among others: named, and the others are looked at all the same', { timeout: 60_000 }, async () => {
    const root = join(place, 'tag-disk')
    const server = await startDistribution(peers['distribution-3'].bin, { storage: { filesystem: { rootdirectory: root } } })
    try {
      const image = `${server.host}/tags/hello`
      await must('copy', `${whole}:single`, `${image}:v1`)
      await must('copy', `${whole}:multi`, `${image}:v2`)
      await rm(dataOf(root, hello.image), { force: true })
      const said = await run('check', image, '--all-tags')
      expect(said.exit, said.stderr).not.toBe(0)
      expect(said.stdout).toContain('v1')
      expect(said.stdout).toContain(hello.index.digest)
      const mended = await run('repair', image, '--all-tags', '--from', whole, '--apply')
      expect(mended.exit, mended.stderr).toBe(3)
      expect(mended.stderr).toContain('v1: ')
    } finally {
      await server.stop()
    }
  })

  test('a damaged manifest that it keeps is not called mended', { timeout: 60_000 }, async () => {
    const root = join(place, 'manifest-disk')
    const server = await startDistribution(peers['distribution-3'].bin, { storage: { filesystem: { rootdirectory: root } } })
    try {
      const image = `${server.host}/kept/hello:v1`
      await must('copy', `${whole}:multi`, image)
      const [child = hello.index] = childrenOf(parseManifest(await get(openLayout(hello.directory), hello.index), hello.index.mediaType))
      await damage(dataOf(root, child))
      const { stdout } = await run('check', image)
      expect(stdout).toContain(child.digest)
      const said = await run('repair', image, '--from', whole, '--apply')
      // Taken anew or kept: what is said is what reading it back gives.
      expect(said.exit === 0, said.stderr).toBe((await run('check', image)).exit === 0)
    } finally {
      await server.stop()
    }
  })

  test('keeps the damaged bytes that it has: said, and that only who runs it can mend it', { timeout: 60_000 }, async () => {
    const root = join(place, 'disk')
    const server = await startDistribution(peers['distribution-3'].bin, { storage: { filesystem: { rootdirectory: root } } })
    try {
      const image = `${server.host}/kept/hello:v1`
      await must('copy', `${whole}:multi`, image)
      await damage(dataOf(root, last(blobs)))
      const said = await run('repair', image, '--from', whole, '--deep', '--apply')
      expect(said.exit).toBe(3)
      expect(said.stderr).toContain('only who runs it')
      expect(said.stderr).toContain(last(blobs).digest)
    } finally {
      await server.stop()
    }
  })
})

/** The file of distribution's storage that has the content. */
function dataOf(root: string, { digest }: Pick<Descriptor, 'digest'>): string {
  const hex = digest.slice('sha256:'.length)
  return join(root, 'docker/registry/v2/blobs/sha256', hex.slice(0, 2), hex, 'data')
}

async function startDisturbed(faults: string): Promise<{ host: string; stop(): Promise<void> }> {
  return startProgram(process.execPath, [FERRY, 'registry', 'serve', join(place, 'served'), '--faults', faults], /url=http:\/\/127\.0\.0\.1:(\d+)/)
}
