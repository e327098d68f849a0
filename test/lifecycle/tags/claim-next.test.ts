import { expect, test } from 'vitest'
import { freeCall } from '../../../src/kit/call.ts'
import { claimNextTag } from '../../../src/lifecycle/tags/claim-next.ts'
import { createTagScheme } from '../../../src/lifecycle/tags/create-scheme.ts'
import { takeTag } from '../../../src/lifecycle/tags/take-tag.ts'
import { digestOf } from '../../../src/registry/oci/digest.ts'
import { parseTag as parsePlainTag, type Tag } from '../../../src/registry/oci/reference.ts'
import { createMemoryTarget } from '../../../src/registry/target/memory.ts'
import { pushImage } from '../images.ts'

const scheme = await createTagScheme({ environments: ['dev', 'staging'] })
const wanted = { environment: 'dev', version: 'v1.0' }
const call = freeCall()

test('builders that count at the same moment get different numbers', async () => {
  const target = createMemoryTarget('shared')
  const images = await Promise.all(['a', 'b', 'c', 'd', 'e'].map((content) => pushImage(target, content)))
  const claims = await Promise.all(
    images.map((image) =>
      claimNextTag(scheme, wanted, { name: target.name, tags: (inner) => target.tags(inner), take: (tag) => takeTag(target, image, tag.tag, call) }, call),
    ),
  )
  expect(new Set(claims.map((claim) => claim.build)).size).toBe(5)
  for (const [at, claim] of claims.entries()) expect((await target.resolve(claim.tag, call))?.digest).toBe(images[at]?.digest)
})

test('a listing that lags does not make it try the same number for ever', async () => {
  const taken = new Set<Tag>([parsePlainTag('dev-v1.0-1'), parsePlainTag('dev-v1.0-2')])
  const place = {
    name: 'lagging',
    async *tags() {},
    async take(tag: { tag: Tag }) {
      return taken.has(tag.tag) ? ({ outcome: 'lost', to: digestOf(Buffer.from('x')) } as const) : ({ outcome: 'written' } as const)
    },
  }
  expect((await claimNextTag(scheme, wanted, place, call)).tag).toBe('dev-v1.0-3')
  await expect(claimNextTag(scheme, { ...wanted, tries: 2 }, place, call)).rejects.toMatchObject({ code: 'TAG_TAKEN', facts: { tries: 2, lastBuild: '2' } })
})

test('a stop ends the trying', async () => {
  const stop = new AbortController()
  const place = {
    name: 'busy',
    async *tags() {},
    async take() {
      stop.abort()
      return { outcome: 'lost', to: digestOf(Buffer.from('x')) } as const
    },
  }
  await expect(claimNextTag(scheme, wanted, place, { signal: stop.signal })).rejects.toMatchObject({ code: 'INTERRUPTED' })
})

test('a tag is taken once, and the loser learns who has it', async () => {
  const target = createMemoryTarget('one')
  const [first, second] = [await pushImage(target, 'first'), await pushImage(target, 'second')]
  const tag = parsePlainTag('dev-v1.0-1')
  expect(await takeTag(target, first, tag, call)).toEqual({ outcome: 'written' })
  expect(await takeTag(target, first, tag, call)).toEqual({ outcome: 'present' })
  expect(await takeTag(target, second, tag, call)).toEqual({ outcome: 'lost', to: first.digest })
  // Somebody overwrites between writing and reading back.
  const racing = {
    ...target,
    async tag(...args: Parameters<typeof target.tag>) {
      await target.tag(...args)
      await target.tag(first, args[1], call)
    },
  }
  expect(await takeTag(racing, second, parsePlainTag('dev-v1.0-2'), call)).toEqual({ outcome: 'lost', to: first.digest })
})
