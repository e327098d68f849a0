/**
 * A scheme given as a pattern with the named groups env, version and build, matched against the whole tag in linear time
 * (re2js: no backtracking, so no pattern and no tag can stall a run). Loaded only when a pattern is configured.
 */
import { RE2JS } from 're2js'
import { Failure } from '../../kit/failure.ts'
import { printable } from '../../kit/printable.ts'
import { suggest } from '../../kit/suggest.ts'
import type { Tag } from '../../registry/oci/reference.ts'
import type { Mismatch, TagScheme } from './scheme.ts'
import { checkTemplate, fillTemplate, templateOf } from './template.ts'

/** Characters. Longer patterns are a mistake or an attack; re2js spends memory in proportion. */
const LONGEST_PATTERN = 1000
const GROUPS = ['env', 'version', 'build'] as const
type Group = (typeof GROUPS)[number]

/** @param environments checked names, in order; see createTagScheme. @throws Failure CONFIG_INVALID */
export function createPatternScheme(environments: readonly string[], pattern: string, template?: string): TagScheme {
  const compiled = compile(pattern)
  const printed = template === undefined ? templateOf(pattern) : checkTemplate(template)

  const spans = (tag: string): Record<Group, { text: string; start: number; end: number }> | Mismatch => {
    const matcher = compiled.matcher(tag)
    // matches() is anchored at both ends, whatever the pattern says.
    if (!matcher.matches()) return { part: 'form', why: 'the pattern does not match the whole tag' }
    const span = (name: Group) => ({ text: matcher.group(name) ?? '', start: matcher.start(name), end: matcher.end(name) })
    return { env: span('env'), version: span('version'), build: span('build') }
  }

  return {
    environments,
    form: pattern,
    match(tag) {
      const found = spans(tag)
      if ('part' in found) return found
      const { env, version, build } = found
      if (!environments.includes(env.text)) return unknownEnvironment(tag, env, environments)
      if (version.text === '') return { part: 'version', why: 'the group "version" is empty' }
      if (!/^[0-9]+$/.test(build.text)) return { part: 'build', why: `the group "build" matched "${build.text}", which is not a number` }
      return { tag, environment: env.text, version: version.text, build: build.text }
    },
    print: (parts) =>
      printed === undefined ? { cannot: 'the pattern is too rich to be printed and there is no template' } : { text: fillTemplate(printed, parts) },
    substitute(tag, environment) {
      const found = spans(tag.tag)
      return 'part' in found ? tag.tag : tag.tag.slice(0, found.env.start) + environment + tag.tag.slice(found.env.end)
    },
  }
}

function compile(pattern: string): RE2JS {
  const refuse = (why: unknown): never => {
    throw new Failure('CONFIG_INVALID', `"${printable(pattern, 200)}" is not a tag pattern`, {
      cause: why,
      hint: 'Write an RE2 pattern with the groups env, version and build, e.g. (?P<version>v[0-9.]+)-(?P<env>[a-z]+)\\.(?P<build>[0-9]+).',
    })
  }
  if (pattern.length > LONGEST_PATTERN) return refuse(`it has ${pattern.length} characters; ${LONGEST_PATTERN} are allowed`)
  let compiled: RE2JS
  try {
    compiled = RE2JS.compile(pattern)
  } catch (error) {
    return refuse(error)
  }
  const missing = GROUPS.filter((name) => !(name in compiled.namedGroups()))
  return missing.length > 0 ? refuse(`it has no group named ${missing.join(' and none named ')}`) : compiled
}

function unknownEnvironment(tag: Tag, env: { text: string; start: number; end: number }, environments: readonly string[]): Mismatch {
  const meant = suggest(env.text, environments)
  const why = `the group "env" matched "${env.text}", which is not a declared environment`
  return { part: 'environment', why, ...(meant === undefined ? {} : { suggestion: tag.slice(0, env.start) + meant + tag.slice(env.end) }) }
}
