/**
 * Carries out a plan: looks again, asks the gates again, copies by digest with everything attached, reads back and asks the gates of
 * the copy, and writes the tag last. Stopped anywhere, there is no tag, and running again finishes.
 */
import { type Call, throwIfStopped } from '../../kit/call.ts'
import { Failure } from '../../kit/failure.ts'
import { createLimit, forEachLimited } from '../../kit/limit.ts'
import { copy } from '../../registry/copy/copy.ts'
import type { CopyReport } from '../../registry/copy/report.ts'
import type { Descriptor } from '../../registry/oci/descriptor.ts'
import { type Digest, isDigest, parseDigest } from '../../registry/oci/digest.ts'
import { parseTag as parsePlainTag } from '../../registry/oci/reference.ts'
import { type GateResult, requireOpen } from '../plan/gate.ts'
import { ABSENT, changesNothing, checkFresh, type Seen } from '../plan/plan.ts'
import { tagTaken } from '../tags/judge-push.ts'
import { highestAt } from '../tags/list-tags.ts'
import { parseTag } from '../tags/parse.ts'
import { takeTag } from '../tags/take-tag.ts'
import { askGates, monotonicGate } from './gates.ts'
import type { PromotionPlan } from './plan-promotion.ts'
import { isSamePlace, type PromotionGate, type PromotionRequest } from './request.ts'

export type PromotionPlaces = Pick<PromotionRequest, 'scheme' | 'source' | 'target' | 'gates'>

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

  const { root, seen } = await lookAgain(plan, places, call)
  const there = seen[image]
  if (there === digest) return nothing
  if (there !== undefined && isDigest(there)) throw tagTaken(target.name, tag.tag, there, digest)
  checkFresh(plan, seen)
  if (root === undefined) throw new Failure('IMAGE_NOT_FOUND', `there is no ${digest} in ${source.name} any more`, { hint: 'Make the plan again.' })

  const gates = await askGates(places.gates ?? [], { place: source, descriptor: root }, call)
  requireOpen(gates, `cannot promote ${plan.subject}`)
  const copied = isSamePlace(source, target) ? undefined : await copyAndProve(root, places, call)

  // A newer build may have arrived meanwhile: looked at as late as can be.
  const monotonic = monotonicGate(target.name, tag, await highestAt(scheme, target, tag.environment, call), details.allowRollback === 'yes')
  requireOpen([monotonic], `cannot promote ${plan.subject}`)
  throwIfStopped(call)
  const taking = await takeTag(target, root, tag.tag, call)
  if (taking.outcome === 'lost') throw tagTaken(target.name, tag.tag, taking.to, digest)
  return { outcome: 'promoted', image, digest, gates: [...gates, ...(copied?.gates ?? []), monotonic], ...(copied ? { copied: copied.report } : {}) }
}

async function copyAndProve(
  root: Descriptor,
  { source, target, gates = [] }: PromotionPlaces,
  call: Call,
): Promise<{ report: CopyReport; gates: GateResult[] }> {
  const report = await copy(source, target, root, { referrers: true }, call)
  const travelling: PromotionGate[] = gates
    .filter((gate) => gate.alsoAtTarget)
    .map((gate) => ({ name: `${gate.name} at the target`, alsoAtTarget: true, ask: (image, inner) => gate.ask(image, inner) }))
  const asked = await askGates(travelling, { place: target, descriptor: root }, call)
  requireOpen(asked, `${root.digest} is in ${target.name} but gets no tag`)
  return { report, gates: asked }
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
