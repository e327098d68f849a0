/** The door of this room: one recipe, one builder by name, one image in the target. The tag is the caller's to write, last. */
import type { Call } from '../kit/call.ts'
import { Failure } from '../kit/failure.ts'
import { printable } from '../kit/printable.ts'
import { suggest } from '../kit/suggest.ts'
import type { Target } from '../registry/target/target.ts'
import type { Builder, Built, Recipe } from './builder.ts'
import * as builders from './builders/index.ts'

const BUILDERS: readonly Builder[] = Object.values(builders)

/**
 * Builds with the named builder.
 * @throws Failure INPUT_INVALID (all bad inputs together, in `more`), FILE_UNREADABLE, CONTEXT_CHANGED, and what the target throws
 */
export async function buildImage(recipe: Recipe, builderName: string, into: Target, call: Call): Promise<Built> {
  const builder = BUILDERS.find(({ name }) => name === builderName)
  if (builder) return await builder.build(recipe, into, call)
  const names = BUILDERS.map(({ name }) => name)
  const near = suggest(builderName, names)
  throw new Failure('INPUT_INVALID', `there is no builder "${printable(builderName, 80)}"`, {
    hint: near === undefined ? `Known: ${names.join(', ')}.` : `Did you mean ${near}? Known: ${names.join(', ')}.`,
  })
}
