/** What a copy leaves unasked, and that it is right all the same: names and roots in one request, hints that are wrong, writers that race. */
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { check } from '../../../src/registry/copy/check.ts'
import { copy } from '../../../src/registry/copy/copy.ts'
import { MEDIA } from '../../../src/registry/oci/media-types.ts'
import { parseTag } from '../../../src/registry/oci/reference.ts'
import { createMemoryTarget, type MemoryTarget } from '../../../src/registry/target/memory.ts'
import type { Target } from '../../../src/registry/target/target.ts'
import { emptyConfig, indexOf, manifestOf, type Piece, piece, put, putImage } from '../../contracts/content.ts'
import { createFaultWorld, type FaultWorld, writesOf } from '../../faults/fault-world.ts'
import { bytes, call, createWorld, json, type Scripted, type World } from '../scripted.ts'

let world: World
let faults: FaultWorld
let source: MemoryTarget
beforeEach(() => {
  world = createWorld()
  faults = createFaultWorld()
  source = createMemoryTarget()
})
afterEach(async () => {
  await world.close()
  await faults.close()
})

const TAG = parseTag('v1')
const puts = ({ seen }: Scripted): string[] =>
  seen.filter(({ method, path }) => method === 'PUT' && path.includes('/manifests/')).map(({ path }) => path.split('/').at(-1) ?? '')

/** An image with so many layers; the first is the base. */
async function layers(target: Target, ...contents: readonly string[]): Promise<{ image: Piece; blobs: Piece[] }> {
  const blobs = contents.map((content) => piece(content, MEDIA.layer))
  const config = piece(JSON.stringify({ os: 'linux', architecture: 'amd64', author: contents.join() }), MEDIA.config)
  const image = manifestOf({ config, layers: blobs })
  await put(target, config, ...blobs, image)
  return { image, blobs: [config, ...blobs] }
}

describe('the root and its name', () => {
  test('one request stores both when nothing is attached', async () => {
    const registry = await world.start()
    const image = await putImage(source, 'a')
    const report = await copy(source, world.repository(registry), image.descriptor, { tag: TAG }, call)
    expect(puts(registry)).toEqual(['v1'])
    expect(report).toMatchObject({ manifests: { stored: 1, present: 0 }, tagged: true })
    expect(await check(world.repository(registry), image.descriptor, {}, call)).toMatchObject({ faults: [] })
  })

  test('evidence needs its subject: root, evidence, name', async () => {
    const registry = await world.start()
    const image = await putImage(source, 'a')
    const signature = manifestOf({ more: { subject: image.descriptor, artifactType: 'application/vnd.example.signature' } })
    await put(source, emptyConfig, signature)
    await copy(source, world.repository(registry), image.descriptor, { tag: TAG }, call)
    expect(puts(registry)).toEqual([image.descriptor.digest, signature.descriptor.digest, 'v1'])
  })

  test('a root that is evidence itself has to be listed, so its digest comes first', async () => {
    const registry = await world.start()
    const image = manifestOf({ more: { subject: piece('subject', MEDIA.manifest).descriptor } })
    await put(source, emptyConfig, image)
    await copy(source, world.repository(registry), image.descriptor, { tag: TAG, referrers: false }, call)
    expect(puts(registry)).toEqual([image.descriptor.digest, 'v1'])
  })

  test('a target that lost a blob it spoke of: brought again once, then named (oras-go#1212)', async () => {
    const refusal = { answer: { status: 400, body: '{"errors":[{"code":"MANIFEST_BLOB_UNKNOWN","message":"blob unknown"}]}' } }
    const registry = await faults.start([{ match: { method: 'PUT', path: '/manifests/v1$' }, fault: refusal, times: 3 }])
    const { image, blobs } = await layers(source, 'base', 'app')
    await put(faults.repository(registry), ...blobs)
    const before = writesOf(registry.history).length
    const report = await copy(source, faults.repository(registry), image.descriptor, { tag: TAG }, call)
    expect(report).toMatchObject({ tagged: true, manifests: { stored: 1 } })
    expect(
      writesOf(registry.history)
        .slice(before)
        .filter((line) => line.includes('/blobs/uploads/')).length,
    ).toBeGreaterThan(3)
    expect(registry.violations).toEqual([])
  })
})

describe('hints', () => {
  test('without the first layer nothing else small is asked for; a base that is there makes it ask', async () => {
    const registry = await world.start()
    const target = (): Target => world.repository(registry, 'team/app', world.another())
    const heads = (): number => registry.seen.filter(({ method, path }) => method === 'HEAD' && path.includes('/blobs/')).length
    const first = await layers(source, 'base', 'one', 'two', 'three')
    await copy(source, target(), first.image.descriptor, { tag: TAG }, call)
    expect(heads()).toBe(1)
    registry.seen.length = 0
    const second = await layers(source, 'base', 'one', 'two', 'another')
    const report = await copy(source, target(), second.image.descriptor, { tag: parseTag('v2') }, call)
    expect(heads()).toBe(5)
    expect(report.blobs).toMatchObject({ present: 3, stored: 2 })
  })

  test('large layers are always asked for', async () => {
    const registry = await world.start()
    const large = 'x'.repeat(40_000)
    const { image, blobs } = await layers(source, 'base', large)
    await put(world.repository(registry), ...blobs.slice(2))
    const report = await copy(source, world.repository(registry, 'team/app', world.another()), image.descriptor, { tag: TAG }, call)
    expect(report.blobs).toMatchObject({ present: 1, stored: 2 })
  })

  test('an image whose first layer is gone where it is counts as not there', async () => {
    const { image, blobs } = await layers(source, 'base', 'app')
    const registry = await faults.start([{ match: { method: 'HEAD', path: blobs[1]?.descriptor.digest }, fault: { answer: { status: 404 } }, times: 1 }])
    await copy(source, faults.repository(registry), image.descriptor, { referrers: false }, call)
    const again = await copy(source, faults.repository(registry), image.descriptor, { tag: TAG }, call)
    expect(again.tagged).toBe(true)
    expect(await check(faults.repository(registry), image.descriptor, { deep: true }, call)).toMatchObject({ faults: [] })
  })

  test('an image that is there under another name: no blob moves', async () => {
    const registry = await world.start()
    const { image } = await layers(source, 'base', 'app')
    await copy(source, world.repository(registry), image.descriptor, { tag: TAG }, call)
    registry.seen.length = 0
    const report = await copy(source, world.repository(registry, 'team/app', world.another()), image.descriptor, { tag: parseTag('v2') }, call)
    expect(report).toMatchObject({ tagged: true, manifests: { stored: 0, present: 1 }, blobs: { stored: 0, present: 0 } })
    expect(registry.seen.map(({ method }) => method)).toEqual(['HEAD', 'HEAD', 'HEAD', 'PUT', 'HEAD'])
  })
})

describe('two writers of a new tag', () => {
  test('a registry that knows conditions lets one of them have it; the other learns of it and overwrites nothing', async () => {
    const rival = await putImage(source, 'rival')
    const image = await putImage(source, 'a')
    const registry = await world.start(async (seen) => {
      // The rival is faster: between our look and our write.
      if (seen.method === 'PUT' && seen.path.endsWith('/v1') && seen.headers['if-none-match'] === '*' && !raced) {
        raced = true
        await copy(source, world.repository(registry, 'team/app', world.another()), rival.descriptor, { tag: TAG }, call)
      }
      return false
    })
    let raced = false
    await expect(copy(source, world.repository(registry), image.descriptor, { tag: TAG }, call)).rejects.toMatchObject({
      code: 'TAG_TAKEN',
      facts: { wanted: image.descriptor.digest, found: rival.descriptor.digest },
    })
    expect((await world.repository(registry).resolve(TAG, call))?.digest).toBe(rival.descriptor.digest)
  })

  test('refused because our own first try arrived: that is success', async () => {
    const image = await putImage(source, 'a')
    const lost = await faults.start([{ match: { method: 'PUT', path: '/manifests/v1$' }, fault: { lose: 'answer' }, times: 1 }])
    expect(await copy(source, faults.repository(lost), image.descriptor, { tag: TAG }, call)).toMatchObject({ tagged: true })
  })

  test('a registry that answers 412 although nothing is there gets the tag without a condition', async () => {
    const image = await putImage(source, 'a')
    const registry = await world.start((seen, response) => seen.headers['if-none-match'] !== undefined && json(response, 412, { errors: [{ code: 'DENIED' }] }))
    expect(await copy(source, world.repository(registry), image.descriptor, { tag: TAG }, call)).toMatchObject({ tagged: true })
    expect(puts(registry)).toEqual(['v1', 'v1'])
  })

  test('a tag that moves is written without it', async () => {
    const registry = await world.start((seen, response) => seen.headers['if-none-match'] !== undefined && bytes(response, 500, ''))
    const old = await putImage(source, 'old')
    const image = await putImage(source, 'a')
    const target = world.repository(registry)
    await put(target, ...(await layers(createMemoryTarget(), 'base')).blobs)
    await copy(source, target, old.descriptor, {}, call)
    await target.tag(old.descriptor, TAG, call)
    expect(await copy(source, target, image.descriptor, { tag: TAG }, call)).toMatchObject({ tagged: true })
  })
})

describe('properties', () => {
  /** Images over a small stock of layers, some signed, some in an index: what a registry sees in a week. */
  const graphs = fc.array(
    fc.record({ layers: fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 4 }), signed: fc.boolean(), inIndex: fc.boolean() }),
    { minLength: 1, maxLength: 3 },
  )
  type Graphs = typeof graphs extends fc.Arbitrary<infer T> ? T : never

  async function build(target: Target, described: Graphs): Promise<Piece[]> {
    const roots: Piece[] = []
    for (const { layers: numbers, signed, inIndex } of described) {
      const { image } = await layers(target, ...numbers.map((number) => `layer ${number}`))
      const root = inIndex ? indexOf([image]) : image
      if (inIndex) await put(target, root)
      if (signed) await put(target, emptyConfig, manifestOf({ more: { subject: image.descriptor, artifactType: 'application/vnd.example.signature' } }))
      roots.push(root)
    }
    return roots
  }

  test('copying twice is copying once: nothing is written the second time, by whatever client', async () => {
    const registry = await faults.start()
    let round = 0
    await fc.assert(
      fc.asyncProperty(graphs, async (described) => {
        const from = createMemoryTarget()
        const roots = await build(from, described)
        round += 1
        const run = async (): Promise<void> => {
          const target = faults.repository(registry, `round/${round}`)
          for (const [at, root] of roots.entries()) await copy(from, target, root.descriptor, { tag: parseTag(`t${at}`) }, call)
        }
        await run()
        const before = writesOf(registry.history).length
        await run()
        expect(writesOf(registry.history).length).toBe(before)
        for (const root of roots)
          expect(await check(faults.repository(registry, `round/${round}`), root.descriptor, { deep: true }, call)).toMatchObject({ faults: [] })
      }),
      { numRuns: 25 },
    )
    expect(registry.violations).toEqual([])
  })

  test('the order of copies that run at once does not matter: the same content, the same names, evidence found', async () => {
    const registry = await faults.start()
    let round = 0
    await fc.assert(
      fc.asyncProperty(graphs, fc.boolean(), async (described, oneClient) => {
        const from = createMemoryTarget()
        const roots = await build(from, described)
        round += 1
        const shared = faults.client()
        const target = () => faults.repository(registry, `at-once/${round}`, oneClient ? shared : faults.client())
        const work = [...roots.entries(), ...roots.entries()]
        await Promise.all(work.map(([at, root]) => copy(from, target(), root.descriptor, { tag: parseTag(`t${at}`) }, call)))
        const fresh = faults.repository(registry, `at-once/${round}`)
        for (const [at, root] of roots.entries()) {
          expect((await fresh.resolve(parseTag(`t${at}`), call))?.digest).toBe(root.descriptor.digest)
          const there = await check(fresh, root.descriptor, { deep: true }, call)
          expect({ faults: there.faults, referrers: there.referrers }).toEqual({
            faults: [],
            referrers: (await check(from, root.descriptor, {}, call)).referrers,
          })
        }
      }),
      { numRuns: 20 },
    )
    expect(registry.violations).toEqual([])
  })
})
