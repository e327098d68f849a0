/** GitHub's own parser accepts every action, its language service every workflow. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { type Language, loadLanguage } from './language.ts'
import { allActionFiles, ROOT } from './runner/action-file.ts'

let language: Language

// Bundling takes a while on a busy machine.
beforeAll(async () => {
  language = await loadLanguage()
}, 120_000)

const workflows = ['examples/github', '.github/workflows'].flatMap((folder) =>
  (existsSync(join(ROOT, folder)) ? readdirSync(join(ROOT, folder)) : []).filter((name) => name.endsWith('.yml')).map((name) => `${folder}/${name}`),
)

test.each(allActionFiles())('$path is an action', async ({ path, text }) => {
  expect(await language.action(path, text)).toEqual([])
})

test.each(workflows)('%s is a workflow', async (path) => {
  expect(await language.workflow(path.split('/').at(-1) ?? '', readFileSync(join(ROOT, path), 'utf8'))).toEqual([])
})

test('there are examples to check', () => {
  expect(workflows.filter((path) => path.startsWith('examples/')).length).toBeGreaterThanOrEqual(3)
})

test('the parser has teeth', async () => {
  const [first] = allActionFiles()
  const text = first?.text ?? ''
  expect(await language.action('action.yml', text.replace('using: node24', 'using: node22'))).not.toEqual([])
  expect(await language.action('action.yml', text.replace('color: blue', 'color: pink'))).not.toEqual([])
  expect(await language.action('action.yml', text.replace('icon: anchor', 'icon: ankor'))).not.toEqual([])
  expect(await language.action('action.yml', text.replace('runs:', 'runs:\n  prae: dist/run.cjs'))).not.toEqual([])
  expect(await language.workflow('x.yml', 'on: push\njobs:\n  one:\n    runs-on: ubuntu-latest\n    steps:\n      - run: echo ${{ stepz.a }}\n')).not.toEqual(
    [],
  )
})
