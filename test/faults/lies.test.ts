/** Registries that say what is not so, and other oddities: cases 21 to 42 of the fault list, one test each, over the fault registry. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { freeCall } from '../../src/kit/call.ts'
import { copy } from '../../src/registry/copy/copy.ts'
import { MEDIA } from '../../src/registry/oci/media-types.ts'
import { parseTag } from '../../src/registry/oci/reference.ts'
import { openLayout } from '../../src/registry/target/layout/layout.ts'
import { createMemoryTarget } from '../../src/registry/target/memory.ts'
import { all, emptyConfig, get, imageOf, indexOf, manifestOf, piece, put } from '../contracts/content.ts'
import { createFaultWorld, type FaultWorld, writesOf } from './fault-world.ts'

const call = freeCall()
const TAG = parseTag('v1')
const MANIFEST = { method: 'GET', path: '/manifests/' }
const { manifest, blobs } = imageOf('one')
const other = imageOf('two')
const layer = blobs[1] ?? manifest
const index = indexOf([manifest, other.manifest])

let world: FaultWorld
beforeEach(() => {
  world = createFaultWorld()
})
afterEach(() => world.close())

/** A registry that has the index of two images as v1, and a client that has not seen any of it. */
async function withContent(rules: readonly object[], more: Parameters<FaultWorld['start']>[1] = {}) {
  const plain = await world.start()
  const truth = world.repository(plain)
  await put(truth, ...blobs, ...other.blobs, manifest, other.manifest, index)
  await truth.tag(index.descriptor, TAG, call)
  const registry = await world.start(rules, { directory: plain.directory, ...more })
  return { registry, truth, target: world.repository(registry) }
}

/** What it answers to `GET manifests/v1` and everything else. */
const says = (document: unknown, type: string = MEDIA.index) => ({
  fault: { answer: { status: 200, headers: { 'Content-Type': type }, body: typeof document === 'string' ? document : JSON.stringify(document) } },
})

describe('bytes and what is said of them', () => {
  test('wrong bytes are never used, and not left on disk [case 21]', async () => {
    const { target } = await withContent([{ match: { method: 'GET', path: `/blobs/${layer.descriptor.digest}` }, fault: { corrupt: 2 } }])
    await expect(get(target, layer.descriptor)).rejects.toMatchObject({ code: 'DIGEST_MISMATCH', exitCode: 6 })
    const layout = openLayout(await world.directory())
    await expect(copy(target, layout, index.descriptor, { tag: TAG }, call)).rejects.toMatchObject({ code: 'DIGEST_MISMATCH' })
    expect(await layout.has(layer.descriptor, call)).toBe(false)
    expect(await layout.resolve(TAG, call)).toBeUndefined()
  })

  test('wrong bytes of a manifest asked for by digest [case 21]', async () => {
    const { target } = await withContent([{ match: MANIFEST, fault: { corrupt: 5 } }])
    await expect(get(target, manifest.descriptor)).rejects.toMatchObject({ code: 'DIGEST_MISMATCH' })
  })

  test('Docker-Content-Digest that is not that of the bytes: the bytes decide, and it is said [case 22]', async () => {
    const { registry } = await withContent([
      { match: MANIFEST, fault: { digest: manifest.descriptor.digest } },
      { match: { method: 'HEAD' }, fault: { drop: ['Docker-Content-Digest'] } },
    ])
    const warnings: string[] = []
    const client = world.client({ onWarning: (text) => void warnings.push(text) })
    expect(await world.repository(registry, 'team/app', client).resolve(TAG, call)).toMatchObject({ digest: index.descriptor.digest })
    expect(warnings.join()).toContain(manifest.descriptor.digest)
  })

  test.each([-1, 1])('a descriptor whose size is %s off [case 23]', async (off) => {
    const { target } = await withContent([])
    await expect(get(target, { ...layer.descriptor, size: layer.descriptor.size + off })).rejects.toMatchObject({ code: 'DIGEST_MISMATCH' })
  })

  test.each([
    ['another type than the body', says({ schemaVersion: 2, mediaType: MEDIA.index, manifests: [] }, MEDIA.manifest)],
    ['manifests and layers both', says({ schemaVersion: 2, mediaType: MEDIA.index, manifests: [], layers: [], config: emptyConfig.descriptor })],
  ])('ambiguous: %s [case 24]', async (_what, answer) => {
    const { target } = await withContent([{ match: { method: 'HEAD' }, fault: { drop: ['Docker-Content-Digest'] } }, answer])
    await expect(target.read(TAG, call)).rejects.toMatchObject({ code: 'CONTENT_INVALID' })
  })

  test('giant manifests and error texts are given up, not read [case 25]', async () => {
    const big = 'x'.repeat(9 * 1024 * 1024)
    const manifests = await withContent([{ match: MANIFEST, ...says(big) }])
    await expect(manifests.target.read(TAG, call)).rejects.toMatchObject({ code: 'LIMIT_REACHED', exitCode: 9 })
    const errors = await withContent([{ fault: { answer: { status: 400, body: big } } }])
    const failure: unknown = await errors.target.read(TAG, call).catch((error: unknown) => error)
    expect(failure).toMatchObject({ name: 'Failure' })
    expect(JSON.stringify(failure).length + String((failure as Error).cause).length).toBeLessThan(20_000)
  })

  test('indexes nested too deep end at a limit [case 26]', async () => {
    const { target } = await withContent([])
    let deep = index
    for (let depth = 0; depth < 9; depth += 1) {
      deep = indexOf([deep, deep])
      await put(target, deep)
    }
    await expect(copy(target, createMemoryTarget(), deep.descriptor, {}, call)).rejects.toMatchObject({ code: 'LIMIT_REACHED' })
  })

  test.each([
    ['a key twice', '{"schemaVersion":2,"schemaVersion":2}'],
    ['a byte order mark', '\ufeff{"schemaVersion":2}'],
    ['bytes after the end', '{"schemaVersion":2}x'],
    ['nesting without end', `{"schemaVersion":2,"manifests":${'['.repeat(200)}${']'.repeat(200)}}`],
  ])('a document with %s is refused [case 30]', async (_what, text) => {
    const { target } = await withContent([{ match: { method: 'HEAD' }, fault: { drop: ['Docker-Content-Digest'] } }, says(text)])
    await expect(target.read(TAG, call)).rejects.toMatchObject({ code: 'CONTENT_INVALID' })
  })

  test.each(['sha256:../../x', `sha256:${'A'.repeat(64)}`, 'sha256:abc', 'md5:d41d8cd98f00b204e9800998ecf8427e'])(
    'a digest %s reaches no path and no URL [case 31]',
    async (digest) => {
      const bad = piece(
        JSON.stringify({ schemaVersion: 2, mediaType: MEDIA.manifest, config: emptyConfig.descriptor, layers: [{ ...layer.descriptor, digest }] }),
      )
      const { registry, target } = await withContent([says(Buffer.from(bad.bytes).toString(), MEDIA.manifest)])
      const failure: unknown = await copy(target, createMemoryTarget(), { ...bad.descriptor, mediaType: MEDIA.manifest }, {}, call).catch(
        (error: unknown) => error,
      )
      expect(failure).toMatchObject({ code: expect.stringMatching(/^(?:CONTENT_INVALID|UNSUPPORTED|REFERENCE_INVALID)$/) })
      expect(registry.history.filter(({ path }) => path.includes('/blobs/'))).toEqual([])
    },
  )

  test('layers with URLs of their own are not fetched from there [case 32]', async () => {
    const trap = await world.start()
    const foreign = piece('far away', 'application/vnd.oci.image.layer.nondistributable.v1.tar')
    const image = manifestOf({ more: { layers: [{ ...foreign.descriptor, urls: [`${trap.url}/layer`] }] } })
    const { target } = await withContent([])
    await put(target, emptyConfig, image)
    const there = createMemoryTarget()
    await copy(target, there, image.descriptor, { tag: TAG }, call)
    expect(trap.history).toEqual([])
    expect(await there.resolve(TAG, call)).toMatchObject({ digest: image.descriptor.digest })
  })
})

describe('what is missing', () => {
  test('a child that the source does not have: nothing is tagged (regclient#836, skopeo#2882) [case 27]', async () => {
    const { target } = await withContent([
      {
        match: { path: `/manifests/${other.manifest.descriptor.digest}` },
        fault: { answer: { status: 404, body: '{"errors":[{"code":"MANIFEST_UNKNOWN"}]}' } },
      },
    ])
    const there = createMemoryTarget()
    await expect(copy(target, there, index.descriptor, { tag: TAG }, call)).rejects.toMatchObject({ code: 'CONTENT_MISSING' })
    expect(await there.resolve(TAG, call)).toBeUndefined()
    expect(await there.resolve(index.descriptor.digest, call)).toBeUndefined()
  })

  test('a destination that has the child and refuses the parent: children again, once [case 28]', async () => {
    const { target } = await withContent([])
    const refusal = { answer: { status: 400, body: '{"errors":[{"code":"MANIFEST_BLOB_UNKNOWN","message":"blob unknown"}]}' } }
    const registry = await world.start([{ match: { method: 'PUT', path: '/manifests/v1$' }, fault: refusal, times: 1 }])
    const there = world.repository(registry)
    await put(there, ...blobs, manifest)
    await copy(target, world.repository(registry), index.descriptor, { tag: TAG }, call)
    expect(await there.resolve(TAG, call)).toMatchObject({ digest: index.descriptor.digest })
    expect(registry.violations).toEqual([])
    const endless = await world.start([{ match: { method: 'PUT', path: '/manifests/v1$' }, fault: refusal }])
    await expect(copy(target, world.repository(endless), index.descriptor, { tag: TAG }, call)).rejects.toMatchObject({ name: 'Failure' })
    expect(writesOf(endless.history).filter((line) => line.includes('/manifests/v1')).length).toBeLessThan(12)
    expect(await world.repository(endless).resolve(TAG, call)).toBeUndefined()
  })

  test('the source tag moves during the copy: what was resolved arrives [case 29]', async () => {
    let moved = false
    const { target, truth } = await withContent([], {
      onRequest: async ({ path }) => {
        if (moved || !path.includes('/blobs/')) return
        moved = true
        await truth.tag(manifest.descriptor, TAG, call)
      },
    })
    const root = await target.resolve(TAG, call)
    if (!root) throw new Error('not resolved')
    const there = createMemoryTarget()
    await copy(target, there, root, { tag: TAG }, call)
    expect(moved).toBe(true)
    expect(await there.resolve(TAG, call)).toMatchObject({ digest: index.descriptor.digest })
  })

  test('replicas that lag behind our own write are waited for [case 35]', async () => {
    const { target } = await withContent([])
    const lag = { answer: { status: 404, body: '{"errors":[{"code":"MANIFEST_UNKNOWN"}]}' } }
    const look = { method: 'HEAD', path: '/manifests/v1$', nth: 2 }
    const registry = await world.start([
      { match: look, fault: lag },
      { match: look, fault: lag },
    ])
    expect(await copy(target, world.repository(registry), index.descriptor, { tag: TAG }, call)).toMatchObject({ tagged: true })
    expect(registry.history.filter(({ rule }) => rule !== undefined).length).toBe(2)
  })

  test.each([401, 403, 429, 500])('%s is never "nothing there" [case 36]', async (status) => {
    const { target } = await withContent([{ fault: { answer: { status, headers: { 'Retry-After': '7200' } } } }])
    await expect(target.resolve(TAG, call)).rejects.toMatchObject({ name: 'Failure' })
    await expect(all(target.tags(call))).rejects.toMatchObject({ name: 'Failure' })
    await expect(all(target.referrers(index.descriptor.digest, call))).rejects.toMatchObject({ name: 'Failure' })
  })
})

describe('lists', () => {
  test.each([
    ['to itself', '</v2/team/app/tags/list>; rel="next"'],
    ['to another origin', '<http://127.0.0.1:9/v2/team/app/tags/list>; rel="next"'],
  ])('a next page that leads %s is an error, never a short or an endless list [case 33]', async (_what, link) => {
    const { registry, target } = await withContent([{ match: { path: '/tags/list' }, fault: { set: { Link: link } } }])
    await expect(all(target.tags(call))).rejects.toMatchObject({ name: 'Failure' })
    expect(registry.history.length).toBeLessThan(5)
  })

  test('unsorted and doubled tags are taken as they are, each once [case 34]', async () => {
    const list = { name: 'team/app', tags: ['v2', 'v1', 'v2', 'a'] }
    const { target } = await withContent([{ match: { path: '/tags/list' }, ...says(list, 'application/json') }])
    expect([...new Set(await all(target.tags(call)))].toSorted()).toEqual(['a', 'v1', 'v2'])
  })

  test('no referrers API: the fallback tag says the same, and both are united [case 37]', async () => {
    const rules = [{ match: { path: '/referrers/' }, fault: { answer: { status: 404 } } }]
    const { registry, truth } = await withContent(rules)
    const signature = manifestOf({ more: { subject: index.descriptor, artifactType: 'application/vnd.example.signature' } })
    await put(world.repository(registry), emptyConfig, signature)
    const digests = async (target: typeof truth) => (await all(target.referrers(index.descriptor.digest, call))).map(({ digest }) => digest)
    expect(await digests(world.repository(registry))).toEqual([signature.descriptor.digest])
    const empty = await world.start([{ match: { path: '/referrers/' }, ...says({ schemaVersion: 2, mediaType: MEDIA.index, manifests: [] }) }], {
      directory: registry.directory,
    })
    expect(await digests(world.repository(empty))).toEqual([signature.descriptor.digest])
  })
})

describe('writes', () => {
  const fresh = piece('fresh blob')

  test.each([400, 409, 416, 500])(
    'somebody else stored the blob and we are told %s: it is there, so that is success (distribution-spec#590) [case 38]',
    async (status) => {
      let others: ReturnType<FaultWorld['repository']> | undefined
      const { registry, truth } = await withContent([{ match: { method: 'PUT', path: '/blobs/uploads/' }, fault: { answer: { status } } }], {
        onRequest: async ({ method }) => {
          if (method === 'PUT') await put(others ?? truth, fresh)
        },
      })
      others = truth
      await put(world.repository(registry), fresh)
      expect(await world.repository(registry).has(fresh.descriptor, call)).toBe(true)
    },
  )

  test('the upload session is gone: a new one, once more (tuist#12530) [case 39]', async () => {
    const gone = { answer: { status: 404, body: '{"errors":[{"code":"BLOB_UPLOAD_UNKNOWN"}]}' } }
    const { registry, target } = await withContent([{ match: { method: 'PUT', path: '/blobs/uploads/' }, fault: gone, times: 1 }])
    await put(target, fresh)
    expect(registry.history.filter(({ method }) => method === 'POST').length).toBe(2)
    expect(await world.repository(registry).has(fresh.descriptor, call)).toBe(true)
  })

  test('404 to a DELETE is done already [case 40]', async () => {
    const { target } = await withContent([])
    await target.untag(TAG, call)
    await target.untag(TAG, call)
    expect(await target.resolve(TAG, call)).toBeUndefined()
  })

  test('a registry that stores another manifest than ours is found out, and nothing is tagged [case 41]', async () => {
    const { target } = await withContent([])
    const registry = await world.start([{ match: { method: 'PUT', path: '/manifests/' }, fault: { digest: manifest.descriptor.digest } }])
    await expect(copy(target, world.repository(registry), index.descriptor, { tag: TAG }, call)).rejects.toMatchObject({ name: 'Failure' })
    expect(await world.repository(registry).resolve(TAG, call)).toBeUndefined()
  })

  test('a Warning is shown once, short, and starts nothing [case 42]', async () => {
    const { registry } = await withContent([{ fault: { set: { Warning: `299 - "${'tool old '.repeat(300)}"` } } }])
    const warnings: string[] = []
    const target = world.repository(registry, 'team/app', world.client({ onWarning: (text) => void warnings.push(text) }))
    await target.resolve(TAG, call)
    await get(target, layer.descriptor)
    await all(target.tags(call))
    const shown = warnings.filter((text) => text.includes('tool old'))
    expect(shown.length).toBe(1)
    expect(shown[0]?.length).toBeLessThanOrEqual(1000)
  })
})
