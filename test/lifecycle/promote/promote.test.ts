import { beforeEach, describe, expect, test } from 'vitest'
import { Failure } from '../../../src/kit/failure.ts'
import { applyPromotion, type PromotionGate } from '../../../src/lifecycle/promote.ts'
import { call, createWorld, signed, tagOf, type World } from './promotion-world.ts'

let source: World['source']
let elsewhere: World['elsewhere']
let image: World['image']
let signature: World['signature']
let reset: World['reset']
let request: World['request']
let makePlan: World['makePlan']
let promote: World['promote']

beforeEach(async () => {
  ;({ source, elsewhere, image, signature, reset, request, makePlan, promote } = await createWorld())
})

describe('within one repository', () => {
  test('a plan writes nothing, and says what, why and at what cost', async () => {
    const plan = await makePlan()
    expect(source.writes()).toBe(0)
    expect(plan.subject).toBe('reg/app:dev-v1.2-7 → staging-v1.2-7')
    expect(plan.actions).toEqual([
      { verb: 'tag', what: 'staging-v1.2-7', to: 'reg/app:staging-v1.2-7', digest: image.digest, reason: 'promoted', text: 'goes from dev to staging' },
    ])
    expect(plan.gates.map(({ name, result }) => [name, result])).toEqual([
      ['order', 'open'],
      ['monotonic', 'open'],
      ['signature', 'open'],
    ])
    expect(plan.seen).toEqual({ 'reg/app:dev-v1.2-7': image.digest, 'reg/app:staging-v1.2-7': 'absent' })
    expect(plan.cost.bytes).toBe(image.size)
    expect(JSON.parse(JSON.stringify(plan))).toEqual(plan)
  })

  test('only the tag is written, no content is touched, and the cost was told', async () => {
    const plan = await makePlan({ gates: [] })
    reset()
    const report = await applyPromotion(plan, request({ gates: [] }), call)
    expect(report).toMatchObject({ outcome: 'promoted', image: 'reg/app:staging-v1.2-7', digest: image.digest })
    expect(report.copied).toBeUndefined()
    expect(source.asked.toSorted()).toEqual(['resolve', 'resolve', 'resolve', 'resolve', 'tag', 'tags'])
    expect(source.asked.length).toBeLessThanOrEqual(plan.cost.requests)
    expect((await source.resolve(tagOf('staging-v1.2-7'), call))?.digest).toBe(image.digest)
  })

  test('again: two requests in all, nothing written, gates not asked', async () => {
    await promote()
    reset()
    const report = await promote()
    expect(report).toMatchObject({ outcome: 'nothing', digest: image.digest })
    expect(source.asked).toEqual(['resolve', 'resolve'])
  })

  test('on to prod', async () => {
    await promote()
    const report = await promote({ ref: { tag: tagOf('staging-v1.2-7') }, to: 'prod' })
    expect(report.image).toBe('reg/app:prod-v1.2-7')
  })
})

describe('into another repository', () => {
  test('the image, its children and all that is attached go along; the tag is last', async () => {
    const plan = await makePlan({ target: elsewhere })
    expect(elsewhere.writes()).toBe(0)
    expect(plan.actions.map(({ verb, what }) => [verb, what])).toEqual([
      ['copy', 'image and 2 referrers'],
      ['tag', 'staging-v1.2-7'],
    ])
    reset()
    const report = await applyPromotion(plan, request({ target: elsewhere }), call)
    expect(report.outcome).toBe('promoted')
    expect(report.copied).toBeDefined()
    expect(report.gates.map(({ name, result }) => [name, result])).toEqual([
      ['signature', 'open'],
      ['signature at the target', 'open'],
      ['monotonic', 'open'],
    ])
    const written = elsewhere.asked.filter((verb) => verb === 'push' || verb === 'tag')
    expect(written.at(-1)).toBe('tag')
    expect(written.filter((verb) => verb === 'tag')).toHaveLength(1)
    expect(await elsewhere.has(signature, call)).toBe(true)
    expect((await elsewhere.resolve(tagOf('staging-v1.2-7'), call))?.digest).toBe(image.digest)
    const { requests } = plan.cost
    expect(source.asked.length + elsewhere.asked.length).toBeLessThanOrEqual(requests + 20)
    reset()
    expect((await promote({ target: elsewhere })).outcome).toBe('nothing')
    expect([source.asked, elsewhere.asked]).toEqual([['resolve'], ['resolve']])
  })

  test('content that is there already costs nothing again', async () => {
    const first = await makePlan({ target: elsewhere })
    await applyPromotion(first, request({ target: elsewhere }), call)
    const second = await makePlan({
      target: elsewhere,
      ref: { digest: image.digest },
      from: 'dev',
      to: 'staging',
      targetTag: tagOf('staging-v1.2-8'),
      skip: true,
    })
    expect(first.cost.bytes).toBeGreaterThan(second.cost.bytes)
    expect(second.cost.bytes).toBe(image.size)
  })

  test('evidence that did not arrive means no tag', async () => {
    const asked: string[] = []
    const strict: PromotionGate = {
      ...signed,
      async ask(where, inner) {
        asked.push(where.place.name)
        if (where.place === elsewhere) throw new Failure('SIGNATURE_MISSING', 'lost on the way')
        return signed.ask(where, inner)
      },
    }
    await expect(promote({ target: elsewhere, gates: [strict] })).rejects.toMatchObject({ code: 'SIGNATURE_MISSING', exitCode: 6 })
    expect(asked).toEqual(['reg/app', 'reg/app', 'other/app'])
    expect(await elsewhere.resolve(tagOf('staging-v1.2-7'), call)).toBeUndefined()
  })

  test('a copy that fails leaves no tag, and running again finishes', async () => {
    const plan = await makePlan({ target: elsewhere })
    let pushes = 0
    elsewhere.onRequest = (verb) => {
      if (verb === 'push') pushes += 1
      if (pushes > 5) throw new Failure('STORAGE_FULL', 'full')
    }
    await expect(applyPromotion(plan, request({ target: elsewhere }), call)).rejects.toMatchObject({ code: 'STORAGE_FULL' })
    expect(elsewhere.asked).not.toContain('tag')
    elsewhere.onRequest = () => undefined
    expect((await applyPromotion(plan, request({ target: elsewhere }), call)).outcome).toBe('promoted')
  })
})
