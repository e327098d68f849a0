import { beforeEach, describe, expect, test } from 'vitest'
import { Failure } from '../../../src/kit/failure.ts'
import { applyPromotion, type PromotionGate, type PromotionRequest } from '../../../src/lifecycle/promote.ts'
import { pushImage } from '../images.ts'
import { call, createWorld, signed, tagOf, type World } from './promotion-world.ts'

let source: World['source']
let image: World['image']
let signature: World['signature']
let reset: World['reset']
let request: World['request']
let makePlan: World['makePlan']
let promote: World['promote']

beforeEach(async () => {
  ;({ source, image, signature, reset, request, makePlan, promote } = await createWorld())
})

describe('which image', () => {
  test('the newest of an environment', async () => {
    const older = await pushImage(source, 'older')
    await source.tag(older, tagOf('dev-v1.2-6'), call)
    await source.tag(older, tagOf('dev-v1.1-9'), call)
    const plan = await makePlan({ ref: {}, from: 'dev' })
    expect(plan.details).toMatchObject({ ref: 'dev-v1.2-7', tag: 'staging-v1.2-7', digest: image.digest })
    expect(plan.notes).toContain('dev-v1.2-7 is the highest version of dev; dev-v1.1-9 has a higher build of a lower version.')
  })

  test('by digest: version, build and the environment come from the tag that names it', async () => {
    const older = await pushImage(source, 'older')
    await source.tag(older, tagOf('dev-v1.2-8'), call)
    const plan = await makePlan({ ref: { digest: image.digest } })
    expect(plan.details).toMatchObject({ from: 'dev', tag: 'staging-v1.2-7' })
    expect(plan.seen).toEqual({ [`reg/app@${image.digest}`]: image.digest, 'reg/app:staging-v1.2-7': 'absent', 'reg/app:dev-v1.2-7': image.digest })
    expect((await applyPromotion(plan, request(), call)).outcome).toBe('promoted')
  })

  test('by a tag outside the scheme', async () => {
    await source.tag(image, tagOf('latest'), call)
    expect((await makePlan({ ref: { tag: tagOf('latest') } })).details).toMatchObject({ ref: 'latest', from: 'dev', tag: 'staging-v1.2-7' })
  })

  test('by digest that no tag of the environment before names: refused, or closed when the target tag is named', async () => {
    const stray = await pushImage(source, 'stray')
    await expect(makePlan({ ref: { digest: stray.digest } })).rejects.toMatchObject({ code: 'INPUT_INVALID', cause: 'no tag of dev in reg/app names it' })
    const plan = await makePlan({ ref: { digest: stray.digest }, targetTag: tagOf('staging-v1.2-9'), gates: [] })
    expect(plan.gates[0]).toMatchObject({ name: 'order', result: 'closed', text: 'nothing shows that the image is in dev' })
    await expect(applyPromotion(plan, request({ gates: [] }), call)).rejects.toMatchObject({ code: 'GATE_CLOSED', exitCode: 7 })
    expect(source.asked.filter((verb) => verb === 'tag')).toEqual([])
  })

  test.each<[string, Partial<PromotionRequest>, string]>([
    ['no such tag', { ref: { tag: tagOf('dev-v9-9') } }, 'IMAGE_NOT_FOUND'],
    ['no image named', { ref: {} }, 'INPUT_INVALID'],
    ['no tag of the environment', { ref: {}, from: 'staging', to: 'prod' }, 'IMAGE_NOT_FOUND'],
    ['an environment that is not declared', { to: 'stagin' }, 'INPUT_INVALID'],
    ['from an environment that is not declared', { from: 'deve' }, 'INPUT_INVALID'],
    ['another environment than the tag says', { from: 'staging', to: 'prod' }, 'INPUT_INVALID'],
    ['to where it is', { to: 'dev' }, 'INPUT_INVALID'],
    ['a target tag of another environment', { targetTag: tagOf('prod-v1.2-7') }, 'INPUT_INVALID'],
    ['a target tag outside the scheme', { targetTag: tagOf('latest') }, 'TAG_OUTSIDE_SCHEME'],
  ])('%s', async (_title, more, code) => {
    await expect(makePlan(more)).rejects.toMatchObject({ code })
  })

  test('a tag that does not name the digest it was given with', async () => {
    await expect(makePlan({ ref: { tag: tagOf('dev-v1.2-7'), digest: signature.digest } })).rejects.toMatchObject({
      code: 'PLAN_STALE',
      facts: { wanted: signature.digest, is: image.digest },
    })
  })
})

describe('gates', () => {
  const gatesOf = async (more: Partial<PromotionRequest>) =>
    Object.fromEntries((await makePlan({ gates: [], ...more })).gates.map(({ name, result }) => [name, result]))

  test('order: skipping is refused unless told, backwards always', async () => {
    expect(await gatesOf({ to: 'prod' })).toMatchObject({ order: 'closed' })
    expect(await gatesOf({ to: 'prod', skip: true })).toMatchObject({ order: 'waived' })
    expect((await promote({ to: 'prod', skip: true })).image).toBe('reg/app:prod-v1.2-7')
    expect(await gatesOf({ ref: { tag: tagOf('prod-v1.2-7') }, to: 'staging', skip: true })).toMatchObject({ order: 'closed' })
  })

  test('monotonic: a lower build is refused unless told', async () => {
    await source.tag(signature, tagOf('staging-v1.1-1000'), call)
    const plan = await makePlan()
    expect(plan.gates[1]).toMatchObject({ name: 'monotonic', result: 'closed', code: 'BUILD_BACKWARDS' })
    await expect(applyPromotion(plan, request(), call)).rejects.toMatchObject({ code: 'BUILD_BACKWARDS', exitCode: 8 })
    expect((await promote({ allowRollback: true })).outcome).toBe('promoted')
  })

  test('signature missing: every gate is still told, and the exit code is that of the signature', async () => {
    const bare = await pushImage(source, 'bare')
    await source.tag(bare, tagOf('dev-v1.3-8'), call)
    const plan = await makePlan({ ref: { tag: tagOf('dev-v1.3-8') }, to: 'prod' })
    expect(plan.gates.map(({ result }) => result)).toEqual(['closed', 'open', 'closed'])
    reset()
    await expect(applyPromotion(plan, request(), call)).rejects.toMatchObject({ code: 'SIGNATURE_MISSING', exitCode: 6, more: [{ code: 'GATE_CLOSED' }] })
    expect(source.asked).toEqual([])
  })

  test('a place that cannot list its tags: unknown is closed', async () => {
    const { tags: _tags, ...mute } = source
    const plan = await makePlan({ target: mute, gates: [] })
    expect(plan.gates[1]).toMatchObject({ name: 'monotonic', result: 'closed' })
    expect(plan.notes).toEqual(['No gate looks at signatures: whoever can push to the source decides what is promoted.'])
  })

  test('a registry that fails while a gate is asked stops everything with its own code', async () => {
    const down: PromotionGate = {
      ...signed,
      ask: async () => {
        throw new Failure('REGISTRY_UNAVAILABLE', 'down')
      },
    }
    await expect(makePlan({ gates: [down] })).rejects.toMatchObject({ code: 'REGISTRY_UNAVAILABLE' })
  })
})
