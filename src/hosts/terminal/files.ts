/** docs/reference/steps/<step>.md: one page a step, with how it is written on every host. */
import { inputsOf } from '../../step/common-inputs.ts'
import { kebab, variableOf } from '../../step/names.ts'
import type { AnyStep, Example } from '../../step/step.ts'
import { markdownTable } from '../../step/table.ts'
import { generatedNote, type HostFiles, textProblems } from '../host-files.ts'
import { jenkinsExample } from '../jenkins/files.ts'
import { yamlText } from '../yaml.ts'
import { flagOf } from './arguments.ts'
import { exampleLine } from './help.ts'

export const terminalFiles: HostFiles = {
  name: 'terminal',
  check: (step) => [...textProblems(step), ...(step.examples.length === 0 ? [{ step: step.name, message: 'has no example' }] : [])],
  files: (steps) => steps.map((step) => ({ path: `docs/reference/steps/${step.name}.md`, text: page(step) })),
}

function page(step: AnyStep): string {
  const inputs = Object.entries(inputsOf(step))
  const first = step.examples[0]
  return [
    `<!-- ${generatedNote('', `src/steps/${step.name}.ts`).trim()} -->`,
    `# ${step.name}`,
    `${step.summary}.`,
    ...(step.details === undefined ? [] : [step.details]),
    ...(first === undefined ? [] : ['## The same on every host', ...everyHost(step, first)]),
    '## Inputs',
    markdownTable({
      columns: ['command line', 'GitHub, Tekton', 'Jenkins, KubeSphere', 'variable', 'meaning'],
      rows: inputs.map(([name, field]) => [
        field.positional ? `<${field.flag ?? kebab(name)}>` : flagOf(name, field),
        kebab(name),
        name,
        variableOf(name),
        [
          field.about,
          field.required ? 'required' : '',
          field.choices === undefined ? '' : `one of ${field.choices.join(', ')}`,
          typeof field.fallback === 'string' && field.shape !== 'switch' ? `default ${field.fallback}` : '',
          field.setting === undefined ? '' : `ferry.yaml ${field.setting}`,
        ]
          .filter((note) => note !== '')
          .join('; '),
      ]),
    }),
    '## Outputs',
    markdownTable({ columns: ['output', 'meaning'], rows: Object.entries(step.outputs).map(([name, output]) => [kebab(name), output.about]) }),
    '## Examples',
    ...step.examples.map((example) => `${example.title}:\n\n\`\`\`sh\n${exampleLine(step, example)}\n\`\`\``),
    `Exit codes and errors: [errors](../errors.md). Since ${step.since}.`,
    '',
  ].join('\n\n')
}

function everyHost(step: AnyStep, example: Example): string[] {
  const given = Object.fromEntries(
    Object.entries(example.inputs).map(([name, value]) => [
      kebab(name),
      Array.isArray(value)
        ? value.join('\n')
        : step.inputs[name]?.shape === 'secret'
          ? `\${{ secrets.${kebab(name).replaceAll('-', '_').toUpperCase()} }}`
          : String(value),
    ]),
  )
  return [
    `\`\`\`sh\n${exampleLine(step, example)}\n\`\`\``,
    `\`\`\`yaml\n# GitHub Actions\n${yamlText([{ uses: `kubeferry/kubeferry/actions/${step.name}@v0`, with: given }])}\`\`\``,
    `Tekton: [tekton-tasks/${step.name}](../../../tekton-tasks/${step.name}), with a sample TaskRun.`,
    `\`\`\`groovy\n// Jenkins\n${jenkinsExample(step, example)}\n\`\`\``,
  ]
}
