/**
 * Prints every generated file from the definitions, in one pass: lists of siblings first, then what each host is given,
 * then the reference. `--check` changes nothing and fails when a file differs. Removes generated files of steps that are gone.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { GeneratedFile } from '../hosts/host-files.ts'
import type { AnyStep } from '../step/step.ts'
import { SIBLING_LISTS } from './siblings.ts'

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..')
/** Folders whose every file is generated: what stands in them and is not printed is removed. */
const OWNED = ['actions', 'jenkins/vars', 'kubesphere/steps', 'docs/reference/steps', 'docs/schema']
const OWNED_TASKS = 'tekton-tasks'

async function main(check: boolean): Promise<void> {
  const lists: GeneratedFile[] = []
  for (const list of SIBLING_LISTS) {
    const file = await list(ROOT)
    apply([file], check)
    lists.push(file)
  }
  // Loaded after the lists were written, so that what is new is in them.
  const [{ STEPS }, { HOST_FILES }, { referenceFiles }, { museumFiles }] = await Promise.all([
    import('../steps/index.ts'),
    import('../hosts/index.ts'),
    import('./reference.ts'),
    import('./museum/files.ts'),
  ])
  const steps: AnyStep[] = await Promise.all(Object.values(STEPS).map((entry) => entry.load()))
  const problems = HOST_FILES.flatMap((host) => steps.flatMap((step) => host.check(step).map((problem) => `${host.name}: ${problem.step}: ${problem.message}`)))
  if (problems.length > 0) {
    for (const problem of problems) process.stderr.write(`${problem}\n`)
    process.exitCode = 1
    return
  }
  const files = [...HOST_FILES.flatMap((host) => host.files(steps)), ...(await referenceFiles(steps)), ...museumFiles(ROOT)]
  apply(files, check)
  removeStrays([...lists, ...files], check)
  process.stdout.write(
    `${files.length + lists.length} files from ${steps.length} steps: ${process.exitCode === 1 ? 'not up to date, run npm run generate' : 'up to date'}\n`,
  )
}

function apply(files: readonly GeneratedFile[], check: boolean): void {
  for (const { path, text } of files) {
    const file = join(ROOT, path)
    const before = existsSync(file) ? readFileSync(file, 'utf8') : undefined
    if (before === text) continue
    if (check) complain(`${path} ${before === undefined ? 'is missing' : `differs at line ${firstDifference(before, text)}`}`)
    else {
      mkdirSync(dirname(file), { recursive: true })
      writeFileSync(file, text)
    }
  }
}

function firstDifference(before: string, after: string): number {
  const left = before.split('\n')
  return after.split('\n').findIndex((line, index) => line !== left[index]) + 1
}

function removeStrays(files: readonly GeneratedFile[], check: boolean): void {
  const printed = new Set(files.map((file) => file.path))
  const present = [
    ...OWNED.flatMap(filesBelow),
    ...filesBelow('dist').filter((path) => /^dist\/[a-z-]+\.cjs$/.test(path) && path !== 'dist/ferry.cjs' && path !== 'dist/action.cjs'),
    ...filesBelow(OWNED_TASKS).filter((path) => !path.startsWith(`${OWNED_TASKS}/pipelines/`) && !path.endsWith('/MIGRATION.md')),
  ]
  for (const path of present) {
    if (printed.has(path)) continue
    if (check) complain(`${path} is not printed from any definition`)
    else rmSync(join(ROOT, path))
  }
}

function filesBelow(folder: string): string[] {
  const top = join(ROOT, folder)
  if (!existsSync(top)) return []
  return readdirSync(top, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)))
}

function complain(text: string): void {
  process.stderr.write(`${text}\n`)
  process.exitCode = 1
}

await main(process.argv.includes('--check'))
