/**
 * Requests and bytes per operation, on the embedded registry. They are the same each time, so they are a table that is kept
 * (requests.txt; `vitest run test/traffic/cost.test.ts -u` writes it):
 * a request more is a line in a diff. What is promised of unchanged tags and of retagging is asserted besides.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { applyPromotion, planPromotion, surveyPromotion } from '../../src/lifecycle/promote.ts'
import { createTagScheme } from '../../src/lifecycle/tags/create-scheme.ts'
import { copy } from '../../src/registry/copy/copy.ts'
import { resolveImage } from '../../src/registry/copy/resolve.ts'
import { ANONYMOUS } from '../../src/registry/http/credentials/credential.ts'
import { parseTag } from '../../src/registry/oci/reference.ts'
import { createMemoryTarget } from '../../src/registry/target/memory.ts'
import { createOpener } from '../../src/registry/target/open.ts'
import type { RemoteTarget } from '../../src/registry/target/remote/remote.ts'
import { type RunningRegistry, serveRegistry } from '../../src/registry/target/serve/serve.ts'
import { all } from '../contracts/content.ts'
import { call, layered, operate } from './operations.ts'
import { type Recorder, record } from './recorder.ts'

let place: string
let registries: RunningRegistry[]
let recorder: Recorder
let other: Recorder
beforeAll(async () => {
  place = await mkdtemp(join(tmpdir(), 'ferry-cost-'))
  registries = [await serveRegistry({ directory: join(place, 'one') }), await serveRegistry({ directory: join(place, 'two') })]
  const [one, two] = registries
  recorder = await record(one?.host ?? '')
  other = await record(two?.host ?? '')
})
afterAll(async () => {
  for (const each of [recorder, other, ...registries]) await each.close()
  await rm(place, { recursive: true })
})

const rows: Array<{ operation: string; requests: number; up: number; down: number; how: string }> = []

/** Requests of an operation at both registries, as a row. */
async function cost(operation: string, work: (open: (path: string) => RemoteTarget) => Promise<unknown>): Promise<number> {
  await operate(recorder, operation, ANONYMOUS, (open) => other.during(operation, () => work(open)))
  const asked = [...recorder.requests, ...other.requests].filter((request) => request.operation === operation)
  const methods = new Map<string, number>()
  for (const { method } of asked) methods.set(method, (methods.get(method) ?? 0) + 1)
  rows.push({
    operation,
    requests: asked.length,
    up: asked.reduce((sum, { body }) => sum + body.length, 0),
    down: asked.reduce((sum, { received, method }) => sum + (method === 'HEAD' ? 0 : received), 0),
    how: [...methods]
      .toSorted()
      .map(([method, times]) => `${times} ${method}`)
      .join(', '),
  })
  return asked.length
}

test('requests and bytes per operation', async () => {
  const memory = createMemoryTarget()
  const small = await layered(memory, 3, 'four blobs')
  const large = await layered(memory, 10, 'ten layers')
  const scheme = await createTagScheme({ environments: ['dev', 'staging', 'prod'] })
  const [v1, v2, dev] = [parseTag('v1'), parseTag('v2'), parseTag('dev-v1.0-1')]

  const push = await cost('push: an image of 4 blobs', (open) => copy(memory, open('team/app'), small, { tag: v1 }, call))
  await cost('push: an image of 11 blobs', (open) => copy(memory, open('team/large'), large, { tag: dev }, call))
  const noop = await cost('push again: nothing is new', (open) => copy(memory, open('team/app'), small, { tag: v1, referrers: false }, call))
  const retag = await cost('retag by digest', (open) => open('team/app').tag(small, v2, call))
  await cost('resolve a tag', (open) => open('team/app').resolve(v1, call))
  await cost('list tags', (open) => all(open('team/app').tags(call)))
  const across = async (open: (path: string) => RemoteTarget, referrers = true, to = 'team/app'): Promise<unknown> => {
    const opener = createOpener({ credentials: ANONYMOUS, userAgent: 'kubeferry/test' })
    try {
      const source = open('team/app')
      const image = await resolveImage(source, { tag: v1 }, call)
      return await copy(source, opener.open(`${other.host}/${to}`).target, image, { tag: v1, referrers }, call)
    } finally {
      opener.close()
    }
  }
  const cold = await cost('copy to another registry: a tag of 4 blobs, cold', (open) => across(open))
  const imageOnly = await cost('copy to another registry: image only, cold', (open) => across(open, false, 'team/plain'))
  const again = await cost('copy to another registry: the same again', (open) => across(open))
  const unchanged = await cost('copy to another registry: the same again, image only', (open) => across(open, false))
  const promoted = await cost('promote 10 layers to another repository of the registry', async (open) => {
    const request = { scheme, source: open('team/large'), ref: { tag: dev }, target: open('prod/large'), to: 'staging', tool: 'test', gates: [] }
    const surveyed = await surveyPromotion(request, call)
    await applyPromotion(planPromotion(surveyed, request), { ...request, surveyed }, call)
  })
  const mounted = await cost('copy 10 layers to another repository of the registry', async (open) => {
    const source = open('team/large')
    return copy(source, open('copied/large'), await resolveImage(source, { tag: dev }, call), { tag: dev }, call)
  })

  const table = rows.map(
    ({ operation, requests, up, down, how }) =>
      `${operation.padEnd(58)} ${String(requests).padStart(3)} requests ${String(up).padStart(6)} B up ${String(down).padStart(6)} B down  ${how}`,
  )
  await expect(`${table.join('\n')}\n`).toMatchFileSnapshot('requests.txt')
  // Nine for the blobs (the first is asked for), three for the name and its proof. regctl needs 19 for the copy of the image alone.
  expect(imageOnly).toBeLessThan(19)
  expect(push).toBeLessThanOrEqual(12)
  expect(cold).toBeLessThanOrEqual(19)
  // Both tags, and both places where the source lists evidence.
  expect(again).toBeLessThanOrEqual(4)
  expect(mounted).toBeLessThanOrEqual(18)
  // Eleven mounts and the tag; two tags, the builds twice, the manifest, both lists of evidence, is it there, is the tag free, is it ours.
  expect(promoted).toBeLessThanOrEqual(22)
  expect(noop).toBeLessThanOrEqual(2)
  expect(retag).toBeLessThanOrEqual(2)
  expect(unchanged).toBeLessThanOrEqual(2)
})
