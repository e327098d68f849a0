/** How inputs and outputs of a step become params, args, env and results; shared by Task and StepAction. */
import { PRODUCT } from '../../kit/product.ts'
import { inputsOf } from '../../step/common-inputs.ts'
import type { Field } from '../../step/field.ts'
import { kebab, upperSnake } from '../../step/names.ts'
import type { Output, OutputValue } from '../../step/output.ts'
import type { AnyStep } from '../../step/step.ts'
import { LIST_MARKER, TEKTON_VARIABLE } from './variables.ts'

export const IMAGE = `ghcr.io/${PRODUCT.repository}:${PRODUCT.version}`

interface Variable {
  readonly name: string
  readonly value: string
}

const isMany = (field: Field<unknown>): boolean => field.shape === 'list' || field.shape === 'map'

/** Inputs that may be params: everything but secrets, which etcd and dashboards would show. */
function paramInputs(step: AnyStep): [string, Field<unknown>][] {
  return Object.entries(inputsOf(step)).filter(([, field]) => field.shape !== 'secret')
}

export function secretInputs(step: AnyStep): [string, Field<unknown>][] {
  return Object.entries(inputsOf(step)).filter(([, field]) => field.shape === 'secret')
}

export function params(step: AnyStep): object[] {
  return paramInputs(step).map(([name, field]) => ({
    name: kebab(name),
    description: describe(field),
    type: isMany(field) ? 'array' : 'string',
    ...(mustBeGiven(field) ? {} : { default: isMany(field) ? [] : '' }),
  }))
}

/** Whether Tekton may refuse a run that does not give it. What ferry.yaml can give is for the step to ask for. */
export function mustBeGiven(field: Field<unknown>): boolean {
  return field.required && field.setting === undefined
}

export function describe(field: Field<unknown>): string {
  const notes = [
    field.choices === undefined ? '' : `one of ${field.choices.join(', ')}`,
    field.shape === 'map' ? 'key=value' : field.shape === 'switch' ? 'true or false' : '',
    typeof field.fallback === 'string' && field.shape !== 'switch' ? `${field.fallback} when not given` : '',
    field.required && field.setting !== undefined ? `needed unless ferry.yaml has ${field.setting}` : '',
  ].filter((note) => note !== '')
  return `${field.about}${notes.length === 0 ? '' : ` (${notes.join('; ')})`}`
}

/** The step's name, then each array between its marker and the next; an array param may stand only as a whole element. */
export function args(step: AnyStep): string[] {
  return [step.name, ...paramInputs(step).flatMap(([name, field]) => (isMany(field) ? [`${LIST_MARKER}${kebab(name)}`, `$(params.${kebab(name)}[*])`] : []))]
}

/** @param resultPath how this kind of resource writes the path of a result */
export function variables(step: AnyStep, resultPath: (result: string) => string): Variable[] {
  return [
    { name: 'FERRY_HOST', value: 'tekton' },
    { name: 'HOME', value: '/tekton/home' },
    ...paramInputs(step).flatMap(([name, field]) =>
      isMany(field) ? [] : [{ name: `${TEKTON_VARIABLE.param}${upperSnake(name)}`, value: `$(params.${kebab(name)})` }],
    ),
    ...results(step).map(({ name }) => ({ name: `${TEKTON_VARIABLE.result}${name.replaceAll('-', '_').toUpperCase()}`, value: resultPath(name) })),
  ]
}

interface Result {
  readonly name: string
  readonly type: 'string' | 'array'
  readonly description: string
}

/** Declared outputs, and for a step that puts an image somewhere the two results that Tekton Chains looks for. */
export function results(step: AnyStep): Result[] {
  const own = Object.entries(step.outputs).map(([name, output]) => ({ name: kebab(name), type: resultType(output), description: output.about }))
  if (!('image' in step.outputs && 'digest' in step.outputs)) return own
  return [
    ...own,
    { name: 'IMAGE_URL', type: 'string', description: 'The image, for Tekton Chains; empty when it is not in a registry' },
    { name: 'IMAGE_DIGEST', type: 'string', description: 'Its digest, for Tekton Chains' },
  ]
}

function resultType(output: Output<OutputValue>): 'string' | 'array' {
  return output.word === 'list' ? 'array' : 'string'
}

/** Never root, nothing gained, nothing kept. */
export const SECURITY = {
  runAsNonRoot: true,
  runAsUser: 65_532,
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'] },
  seccompProfile: { type: 'RuntimeDefault' },
}
