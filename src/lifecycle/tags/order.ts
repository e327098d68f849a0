/** The order of tags, and what "newest", "highest" and "next" mean in a repository. Tags outside the scheme have no place in it. */
import { Failure } from '../../kit/failure.ts'
import { compareNumbers, compareText, increment } from './numbers.ts'
import { matchTag, printTag, requireEnvironment } from './parse.ts'
import type { SchemeTag, TagScheme } from './scheme.ts'
import { compareVersions } from './versions.ts'

/** By environment as declared, then version, then build. Zero means equally new: `dev-v1.2-7` and `dev-1.2.0-7`. */
export function compareTags(scheme: TagScheme, left: SchemeTag, right: SchemeTag): number {
  const environment = scheme.environments.indexOf(left.environment) - scheme.environments.indexOf(right.environment)
  return environment || compareVersions(left.version, right.version) || compareNumbers(left.build, right.build)
}

export interface SortedTags {
  /** Oldest first; equally new ones by their text. */
  readonly inside: readonly SchemeTag[]
  /** Tags that do not follow the scheme, by their text. */
  readonly outside: readonly string[]
}

export function sortTags(scheme: TagScheme, tags: Iterable<string>): SortedTags {
  const inside: SchemeTag[] = []
  const outside: string[] = []
  for (const text of new Set(tags)) {
    const tag = matchTag(scheme, text)
    if (tag) inside.push(tag)
    else outside.push(text)
  }
  inside.sort((left, right) => compareTags(scheme, left, right) || compareText(left.tag, right.tag))
  return { inside, outside: outside.toSorted(compareText) }
}

export interface Newest {
  readonly tag: SchemeTag
  /** A tag of the same environment with a higher build but a lower version, e.g. a later hotfix of an older line. */
  readonly higherBuild?: SchemeTag
}

/**
 * The newest tag of an environment: highest version, then highest build.
 * @throws Failure INPUT_INVALID for an environment that is not declared, IMAGE_NOT_FOUND when it has no tag,
 *   INPUT_INVALID when two tags are equally new
 */
export function selectNewest(scheme: TagScheme, tags: Iterable<string>, environment: string, where: string): Newest {
  requireEnvironment(scheme, environment)
  const all = [...tags]
  const sorted = sortTags(scheme, all).inside.filter((tag) => tag.environment === environment)
  const tag = sorted.at(-1)
  if (tag === undefined) {
    throw new Failure('IMAGE_NOT_FOUND', `${where} has no tag of the environment ${environment}`, {
      cause: all.length === 0 ? 'it has no tags' : `none of its ${all.length} tags is of the form ${scheme.form} with that environment`,
      hint: `Push one first, or name the image by tag or digest. Environments are ${scheme.environments.join(', ')}.`,
    })
  }
  const twin = sorted.at(-2)
  if (twin && compareTags(scheme, twin, tag) === 0) {
    throw new Failure('INPUT_INVALID', `${where} has two newest tags of ${environment}: ${twin.tag} and ${tag.tag}`, {
      cause: 'their versions and builds are equal, so neither is the newer one',
      hint: 'Name one of them, or its digest.',
      facts: { tags: [twin.tag, tag.tag] },
    })
  }
  const highest = highestBuild(sorted)
  return highest && compareNumbers(highest.build, tag.build) > 0 ? { tag, higherBuild: highest } : { tag }
}

/** The tag with the highest build, of all or of one environment. */
export function highestBuild(tags: Iterable<SchemeTag>, environment?: string): SchemeTag | undefined {
  let highest: SchemeTag | undefined
  for (const tag of tags) {
    if (environment !== undefined && tag.environment !== environment) continue
    if (highest === undefined || compareNumbers(tag.build, highest.build) > 0) highest = tag
  }
  return highest
}

/**
 * The tag for the next build: one more than the highest build of the repository, over all environments and versions.
 * Promotion carries a build number from one environment to the next, so a number that any of them uses is used up, also
 * when retention has already removed it from where it was built.
 * @param atLeast builds up to this one are used up too
 */
export function nextTag(
  scheme: TagScheme,
  tags: Iterable<string>,
  wanted: { readonly environment: string; readonly version: string },
  atLeast = '0',
): SchemeTag {
  const highest = highestBuild(sortTags(scheme, tags).inside)?.build ?? '0'
  const build = increment(compareNumbers(highest, atLeast) > 0 ? highest : atLeast)
  return printTag(scheme, { ...wanted, build })
}
