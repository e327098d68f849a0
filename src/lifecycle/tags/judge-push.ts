/**
 * Whether a digest may get a tag. Pure: what is there is handed in. A tag of an environment names one digest for ever, and
 * builds do not go backwards in an environment, whatever their version: a hotfix of an older line is a new, higher build.
 */
import { Failure } from '../../kit/failure.ts'
import type { Digest } from '../../registry/oci/digest.ts'
import { parseTag as parsePlainTag } from '../../registry/oci/reference.ts'
import { compareNumbers } from './numbers.ts'
import { matchTag, parseTag } from './parse.ts'
import type { SchemeTag, TagScheme } from './scheme.ts'

export interface PushCase {
  readonly scheme: TagScheme
  readonly tag: string
  readonly digest: Digest
  /** Where, for messages: `harbor.example.com/pay/api`. */
  readonly where: string
  /** What the tag names now; absent when it is proven free. */
  readonly taken?: Digest
  /** The tag with the highest build in the environment (`highestBuild`); absent when there is none. */
  readonly highest?: SchemeTag
  /** Told to accept a tag outside the scheme, e.g. `latest`. Such a tag may move. */
  readonly outside?: boolean
  /** Told to accept a build lower than the highest. */
  readonly backwards?: boolean
}

/**
 * `free`: to be written. `present`: names this digest already, nothing to write. `moves`: a tag outside the scheme that names another digest.
 * @throws Failure TAG_OUTSIDE_SCHEME, TAG_TAKEN, BUILD_BACKWARDS
 */
export function judgePush(push: PushCase): 'free' | 'present' | 'moves' {
  const { scheme, digest, taken, highest } = push
  if (push.outside === true && matchTag(scheme, push.tag) === undefined) {
    parsePlainTag(push.tag)
    return taken === undefined ? 'free' : taken === digest ? 'present' : 'moves'
  }
  const tag = parseTag(scheme, push.tag)
  if (taken === digest) return 'present'
  if (taken !== undefined) throw tagTaken(push.where, push.tag, taken, digest)
  if (highest && push.backwards !== true && compareNumbers(tag.build, highest.build) < 0) throw buildBackwards(push.where, tag, highest)
  return 'free'
}

export function tagTaken(where: string, tag: string, taken: Digest, wanted: Digest): Failure {
  return new Failure('TAG_TAKEN', `${where}:${tag} already names another image`, {
    cause: `it names ${taken}, and ${wanted} was to get it; tags of an environment are never moved`,
    hint: 'Give the new image a build number of its own (ferry tag next), or remove the old tag on purpose first.',
    facts: { tag, taken, wanted },
  })
}

export function buildBackwards(where: string, tag: SchemeTag, highest: SchemeTag): Failure {
  return new Failure('BUILD_BACKWARDS', `${where}:${tag.tag} would be older than what ${tag.environment} already has`, {
    cause: `its build is ${tag.build}, and ${highest.tag} has build ${highest.build}`,
    hint: 'Most likely a newer run was faster: then nothing is to be done. To go back on purpose, push with allow-older, or promote with allow-rollback.',
    facts: { tag: tag.tag, build: tag.build, highest: highest.tag, highestBuild: highest.build },
  })
}
