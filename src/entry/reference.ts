/** Generated reference that belongs to no host: errors, ferry.yaml, JSON schemas, the list of commands. */

import { type GeneratedFile, generatedNote } from '../hosts/host-files.ts'
import { exampleLine } from '../hosts/terminal/help.ts'
import { EXIT, FAILURE_CODES } from '../kit/failure-codes.ts'
import { inputsOf } from '../step/common-inputs.ts'
import type { Field } from '../step/field.ts'
import { kebab } from '../step/names.ts'
import { ferryFileJsonSchema } from '../step/settings/schema.ts'
import type { AnyStep } from '../step/step.ts'
import { markdownTable } from '../step/table.ts'
import { COMMANDS } from './commands/index.ts'
import { dialectFiles } from './dialect-reference.ts'
import { faultFiles } from './fault-reference.ts'

export async function referenceFiles(steps: readonly AnyStep[]): Promise<readonly GeneratedFile[]> {
  const commands = await Promise.all(Object.values(COMMANDS).map((entry) => entry.load()))
  return [
    { path: 'docs/reference/errors.md', text: errorsPage() },
    { path: 'docs/reference/commands.md', text: commandsPage(commands) },
    { path: 'docs/reference/README.md', text: contents(steps, commands) },
    { path: 'docs/reference/ferry.yaml.md', text: ferryFilePage() },
    { path: 'docs/schema/ferry.schema.json', text: json(ferryFileJsonSchema()) },
    ...faultFiles(),
    ...dialectFiles(),
    ...steps.map((step) => ({ path: `docs/schema/${step.name}.schema.json`, text: json(inputSchema(step)) })),
  ]
}

const note = (source: string): string => `<!-- ${generatedNote('', source).trim()} -->`
const json = (value: object): string => `${JSON.stringify(value, null, 2)}\n`

function errorsPage(): string {
  return [
    note('src/kit/failure-codes.ts'),
    '# Exit codes and errors',
    'An unknown exit code means failure. `--output json` prints the code, whether a retry can help, the reasons and the next move.',
    markdownTable({ columns: ['exit', 'name'], rows: Object.entries(EXIT).map(([name, code]) => [String(code), name]) }),
    ...Object.entries(FAILURE_CODES).map(
      ([code, row]) => `## ${code}\n\n${row.meaning}.\n\nExit code ${EXIT[row.exit]} (${row.exit}). Who can mend it: ${row.blame}.`,
    ),
    '',
  ].join('\n\n')
}

function commandsPage(commands: readonly AnyStep[]): string {
  return [
    note('src/entry/commands/'),
    '# Commands',
    'What `ferry` does besides the steps of a pipeline.',
    ...commands.flatMap((command) => [
      `## ferry ${command.name}`,
      `${command.summary}.`,
      ...(command.details === undefined ? [] : [command.details]),
      ...command.examples.map((example) => `\`\`\`sh\n${exampleLine(command, example)}\n\`\`\``),
      markdownTable({ columns: ['input', 'meaning'], rows: Object.entries(command.inputs).map(([name, field]) => [kebab(name), field.about]) }),
    ]),
    '',
  ].join('\n\n')
}

function contents(steps: readonly AnyStep[], commands: readonly AnyStep[]): string {
  return [
    note('src/steps/'),
    '# Reference',
    ...['## Steps', markdownTable({ columns: ['step', 'what it does'], rows: steps.map((step) => [step.name, step.summary]) })],
    steps.map((step) => `- [${step.name}](steps/${step.name}.md)`).join('\n'),
    '## Commands',
    markdownTable({ columns: ['command', 'what it does'], rows: commands.map((command) => [`ferry ${command.name}`, command.summary]) }),
    '- [commands](commands.md)\n- [exit codes and errors](errors.md)\n- [ferry.yaml](ferry.yaml.md)\n- [registries](registries.md)\n- [fault plans](faults.md)',
    '',
  ].join('\n\n')
}

function ferryFilePage(): string {
  const rows: string[][] = []
  const walk = (schema: unknown, path: string): void => {
    if (typeof schema !== 'object' || schema === null) return
    const { properties, description, items, anyOf } = schema as { properties?: object; description?: string; items?: object; anyOf?: object[] }
    if (path !== '' && description !== undefined) rows.push([path, description])
    for (const [name, inner] of Object.entries(properties ?? {})) walk(inner, path === '' ? name : `${path}.${name}`)
    if (items !== undefined) walk(items, `${path}[]`)
    for (const inner of anyOf ?? []) walk(inner, path)
  }
  walk(ferryFileJsonSchema(), '')
  return [
    note('src/step/settings/schema.ts'),
    '# ferry.yaml',
    'Input > environment > ferry.yaml > default. `ferry config show --origin` tells where each value comes from. Unknown fields are errors. For help while typing, begin the file with:',
    '```yaml\n# yaml-language-server: $schema=https://raw.githubusercontent.com/kubeferry/kubeferry/main/docs/schema/ferry.schema.json\n```',
    'A pipeline takes the outputs of earlier steps by itself: what `build` made is what `push` pushes. `with` gives a step its inputs. Quote versions: `version: "1.10"` (unquoted it is the number 1.1).',
    markdownTable({ columns: ['field', 'meaning'], rows }),
    '',
  ].join('\n\n')
}

/** The inputs of a step as JSON schema, for editors and for tools that start steps. */
function inputSchema(step: AnyStep): object {
  const inputs = Object.entries(inputsOf(step))
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: `ferry ${step.name}`,
    description: step.summary,
    type: 'object',
    additionalProperties: false,
    required: inputs.flatMap(([name, field]) => (field.required ? [kebab(name)] : [])),
    properties: Object.fromEntries(inputs.map(([name, field]) => [kebab(name), { description: field.about, ...typeOf(field) }])),
  }
}

function typeOf(field: Field<unknown>): object {
  if (field.shape === 'switch') return { type: 'boolean', default: false }
  if (field.shape === 'list') return { type: 'array', items: { type: 'string' } }
  if (field.shape === 'map') return { type: 'object', additionalProperties: { type: 'string' } }
  if (field.word === 'integer') return { type: 'integer', minimum: 0 }
  return {
    type: 'string',
    ...(field.choices === undefined ? {} : { enum: field.choices }),
    ...(typeof field.fallback === 'string' ? { default: field.fallback } : {}),
    ...(field.shape === 'secret' ? { writeOnly: true } : {}),
  }
}
