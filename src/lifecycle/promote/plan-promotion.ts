/** From a survey to a plan: what moves, why, what it costs, and which gates are open. Pure. */
import type { Digest } from '../../registry/oci/digest.ts'
import { ABSENT, type Plan, type PlanAction, sealPlan } from '../plan/plan.ts'
import { tagTaken } from '../tags/judge-push.ts'
import { monotonicGate, orderGate } from './gates.ts'
import type { PromotionRequest } from './request.ts'
import type { PromotionSurvey } from './survey.ts'

/** What carrying out needs, as text, so that a plan can be saved and is covered by its hash. */
export type PromotionDetails = Readonly<
  Record<'source' | 'ref' | 'target' | 'tag' | 'to' | 'digest', string> & {
    /** The environment it is proven to be in; empty when there is none. */
    from: string
    skip: 'yes' | 'no'
    allowRollback: 'yes' | 'no'
  }
>
export type PromotionPlan = Plan<PromotionDetails>

type Settings = Pick<PromotionRequest, 'scheme' | 'source' | 'target' | 'to' | 'skip' | 'allowRollback' | 'tool' | 'gates'>

// Looking again at both tags and at the builds; then the tag: is it free, read the manifest, write it, is it ours.
const TO_LOOK_AGAIN = 3
const TO_TAG = 4

/** @throws Failure TAG_TAKEN when the tag names another digest */
export function planPromotion(survey: PromotionSurvey, settings: Settings): PromotionPlan {
  const { found, tag, taken, open } = survey
  const { source, target, scheme, to } = settings
  const { digest, size } = found.image
  const from = found.tag?.environment
  const goal = `${target.name}:${tag.tag}`
  const origin = `${source.name}${found.ref === digest ? '@' : ':'}${found.ref}`
  if (taken !== undefined && taken !== digest) throw tagTaken(target.name, tag.tag, taken, digest)
  const common = {
    kind: 'promotion',
    tool: settings.tool,
    subject: `${origin} → ${survey.samePlace ? tag.tag : goal}`,
    details: {
      source: source.name,
      ref: found.ref,
      target: target.name,
      tag: tag.tag,
      to,
      digest,
      from: from ?? '',
      skip: settings.skip === true ? 'yes' : 'no',
      allowRollback: settings.allowRollback === true ? 'yes' : 'no',
    },
    seen: { [origin]: digest, [goal]: taken ?? ABSENT, ...provenBy(survey, source.name) },
  } as const
  if (open === undefined) {
    const keep: PlanAction = { verb: 'keep', what: tag.tag, to: goal, digest, reason: 'already-there', text: `${tag.tag} names this image already` }
    return sealPlan<PromotionDetails>({ ...common, actions: [keep], gates: [], cost: { requests: 0, bytes: 0 }, notes: [...found.notes, 'Nothing to do.'] })
  }
  const gates = [
    orderGate(scheme.environments, from, to, settings.skip === true),
    monotonicGate(target.name, tag, open.highest, settings.allowRollback === true),
    ...open.gates,
  ]
  return sealPlan<PromotionDetails>({
    ...common,
    actions: [
      ...copies(survey, source.name, target.name),
      { verb: 'tag', what: tag.tag, to: goal, digest, reason: 'promoted', text: from === undefined ? `goes to ${to}` : `goes from ${from} to ${to}` },
    ],
    gates,
    cost: { requests: open.weight.requests + TO_LOOK_AGAIN + TO_TAG, bytes: open.weight.bytes + size },
    notes: [
      ...found.notes,
      ...renaming(survey),
      ...((settings.gates ?? []).length === 0 ? ['No gate looks at signatures: whoever can push to the source decides what is promoted.'] : []),
      ...(open.carriesReferrers ? [] : [`${source.name} cannot list what is attached to the image: signatures and SBOMs stay behind.`]),
    ],
  })
}

function copies({ found, samePlace, open }: PromotionSurvey, from: string, to: string): PlanAction[] {
  if (samePlace || open === undefined) return []
  const { referrers } = open.weight
  const what = referrers === 0 ? 'image' : `image and ${referrers} ${referrers === 1 ? 'referrer' : 'referrers'}`
  return [
    {
      verb: 'copy',
      what,
      from,
      to,
      digest: found.image.digest,
      reason: 'other-place',
      text: 'the target is another repository; what it has already is skipped',
    },
  ]
}

function renaming({ found, tag }: PromotionSurvey): string[] {
  if (found.tag === undefined || (found.tag.version === tag.version && found.tag.build === tag.build)) return []
  return [`${found.tag.tag} becomes ${tag.tag}: its version or build is not the one it had.`]
}

/** The tag that shows the environment, when the image itself was named otherwise. */
function provenBy({ found }: PromotionSurvey, source: string): Record<string, Digest> {
  return found.tag === undefined || found.tag.tag === found.ref ? {} : { [`${source}:${found.tag.tag}`]: found.image.digest }
}
