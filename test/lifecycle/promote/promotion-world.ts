/** The world of the promotion tests: a signed index of two platforms in one repository, and an empty one elsewhere. */
import { freeCall } from '../../../src/kit/call.ts'
import { Failure } from '../../../src/kit/failure.ts'
import {
  applyPromotion,
  type PromotionGate,
  type PromotionPlan,
  type PromotionReport,
  type PromotionRequest,
  planPromotion,
  surveyPromotion,
} from '../../../src/lifecycle/promote.ts'
import { createTagScheme } from '../../../src/lifecycle/tags/create-scheme.ts'
import type { Descriptor } from '../../../src/registry/oci/descriptor.ts'
import { parseTag, type Tag } from '../../../src/registry/oci/reference.ts'
import { listsReferrers } from '../../../src/registry/target/target.ts'
import { pushImage, pushIndex } from '../images.ts'
import { type CountingTarget, countingTarget } from './counting.ts'

export const call = freeCall()
const scheme = await createTagScheme({ environments: ['dev', 'staging', 'prod'] })
export const tagOf = (text: string): Tag => parseTag(text)

/** Open when anything is attached to the digest. */
export const signed: PromotionGate = {
  name: 'signature',
  alsoAtTarget: true,
  async ask({ place, descriptor }, inner) {
    if (listsReferrers(place)) for await (const one of place.referrers(descriptor.digest, inner)) return `signed by ${one.digest}`
    throw new Failure('SIGNATURE_MISSING', `${descriptor.digest} in ${place.name} has no signature`)
  },
}

export interface World {
  readonly source: CountingTarget
  readonly elsewhere: CountingTarget
  /** Named `dev-v1.2-7` in source. */
  readonly image: Descriptor
  readonly signature: Descriptor
  /** Forgets what was asked so far. */
  reset(): void
  request(more?: Partial<PromotionRequest>): PromotionRequest
  makePlan(more?: Partial<PromotionRequest>): Promise<PromotionPlan>
  promote(more?: Partial<PromotionRequest>): Promise<PromotionReport>
}

export async function createWorld(): Promise<World> {
  const source = countingTarget('reg/app')
  const elsewhere = countingTarget('other/app')
  const [amd, arm] = [await pushImage(source, 'amd64'), await pushImage(source, 'arm64')]
  const image = await pushIndex(source, [amd, arm])
  const signature = await pushImage(source, 'signature', image)
  await pushImage(source, 'child signature', amd)
  await source.tag(image, tagOf('dev-v1.2-7'), call)
  const reset = (): void => {
    source.asked.length = 0
    elsewhere.asked.length = 0
  }
  reset()
  const request = (more: Partial<PromotionRequest> = {}): PromotionRequest => ({
    scheme,
    source,
    target: source,
    ref: { tag: tagOf('dev-v1.2-7') },
    to: 'staging',
    tool: 'kubeferry test',
    gates: [signed],
    ...more,
  })
  const makePlan = async (more: Partial<PromotionRequest> = {}): Promise<PromotionPlan> => {
    const asked = request(more)
    return planPromotion(await surveyPromotion(asked, call), asked)
  }
  const promote = async (more: Partial<PromotionRequest> = {}): Promise<PromotionReport> => applyPromotion(await makePlan(more), request(more), call)
  return { source, elsewhere, image, signature, reset, request, makePlan, promote }
}
