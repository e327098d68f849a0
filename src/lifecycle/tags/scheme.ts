/**
 * A tag scheme: which environments there are, in order, and how a tag says environment, version and build.
 * The default is `<env>-<version>-<build>`, e.g. `prod-v1.2-1024`; another one is given as a pattern with the named groups
 * env, version and build. What does not belong here: what may be pushed or promoted (judge-push, promote).
 */
import { Failure } from '../../kit/failure.ts'
import { printable } from '../../kit/printable.ts'
import type { Tag } from '../../registry/oci/reference.ts'
import { createDashScheme } from './dash-scheme.ts'

/** What a tag says. */
export interface TagParts {
  /** One of the declared environments. */
  readonly environment: string
  readonly version: string
  /** Decimal digits, of any length; compared as a number. */
  readonly build: string
}

/** A tag that follows the scheme, with what it says. */
export interface SchemeTag extends TagParts {
  readonly tag: Tag
}

/** Which part of a tag does not follow the scheme, and why. */
export interface Mismatch {
  readonly part: 'environment' | 'version' | 'build' | 'form'
  readonly why: string
  /** The tag that was probably meant. */
  readonly suggestion?: string
}

export interface TagScheme {
  /** As declared: from where images are built to where they are used. */
  readonly environments: readonly string[]
  /** How messages call the form: `<env>-<version>-<build>`, or the pattern. */
  readonly form: string
  match(tag: Tag): SchemeTag | Mismatch
  /** The text for the parts, not yet proven to be a tag of the scheme; a sentence instead when the scheme cannot print. */
  print(parts: TagParts): { readonly text: string } | { readonly cannot: string }
  /** The text of the tag with another environment in its place. */
  substitute(tag: SchemeTag, environment: string): string
}

export interface TagSchemeSettings {
  /** In order, e.g. dev, staging, prod. */
  readonly environments: readonly string[]
  /** RE2 syntax, at most 1000 characters, with the groups env, version and build; always matched against the whole tag. */
  readonly pattern?: string
  /** How a pattern scheme prints a new tag, e.g. `{version}-{env}.{build}`; read off the pattern when that is plain enough. */
  readonly template?: string
}

const ENVIRONMENT = /^[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?$/
// A tag has 128 characters: this leaves room for version and build.
const LONGEST_ENVIRONMENT = 63

/** @throws Failure CONFIG_INVALID, with every problem of the settings */
export async function createTagScheme(settings: TagSchemeSettings): Promise<TagScheme> {
  const problems = environmentProblems(settings.environments)
  if (settings.template !== undefined && settings.pattern === undefined) {
    problems.push(new Failure('CONFIG_INVALID', 'the tag scheme has a template but no pattern', { hint: 'Give the pattern too, or leave the template out.' }))
  }
  const [first, ...more] = problems
  if (first) throw new Failure('CONFIG_INVALID', first.message, { ...(first.hint === undefined ? {} : { hint: first.hint }), more })
  if (settings.pattern === undefined) return createDashScheme(settings.environments)
  const { createPatternScheme } = await import('./pattern-scheme.ts')
  return createPatternScheme(settings.environments, settings.pattern, settings.template)
}

function environmentProblems(environments: readonly string[]): Failure[] {
  const refuse = (message: string, hint: string): Failure => new Failure('CONFIG_INVALID', message, { hint })
  if (environments.length === 0) return [refuse('no environment is declared', 'Declare them in order, e.g. environments: [dev, staging, prod].')]
  const problems: Failure[] = []
  const known = new Map<string, string>()
  for (const name of environments) {
    const twin = known.get(name.toLowerCase())
    if (twin !== undefined) {
      const how = twin === name ? 'is declared twice' : `differs from "${twin}" only by upper and lower case`
      problems.push(refuse(`the environment "${printable(name, 80)}" ${how}`, 'Declare each environment once.'))
    } else if (!ENVIRONMENT.test(name) || name.length > LONGEST_ENVIRONMENT) {
      problems.push(
        refuse(
          `"${printable(name, 80)}" cannot be the name of an environment`,
          `It has 1 to ${LONGEST_ENVIRONMENT} letters, digits, dots, dashes and underscores, and starts and ends with a letter or a digit.`,
        ),
      )
    }
    known.set(name.toLowerCase(), name)
  }
  return problems
}
