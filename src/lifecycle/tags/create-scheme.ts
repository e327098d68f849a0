/** From settings to a tag scheme, every problem of the settings at once. */
import { Failure } from '../../kit/failure.ts'
import { printable } from '../../kit/printable.ts'
import { createDashScheme } from './dash-scheme.ts'
import type { TagScheme } from './scheme.ts'

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
