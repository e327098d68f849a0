/** delete removes what was asked for and nothing that a remaining tag can reach; shown first, refused when the world moved. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { freeCall } from '../../src/kit/call.ts'
import { applyDeletion } from '../../src/lifecycle/delete/apply-deletion.ts'
import { planDeletion } from '../../src/lifecycle/delete/plan-deletion.ts'
import { surveyDeletion } from '../../src/lifecycle/delete/survey.ts'
import { check } from '../../src/registry/copy/check.ts'
import { copy } from '../../src/registry/copy/copy.ts'
import type { Digest } from '../../src/registry/oci/digest.ts'
import { childrenOf, parseManifest } from '../../src/registry/oci/manifest.ts'
import { parseTag } from '../../src/registry/oci/reference.ts'
import { openLayout } from '../../src/registry/target/layout/layout.ts'
import { createMemoryTarget } from '../../src/registry/target/memory.ts'
import { describePeers } from '../../tools/peers/with-peers.ts'
import { emptyConfig, get, indexOf, manifestOf, piece, put } from '../contracts/content.ts'
import { ferry, mustFerry, type Run } from '../live/registry/ferry.ts'
import { buildHello, type Hello } from '../live/registry/images.ts'
import { startDistribution, startOurs, type WatchedServer } from '../live/registry/servers.ts'

const call = freeCall()
const asked = { tool: 'the test', withTags: false }

let place: string
let hello: Hello
let registry: WatchedServer

const run = (...args: readonly string[]): Promise<Run> => ferry(args, { home: place })
const must = (...args: readonly string[]): Promise<Run['outputs']> => mustFerry(args, { home: place, env: { FERRY_KEY_PASSWORD: 'of the test' } })

beforeAll(async () => {
  place = await mkdtemp(join(tmpdir(), 'ferry-delete-'))
  hello = await buildHello(join(place, 'out'))
  registry = await startOurs()
  await must('key', 'create', '--out', 'signer')
  await must('sign', 'oci:out:multi', '--key', 'signer.key')
})

afterAll(async () => {
  await registry.stop()
  await rm(place, { recursive: true })
})

async function repository(name: string, host = registry.host): Promise<string> {
  const to = `${host}/delete/${name}`
  for (const tag of ['dev-v1.0-1', 'staging-v1.0-1']) await must('copy', 'oci:out:multi', `${to}:${tag}`)
  await must('copy', 'oci:out:single', `${to}:dev-v1.0-2`)
  return to
}

describe('a tag', () => {
  test('goes alone: shown first, its image and its other names stay, and again is no work (genuinetools/reg#136)', { timeout: 60_000 }, async () => {
    const to = await repository('tag')
    const plan = await run('delete', `${to}:dev-v1.0-1`)
    expect(plan).toMatchObject({ exit: 0, outputs: { planned: 1, removed: 0, changed: false } })
    expect(await must('list', to)).toMatchObject({ count: 3 })
    expect(await must('delete', `${to}:dev-v1.0-1`, '--apply')).toMatchObject({ removed: 1, changed: true })
    expect(await must('list', to)).toMatchObject({ count: 2 })
    expect(await must('check', `${to}:staging-v1.0-1`, '--deep')).toMatchObject({ digest: hello.index.digest, referrers: 3 })
    const again = await run('delete', `${to}:dev-v1.0-1`, '--apply')
    expect(again).toMatchObject({ exit: 0, outputs: { planned: 0, changed: false } })
    expect(again.stdout).toContain('There is no tag dev-v1.0-1')
  })

  test('of a layout', async () => {
    await must('copy', 'oci:out', 'oci:lay', '--all-tags')
    await must('delete', 'oci:lay:single', 'oci:lay:nothing', '--apply')
    expect(await must('list', 'oci:lay')).toMatchObject({ count: 1 })
    expect(await must('check', 'oci:lay:multi', '--deep')).toMatchObject({ digest: hello.index.digest })
  })
})

describe('a digest', () => {
  test('that tags name stays, and they are listed; with-tags takes them, its signatures and its platforms along, and nothing else', {
    timeout: 60_000,
  }, async () => {
    const to = await repository('digest')
    const refused = await run('delete', `${to}@${hello.index.digest}`, '--apply')
    expect(refused.exit).toBe(2)
    expect(refused.stderr).toMatch(/dev-v1.0-1, staging-v1.0-1/)
    expect(await must('check', `${to}:dev-v1.0-1`)).toMatchObject({ referrers: 3 })
    // Two names, three signatures, the index and its two platforms.
    expect(await must('delete', `${to}@${hello.index.digest}`, '--with-tags', '--apply')).toMatchObject({ removed: 8 })
    expect(await must('list', to)).toMatchObject({ count: 1 })
    expect((await run('inspect', `${to}@${hello.index.digest}`)).exit).toBe(2)
    expect(await must('check', `${to}:dev-v1.0-2`, '--deep')).toMatchObject({ digest: hello.image.digest })
    expect(await must('delete', `${to}@${hello.index.digest}`, '--with-tags', '--apply')).toMatchObject({ planned: 0 })
  })

  test('of a platform of an image that stays is refused', async () => {
    const to = await repository('platform')
    const layout = openLayout(hello.directory)
    const [platform] = childrenOf(parseManifest(await get(layout, hello.index), hello.index.mediaType))
    const refused = await run('delete', `${to}@${platform?.digest}`, '--apply')
    expect(refused.exit).toBe(2)
    expect(refused.stderr).toContain('which stays')
    expect(await must('check', `${to}:dev-v1.0-1`, '--deep')).toMatchObject({ digest: hello.index.digest })
  })
})

test('platforms that another image shares stay', async () => {
  const target = createMemoryTarget()
  const layer = piece('layer')
  const [shared, alone] = [manifestOf({ layers: [layer] }), manifestOf({ layers: [layer], more: { annotations: { alone: 'yes' } } })]
  const [goes, stays] = [indexOf([shared, alone]), indexOf([shared])]
  await put(target, emptyConfig, layer, shared, alone, goes, stays)
  await target.tag(stays.descriptor, parseTag('stays'), call)
  const doomed = [{ digest: goes.descriptor.digest }]
  const plan = planDeletion(await surveyDeletion(target, doomed, call), asked)
  expect(plan.actions.map(({ digest }) => digest)).toEqual([goes, alone].map(({ descriptor }) => descriptor.digest))
  expect(await applyDeletion(target, plan, doomed, call)).toBe(2)
  expect(await check(target, stays.descriptor, {}, call)).toMatchObject({ faults: [] })
})

test('an image of which a platform is not there can go', async () => {
  const target = createMemoryTarget()
  const layer = piece('layer')
  const [there, absent] = [manifestOf({ layers: [layer] }), manifestOf({ layers: [layer], more: { annotations: { absent: 'yes' } } })]
  const sparse = indexOf([there, absent])
  await put(target, emptyConfig, layer, there, absent, sparse)
  await target.remove(absent.descriptor, call)
  const doomed = [{ digest: sparse.descriptor.digest }]
  const plan = planDeletion(await surveyDeletion(target, doomed, call), asked)
  expect(plan.actions.map(({ digest }) => digest)).toEqual([sparse, there].map(({ descriptor }) => descriptor.digest))
  expect(await applyDeletion(target, plan, doomed, call)).toBe(2)
})

test('a tag that is written between plan and apply stops it: nothing is removed', async () => {
  const layout = openLayout(join(place, 'race'))
  await copy(openLayout(hello.directory), layout, hello.image, {}, call)
  const doomed = [{ digest: hello.image.digest }]
  const plan = planDeletion(await surveyDeletion(layout, doomed, call), asked)
  await layout.tag(hello.image, parseTag('prod-v1.0-1'), call)
  await expect(applyDeletion(layout, plan, doomed, call)).rejects.toMatchObject({ code: 'PLAN_STALE' })
  expect(await check(layout, hello.image, {}, call)).toMatchObject({ faults: [] })
})

test('a listing that fails removes nothing', async () => {
  const target = createMemoryTarget()
  const image = manifestOf({})
  await put(target, emptyConfig, image)
  const broken = {
    ...target,
    // oxlint-disable-next-line require-yield
    async *referrers(_subject: Digest): AsyncIterable<never> {
      throw new Error('503')
    },
  }
  await expect(surveyDeletion(broken, [{ digest: image.descriptor.digest }], call)).rejects.toThrow('503')
})

test.each([
  [[], 'images is missing'],
  [['oci:a:x', 'oci:b:x'], 'are in two places'],
  [['oci:a'], 'names a whole repository'],
  [[`oci:a:x@sha256:${'0'.repeat(64)}`], 'names a tag and a digest'],
])('%j is refused with the next move', async (images, words) => {
  const said = await run('delete', ...images, '--apply')
  expect(said.exit).toBe(2)
  expect(said.stderr).toContain(words)
})

describePeers(['distribution-2', 'distribution-3'], 'distribution', (peers) => {
  test('2 cannot remove a name alone: said, and the digest is not deleted in its place [trap 25]', { timeout: 60_000 }, async () => {
    const server = await startDistribution(peers['distribution-2'].bin)
    try {
      const to = await repository('two', server.host)
      const said = await run('delete', `${to}:dev-v1.0-1`, '--apply')
      expect(said.exit).toBe(2)
      expect(said.stderr).toContain('other tags may name it')
      expect(await must('check', `${to}:dev-v1.0-1`)).toMatchObject({ digest: hello.index.digest })
    } finally {
      await server.stop()
    }
  })

  test('3 removes a name, and an image with its signatures, whose list goes too', { timeout: 60_000 }, async () => {
    const server = await startDistribution(peers['distribution-3'].bin)
    try {
      const to = await repository('three', server.host)
      expect(await must('delete', `${to}:dev-v1.0-1`, '--apply')).toMatchObject({ removed: 1 })
      expect(await must('delete', `${to}@${hello.index.digest}`, '--with-tags', '--apply')).toMatchObject({ changed: true })
      expect(await must('list', to)).toMatchObject({ count: 1 })
      expect(await must('check', `${to}:dev-v1.0-2`, '--deep')).toMatchObject({ digest: hello.image.digest })
    } finally {
      await server.stop()
    }
  })
})
