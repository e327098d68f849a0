/** jenkins/vars/ferry<Step>.groovy and its .txt: one screen each. What they share is the hand-written launcher in jenkins/src. */
import { inputsOf } from '../../step/common-inputs.ts'
import type { Field } from '../../step/field.ts'
import { camel, kebab } from '../../step/names.ts'
import type { OutputWord } from '../../step/output.ts'
import type { AnyStep, Example } from '../../step/step.ts'
import { type GeneratedFile, generatedNote, type HostFiles, type Problem, textProblems } from '../host-files.ts'

/** Words that Groovy or the launcher keeps for itself; host, exchange and step are its variables FERRY_HOST and so on. */
const RESERVED = new Set(['args', 'this', 'def', 'class', 'in', 'as', 'null', 'true', 'false', 'credentialsId', 'command', 'call', 'host', 'exchange', 'step'])

/** `promote` → `ferryPromote`. */
export function varName(step: Pick<AnyStep, 'name'>): string {
  return camel(`ferry-${step.name}`)
}

export const jenkinsFiles: HostFiles = {
  name: 'jenkins',
  check(step) {
    const problems: Problem[] = [...textProblems(step)]
    for (const name of Object.keys(inputsOf(step)))
      if (RESERVED.has(name)) problems.push({ step: step.name, message: `input ${name} is a reserved word in Jenkins` })
    return problems
  },
  files: (steps) => steps.flatMap((step) => [groovy(step), help(step)]),
}

/** How a secret input is bound: a file for a private key, text for the rest; the registry's user and password come as one. */
function credentials(step: AnyStep): string[] {
  return Object.entries(inputsOf(step)).flatMap(([name, field]) => {
    if (field.shape !== 'secret' || name === 'registryPassword') return []
    return [`${name}: '${field.word === 'private-key' ? 'file' : 'text'}'`]
  })
}

const OUTPUT_KIND: Readonly<Partial<Record<OutputWord, string>>> = { list: 'List', switch: 'Boolean', number: 'Long' }

function groovy(step: AnyStep): GeneratedFile {
  const listed = (pairs: readonly string[]): string => (pairs.length === 0 ? '[:]' : `[${pairs.join(', ')}]`)
  const outputs = Object.entries(step.outputs).map(([name, output]) => `${name}: '${output.word}'`)
  const text = [
    generatedNote('//', `src/steps/${step.name}.ts`).trimEnd(),
    `import io.kubeferry.FerryStep`,
    '',
    `// ${step.summary}. See ${varName(step)}.txt.`,
    'def call(Map args = [:]) {',
    `    return new FerryStep(this, '${step.name}', ${listed(credentials(step))}, ${listed(outputs)}).run(args)`,
    '}',
    '',
  ].join('\n')
  return { path: `jenkins/vars/${varName(step)}.groovy`, text }
}

function help(step: AnyStep): GeneratedFile {
  const inputs = Object.entries(inputsOf(step))
  const line = (name: string, field: Field<unknown>): string => {
    if (name === 'registryPassword' || name === 'registryUsername') return ''
    if (field.shape === 'secret')
      return `<dt>${name}CredentialsId</dt><dd>${escape(field.about)}: the id of a ${field.word === 'private-key' ? 'secret file' : 'secret text'} credential</dd>`
    const kind = field.shape === 'list' ? 'List' : field.shape === 'map' ? 'Map' : field.shape === 'switch' ? 'Boolean' : 'String'
    return `<dt>${name}</dt><dd>${escape(field.about)} (${kind}${field.required ? ', required' : ''}${field.choices === undefined ? '' : `; one of ${field.choices.join(', ')}`})</dd>`
  }
  const text = [
    `<!-- ${generatedNote('', `src/steps/${step.name}.ts`).trim()} -->`,
    `<p>${escape(step.summary)}.</p>`,
    ...(step.details === undefined ? [] : [`<p>${escape(step.details)}</p>`]),
    '<dl>',
    ...inputs.map(([name, field]) => line(name, field)).filter((row) => row !== ''),
    ...(step.needs.includes('registry') ? ['<dt>credentialsId</dt><dd>The id of a username/password credential for the registry of the image</dd>'] : []),
    '<dt>command</dt><dd>Name or path of the program on the agent (String; ferry)</dd>',
    '</dl>',
    `<p>Returns a Map:</p>`,
    '<dl>',
    ...Object.entries(step.outputs).map(([name, output]) => `<dt>${name}</dt><dd>${escape(output.about)} (${OUTPUT_KIND[output.word] ?? 'String'})</dd>`),
    '</dl>',
    '<p>A step that fails ends the build, and its exit code stands in the error.</p>',
    ...step.examples.map((example) => `<p>${escape(example.title)}:</p><pre>${escape(jenkinsExample(step, example))}</pre>`),
    '',
  ].join('\n')
  return { path: `jenkins/vars/${varName(step)}.txt`, text }
}

/** An example as a Jenkinsfile has it. */
export function jenkinsExample(step: Pick<AnyStep, 'name' | 'inputs'>, example: Example): string {
  const quoted = (value: unknown): string => (typeof value === 'boolean' ? String(value) : `'${String(value).replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`)
  const pairs = Object.entries(example.inputs).flatMap(([name, value]) => {
    const field = step.inputs[name]
    if (field?.shape === 'secret') return [`${name}CredentialsId: '${kebab(name)}'`]
    return [`${name}: ${Array.isArray(value) ? `[${value.map(quoted).join(', ')}]` : quoted(value)}`]
  })
  return `${varName(step)}(${pairs.join(', ')})`
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
