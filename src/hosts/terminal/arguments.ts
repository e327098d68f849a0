/**
 * The command line of one step: flags and positional words to raw inputs. Decides nothing about values.
 * Flags: `--to staging`, `--to=staging`, `--apply`, `--apply=false`, repeated for lists; `--` ends them.
 */
import { parseArgs } from 'node:util'
import { suggest } from '../../kit/suggest.ts'
import type { Field, Raw } from '../../step/field.ts'
import { kebab } from '../../step/names.ts'
import type { Inputs } from '../../step/step.ts'

export interface Arguments {
  readonly given: ReadonlyMap<string, Raw>
  /** Flags and words that belong to nothing, as typed. */
  readonly strangers: readonly string[]
  /** Values of the flags that every command has. */
  readonly common: ReadonlyMap<string, string>
}

/** Flags of every command; `true` marks those that take a value. */
const COMMON_FLAGS = { output: true, quiet: false, verbose: false, help: false } as const
const SHORT: Readonly<Record<string, keyof typeof COMMON_FLAGS>> = { o: 'output', q: 'quiet', v: 'verbose', h: 'help' }

/** `--key-password` is never a flag with a value: secrets come from a file. */
export function flagOf(name: string, field: Pick<Field<unknown>, 'word' | 'flag'>): string {
  const base = `--${field.flag ?? kebab(name)}`
  return field.word === 'secret' ? `${base}-file` : base
}

export function parseArguments(inputs: Inputs, argv: readonly string[]): Arguments {
  const byFlag = new Map<string, string>()
  for (const [name, field] of Object.entries(inputs)) {
    byFlag.set(flagOf(name, field).slice(2), name)
    if (field.flag !== undefined) byFlag.set(kebab(name), name)
  }
  const options = Object.fromEntries([
    ...[...byFlag].map(([flag, name]) => [flag, { type: inputs[name]?.shape === 'switch' ? ('boolean' as const) : ('string' as const) }]),
    ...Object.entries(COMMON_FLAGS).map(([flag, takesValue]) => [flag, { type: takesValue ? ('string' as const) : ('boolean' as const) }]),
    ...Object.entries(SHORT).map(([short, flag]) => [flag, { type: COMMON_FLAGS[flag] ? ('string' as const) : ('boolean' as const), short }]),
  ]) as Record<string, { type: 'string' | 'boolean'; short?: string }>
  const { tokens } = parseArgs({ args: [...argv], options, strict: false, allowPositionals: true, tokens: true })

  const given = new Map<string, Raw>()
  const common = new Map<string, string>()
  const strangers: string[] = []
  const words: string[] = []
  let swallowed = -1
  for (const token of tokens) {
    if (token.kind === 'positional' && token.index !== swallowed) words.push(token.value)
    if (token.kind !== 'option') continue
    // A flag that is misspelt takes its value along, so that the value is not mistaken for something else.
    const meant = suggest(token.name, byFlag.keys())
    if (options[token.name] === undefined && token.value === undefined && meant !== undefined && options[meant]?.type === 'string') swallowed = token.index + 1
    const value = token.value ?? (options[token.name]?.type === 'boolean' ? 'true' : undefined)
    const name = byFlag.get(token.name)
    if (name !== undefined && value !== undefined) add(given, name, value, inputs[name])
    else if (token.name in COMMON_FLAGS && value !== undefined) common.set(token.name, value)
    else strangers.push(name === undefined && !(token.name in COMMON_FLAGS) ? token.rawName : `${token.rawName} (without a value)`)
  }
  strangers.push(...place(words, inputs, given))
  return { given, strangers, common }
}

function add(given: Map<string, Raw>, name: string, value: string, field: Field<unknown> | undefined): void {
  const before = given.get(name)
  const many = field?.shape === 'list' || field?.shape === 'map' || field?.word === 'keys'
  if (before === undefined) given.set(name, many ? [value] : value)
  else given.set(name, typeof before === 'string' ? [before, value] : [...before, value])
}

/** Gives words to positional inputs in order; a list takes the rest. @returns words that nobody takes */
function place(words: readonly string[], inputs: Inputs, given: Map<string, Raw>): readonly string[] {
  const left = [...words]
  for (const [name, field] of Object.entries(inputs)) {
    if (!field.positional || left.length === 0 || given.has(name)) continue
    given.set(name, field.shape === 'list' ? left.splice(0) : (left.shift() ?? ''))
  }
  return left
}
