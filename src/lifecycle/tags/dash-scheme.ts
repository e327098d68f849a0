/**
 * The default scheme, `<env>-<version>-<build>`. The environment is the longest declared one that the tag starts with (so
 * `pre-prod` works beside `pre`), the build is what follows the last dash, the version is what is between and may contain dashes.
 * A build has no leading zeros: parse and print are inverse only if one number has one spelling.
 */
import { suggest } from '../../kit/suggest.ts'
import type { Tag } from '../../registry/oci/reference.ts'
import type { Mismatch, SchemeTag, TagScheme } from './scheme.ts'

const VERSION = /^[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?$/
const BUILD = /^(?:0|[1-9][0-9]*)$/

/** @param environments checked names, in order; see createTagScheme */
export function createDashScheme(environments: readonly string[]): TagScheme {
  const longestFirst = environments.toSorted((left, right) => right.length - left.length)
  return {
    environments,
    form: '<env>-<version>-<build>',
    match(tag) {
      const environment = longestFirst.find((name) => tag.startsWith(`${name}-`))
      if (environment === undefined) return unknownEnvironment(tag, environments)
      return readRest(tag, environment)
    },
    print: ({ environment, version, build }) => ({ text: `${environment}-${version}-${build}` }),
    substitute: (tag, environment) => `${environment}-${tag.version}-${tag.build}`,
  }
}

function readRest(tag: Tag, environment: string): SchemeTag | Mismatch {
  const rest = tag.slice(environment.length + 1)
  const dash = rest.lastIndexOf('-')
  const build = rest.slice(dash + 1)
  const version = dash < 0 ? '' : rest.slice(0, dash)
  if (dash < 0) return { part: BUILD.test(rest) ? 'version' : 'build', why: `after "${environment}-" there is only "${rest}": version or build is missing` }
  if (!BUILD.test(build)) {
    const zeros = /^0+([0-9]+)$/.exec(build)?.[1]
    if (zeros === undefined) return { part: 'build', why: `the build, after the last dash, is "${build}" and not a number` }
    return { part: 'build', why: `the build "${build}" has leading zeros`, suggestion: `${environment}-${version}-${zeros}` }
  }
  if (!VERSION.test(version)) {
    const why = version === '' ? 'the version is empty' : `the version "${version}" does not start and end with a letter or a digit`
    return { part: 'version', why, suggestion: `${environment}-${version.replace(/^[._-]+|[._-]+$/g, '')}-${build}` }
  }
  return { tag, environment, version, build }
}

function unknownEnvironment(tag: Tag, environments: readonly string[]): Mismatch {
  const whole = environments.find((name) => name === tag)
  if (whole !== undefined) return { part: 'version', why: 'version and build are missing' }
  const words = tag.split('-')
  // An environment of n words is compared with the first n words of the tag.
  const counts = new Set(environments.map((name) => name.split('-').length))
  for (const count of [...counts].toSorted((left, right) => right - left)) {
    const start = words.slice(0, count).join('-')
    const alike = environments.filter((name) => name.split('-').length === count)
    const meant = suggest(start, alike)
    if (meant !== undefined)
      return { part: 'environment', why: `"${start}" is not a declared environment`, suggestion: [meant, ...words.slice(count)].join('-') }
  }
  return { part: 'environment', why: 'it does not start with a declared environment and a dash' }
}
