/** A PipelineRun without a cluster: order, params, results, states and `finally` as Tekton's controller handles them; tasks one after the other. */
import type { Volume } from './pod.ts'
import type { ParamValue, PipelineSpec, PipelineTask, StepActionSpec, TaskSpec } from './resources.ts'
import { paramReplacements, type Replacements, replace, replaceValue } from './substitution.ts'
import { runTask, type TaskOutcome } from './task-run.ts'

export interface PipelineRun {
  readonly pipeline: PipelineSpec
  readonly params: Readonly<Record<string, ParamValue>>
  readonly workspaces: Readonly<Record<string, Volume>>
  readonly tasks: Readonly<Record<string, TaskSpec>>
  readonly stepActions?: Readonly<Record<string, StepActionSpec>>
}

export interface PipelineOutcome {
  readonly succeeded: boolean
  readonly results: Readonly<Record<string, string>>
  readonly tasks: Readonly<Record<string, TaskOutcome>>
  readonly log: string
}

export async function runPipeline(run: PipelineRun): Promise<PipelineOutcome> {
  const { pipeline, params } = run
  const given = paramReplacements(
    pipeline.params ?? [],
    Object.entries(params).map(([name, value]) => ({ name, value })),
  )
  const done = new Map<string, TaskOutcome>()
  let succeeded = true
  for (const task of inOrder(pipeline.tasks)) {
    const outcome = await runOne(task, run, [given, resultsOf(done)])
    done.set(task.name, outcome)
    succeeded = outcome.exitCode === 0
    if (!succeeded) break
  }
  const states = statesOf(pipeline.tasks, done, succeeded)
  for (const task of pipeline.finally ?? []) done.set(task.name, await runOne(task, run, [given, states, resultsOf(done)]))
  const results = (pipeline.results ?? []).flatMap(({ name, value }): [string, string][] => {
    const text = replace(value, resultsOf(done))
    return text.includes('$(tasks.') ? [] : [[name, text]]
  })
  return { succeeded, results: Object.fromEntries(results), tasks: Object.fromEntries(done), log: [...done.values()].map((outcome) => outcome.log).join('') }
}

function runOne(task: PipelineTask, run: PipelineRun, replacements: readonly Replacements[]): Promise<TaskOutcome> {
  const spec = task.taskSpec ?? run.tasks[task.taskRef?.name ?? '']
  if (spec === undefined) throw new Error(`CouldntGetTask: there is no Task ${task.taskRef?.name ?? ''}`)
  const params = (task.params ?? []).map(({ name, value }): [string, ParamValue] => {
    if (!spec.params?.some((param) => param.name === name)) throw new Error(`${task.name}: the Task has no param ${name}`)
    const whole = replacements.reduce<ParamValue>((so, some) => replaceValue(so, some), value)
    if (JSON.stringify(whole).includes('$(tasks.')) throw new Error(`InvalidTaskResultReference: ${task.name}.${name} is ${JSON.stringify(whole)}`)
    return [name, whole]
  })
  const workspaces = (task.workspaces ?? []).flatMap(({ name, workspace = name }): [string, Volume][] => {
    if (!spec.workspaces?.some((declared) => declared.name === name)) throw new Error(`${task.name}: the Task has no workspace ${name}`)
    const volume = run.workspaces[workspace]
    return volume === undefined ? [] : [[name, volume]]
  })
  return runTask({
    task: spec,
    params: Object.fromEntries(params),
    workspaces: Object.fromEntries(workspaces),
    ...(run.stepActions === undefined ? {} : { stepActions: run.stepActions }),
  })
}

/** A task comes after those in runAfter and those whose results it reads. */
function inOrder(tasks: readonly PipelineTask[]): PipelineTask[] {
  const ordered: PipelineTask[] = []
  while (ordered.length < tasks.length) {
    const next = tasks.find((task) => !ordered.includes(task) && before(task).every((name) => ordered.some((one) => one.name === name)))
    if (next === undefined) throw new Error('PipelineValidationFailed: cycle detected')
    ordered.push(next)
  }
  return ordered
}

function before(task: PipelineTask): string[] {
  const read = [...JSON.stringify(task.params ?? []).matchAll(/\$\(tasks\.([^.]+)\.results\./g)].map(([, name = '']) => name)
  return [...(task.runAfter ?? []), ...read]
}

function resultsOf(done: ReadonlyMap<string, TaskOutcome>): Replacements {
  return {
    texts: new Map(
      [...done].flatMap(([task, { results }]) => Object.entries(results).map(([name, value]): [string, string] => [`tasks.${task}.results.${name}`, value])),
    ),
    arrays: new Map(),
  }
}

function statesOf(tasks: readonly PipelineTask[], done: ReadonlyMap<string, TaskOutcome>, succeeded: boolean): Replacements {
  const states = tasks.map(({ name }): [string, string] => {
    const exitCode = done.get(name)?.exitCode
    return [`tasks.${name}.status`, exitCode === undefined ? 'None' : exitCode === 0 ? 'Succeeded' : 'Failed']
  })
  return { texts: new Map([...states, ['tasks.status', succeeded ? 'Succeeded' : 'Failed']]), arrays: new Map() }
}
