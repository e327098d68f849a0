/** copy over every pair of places: nothing rewritten, evidence along, tag last, the same again for nothing. */
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Call } from '../../../src/kit/call.ts'
import { Failure } from '../../../src/kit/failure.ts'
import { check } from '../../../src/registry/copy/check.ts'
import { copy } from '../../../src/registry/copy/copy.ts'
import { listReferrers } from '../../../src/registry/copy/referrers.ts'
import { resolveImage } from '../../../src/registry/copy/resolve.ts'
import { walk } from '../../../src/registry/copy/walk.ts'
import { MEDIA } from '../../../src/registry/oci/media-types.ts'
import { parseTag } from '../../../src/registry/oci/reference.ts'
import { openLayout } from '../../../src/registry/target/layout/layout.ts'
import { createMemoryTarget } from '../../../src/registry/target/memory.ts'
import type { Body, Target } from '../../../src/registry/target/target.ts'
import { all, emptyConfig, get, imageOf, indexOf, manifestOf, type Piece, piece, put, putImage } from '../../contracts/content.ts'
import { bytes, call, createWorld, json, type World } from '../scripted.ts'

let world: World
let place: string
beforeEach(async () => {
  world = createWorld()
  place = await mkdtemp(join(tmpdir(), 'ferry-copy-'))
})
afterEach(async () => {
  await world.close()
  await rm(place, { recursive: true })
})

const TAG = parseTag('v1')

/** Two platforms that share a layer, a signature on the index and on one child, and a signature on that signature. */
async function fill(target: Target): Promise<{ root: Piece; evidence: Piece[]; everything: Piece[] }> {
  const shared = piece('shared layer', MEDIA.layer)
  const children = ['amd64', 'arm64'].map((architecture) => {
    const config = piece(JSON.stringify({ os: 'linux', architecture }), MEDIA.config)
    const own = piece(randomBytes(50_000), MEDIA.layer)
    return { blobs: [config, own], manifest: manifestOf({ config, layers: [shared, own] }) }
  })
  const root = indexOf(children.map(({ manifest }) => manifest))
  const sign = (subject: Piece, artifactType: string): Piece => manifestOf({ more: { subject: subject.descriptor, artifactType } })
  const onIndex = sign(root, 'application/vnd.example.signature')
  const onChild = sign(children[0]?.manifest ?? root, 'application/vnd.example.sbom')
  const onSignature = sign(onIndex, 'application/vnd.example.countersignature')
  const pieces = [shared, emptyConfig, ...children.flatMap(({ blobs, manifest }) => blobs.concat(manifest)), root]
  const evidence = [onIndex, onChild, onSignature]
  await put(target, ...pieces, ...evidence)
  await target.tag(root.descriptor, TAG, call)
  return { root, evidence, everything: [...pieces, ...evidence] }
}

const places: Record<string, () => Promise<Target>> = {
  memory: async () => createMemoryTarget(),
  layout: async () => openLayout(join(place, `layout-${randomBytes(4).toString('hex')}`)),
  registry: async () => world.repository(await world.start()),
  'registry without the referrers API': async () =>
    world.repository(await world.start((seen, response) => seen.path.includes('/referrers/') && bytes(response, 404, ''))),
}
const pairs = Object.keys(places).flatMap((from) => Object.keys(places).map((to) => [from, to] as const))

test.each(pairs)('from %s to %s: all of it, byte for byte, with evidence; the second time nothing is written', async (from, to) => {
  const source = await places[from]?.()
  const target = await places[to]?.()
  if (!source || !target) throw new Error('no such place')
  const { root, evidence, everything } = await fill(source)
  const report = await copy(source, target, root.descriptor, { tag: TAG }, call)
  expect(report).toMatchObject({ referrers: 3, lost: [], tagged: true, manifests: { stored: 6, present: 0 } })
  expect(await target.resolve(TAG, call)).toMatchObject({ digest: root.descriptor.digest })
  for (const one of everything) expect(Buffer.compare(await get(target, one.descriptor), one.bytes)).toBe(0)
  expect((await listReferrers(target, root.descriptor.digest, {}, call)).map(({ digest }) => digest)).toEqual([evidence[0]?.descriptor.digest])
  expect(await check(target, root.descriptor, {}, call)).toMatchObject({ faults: [], referrers: 3, blobs: 6, manifests: 6 })
  const again = await copy(source, target, root.descriptor, { tag: TAG }, call)
  expect(again).toMatchObject({ manifests: { stored: 0 }, blobs: { stored: 0, mounted: 0 }, bytes: 0, tagged: false, referrers: 3 })
})

describe('requests', () => {
  test('between two registries: each digest once, manifests before their parents, evidence before the tag', async () => {
    const source = createMemoryTarget()
    const { root } = await fill(source)
    const registry = await world.start()
    await copy(source, world.repository(registry), root.descriptor, { tag: TAG }, call)
    const writes = registry.seen.filter(({ method }) => method === 'PUT').map(({ path }) => path)
    expect(new Set(writes).size).toBe(writes.length)
    expect(writes.at(-1)).toBe('/v2/team/app/manifests/v1')
    const at = (digest: string): number => writes.findIndex((path) => path.endsWith(digest))
    for (const child of JSON.parse(root.bytes.toString()).manifests as Array<{ digest: string }>)
      expect(at(child.digest)).toBeLessThan(at(root.descriptor.digest))
  })

  test('within a registry: blobs are mounted, no blob bytes move', async () => {
    const registry = await world.start()
    const source = world.repository(registry, 'team/from')
    const { root } = await fill(source)
    registry.seen.length = 0
    const report = await copy(source, world.repository(registry), root.descriptor, { tag: TAG }, call)
    expect(report.blobs).toMatchObject({ mounted: 6, stored: 0 })
    expect(registry.seen.filter(({ method, path }) => method === 'GET' && path.includes('/blobs/'))).toEqual([])
  })

  test('a mount that is refused falls back to moving the bytes', async () => {
    const registry = await world.start((seen, response) => seen.path.includes('mount=') && bytes(response, 401, ''))
    const source = world.repository(registry, 'team/from')
    const { root } = await fill(source)
    expect((await copy(source, world.repository(registry), root.descriptor, { tag: TAG }, call)).blobs).toMatchObject({ mounted: 0, stored: 6 })
  })

  test('within a repository: only the name', async () => {
    const registry = await world.start()
    const { root } = await fill(world.repository(registry))
    registry.seen.length = 0
    const target = world.repository(registry, 'team/app', world.another())
    const found = await resolveImage(target, { tag: TAG }, call)
    expect(found.digest).toBe(root.descriptor.digest)
    await copy(target, world.repository(registry, 'team/app', world.another()), found, { tag: parseTag('prod') }, call)
    expect(registry.seen.map(({ method }) => method).filter((method) => method === 'PUT').length).toBe(1)
    expect(registry.seen.some(({ path }) => path.includes('/blobs/'))).toBe(false)
  })
})

describe('stops and breaks', () => {
  test('after a stop no tag is written [case 53]', async () => {
    const source = createMemoryTarget()
    const { root } = await fill(source)
    for (const when of [1, 4, 9, 12]) {
      const stop = new AbortController()
      let writes = 0
      const registry = await world.start((seen) => {
        if (seen.method === 'PUT' && (writes += 1) === when) stop.abort()
        return false
      })
      const target = world.repository(registry)
      await expect(copy(source, target, root.descriptor, { tag: TAG }, { signal: stop.signal })).rejects.toMatchObject({ code: 'INTERRUPTED' })
      expect(registry.seen.some(({ method, path }) => method === 'PUT' && path.endsWith('/manifests/v1'))).toBe(false)
      await copy(source, target, root.descriptor, { tag: TAG }, call)
      expect(await check(target, root.descriptor, {}, call)).toMatchObject({ faults: [] })
    }
  })

  test('a child that is there without its blobs is mended when its parent is refused (oras-go#1212)', async () => {
    const source = createMemoryTarget()
    const { root, everything } = await fill(source)
    const lost = everything.find(({ descriptor }) => descriptor.mediaType === MEDIA.layer && descriptor.size === 50_000)
    const hex = lost?.descriptor.digest.slice(7) ?? '?'
    // Has the children, has lost a blob below one of them, and refuses the index until the blob was uploaded again.
    let uploads = 1
    const registry = await world.start((seen, response) => {
      if (seen.method === 'PUT' && seen.path.includes(hex)) uploads += 1
      if (seen.method === 'HEAD' && seen.path.includes(hex) && uploads === 0) return json(response, 404, {})
      return (
        seen.method === 'PUT' &&
        seen.path.endsWith(root.descriptor.digest) &&
        uploads === 0 &&
        json(response, 404, { errors: [{ code: 'MANIFEST_UNKNOWN', message: 'child' }] })
      )
    })
    await put(world.repository(registry), ...everything.filter((one) => one !== root && !Buffer.from(one.bytes).includes('subject')))
    uploads = 0
    const report = await copy(source, world.repository(registry, 'team/app', world.another()), root.descriptor, { tag: TAG }, call)
    expect(report.tagged).toBe(true)
    expect(uploads).toBe(1)
  })

  test('a source that lacks a blob fails, and nothing is tagged', async () => {
    const { manifest, blobs } = imageOf('gone')
    let gone = false
    const registry = await world.start(
      (seen, response) =>
        gone && seen.path.endsWith(blobs[1]?.descriptor.digest ?? '?') && json(response, 404, { errors: [{ code: 'BLOB_UNKNOWN', message: '' }] }),
    )
    const source = world.repository(registry, 'team/from')
    await put(source, ...blobs, manifest)
    gone = true
    const target = createMemoryTarget()
    await expect(copy(source, target, manifest.descriptor, { tag: TAG }, call)).rejects.toMatchObject({ code: 'CONTENT_MISSING' })
    expect(await target.resolve(TAG, call)).toBeUndefined()
    expect(await check(source, manifest.descriptor, {}, call)).toMatchObject({ faults: [{ kind: 'missing', descriptor: blobs[1]?.descriptor }] })
  })

  test('a listing of evidence that fails fails the copy: nothing is promoted without its signatures', async () => {
    const registry = await world.start((seen, response) => seen.path.includes('/referrers/') && bytes(response, 500, ''))
    const source = world.repository(registry)
    const image = await putImage(source, 'a')
    const target = createMemoryTarget()
    await expect(copy(source, target, image.descriptor, { tag: TAG }, call)).rejects.toMatchObject({ code: 'REGISTRY_UNAVAILABLE' })
    expect(await target.resolve(TAG, call)).toBeUndefined()
  })

  test('a tag that another writer moves right after is reported', async () => {
    const source = createMemoryTarget()
    const image = await putImage(source, 'a')
    const rival = await putImage(source, 'rival')
    const inner = createMemoryTarget('target')
    await putImage(inner, 'rival')
    const target: Target = {
      ...inner,
      async tag(descriptor, tag, inCall) {
        await inner.tag(descriptor, tag, inCall)
        await inner.tag(rival.descriptor, tag, inCall)
      },
    }
    await expect(copy(source, target, image.descriptor, { tag: TAG }, call)).rejects.toMatchObject({
      code: 'TAG_TAKEN',
      facts: { found: rival.descriptor.digest },
    })
  })

  test('the source tag may move meanwhile: what was resolved is what arrives', async () => {
    const registry = await world.start()
    const source = world.repository(registry)
    const first = await putImage(source, 'first')
    await source.tag(first.descriptor, TAG, call)
    const found = await resolveImage(source, { tag: TAG }, call)
    await source.tag((await putImage(source, 'second')).descriptor, TAG, call)
    const target = createMemoryTarget()
    await copy(source, target, found, { tag: TAG }, call)
    expect((await target.resolve(TAG, call))?.digest).toBe(first.descriptor.digest)
  })
})

describe('what cannot come along', () => {
  test('evidence of a source that cannot list it, and of a target that cannot, is reported', async () => {
    const filled = createMemoryTarget('plain')
    const { root } = await fill(filled)
    const { name, resolve, fetch, push, tag, has } = filled
    const report = await copy({ name, resolve, fetch }, createMemoryTarget(), root.descriptor, { tag: TAG }, call)
    expect(report.lost.length).toBe(1)
    const inner = createMemoryTarget('deaf')
    const deaf: Target = { name: 'deaf', resolve: inner.resolve, fetch: inner.fetch, push: inner.push, tag: inner.tag, has: inner.has }
    expect((await copy(filled, deaf, root.descriptor, {}, call)).lost.join()).toContain('deaf cannot list')
    void [push, tag, has]
  })

  test('evidence that is stored at the target and not listed there gets listed', async () => {
    const source = createMemoryTarget()
    const image = await putImage(source, 'a')
    const signature = manifestOf({ more: { subject: image.descriptor, artifactType: 'application/vnd.example.signature' } })
    await put(source, emptyConfig, signature)
    let blind = true
    const registry = await world.start((seen, response) => {
      if (seen.path.includes('/referrers/')) return bytes(response, 404, '')
      return blind && seen.method === 'PUT' && seen.path.includes('/manifests/sha256-') && bytes(response, 403, '')
    })
    await expect(copy(source, world.repository(registry), image.descriptor, { tag: TAG }, call)).rejects.toMatchObject({ code: 'AUTH_REQUIRED' })
    blind = false
    const target = world.repository(registry, 'team/app', world.another())
    await copy(source, target, image.descriptor, { tag: TAG }, call)
    expect((await listReferrers(target, image.descriptor.digest, {}, call)).map(({ digest }) => digest)).toEqual([signature.descriptor.digest])
  })

  test('layers that must not be redistributed stay where they are', async () => {
    const foreign = piece('vendor only', 'application/vnd.oci.image.layer.nondistributable.v1.tar+gzip')
    const image = manifestOf({ layers: [foreign] })
    const source = createMemoryTarget()
    await put(source, emptyConfig, image)
    expect((await copy(source, world.repository(await world.start()), image.descriptor, { tag: TAG }, call)).blobs).toMatchObject({ foreign: 1, stored: 1 })
  })

  test('without referrers when told so', async () => {
    const source = createMemoryTarget()
    const { root } = await fill(source)
    expect(await copy(source, createMemoryTarget(), root.descriptor, { referrers: false }, call)).toMatchObject({ referrers: 0, manifests: { stored: 3 } })
  })
})

describe('limits', () => {
  test('an index in an index, nine deep, is refused; eight are not', async () => {
    const source = createMemoryTarget()
    let inner = await putImage(source, 'bottom')
    for (let depth = 0; depth < 8; depth += 1) {
      const outer = indexOf([inner], { annotations: { depth: String(depth) } })
      await put(source, outer)
      inner = outer
    }
    expect((await all(walk(source, inner.descriptor, call))).length).toBe(11)
    await copy(source, createMemoryTarget(), inner.descriptor, {}, call)
    const ninth = indexOf([inner])
    await put(source, ninth)
    await expect(all(walk(source, ninth.descriptor, call))).rejects.toMatchObject({ code: 'LIMIT_REACHED' })
    await expect(copy(source, createMemoryTarget(), ninth.descriptor, {}, call)).rejects.toMatchObject({ code: 'LIMIT_REACHED' })
  })

  test('a child whose size is not what its index says is refused', async () => {
    const source = createMemoryTarget()
    const child = await putImage(source, 'child')
    const index = indexOf([{ ...child, descriptor: { ...child.descriptor, size: 7 } }])
    await put(source, index)
    await expect(copy(source, createMemoryTarget(), index.descriptor, {}, call)).rejects.toMatchObject({ code: 'DIGEST_MISMATCH' })
  })

  test('backpressure: a target that takes its time is never more than a few pieces behind', async () => {
    let ahead = 0
    let most = 0
    const size = 200 * 65_536
    const content = Buffer.alloc(size, 3)
    const layer = piece(content, MEDIA.layer)
    const image = manifestOf({ layers: [layer] })
    const inner = createMemoryTarget()
    await put(inner, emptyConfig, layer, image)
    const counted: Body = {
      size,
      async *open(from = 0) {
        for (let at = from; at < size; at += 65_536) {
          ahead += 1
          yield content.subarray(at, at + 65_536)
        }
      },
    }
    const source = {
      ...inner,
      fetch: async (descriptor: Piece['descriptor'], inCall: Call) =>
        descriptor.digest === layer.descriptor.digest ? counted : inner.fetch(descriptor, inCall),
    }
    const slow = createMemoryTarget('slow')
    const target: Target = {
      ...slow,
      async push(descriptor, body, inCall) {
        if (descriptor.digest !== layer.descriptor.digest) return slow.push(descriptor, body, inCall)
        for await (const _chunk of body.open()) {
          most = Math.max(most, ahead)
          ahead -= 1
        }
        return slow.push(descriptor, body, inCall)
      },
    }
    await copy(source, target, image.descriptor, { referrers: false }, call)
    expect(most).toBeLessThanOrEqual(2)
  })
})

describe('resolveImage', () => {
  test('one request; the digest wins over the tag', async () => {
    const registry = await world.start()
    const target = world.repository(registry)
    const image = await putImage(target, 'a')
    await target.tag(image.descriptor, parseTag('dev-v1.0-1'), call)
    const reader = world.repository(registry, 'team/app', world.another())
    registry.seen.length = 0
    expect((await resolveImage(reader, { tag: parseTag('dev-v1.0-1') }, call)).digest).toBe(image.descriptor.digest)
    expect(registry.seen.length).toBe(1)
    expect((await resolveImage(reader, { tag: parseTag('nothing'), digest: image.descriptor.digest }, call)).digest).toBe(image.descriptor.digest)
    const failure: unknown = await resolveImage(reader, { tag: parseTag('dev-v1.0-2') }, call).catch((error: unknown) => error)
    expect(failure).toMatchObject({ code: 'IMAGE_NOT_FOUND', hint: 'Did you mean dev-v1.0-1?', exitCode: 2 })
  })

  test('a registry that does not answer is not "not found"', async () => {
    const registry = await world.start((_seen, response) => bytes(response, 500, ''), { bare: true })
    await expect(resolveImage(world.repository(registry), { tag: TAG }, call)).rejects.toMatchObject({ code: 'REGISTRY_UNAVAILABLE' })
  })

  test('listReferrers needs a place that can list', async () => {
    const { name, resolve, fetch } = createMemoryTarget()
    await expect(listReferrers({ name, resolve, fetch }, piece('x').descriptor.digest, {}, call)).rejects.toBeInstanceOf(Failure)
  })
})
