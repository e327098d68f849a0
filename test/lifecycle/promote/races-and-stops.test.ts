import { beforeEach, describe, expect, test } from 'vitest'
import { applyPromotion, type PromotionPlan } from '../../../src/lifecycle/promote.ts'
import { pushImage } from '../images.ts'
import { type CountingTarget, countingTarget } from './counting.ts'
import { call, createWorld, tagOf, type World } from './promotion-world.ts'

let source: World['source']
let elsewhere: World['elsewhere']
let image: World['image']
let signature: World['signature']
let reset: World['reset']
let request: World['request']
let makePlan: World['makePlan']

beforeEach(async () => {
  ;({ source, elsewhere, image, signature, reset, request, makePlan } = await createWorld())
})

describe('the world moves (cases 67, 69)', () => {
  test('the target tag has another digest: conflict with both digests', async () => {
    await source.tag(signature, tagOf('staging-v1.2-7'), call)
    await expect(makePlan()).rejects.toMatchObject({ code: 'TAG_TAKEN', exitCode: 8, facts: { taken: signature.digest, wanted: image.digest } })
  })

  test('the target tag is taken between plan and apply', async () => {
    const plan = await makePlan()
    await source.tag(signature, tagOf('staging-v1.2-7'), call)
    reset()
    await expect(applyPromotion(plan, request(), call)).rejects.toMatchObject({ code: 'TAG_TAKEN', facts: { taken: signature.digest } })
    expect(source.writes()).toBe(0)
  })

  test('somebody else promotes the same image first: success, nothing written', async () => {
    const plan = await makePlan()
    await source.tag(image, tagOf('staging-v1.2-7'), call)
    reset()
    expect((await applyPromotion(plan, request(), call)).outcome).toBe('nothing')
    expect(source.writes()).toBe(0)
  })

  test('the source tag moves or goes: stale plan that names it', async () => {
    const plan = await makePlan()
    await source.tag(signature, tagOf('dev-v1.2-7'), call)
    await expect(applyPromotion(plan, request(), call)).rejects.toMatchObject({
      code: 'PLAN_STALE',
      facts: { moved: [`reg/app:dev-v1.2-7 was ${image.digest} and is ${signature.digest}`] },
    })
    await source.untag(tagOf('dev-v1.2-7'), call)
    await expect(applyPromotion(plan, request(), call)).rejects.toMatchObject({ code: 'PLAN_STALE', exitCode: 8 })
  })

  test('a newer build arrives while the copy runs (CopilotKit#6174): refused, no tag', async () => {
    const plan = await makePlan({ target: elsewhere })
    let done = false
    elsewhere.onRequest = async (verb) => {
      if (done || verb !== 'push') return
      done = true
      const newer = await pushImage(elsewhere, 'newer')
      await elsewhere.tag(newer, tagOf('staging-v1.2-8'), call)
    }
    await expect(applyPromotion(plan, request({ target: elsewhere }), call)).rejects.toMatchObject({ code: 'BUILD_BACKWARDS', facts: { gate: 'monotonic' } })
    expect(await elsewhere.resolve(tagOf('staging-v1.2-7'), call)).toBeUndefined()
  })

  test('overwritten in the moment of writing: the loser exits 8 with both digests', async () => {
    const plan = await makePlan()
    const racing: CountingTarget = {
      ...source,
      async tag(descriptor, tag, inner) {
        await source.tag(descriptor, tag, inner)
        await source.tag(signature, tag, inner)
      },
    }
    await expect(applyPromotion(plan, request({ source: racing, target: racing }), call)).rejects.toMatchObject({
      code: 'TAG_TAKEN',
      facts: { taken: signature.digest, wanted: image.digest },
    })
  })

  test('a plan that was edited, or is for another place, is not applied', async () => {
    const plan = await makePlan()
    const edited: PromotionPlan = { ...plan, details: { ...plan.details, allowRollback: 'yes' } }
    await expect(applyPromotion(edited, request(), call)).rejects.toMatchObject({ code: 'PLAN_STALE' })
    await expect(applyPromotion(plan, request({ target: elsewhere }), call)).rejects.toMatchObject({ code: 'INPUT_INVALID' })
  })
})

describe('stopped in the middle', () => {
  test('at every request: no tag after the stop, and running again finishes', async () => {
    const plan = await makePlan({ target: elsewhere })
    let stops = 0
    for (let at = 1; at < 200; at += 1) {
      const fresh = countingTarget('other/app')
      const stop = new AbortController()
      let afterStop = 0
      fresh.onRequest = (verb, count) => {
        if (stop.signal.aborted && verb === 'tag') afterStop += 1
        if (count === at) stop.abort()
      }
      const run = applyPromotion(plan, request({ target: fresh }), { signal: stop.signal })
      const error = await run.then(
        () => undefined,
        (reason: unknown) => reason,
      )
      expect(afterStop).toBe(0)
      fresh.onRequest = () => undefined
      const finished = await applyPromotion(plan, request({ target: fresh }), call)
      expect((await fresh.resolve(tagOf('staging-v1.2-7'), call))?.digest).toBe(image.digest)
      expect(await fresh.has(signature, call)).toBe(true)
      if (!stop.signal.aborted) {
        expect(finished.outcome).toBe('nothing')
        break
      }
      if (error !== undefined) expect(error).toMatchObject({ code: 'INTERRUPTED', exitCode: 130 })
      stops += 1
    }
    expect(stops).toBeGreaterThan(10)
    expect(stops).toBeLessThan(199)
  })
})
