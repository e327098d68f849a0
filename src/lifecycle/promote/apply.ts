/**
 * Carries out a plan: looks again, asks the gates again, copies by digest with everything attached, reads back and asks the gates of
 * the copy, and writes the tag last. Stopped anywhere, there is no tag, and running again finishes.
 */
import { type Call, throwIfStopped } from '../../kit/call.ts'
import { Failure } from '../../kit/failure.ts'
import { createLimit, forEachLimited } from '../../kit/limit.ts'
import { copyAndName } from '../../registry/copy/copy-and-name.ts'
import type { CopyReport } from '../../registry/copy/report.ts'
import { isSamePlace } from '../../registry/copy/same-place.ts'
import type { Descriptor } from '../../registry/oci/descriptor.ts'
import { type Digest, isDigest, parseDigest } from '../../registry/oci/digest.ts'
import { parseTag as parsePlainTag } from '../../registry/oci/reference.ts'
import { type GateResult, requireOpen } from '../plan/gate.ts'
import { ABSENT, changesNothing, checkFresh, type Seen } from '../plan/plan.ts'
import { tagTaken } from '../tags/judge-push.ts'
import { highestAt } from '../tags/list-tags.ts'
import { parseTag } from '../tags/parse.ts'
import type { SchemeTag } from '../tags/scheme.ts'
import { type Taking, takeTag } from '../tags/take-tag.ts'
import { askGates, monotonicGate } from './gates.ts'
import type { PromotionPlan } from './plan-promotion.ts'
import type { PromotionGate, PromotionRequest } from './request.ts'
import type { PromotionSurvey } from './survey.ts'

export interface PromotionPlaces extends Pick<PromotionRequest, 'scheme' | 'source' | 'target' | 'gates'> {
  /** What the plan was made from, when that was in this very run: then it is not looked at once more. */
  readonly surveyed?: PromotionSurvey
}

export interface PromotionReport {
  /** `nothing`: the tag named the image already, and nothing was written. */
  readonly outcome: 'promoted' | 'nothing'
  /** `harbor.example.com/pay/api:staging-v1.2-7`. */
  readonly image: string
  readonly digest: Digest
  /** As they stood when the image was copied; those asked of the copy are called `<name> at the target`. */
  readonly gates: readonly GateResult[]
  /** Absent within one repository, where nothing is copied. */
  readonly copied?: CopyReport
}

/** @throws Failure PLAN_STALE, TAG_TAKEN, BUILD_BACKWARDS, GATE_CLOSED, SIGNATURE_…, and whatever copy throws */
export async function applyPromotion(plan: PromotionPlan, places: PromotionPlaces, call: Call): Promise<PromotionReport> {
  const { scheme, source, target } = places
  const { details } = plan
  if (details.source !== source.name || details.target !== target.name) {
    throw new Failure('INPUT_INVALID', `the plan is for ${details.source} and ${details.target}`, {
      cause: `it was to be applied to ${source.name} and ${target.name}`,
    })
  }
  const digest = parseDigest(details.digest)
  const tag = parseTag(scheme, details.tag)
  const image = `${target.name}:${tag.tag}`
  const nothing: PromotionReport = { outcome: 'nothing', image, digest, gates: [] }
  if (changesNothing(plan)) return nothing
  requireOpen(plan.gates, `cannot promote ${plan.subject}`)

  const { surveyed } = places
  const { root, seen } = surveyed?.found.image.digest === digest ? { root: surveyed.found.image, seen: plan.seen } : await lookAgain(plan, places, call)
  const there = seen[image]
  if (there === digest) return nothing
  if (there !== undefined && isDigest(there)) throw tagTaken(target.name, tag.tag, there, digest)
  checkFresh(plan, seen)
  if (root === undefined) throw new Failure('IMAGE_NOT_FOUND', `there is no ${digest} in ${source.name} any more`, { hint: 'Make the plan again.' })

  const gates = await askGates(places.gates ?? [], { place: source, descriptor: root }, call)
  requireOpen(gates, `cannot promote ${plan.subject}`)
  const late: GateResult[] = []
  const name = async (): Promise<Taking> => {
    late.length = 0
    if (!isSamePlace(source, target)) late.push(...(await proveCopy(root, places, call)))
    late.push(await openMonotonic(plan, places, tag, call))
    throwIfStopped(call)
    return takeTag(target, root, tag.tag, call)
  }
  const { report, taking } = await copied(root, places, name, call)
  if (taking.outcome === 'lost') throw tagTaken(target.name, tag.tag, taking.to, digest)
  return { outcome: 'promoted', image, digest, gates: [...gates, ...late], ...(report ? { copied: report } : {}) }
}

async function copied(
  root: Descriptor,
  { source, target, gates = [], surveyed }: PromotionPlaces,
  name: () => Promise<Taking>,
  call: Call,
): Promise<{ report?: CopyReport; taking: Taking }> {
  if (isSamePlace(source, target)) return { taking: await name() }
  const told = surveyed?.open?.weight.told
  // A gate that is asked of the copy has to find it.
  const early = gates.some(({ alsoAtTarget }) => alsoAtTarget)
  const { report, named } = await copyAndName(source, target, root, { known: false, referrers: true, early, name, ...(told ? { told } : {}) }, call)
  return { report: { ...report, tagged: named.outcome === 'written' }, taking: named }
}

async function proveCopy(root: Descriptor, { target, gates = [] }: PromotionPlaces, call: Call): Promise<GateResult[]> {
  const travelling: PromotionGate[] = gates
    .filter((gate) => gate.alsoAtTarget)
    .map((gate) => ({ name: `${gate.name} at the target`, alsoAtTarget: true, ask: (image, inner) => gate.ask(image, inner) }))
  const asked = await askGates(travelling, { place: target, descriptor: root }, call)
  requireOpen(asked, `${root.digest} is in ${target.name} but gets no tag`)
  return asked
}

/** A newer build may have arrived while the copy ran: looked at as late as can be. */
async function openMonotonic(plan: PromotionPlan, { scheme, source, target, surveyed }: PromotionPlaces, tag: SchemeTag, call: Call): Promise<GateResult> {
  const justSeen = isSamePlace(source, target) ? surveyed?.open : undefined
  const highest = justSeen ? justSeen.highest : await highestAt(scheme, target, tag.environment, call)
  const monotonic = monotonicGate(target.name, tag, highest, plan.details.allowRollback === 'yes')
  requireOpen([monotonic], `cannot promote ${plan.subject}`)
  return monotonic
}

/** Everything the plan saw, looked at once more. */
async function lookAgain(plan: PromotionPlan, { source, target }: PromotionPlaces, call: Call): Promise<{ root: Descriptor | undefined; seen: Seen }> {
  const { ref, digest, tag } = plan.details
  const seen: Record<string, string> = {}
  let root: Descriptor | undefined
  const look = async (name: string): Promise<void> => {
    const isGoal = name === `${target.name}:${tag}`
    const place = isGoal ? target : source
    const what = name.slice(place.name.length + 1)
    const found = await place.resolve(isDigest(what) ? what : parsePlainTag(what), call)
    seen[name] = found?.digest ?? ABSENT
    if (!isGoal && what === ref && found?.digest === digest) root = found
  }
  // Three names at most: the source, the target and the tag that proves the environment.
  await forEachLimited(Object.keys(plan.seen), createLimit(3), look, call)
  return { root, seen }
}
