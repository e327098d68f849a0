/** The StepAction of a step: for several steps in one pod. It has no workspaces, so directories come as params. */
import type { AnyStep } from '../../step/step.ts'
import { description, metadata, workspaces } from './task.ts'
import { TEKTON_VARIABLE } from './variables.ts'
import { args, IMAGE, params, results, SECURITY, variables } from './wiring.ts'

const DIRECTORIES = {
  source: { param: 'source-directory', about: 'Where the step works, e.g. the path of a workspace' },
  dockerconfig: { param: 'dockerconfig-directory', about: 'A directory with config.json or .dockerconfigjson', variable: TEKTON_VARIABLE.docker },
  secrets: { param: 'secrets-directory', about: 'A directory with one file for each secret input', variable: TEKTON_VARIABLE.secrets },
} as const

export function stepAction(step: AnyStep): object {
  const directories = workspaces(step).flatMap(({ name }) => Object.entries(DIRECTORIES).flatMap(([known, directory]) => (known === name ? [directory] : [])))
  return {
    apiVersion: 'tekton.dev/v1beta1',
    kind: 'StepAction',
    metadata: metadata(step),
    spec: {
      description: description(step),
      params: [...params(step), ...directories.map(({ param, about }) => ({ name: param, description: about, type: 'string', default: '' }))],
      results: results(step),
      image: IMAGE,
      command: ['ferry'],
      args: args(step),
      workingDir: `$(params.${DIRECTORIES.source.param})`,
      env: [
        ...variables(step, (result) => `$(step.results.${result}.path)`),
        ...directories.flatMap((directory) => ('variable' in directory ? [{ name: directory.variable, value: `$(params.${directory.param})` }] : [])),
      ],
      securityContext: SECURITY,
    },
  }
}
