/**
 * GitHub Actions: action.yml and its stub, started as the runner does. Facts of the run (GITHUB_RUN_NUMBER, GITHUB_SHA …) are not
 * set: a laptop has none, and the rows are about what was given. A row that wants them names them in `variables`.
 */
import { kebab } from '../../src/step/names.ts'
import type { OutputValue, OutputWord } from '../../src/step/output.ts'
import type { AnyStep } from '../../src/step/step.ts'
import { readActionFile } from '../hosts/github/runner/action-file.ts'
import { runAction } from '../hosts/github/runner/run-action.ts'
import type { HostRunner, InputValue, Outcome } from './host-runner.ts'

export const githubRunner: HostRunner = {
  host: 'github',
  async run({ step, inputs, directory, variables, interruptAfter }) {
    const outcome = await runAction({
      action: readActionFile(`actions/${step.name}/action.yml`),
      with: Object.fromEntries(Object.entries(inputs).map(([name, value]) => [kebab(name), textOf(value)])),
      directory,
      variables: { HOME: directory, ...variables },
      ...(interruptAfter === undefined ? {} : { interruptAfter }),
    })
    return { exitCode: outcome.exitCode, outputs: outputsOf(step, outcome.outputs), log: outcome.log }
  },
}

/** A value as it stands under `with:`: lists and maps one a line. */
function textOf(value: InputValue): string {
  if (Array.isArray(value)) return value.join('\n')
  if (typeof value === 'object')
    return Object.entries(value)
      .map(([key, item]) => `${key}=${item}`)
      .join('\n')
  return String(value)
}

/** Outputs are texts here; what they stand for is in the definition. */
function outputsOf(step: AnyStep, texts: Readonly<Record<string, string>>): Outcome['outputs'] {
  const names = new Map(Object.keys(step.outputs).map((name) => [kebab(name), name]))
  return Object.fromEntries(
    Object.entries(texts).map(([spelt, text]) => {
      const name = names.get(spelt) ?? spelt
      return [name, valueOf(text, step.outputs[name]?.word)]
    }),
  )
}

const AS_JSON: readonly (OutputWord | undefined)[] = ['switch', 'number', 'list']

function valueOf(text: string, word: OutputWord | undefined): OutputValue {
  return AS_JSON.includes(word) ? (JSON.parse(text) as OutputValue) : text
}
