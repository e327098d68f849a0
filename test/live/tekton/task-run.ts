/**
 * A TaskRun without a cluster: what Tekton's controller makes of a Task (params, StepActions, workspaces, results), what the
 * kubelet makes of that, and each step through the real entrypoint.
 */

import { type Kill, type Mount, openPod, type StepOutcome, type Volume } from './pod.ts'
import type { Container, ParamValue, StepActionSpec, StepSpec, TaskSpec } from './resources.ts'
import { expand, expandVariables, paramReplacements, type Replacements, replaceContainer, replaceValue, textReplacements } from './substitution.ts'

export interface TaskRun {
  readonly task: TaskSpec
  readonly params?: Readonly<Record<string, ParamValue>>
  readonly workspaces?: Readonly<Record<string, Volume>>
  /** Variables that `podTemplate.env` of a TaskRun gives to every container. */
  readonly variables?: Readonly<Record<string, string>>
  readonly stepActions?: Readonly<Record<string, StepActionSpec>>
  /** Called when a step has been started, with a way to send a signal to its first process, as the kubelet does. */
  readonly onStart?: (kill: Kill, step: string) => void
}

export interface TaskOutcome {
  readonly steps: readonly StepOutcome[]
  /** Of the first step that failed; those after it are skipped. */
  readonly exitCode: number
  readonly results: Readonly<Record<string, string>>
  readonly log: string
}

export async function runTask(run: TaskRun): Promise<TaskOutcome> {
  const { task, variables = {}, workspaces = {}, onStart } = run
  const containers = prepare(run)
  const pod = openPod(mountsOf(task, workspaces))
  try {
    const steps: StepOutcome[] = []
    for (const [index, { name, container, stepResults }] of containers.entries()) {
      const env = expandVariables([...Object.entries(variables).map(([name, value]) => ({ name, value })), ...(container.env ?? [])])
      const [command = '', ...args] = [...(container.command ?? []), ...(container.args ?? [])].map((word) => expand(word, env))
      const outcome = await pod.run({
        name,
        index,
        command,
        args,
        variables: env,
        workingDir: container.workingDir ?? '',
        results: (task.results ?? []).filter((result) => result.value === undefined).map((result) => result.name),
        stepResults,
        ...(onStart === undefined ? {} : { onStart: (kill: Kill) => onStart(kill, name) }),
      })
      steps.push(outcome)
    }
    return {
      steps,
      exitCode: steps.find((step) => step.exitCode !== 0)?.exitCode ?? 0,
      results: resultsOf(task, steps),
      log: steps.map((step) => step.log).join(''),
    }
  } finally {
    pod.remove()
  }
}

interface Prepared {
  readonly name: string
  readonly container: Container
  readonly stepResults: readonly string[]
}

/** Params, then results, then workspaces: the order in which Tekton's reconciler applies them. */
function prepare({ task, params = {}, workspaces = {}, stepActions = {} }: TaskRun): Prepared[] {
  const given = Object.entries(params).map(([name, value]) => ({ name, value }))
  const fromParams = paramReplacements(task.params ?? [], given)
  const results = textReplacements(Object.fromEntries((task.results ?? []).map(({ name }) => [`results.${name}.path`, `/tekton/results/${name}`])))
  const bound = textReplacements(
    Object.fromEntries(
      (task.workspaces ?? []).flatMap(({ name, optional }) => {
        const has = workspaces[name] !== undefined
        if (!has && optional !== true) throw new Error(`TaskRunValidationFailed: workspace ${name} is not bound`)
        return [
          [`workspaces.${name}.path`, has ? `/workspace/${name}` : ''],
          [`workspaces.${name}.bound`, String(has)],
        ]
      }),
    ),
  )
  return task.steps.map((step, index) => {
    const name = step.name ?? `unnamed-${index}`
    const { container, stepResults } = step.ref === undefined ? ownContainer(step, fromParams) : referenced(step, fromParams, stepActions)
    const paths = textReplacements(
      Object.fromEntries(stepResults.map((result) => [`step.results.${result}.path`, `/tekton/steps/step-${name}/results/${result}`])),
    )
    const whole = [paths, results, bound].reduce<Container>(
      (so, replacements) => replaceContainer(so, replacements),
      withTemplate(task.stepTemplate, container),
    )
    return { name, container: whole, stepResults }
  })
}

function ownContainer(step: StepSpec, params: Replacements): Pick<Prepared, 'container' | 'stepResults'> {
  return { container: replaceContainer<Container>(step, params), stepResults: (step.results ?? []).map((result) => result.name) }
}

/** The params of the step see those of the Task; the StepAction sees only its own. */
function referenced(step: StepSpec, params: Replacements, known: NonNullable<TaskRun['stepActions']>): Pick<Prepared, 'container' | 'stepResults'> {
  const action = known[step.ref?.name ?? '']
  if (action === undefined) throw new Error(`TaskRunValidationFailed: there is no StepAction ${step.ref?.name ?? ''}`)
  const given = (step.params ?? []).map(({ name, value }) => ({ name, value: replaceValue(value, params) }))
  return {
    container: replaceContainer<Container>(action, paramReplacements(action.params ?? [], given)),
    stepResults: (action.results ?? []).map((result) => result.name),
  }
}

function withTemplate(template: Container | undefined, container: Container): Container {
  const own = new Set((container.env ?? []).map((variable) => variable.name))
  return { ...template, ...container, env: [...(template?.env ?? []).filter((variable) => !own.has(variable.name)), ...(container.env ?? [])] }
}

/** Workspaces, and volumes that the stepTemplate mounts. */
function mountsOf(task: TaskSpec, workspaces: Readonly<Record<string, Volume>>): Mount[] {
  const volumes = (task.stepTemplate?.volumeMounts ?? []).map(({ name, mountPath }): Mount => {
    if (task.volumes?.find((volume) => volume.name === name)?.emptyDir === undefined) throw new Error(`volume ${name} is not an emptyDir`)
    return { volume: 'emptyDir', at: mountPath }
  })
  return [...Object.entries(workspaces).map(([name, volume]): Mount => ({ volume, at: `/workspace/${name}` })), ...volumes]
}

/** Results that the steps wrote, and those that the Task takes from a step's own. */
function resultsOf(task: TaskSpec, steps: readonly StepOutcome[]): Record<string, string> {
  const written = steps.flatMap((step) => step.entries.filter((entry) => entry.type === 1).map((entry): [string, string] => [entry.key, entry.value]))
  const taken = (task.results ?? []).flatMap(({ name, value }): [string, string][] => {
    const [, stepName, result] = /^\$\(steps\.([^.]+)\.results\.([^.[]+)(?:\[\*\])?\)$/.exec(value ?? '') ?? []
    const entry = steps.find((step) => step.name === stepName)?.entries.find(({ key, type }) => key === result && type === 4)
    return entry === undefined ? [] : [[name, entry.value]]
  })
  return Object.fromEntries([...written, ...taken])
}
