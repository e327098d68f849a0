/** Help texts: examples first, then what may be given. Printed from the definitions. */
import { PRODUCT } from '../../kit/product.ts'
import { inputsOf } from '../../step/common-inputs.ts'
import type { Field } from '../../step/field.ts'
import { kebab, variableOf } from '../../step/names.ts'
import type { AnyStep, Example, Inputs } from '../../step/step.ts'
import { flagOf } from './arguments.ts'
import type { Paint } from './style.ts'

const COMMON_HELP: readonly (readonly [string, string])[] = [
  ['-o, --output FORM', 'How results are printed on stdout: table, json or yaml (table)'],
  ['-q, --quiet', 'Only warnings and errors on stderr'],
  ['-v, --verbose', 'Also what is only of interest when something is odd'],
  ['-h, --help', 'This text'],
]

/** An example as it is typed. */
export function exampleLine(step: Pick<AnyStep, 'name' | 'inputs'>, example: Example): string {
  const words = [PRODUCT.command, step.name]
  const flags: string[] = []
  for (const [name, field] of Object.entries(step.inputs)) {
    const value = example.inputs[name]
    if (value === undefined) continue
    for (const item of Array.isArray(value) ? value : [value]) {
      if (field.positional) words.push(quote(String(item)))
      else if (field.shape === 'switch') flags.push(item === true ? flagOf(name, field) : `${flagOf(name, field)}=false`)
      else flags.push(flagOf(name, field), quote(String(item)))
    }
  }
  return [...words, ...flags].join(' ')
}

function quote(text: string): string {
  return /^[A-Za-z0-9_./:@%+=,-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`
}

function usage(step: AnyStep, inputs: Inputs): string {
  const words = Object.entries(inputs).flatMap(([name, field]) => {
    if (!field.positional) return []
    const word = `<${field.flag ?? kebab(name)}>${field.shape === 'list' ? '…' : ''}`
    return [field.required ? word : `[${word}]`]
  })
  return [PRODUCT.command, step.name, ...words, '[flags]'].join(' ')
}

function flagRow(name: string, field: Field<unknown>): readonly [string, string] {
  const placeholder =
    field.shape === 'switch'
      ? ''
      : field.word === 'secret' || field.word === 'private-key'
        ? ' FILE'
        : ` ${(field.choices ? 'CHOICE' : field.word === 'list' || field.word === 'map' ? (field.word === 'map' ? 'KEY=VALUE' : 'TEXT') : field.word).toUpperCase()}`
  const left = field.positional ? `<${field.flag ?? kebab(name)}>` : `${flagOf(name, field)}${placeholder}`
  const notes = [
    field.required ? 'required' : '',
    field.choices === undefined ? '' : `one of ${field.choices.join(', ')}`,
    field.fallback === undefined || field.shape === 'switch' ? '' : `default ${String(field.fallback)}`,
    field.shape === 'list' || field.shape === 'map' ? 'may be repeated' : '',
    field.setting === undefined ? '' : `ferry.yaml ${field.setting}`,
    variableOf(name),
  ].filter((note) => note !== '')
  return [left, `${field.about} (${notes.join('; ')})`]
}

export function stepHelp(step: AnyStep, paint: Paint): string {
  const inputs = inputsOf(step)
  const rows = Object.entries(inputs).map(([name, field]) => flagRow(name, field))
  const width = Math.min(34, Math.max(...[...rows, ...COMMON_HELP].map(([left]) => left.length)))
  const line = ([left, right]: readonly [string, string]): string =>
    left.length > width ? `  ${left}\n  ${' '.repeat(width)}  ${right}` : `  ${left.padEnd(width)}  ${right}`
  return [
    step.summary,
    '',
    paint('bold', 'Examples'),
    ...step.examples.flatMap((example) => [`  # ${example.title}`, `  ${exampleLine(step, example)}`]),
    '',
    paint('bold', 'Usage'),
    `  ${usage(step, inputs)}`,
    '',
    ...(step.details === undefined ? [] : [step.details, '']),
    paint('bold', 'Inputs'),
    ...rows.map(line),
    '',
    paint('bold', 'Flags of every command'),
    ...COMMON_HELP.map(line),
    '',
    ...(Object.keys(step.outputs).length === 0
      ? []
      : [paint('bold', 'Outputs'), ...Object.entries(step.outputs).map(([name, output]) => line([kebab(name), output.about])), '']),
    `Exit codes and what they mean: ${PRODUCT.command} help exit-codes`,
    '',
  ].join('\n')
}

export interface Listed {
  readonly name: string
  readonly summary: string
}

export function overview(steps: readonly Listed[], commands: readonly Listed[], paint: Paint): string {
  const width = Math.max(...[...steps, ...commands].map((entry) => entry.name.length))
  const line = (entry: Listed): string => `  ${entry.name.padEnd(width)}  ${entry.summary}`
  return [
    'Carries container images from a commit to production; the same on a laptop, GitHub Actions, Tekton and Jenkins.',
    '',
    paint('bold', 'Examples'),
    `  ${PRODUCT.command} build ./app --to oci:./out:dev-v1.0-1`,
    `  ${PRODUCT.command} push oci:./out:dev-v1.0-1 harbor.example.com/pay/api:dev-v1.0-1`,
    `  ${PRODUCT.command} promote harbor.example.com/pay/api:dev-v1.0-1 --to staging --apply`,
    '',
    paint('bold', 'Steps'),
    ...steps.map(line),
    '',
    paint('bold', 'Commands'),
    ...commands.map(line),
    '',
    `Help on one of them: ${PRODUCT.command} <name> --help. More: ${PRODUCT.command} help exit-codes | environment | output`,
    '',
  ].join('\n')
}
