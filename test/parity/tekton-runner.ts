/**
 * Tekton: the generated Task, its params and workspaces substituted as the controller and the kubelet do, each step through the
 * real entrypoint. The working directory is the workspace `source`, secrets are the workspace `secrets`.
 */
import { inputsOf } from '../../src/step/common-inputs.ts'
import { kebab, upperSnake } from '../../src/step/names.ts'
import type { OutputValue } from '../../src/step/output.ts'
import type { AnyStep } from '../../src/step/step.ts'
import { taskOf } from '../live/tekton/generated.ts'
import type { ParamValue } from '../live/tekton/resources.ts'
import { runTask } from '../live/tekton/task-run.ts'
import type { HostRunner, InputValue, Outcome, Run } from './host-runner.ts'

export const tektonRunner: HostRunner = {
  host: 'tekton',
  async run(run) {
    const { step, directory, interruptAfter } = run
    const { params, secrets, unknown } = sorted(run)
    const task = taskOf(step.name)
    const offered = new Set(task.workspaces?.map((workspace) => workspace.name))
    // A param without a default that nobody gives makes Tekton refuse the run before a pod exists. Empty ones, which Pipelines
    // pass on when they were given none, reach the step; what it says then is what the table is about.
    const empty = Object.fromEntries(
      (task.params ?? []).filter((param) => param.default === undefined).map((param) => [param.name, param.type === 'array' ? [] : '']),
    )
    const outcome = await runTask({
      task,
      params: { ...empty, ...params },
      workspaces: { source: { directory }, ...(offered.has('secrets') && Object.keys(secrets).length > 0 ? { secrets: { secret: secrets } } : {}) },
      variables: { ...run.variables, ...unknown },
      // The table cancels with SIGINT, which the entrypoint passes on like any signal. What the kubelet sends when a TaskRun is
      // cancelled is SIGTERM: entrypoint.test.ts does that.
      ...(interruptAfter === undefined ? {} : { onStart: (kill) => void setTimeout(() => kill('SIGINT'), interruptAfter) }),
    })
    return { exitCode: outcome.exitCode, outputs: outputsOf(step, outcome.results, outcome.exitCode), log: outcome.log }
  },
}

interface Sorted {
  readonly params: Record<string, ParamValue>
  readonly secrets: Record<string, string>
  readonly unknown: Record<string, string>
}

/**
 * Inputs by where a Task takes them. Tekton itself refuses a param that a Task does not declare only in Pipelines, and drops it
 * elsewhere; so unknown ones come as variables, as from a Task that somebody edited, and the step's own check speaks.
 */
function sorted({ step, inputs }: Run): Sorted {
  const known = inputsOf(step)
  const to: Sorted = { params: {}, secrets: {}, unknown: {} }
  for (const [name, value] of Object.entries(inputs)) {
    const shape = known[name]?.shape
    if (shape === undefined) to.unknown[`FERRY_PARAM_${upperSnake(name)}`] = textsOf(value).join('\n')
    else if (shape === 'secret') to.secrets[kebab(name)] = textsOf(value).join('\n')
    else to.params[kebab(name)] = shape === 'list' || shape === 'map' ? textsOf(value) : textsOf(value).join('\n')
  }
  return to
}

function textsOf(value: InputValue): readonly string[] {
  if (Array.isArray(value)) return value
  if (typeof value === 'object') return Object.entries(value).map(([key, item]) => `${key}=${item}`)
  return [String(value)]
}

/** Results are texts; what they stand for is in the definition. After a failure they are all empty: there are none. */
function outputsOf(step: AnyStep, results: Readonly<Record<string, string>>, exitCode: number): Outcome['outputs'] {
  const values = Object.entries(step.outputs).flatMap(([name, output]): [string, OutputValue][] => {
    const text = results[kebab(name)]
    if (text === undefined) return []
    const asJson = output.word === 'switch' || output.word === 'number' || output.word === 'list'
    if (asJson && text === '') return []
    return [[name, asJson ? (JSON.parse(text) as OutputValue) : text]]
  })
  const nothing = values.every(([, value]) => value === '' || (Array.isArray(value) && value.length === 0))
  return exitCode !== 0 && nothing ? {} : Object.fromEntries(values)
}
