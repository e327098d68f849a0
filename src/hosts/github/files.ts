/** actions/<step>/action.yml, the root action.yml (the step `run`), and the two-line stubs that they start. */
import { PRODUCT } from '../../kit/product.ts'
import { inputsOf } from '../../step/common-inputs.ts'
import type { Field } from '../../step/field.ts'
import { kebab } from '../../step/names.ts'
import type { AnyStep } from '../../step/step.ts'
import { type GeneratedFile, generatedNote, type HostFiles, textProblems } from '../host-files.ts'
import { yamlText } from '../yaml.ts'

// The Marketplace refuses longer ones, at publishing time only.
const LONGEST_DESCRIPTION = 124

export const githubFiles: HostFiles = {
  name: 'github',
  check: (step) => [
    ...textProblems(step),
    ...(step.summary.length > LONGEST_DESCRIPTION ? [{ step: step.name, message: `summary is longer than ${LONGEST_DESCRIPTION} characters` }] : []),
  ],
  files: (steps) => [
    ...steps.flatMap((step) => [action(step, `actions/${step.name}/action.yml`, `../../dist/${step.name}.cjs`, `ferry ${step.name}`), stub(step)]),
    ...steps.filter((step) => step.name === 'run').map((step) => action(step, 'action.yml', `dist/${step.name}.cjs`, PRODUCT.name)),
  ],
}

function action(step: AnyStep, path: string, main: string, name: string): GeneratedFile {
  const inputs = inputsOf(step)
  const document = {
    name,
    description: step.summary,
    author: PRODUCT.name,
    inputs: Object.fromEntries(Object.entries(inputs).map(([id, field]) => [kebab(id), input(field)])),
    outputs: Object.fromEntries(Object.entries(step.outputs).map(([id, output]) => [kebab(id), { description: output.about }])),
    runs: { using: 'node24', main },
    branding: { icon: 'anchor', color: 'blue' },
  }
  return { path, text: generatedNote('#', `src/steps/${step.name}.ts`) + yamlText(document) }
}

/**
 * No `default`: the runner would pass it as if it had been given, and then neither the environment nor ferry.yaml counts.
 * `required` only where nothing else can give the value, because linters refuse a workflow without it.
 */
function input(field: Field<unknown>): object {
  const notes = [
    field.choices === undefined ? '' : `one of ${field.choices.join(', ')}`,
    field.shape === 'list' ? 'one a line' : field.shape === 'map' ? 'key=value, one a line' : field.shape === 'switch' ? 'true or false' : '',
    field.word === 'private-key' ? 'the PEM text (from a secret) or the path of its file' : field.word === 'keys' ? 'paths one a line, or the PEM text' : '',
    field.setting === undefined ? '' : `ferry.yaml ${field.setting}`,
    typeof field.fallback === 'string' && field.shape !== 'switch' ? `${field.fallback} when not given` : '',
  ].filter((note) => note !== '')
  return {
    description: `${field.about}${notes.length === 0 ? '' : ` (${notes.join('; ')})`}`,
    required: field.required && field.setting === undefined,
  }
}

/** Two lines: which step, and the shared bundle. */
function stub(step: AnyStep): GeneratedFile {
  return { path: `dist/${step.name}.cjs`, text: `'use strict'\nrequire('./action.cjs').runAction('${step.name}')\n` }
}
