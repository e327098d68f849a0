/** The Task of a step: one container, no script, secrets only as files of a workspace. */
import { PRODUCT } from '../../kit/product.ts'
import { kebab } from '../../step/names.ts'
import type { AnyStep } from '../../step/step.ts'
import { TEKTON_VARIABLE } from './variables.ts'
import { args, IMAGE, params, results, SECURITY, secretInputs, variables } from './wiring.ts'

// The oldest line that is still supported and that the strict validator accepts these files for.
const OLDEST_PIPELINES = '1.9.0'

export function metadata(step: AnyStep): object {
  return {
    name: `ferry-${step.name}`,
    labels: { 'app.kubernetes.io/version': PRODUCT.version },
    annotations: {
      'tekton.dev/pipelines.minVersion': OLDEST_PIPELINES,
      'tekton.dev/categories': 'Image Build, Security',
      'tekton.dev/tags': 'image, oci, promote, sign',
      'tekton.dev/displayName': `ferry ${step.name}`,
      'tekton.dev/platforms': 'linux/amd64,linux/arm64',
    },
  }
}

export function description(step: AnyStep): string {
  return step.details === undefined ? step.summary : `${step.summary}\n\n${step.details}`
}

export function workspaces(step: AnyStep): { name: string; description: string; optional: boolean }[] {
  const secrets = secretInputs(step)
  return [
    { name: 'source', description: 'Files that the step reads and writes: the build context, layouts, ferry.yaml', optional: true },
    ...(step.needs.includes('registry')
      ? [{ name: 'dockerconfig', description: 'A Secret with config.json or .dockerconfigjson: credentials of registries', optional: true }]
      : []),
    ...(secrets.length === 0
      ? []
      : [{ name: 'secrets', description: `A Secret with a file for each of: ${secrets.map(([name]) => kebab(name)).join(', ')}`, optional: true }]),
  ]
}

export function task(step: AnyStep): object {
  const offered = workspaces(step).map((workspace) => workspace.name)
  return {
    apiVersion: 'tekton.dev/v1',
    kind: 'Task',
    metadata: metadata(step),
    spec: {
      description: description(step),
      params: params(step),
      workspaces: workspaces(step),
      results: results(step),
      steps: [
        {
          name: step.name,
          image: IMAGE,
          command: ['ferry'],
          args: args(step),
          workingDir: '$(workspaces.source.path)',
          env: [
            ...variables(step, (result) => `$(results.${result}.path)`),
            ...(offered.includes('dockerconfig') ? [{ name: TEKTON_VARIABLE.docker, value: '$(workspaces.dockerconfig.path)' }] : []),
            ...(offered.includes('secrets') ? [{ name: TEKTON_VARIABLE.secrets, value: '$(workspaces.secrets.path)' }] : []),
          ],
          computeResources: { requests: { cpu: '100m', memory: '128Mi' } },
          securityContext: SECURITY,
        },
      ],
    },
  }
}
