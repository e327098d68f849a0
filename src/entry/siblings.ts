/** The lists of siblings: a new file in its folder is in its list, and nobody edits one. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { type GeneratedFile, generatedNote } from '../hosts/host-files.ts'
import { camel } from '../step/names.ts'
import type { AnyStep } from '../step/step.ts'

/** Steps first: commands load the list of steps, which has to be written by then. */
export const SIBLING_LISTS: readonly ((root: string) => Promise<GeneratedFile>)[] = [
  (root) =>
    lazyList(root, {
      folder: 'src/steps',
      name: 'STEPS',
      exported: (file) => camel(file),
      about: 'Every step: its summary at hand, the step itself when it is wanted.',
    }),
  (root) =>
    lazyList(root, {
      folder: 'src/entry/commands',
      name: 'COMMANDS',
      exported: (file) => camel(`${file}-command`),
      about: 'Commands of the command line that are no pipeline steps.',
    }),
  (root) => Promise.resolve(hostList(root)),
  (root) => Promise.resolve(dialectList(root)),
]

interface Folder {
  readonly folder: string
  readonly name: string
  readonly exported: (file: string) => string
  readonly about: string
}

function modulesOf(directory: string): string[] {
  return readdirSync(directory, { withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts') && entry.name !== 'index.ts')
    .map((entry) => entry.name.slice(0, -'.ts'.length))
    .toSorted()
}

async function lazyList(root: string, { folder, name, exported, about }: Folder): Promise<GeneratedFile> {
  const rows = await Promise.all(
    modulesOf(join(root, folder)).map(async (file) => {
      const loaded = (await import(join(root, folder, `${file}.ts`))) as Record<string, AnyStep | undefined>
      const step = loaded[exported(file)]
      if (step === undefined) throw new Error(`${folder}/${file}.ts does not export ${exported(file)}`)
      const key = /^[a-z]+$/.test(step.name) ? step.name : `'${step.name}'`
      return `  ${key}: {\n    summary: ${literal(step.summary)},\n    load: async (): Promise<AnyStep> => (await import('./${file}.ts')).${exported(file)},\n  },\n`
    }),
  )
  const depth = folder.split('/').length - 1
  const text = `${generatedNote('//', `the modules beside it`)}/** ${about} */\nimport type { AnyStep } from '${'../'.repeat(depth)}step/step.ts'\n\nexport const ${name} = {\n${rows.join('')}} as const\n`
  return { path: `${folder}/index.ts`, text }
}

/** A string as Biome writes it: single quotes unless that needs escapes. */
function literal(text: string): string {
  return text.includes("'") ? JSON.stringify(text) : `'${text}'`
}

function hostList(root: string): GeneratedFile {
  const folder = 'src/hosts'
  const hosts = readdirSync(join(root, folder), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .toSorted()
  const text = [
    generatedNote('//', 'the folders beside it').trimEnd(),
    '/** The files that each host is given. */',
    ...[...hosts.map((host) => `import { ${host}Files } from './${host}/files.ts'`), "import type { HostFiles } from './host-files.ts'"].toSorted(
      (left, right) => (pathOf(left) < pathOf(right) ? -1 : 1),
    ),
    '',
    `export const HOST_FILES: readonly HostFiles[] = [${hosts.map((host) => `${host}Files`).join(', ')}]`,
    '',
  ].join('\n')
  return { path: `${folder}/index.ts`, text }
}

function dialectList(root: string): GeneratedFile {
  const folder = 'src/registry/target/dialects'
  const files = modulesOf(join(root, folder))
  const text = [
    generatedNote('//', 'the modules beside it').trimEnd(),
    '/** Every registry product that is known. */',
    "import type { Dialect } from '../dialect.ts'",
    ...files.map((file) => `import { ${camel(file)} } from './${file}.ts'`),
    '',
    `export const DIALECTS: readonly Dialect[] = [\n${files.map((file) => `  ${camel(file)},\n`).join('')}]`,
    '',
  ].join('\n')
  return { path: `${folder}/index.ts`, text }
}

function pathOf(line: string): string {
  return line.slice(line.indexOf("'"))
}
