/**
 * A plan: what will be done, why, and what the world looked like when that was decided. Plain data, so that it can be printed,
 * saved and compared. The hash names what was seen and what will be done; nothing is applied to a world that moved since.
 * What does not belong here: how any particular plan is made or carried out.
 */

import { Failure } from '../../kit/failure.ts'
import { canonicalJson } from '../../kit/json.ts'
import { type Digest, digestOf } from '../../registry/oci/digest.ts'
import type { GateResult } from './gate.ts'

export interface PlanAction {
  /** `copy` moves content, `tag` writes a name, `untag` removes one, `delete` removes a manifest, `keep` changes nothing. */
  readonly verb: 'copy' | 'tag' | 'untag' | 'delete' | 'keep'
  /** What it concerns, e.g. `image and 2 referrers`, `staging-v1.2-7`. */
  readonly what: string
  readonly from?: string
  readonly to?: string
  readonly digest: Digest
  /** Machine-readable, kebab-case, e.g. `not-at-target`. */
  readonly reason: string
  /** The same for people, one sentence. */
  readonly text: string
}

/** Name → what it stood for: a digest, a tag, `absent`. */
export type Seen = Readonly<Record<string, string>>

export interface PlanCost {
  /** Requests to registries, at most, without retries. */
  readonly requests: number
  /** Bytes that are transferred, at most; content that is there already is skipped. */
  readonly bytes: number
}

/** What a kind of plan needs to be carried out, as text. */
export type PlanDetails = Readonly<Record<string, string>>

export interface PlanDraft<Details extends PlanDetails = PlanDetails> {
  readonly kind: 'promotion' | 'repair' | 'deletion'
  /** `kubeferry 0.1.0`. */
  readonly tool: string
  /** What the plan is about, e.g. `harbor.example.com/pay/api: dev → staging`. */
  readonly subject: string
  readonly details: Details
  readonly actions: readonly PlanAction[]
  readonly seen: Seen
  readonly gates: readonly GateResult[]
  readonly cost: PlanCost
  readonly notes: readonly string[]
}

export interface Plan<Details extends PlanDetails = PlanDetails> extends PlanDraft<Details> {
  /** Over kind, subject, details, actions and what was seen; not over cost, notes, gates and tool, which may differ for the same decision. */
  readonly hash: Digest
}

export const ABSENT = 'absent'

export function sealPlan<Details extends PlanDetails>(draft: PlanDraft<Details>): Plan<Details> {
  return { ...draft, hash: planHash(draft) }
}

/** The hash that a plan with this content has. */
export function planHash({ kind, subject, details, actions, seen }: PlanDraft): Digest {
  return digestOf(new TextEncoder().encode(canonicalJson({ kind, subject, details, actions, seen })))
}

/** True when applying it writes nothing. */
export function changesNothing(plan: PlanDraft): boolean {
  return plan.actions.every((action) => action.verb === 'keep')
}

/**
 * @param now the same names, looked at again
 * @throws Failure PLAN_STALE that names what moved, or says that the plan is not as it was sealed
 */
export function checkFresh(plan: Plan, now: Seen): void {
  if (planHash(plan) !== plan.hash) {
    throw new Failure('PLAN_STALE', `the plan for ${plan.subject} was changed after it was made`, { hint: 'Make the plan again.', facts: { plan: plan.hash } })
  }
  const moved = Object.entries(plan.seen).flatMap(([name, was]) => {
    const is = now[name] ?? ABSENT
    return is === was ? [] : [`${name} was ${was} and is ${is}`]
  })
  if (moved.length === 0) return
  throw new Failure('PLAN_STALE', `the world moved since the plan for ${plan.subject} was made`, {
    cause: moved.join('; '),
    hint: 'Make the plan again and look at it before applying.',
    facts: { plan: plan.hash, moved },
  })
}
