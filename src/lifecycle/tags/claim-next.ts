/** The next build number where several builders count in one repository at once: whoever loses a number takes the next one. */
import { type Call, throwIfStopped } from '../../kit/call.ts'
import { Failure } from '../../kit/failure.ts'
import { nextTag } from './order.ts'
import type { SchemeTag, TagScheme } from './scheme.ts'
import type { Taking } from './take-tag.ts'

export interface ClaimPlace {
  /** For messages. */
  readonly name: string
  tags(call: Call): AsyncIterable<string>
  /** Tries to make the tag ours, e.g. by pushing the image under it; see takeTag. */
  take(tag: SchemeTag, call: Call): Promise<Taking>
}

export interface Claim {
  readonly environment: string
  readonly version: string
  /** How many numbers may be lost to others before giving up. Ten builders at once are more than anyone has seen. */
  readonly tries?: number
}

/** @throws Failure TAG_TAKEN when every try was lost */
export async function claimNextTag(scheme: TagScheme, claim: Claim, place: ClaimPlace, call: Call): Promise<SchemeTag> {
  const { tries = 10, ...wanted } = claim
  let used = '0'
  for (let count = 0; count < tries; count += 1) {
    throwIfStopped(call)
    const tags: string[] = []
    for await (const tag of place.tags(call)) tags.push(tag)
    const next = nextTag(scheme, tags, wanted, used)
    const taking = await place.take(next, call)
    if (taking.outcome !== 'lost') return next
    // A listing may lag behind: the number that was lost is used up whether it is listed or not.
    used = next.build
  }
  throw new Failure('TAG_TAKEN', `no build number for ${claim.environment}-${claim.version} could be had in ${place.name}`, {
    cause: `${tries} numbers in a row were taken by others at the same moment`,
    hint: 'Run again, or pass a build number that only this run has, e.g. the run number of the CI.',
    facts: { tries, lastBuild: used },
  })
}
