/** Promotion over real HTTP, between repositories of the embedded registry and from a layout on disk: what is really asked. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { applyPromotion, type PromotionReport, type PromotionRequest, planPromotion, surveyPromotion } from '../../../src/lifecycle/promote.ts'
import { createTagScheme } from '../../../src/lifecycle/tags/create-scheme.ts'
import { ANONYMOUS } from '../../../src/registry/http/credentials/credential.ts'
import type { Descriptor } from '../../../src/registry/oci/descriptor.ts'
import { createOpener, type Opener } from '../../../src/registry/target/open.ts'
import { type RunningRegistry, serveRegistry } from '../../../src/registry/target/serve/serve.ts'
import { pushImage } from '../images.ts'
import { call, signed, tagOf } from './promotion-world.ts'

const scheme = await createTagScheme({ environments: ['dev', 'staging', 'prod'] })
let directory: string
let registry: RunningRegistry
let opener: Opener
let image: Descriptor
const asked: string[] = []

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'ferry promote '))
  registry = await serveRegistry({ directory: join(directory, 'reg'), onAccess: ({ method, path }) => asked.push(`${method} ${path}`) })
  opener = createOpener({ credentials: ANONYMOUS, userAgent: 'kubeferry/test' })
  const { target } = opener.open(`${registry.host}/team/hello`)
  image = await pushImage(target, 'hello')
  await pushImage(target, 'signature', image)
  await target.tag(image, tagOf('dev-v1.0-1'), call)
  asked.length = 0
})

afterEach(async () => {
  opener.close()
  await registry.close()
  await rm(directory, { recursive: true, force: true })
})

async function promote(from: string, to: string, more: Partial<PromotionRequest> = {}): Promise<PromotionReport> {
  // A client of its own, as every command has: nothing is remembered.
  const own = createOpener({ credentials: ANONYMOUS, userAgent: 'kubeferry/test' })
  try {
    const source = own.open(from)
    const request: PromotionRequest = {
      scheme,
      source: source.target,
      ref: source.location,
      target: own.open(to).target,
      to: 'staging',
      tool: 'test',
      gates: [signed],
      ...more,
    }
    return await applyPromotion(planPromotion(await surveyPromotion(request, call), request), request, call)
  } finally {
    own.close()
  }
}

test('within one repository: no blob traffic, one write, and again two requests', async () => {
  const hello = `${registry.host}/team/hello`
  expect((await promote(`${hello}:dev-v1.0-1`, hello)).outcome).toBe('promoted')
  expect(asked.filter((line) => line.includes('/blobs/'))).toEqual([])
  expect(asked.filter((line) => !/^(?:GET|HEAD) /.test(line))).toEqual(['PUT /v2/team/hello/manifests/staging-v1.0-1'])
  asked.length = 0
  expect((await promote(`${hello}:dev-v1.0-1`, hello)).outcome).toBe('nothing')
  expect(asked).toEqual(['HEAD /v2/team/hello/manifests/dev-v1.0-1', 'HEAD /v2/team/hello/manifests/staging-v1.0-1'])
})

test('into another repository, and again', async () => {
  const [from, to] = [`${registry.host}/team/hello:dev-v1.0-1`, `${registry.host}/prod/hello`]
  const report = await promote(from, to)
  expect(report).toMatchObject({ outcome: 'promoted', digest: image.digest, copied: { referrers: 1, lost: [] } })
  expect(asked.findLast((line) => line.startsWith('PUT'))).toBe('PUT /v2/prod/hello/manifests/staging-v1.0-1')
  asked.length = 0
  expect((await promote(from, to)).outcome).toBe('nothing')
  expect(asked).toHaveLength(2)
})

test('from the registry into a layout on disk, and from there on', async () => {
  const layout = `oci:${join(directory, 'out')}`
  expect((await promote(`${registry.host}/team/hello:dev-v1.0-1`, layout)).outcome).toBe('promoted')
  expect((await promote(`${layout}:staging-v1.0-1`, layout, { to: 'prod' })).outcome).toBe('promoted')
  expect((await opener.open(layout).target.resolve(tagOf('prod-v1.0-1'), call))?.digest).toBe(image.digest)
})
