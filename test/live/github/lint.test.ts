/** actionlint over our workflows, and over every action through a workflow that uses it: it reads the action.yml behind `uses: ./…`. */
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { describePeers } from '../../../tools/peers/with-peers.ts'
import { type ActionFile, allActionFiles, ROOT } from '../../hosts/github/runner/action-file.ts'

const workflows = ['examples/github', '.github/workflows'].flatMap((folder) =>
  readdirSync(join(ROOT, folder))
    .filter((name) => name.endsWith('.yml'))
    .map((name) => `${folder}/${name}`),
)

/** A workflow that gives every input and takes every output. */
function userOf({ path, document }: ActionFile, inputs = Object.keys(document.inputs)): string {
  const folder = path === 'action.yml' ? './' : `./${path.replace('/action.yml', '')}`
  return [
    'on: push',
    'permissions: {}',
    'jobs:',
    '  job:',
    '    runs-on: ubuntu-latest',
    '    steps:',
    '      - id: step',
    `        uses: ${folder}`,
    ...(inputs.length === 0 ? [] : ['        with:']),
    ...inputs.map((name) => `          ${name}: x`),
    '      - env:',
    ...Object.keys(document.outputs).map((name, at) => `          OUTPUT_${at}: \${{ steps.step.outputs.${name} }}`),
    '        run: env',
    '',
  ].join('\n')
}

describePeers(['actionlint'], 'actionlint', (peers) => {
  let project: string

  beforeAll(() => {
    project = mkdtempSync(join(tmpdir(), 'ferry-lint-'))
    // actionlint takes the folder with .git and .github/workflows for the root that `./` starts from.
    mkdirSync(join(project, '.git'))
    mkdirSync(join(project, '.github', 'workflows'), { recursive: true })
    for (const part of ['actions', 'action.yml', 'dist']) cpSync(join(ROOT, part), join(project, part), { recursive: true })
  })
  afterAll(() => rmSync(project, { recursive: true }))

  function lint(text: string): { status: number | null; said: string } {
    const path = join(project, '.github', 'workflows', 'subject.yml')
    writeFileSync(path, text)
    const { status, stdout, stderr } = spawnSync(peers.actionlint.bin, ['-no-color', path], { cwd: project, encoding: 'utf8' })
    return { status, said: stdout + stderr }
  }

  test.each(workflows)('accepts %s', (path) => {
    expect(lint(readFileSync(join(ROOT, path), 'utf8'))).toEqual({ status: 0, said: '' })
  })

  test.each(allActionFiles())('accepts $path with all its inputs and outputs', (action) => {
    expect(lint(userOf(action))).toEqual({ status: 0, said: '' })
  })

  describe('has teeth', () => {
    const build = allActionFiles().find(({ path }) => path === 'actions/build/action.yml')

    test.each([
      ['an input that is not there', (text: string) => text.replace('          to: x', '          to: x\n          too: x'), /input "too" is not defined/],
      ['a missing input', (text: string) => text.replace('          to: x\n', ''), /missing input "to"/],
      ['an output that is not there', (text: string) => text.replace('outputs.digest ', 'outputs.digset '), /property "digset" is not defined/],
    ] as const)('%s', (_, change, complaint) => {
      if (build === undefined) throw new Error('there is no actions/build')
      expect(lint(change(userOf(build))).said).toMatch(complaint)
    })
  })
})

test('actions of others are pinned by SHA, with the version beside it; ours are ours', () => {
  const uses = workflows.flatMap((path) => readFileSync(join(ROOT, path), 'utf8').match(/uses: .*/g) ?? [])
  expect(uses.length).toBeGreaterThan(5)
  for (const line of uses)
    expect(line).toMatch(/^uses: (?:\.\/actions\/[a-z]+|kubeferry\/kubeferry(?:\/actions\/[a-z]+)?@v0|[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+)$/)
})

test('no workflow has rights that it was not given job by job, or keeps a token on disk', () => {
  for (const path of workflows) {
    const text = readFileSync(join(ROOT, path), 'utf8')
    expect(text).toMatch(/^permissions: \{\}$/m)
    expect(text.match(/uses: actions\/checkout@/g)?.length ?? 0).toBe(text.match(/persist-credentials: false/g)?.length ?? 0)
    expect(text).not.toMatch(/id-token|write-all|pull_request_target/)
    // Values from outside reach a shell as variables, never as text of the script.
    for (const script of text.match(/run: (?:\|\n(?: {10,}.*\n)+|.*)/g) ?? []) expect(script).not.toContain('${{')
  }
})
