/** The README and the sample TaskRun beside a Task. */
import { inputsOf } from '../../step/common-inputs.ts'
import { kebab } from '../../step/names.ts'
import type { AnyStep } from '../../step/step.ts'
import { markdownTable } from '../../step/table.ts'
import { generatedNote } from '../host-files.ts'
import { yamlText } from '../yaml.ts'
import { workspaces } from './task.ts'
import { describe, mustBeGiven, results } from './wiring.ts'

export function sampleRun(step: AnyStep): object {
  const inputs = inputsOf(step)
  const example = step.examples[0]?.inputs ?? {}
  const given = Object.entries(example).flatMap(([name, value]) => {
    const field = inputs[name]
    if (field === undefined || field.shape === 'secret') return []
    const many = field.shape === 'list' || field.shape === 'map'
    return [{ name: kebab(name), value: many ? [value].flat().map(String) : String(value) }]
  })
  return {
    apiVersion: 'tekton.dev/v1',
    kind: 'TaskRun',
    metadata: { generateName: `ferry-${step.name}-` },
    spec: {
      taskRef: { name: `ferry-${step.name}` },
      params: given,
      workspaces: workspaces(step).map(({ name }) =>
        name === 'source' ? { name, emptyDir: {} } : { name, secret: { secretName: name === 'secrets' ? 'ferry-secrets' : 'registry-credentials' } },
      ),
    },
  }
}

export function readme(step: AnyStep): string {
  const inputs = Object.entries(inputsOf(step))
  return [
    `<!-- ${generatedNote('', `src/steps/${step.name}.ts`).trim()} -->`,
    `# ferry-${step.name}`,
    `${step.summary}.`,
    ...(step.details === undefined ? [] : [step.details]),
    `Install: \`kubectl apply -f ferry-${step.name}.yaml\`. The StepAction beside it is for several steps in one pod.`,
    '## Params',
    markdownTable({
      columns: ['param', 'type', 'default', 'meaning'],
      rows: inputs.flatMap(([name, field]) => {
        if (field.shape === 'secret') return []
        const many = field.shape === 'list' || field.shape === 'map'
        return [[kebab(name), many ? 'array' : 'string', mustBeGiven(field) ? 'required' : many ? '[]' : '', describe(field)]]
      }),
    }),
    'The kubelet expands `$(NAME)` and `$$` in params after Tekton did: values that contain them arrive changed. Put such values into ferry.yaml in the source workspace.',
    '## Workspaces',
    markdownTable({ columns: ['workspace', 'meaning'], rows: workspaces(step).map(({ name, description }) => [name, description]) }),
    'All are optional. Bind at most one PersistentVolumeClaim (source); bind the others to Secrets.',
    '## Results',
    markdownTable({ columns: ['result', 'type', 'meaning'], rows: results(step).map(({ name, type, description }) => [name, type, description]) }),
    '## Sample',
    `\`\`\`yaml\n${yamlText(sampleRun(step))}\`\`\``,
    '',
  ].join('\n\n')
}
