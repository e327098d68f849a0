/**
 * The two passes over what a Task says: Tekton's (pkg/substitution: one pass per stage, `$(name)` replaced when known, an array
 * only as a whole element) and then the kubelet's (third_party/forked/golang/expansion: `$(VAR)` when VAR is known, `$$` is `$`).
 */
import type { Container, EnvVar, Given, ParamSpec, ParamValue } from './resources.ts'

export interface Replacements {
  readonly texts: ReadonlyMap<string, string>
  readonly arrays: ReadonlyMap<string, readonly string[]>
}

/** @throws Error for a param that is missing or of the wrong type, as Tekton fails the run before there is a pod */
export function paramReplacements(specs: readonly ParamSpec[], given: readonly Given[]): Replacements {
  const texts = new Map<string, string>()
  const arrays = new Map<string, readonly string[]>()
  for (const spec of specs) {
    const value = given.find(({ name }) => name === spec.name)?.value ?? spec.default
    if (value === undefined) throw new Error(`TaskRunValidationFailed: missing value for param ${spec.name}`)
    if ((spec.type === 'array') !== Array.isArray(value)) throw new Error(`TaskRunValidationFailed: param ${spec.name} is of the wrong type`)
    for (const way of [`params.${spec.name}`, `params["${spec.name}"]`, `params['${spec.name}']`]) {
      if (typeof value === 'string') texts.set(way, value)
      else {
        arrays.set(way, value)
        value.forEach((item, index) => texts.set(`${way}[${index}]`, item))
      }
    }
  }
  return { texts, arrays }
}

export function textReplacements(texts: Readonly<Record<string, string>>): Replacements {
  return { texts: new Map(Object.entries(texts)), arrays: new Map() }
}

export function replace(text: string, { texts }: Replacements): string {
  return text.replaceAll(/\$\(([^()]+)\)/g, (whole, name: string) => texts.get(name) ?? whole)
}

function replaceAll(words: readonly string[], replacements: Replacements): string[] {
  return words.flatMap((word) => {
    const name = /^\$\(([^()]+?)(?:\[\*\])?\)$/.exec(word)?.[1]
    const array = name === undefined ? undefined : replacements.arrays.get(name)
    return array ?? [replace(word, replacements)]
  })
}

export function replaceValue(value: ParamValue, replacements: Replacements): ParamValue {
  if (typeof value !== 'string') return replaceAll(value, replacements)
  const name = /^\$\(([^()]+)\[\*\]\)$/.exec(value)?.[1]
  return (name === undefined ? undefined : replacements.arrays.get(name)) ?? replace(value, replacements)
}

export function replaceContainer<C extends Container>(container: C, replacements: Replacements): C {
  const { command, args, env, workingDir } = container
  return {
    ...container,
    ...(command === undefined ? {} : { command: replaceAll(command, replacements) }),
    ...(args === undefined ? {} : { args: replaceAll(args, replacements) }),
    ...(env === undefined ? {} : { env: env.map(({ name, value }) => ({ name, value: replace(value, replacements) })) }),
    ...(workingDir === undefined ? {} : { workingDir: replace(workingDir, replacements) }),
  }
}

/** One value as the kubelet expands it. */
export function expand(text: string, variables: ReadonlyMap<string, string>): string {
  return text.replaceAll(/\$(?:\$|\(([^)]*)\))/g, (whole, name: string | undefined) => (whole === '$$' ? '$' : (variables.get(name ?? '') ?? whole)))
}

/** A variable sees those before it. */
export function expandVariables(env: readonly EnvVar[]): ReadonlyMap<string, string> {
  const variables = new Map<string, string>()
  for (const { name, value } of env) variables.set(name, expand(value, variables))
  return variables
}
