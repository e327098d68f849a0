/**
 * Which value an input has: input > environment > ferry.yaml > default, decided here and nowhere else.
 * All bad inputs of one call are reported together, each as the host spells it.
 */
import { isAbsolute, join } from 'node:path'
import { asFailure, Failure } from '../kit/failure.ts'
import { suggest } from '../kit/suggest.ts'
import { inputsOf } from './common-inputs.ts'
import type { Field, Raw } from './field.ts'
import type { Host } from './host.ts'
import { variableOf } from './names.ts'
import type { Settings } from './settings/settings.ts'
import type { AnyStep } from './step.ts'

export type OriginKind = 'input' | 'environment' | 'ferry.yaml' | 'host' | 'default' | 'none'

export interface Origin {
  readonly kind: OriginKind
  /** The name there: `--to`, `FERRY_TO`, `keys.verify`. */
  readonly at: string
  readonly raw: Raw | undefined
}

type Asked = Pick<Host, 'read' | 'variable' | 'spell' | 'strangers' | 'facts' | 'name'>

/** Where the value of one input comes from. */
export function originOf(step: Pick<AnyStep, 'name'>, name: string, field: Field<unknown>, host: Asked, settings: Settings): Origin {
  const given = host.read(name, field)
  if (isGiven(given)) return { kind: 'input', at: host.spell(name, field), raw: given }
  const variable = host.variable(variableOf(name))
  if (isGiven(variable)) return { kind: 'environment', at: variableOf(name), raw: variable }
  const byStep = settings.inputOf(step.name, name)
  if (isGiven(byStep)) return { kind: 'ferry.yaml', at: `defaults.${step.name}.${name}`, raw: fromSettings(byStep, field, settings) }
  const setting = field.setting === undefined ? undefined : settings.value(field.setting)
  if (isGiven(setting)) return { kind: 'ferry.yaml', at: field.setting ?? '', raw: fromSettings(setting, field, settings) }
  const fact = field.fact === undefined ? undefined : host.facts[field.fact]
  if (isGiven(fact)) return { kind: 'host', at: host.name, raw: fact }
  if (field.fallback !== undefined) return { kind: 'default', at: '', raw: field.fallback }
  return { kind: 'none', at: '', raw: undefined }
}

function isGiven(raw: Raw | undefined): raw is Raw {
  return raw !== undefined && raw.length > 0
}

/** Paths in ferry.yaml start from its directory. */
function fromSettings(raw: Raw, field: Field<unknown>, settings: Settings): Raw {
  if (!['file', 'directory', 'keys', 'private-key', 'image', 'place'].includes(field.word)) return raw
  return typeof raw === 'string' ? fromDirectory(raw, field, settings.directory) : raw.map((item) => fromDirectory(item, field, settings.directory))
}

function fromDirectory(text: string, field: Field<unknown>, directory: string): string {
  if (text.includes('-----BEGIN')) return text
  if (field.word !== 'image' && field.word !== 'place') return isAbsolute(text) ? text : join(directory, text)
  const path = text.startsWith('oci:') && !text.startsWith('oci://') ? text.slice('oci:'.length) : undefined
  return path === undefined || isAbsolute(path) ? text : `oci:${join(directory, path)}`
}

/** Reads every input of a step. @throws Failure INPUT_INVALID that carries all problems */
export function readInputs(step: AnyStep, host: Asked, settings: Settings): Record<string, unknown> {
  const inputs = inputsOf(step)
  const names = Object.keys(inputs)
  const problems = host.strangers(names).map((stranger) => {
    const meant = suggest(
      stranger,
      names.map((name) => host.spell(name, inputs[name] as Field<unknown>)),
    )
    return new Failure('INPUT_INVALID', `${stranger} is not an input of ${step.name}`, {
      hint: meant === undefined ? `See the inputs of ${step.name}: ferry ${step.name} --help` : `Did you mean ${meant}?`,
    })
  })
  const values: Record<string, unknown> = {}
  for (const [name, field] of Object.entries(inputs)) {
    try {
      values[name] = readOne(step, name, field, host, settings)
    } catch (error) {
      problems.push(asFailure(error))
    }
  }
  if (problems.length === 1 && problems[0]) throw problems[0]
  if (problems.length > 1)
    throw new Failure('INPUT_INVALID', `${problems.length} inputs of ${step.name} are not right; nothing was changed`, { more: problems })
  return values
}

function readOne(step: AnyStep, name: string, field: Field<unknown>, host: Asked, settings: Settings): unknown {
  const { kind, at, raw } = originOf(step, name, field, host, settings)
  const spelt = kind === 'environment' ? at : kind === 'ferry.yaml' ? `${at} in ${settings.file ?? 'ferry.yaml'}` : host.spell(name, field)
  if (raw === undefined && field.required) {
    throw new Failure('INPUT_INVALID', `${spelt} is missing: ${field.about}`, {
      hint: `Give ${host.spell(name, field)}${field.example === undefined ? '' : `, e.g. ${field.example}`}, or set ${variableOf(name)}.`,
    })
  }
  let value: unknown
  try {
    value = field.read(kind === 'default' ? undefined : raw)
  } catch (error) {
    const failure = asFailure(error)
    throw new Failure(failure.code, `${spelt}${failure.code === 'INPUT_INVALID' ? ' ' : ': '}${failure.message}`, failure.parts)
  }
  if (field.word === 'environment' && typeof value === 'string') checkEnvironment(value, spelt, settings)
  return value
}

function checkEnvironment(name: string, spelt: string, settings: Settings): void {
  const known = settings.environments.map((environment) => environment.name)
  if (known.includes(name)) return
  const meant = suggest(name, known)
  throw new Failure('INPUT_INVALID', `${spelt} is "${name.slice(0, 80)}", which is not one of the environments ${known.join(', ')}`, {
    hint: meant === undefined ? 'Environments are declared in ferry.yaml under `environments`.' : `Did you mean ${meant}?`,
  })
}
