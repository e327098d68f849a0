/**
 * Reads what a promotion has to know, and nothing more: when the target tag names the image already, two requests are all.
 * Writes nothing.
 */
import type { Call } from '../../kit/call.ts'
import { Failure } from '../../kit/failure.ts'
import { isSamePlace } from '../../registry/copy/same-place.ts'
import type { Digest } from '../../registry/oci/digest.ts'
import { listsReferrers } from '../../registry/target/target.ts'
import type { GateResult } from '../plan/gate.ts'
import { highestAt } from '../tags/list-tags.ts'
import { inEnvironment, parseTag, requireEnvironment } from '../tags/parse.ts'
import type { SchemeTag } from '../tags/scheme.ts'
import { type FoundSource, findSource } from './find-source.ts'
import { askGates } from './gates.ts'
import type { PromotionRequest } from './request.ts'
import { type Weight, weigh } from './weigh.ts'

export interface PromotionSurvey {
  readonly found: FoundSource
  /** The tag that the image is to get. */
  readonly tag: SchemeTag
  readonly samePlace: boolean
  /** What the target tag names now. */
  readonly taken?: Digest
  /** Everything below is known only when the target tag is free. */
  readonly open?: {
    /** The highest build of the environment at the target. */
    readonly highest: SchemeTag | undefined | 'unknown'
    readonly gates: readonly GateResult[]
    readonly weight: Weight
    /** False when what is attached to the image cannot be listed and so will not travel. */
    readonly carriesReferrers: boolean
  }
}

/** @throws Failure IMAGE_NOT_FOUND, INPUT_INVALID, TAG_OUTSIDE_SCHEME, and whatever the registries say */
export async function surveyPromotion(request: PromotionRequest, call: Call): Promise<PromotionSurvey> {
  const { scheme, source, target, to, from } = request
  requireEnvironment(scheme, to)
  if (from !== undefined) requireEnvironment(scheme, from)
  if (from === to) throw sameEnvironment(to)
  const named = request.targetTag === undefined ? undefined : parseTag(scheme, request.targetTag)
  if (named && named.environment !== to) {
    throw new Failure('INPUT_INVALID', `${named.tag} is a tag of ${named.environment}, and the image is to go to ${to}`, {
      hint: `Name a tag of ${to}, or leave it out.`,
    })
  }
  const found = await findSource(request, call)
  if (found.tag?.environment === to) throw sameEnvironment(to)
  const tag = named ?? (found.tag ? inEnvironment(scheme, found.tag, to) : undefined)
  if (tag === undefined) throw nameless(request)
  const samePlace = isSamePlace(source, target)
  const taken = await target.resolve(tag.tag, call)
  if (taken) return { found, tag, samePlace, taken: taken.digest }
  const gates = await askGates(request.gates ?? [], { place: source, descriptor: found.image }, call)
  const highest = await highestAt(scheme, target, to, call)
  const weight = samePlace
    ? { requests: 0, bytes: 0, referrers: 0, told: { attached: new Map(), there: new Map() } }
    : await weigh(source, target, found.image, call)
  return { found, tag, samePlace, open: { highest, gates, weight, carriesReferrers: samePlace || listsReferrers(source) } }
}

function sameEnvironment(environment: string): Failure {
  return new Failure('INPUT_INVALID', `the image is to go from ${environment} to ${environment}`, {
    hint: 'Name the environment that comes next. To copy an image to another registry under the same tag, use ferry push.',
  })
}

function nameless({ scheme, source, ref, to }: PromotionRequest): Failure {
  const before = scheme.environments[scheme.environments.indexOf(to) - 1]
  return new Failure('INPUT_INVALID', `version and build of ${source.name}${ref.tag === undefined ? `@${ref.digest ?? ''}` : `:${ref.tag}`} are not known`, {
    cause:
      before === undefined
        ? `${to} is the first environment, and the image has no tag of the form ${scheme.form}`
        : `no tag of ${before} in ${source.name} names it`,
    hint: `Name the tag it is to get, of the form ${scheme.form}.`,
  })
}
