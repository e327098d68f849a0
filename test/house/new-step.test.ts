/** The promise of the house: one new file under src/steps/ is a step on every host after `npm run generate`. Done here, in a copy. */
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ROOT } from './source.ts'

const GREET = `/** greet: the smallest step. */
import { field } from '../step/field.ts'
import { out } from '../step/output.ts'
import { defineStep } from '../step/step.ts'

export const greet = defineStep({
  name: 'greet',
  summary: 'Say hello to someone',
  since: '0.1.0',
  chinese: { title: '问候', summary: '向某人问好' },
  needs: [],
  inputs: {
    who: field.text({ about: 'Who is greeted', example: 'crew', positional: true }),
    titles: field.list({ about: 'Titles before the name', example: 'Captain' }),
    loud: field.switch({ about: 'In capitals' }),
  },
  outputs: { words: out.text({ about: 'What was said' }) },
  examples: [{ title: 'The crew', inputs: { who: 'crew', loud: true } }],

  async run({ who, titles, loud }) {
    const words = ['hello', ...titles, who].join(' ')
    return { words: loud ? words.toUpperCase() : words }
  },
})
`

describe('a new step in one file', () => {
  const copy = join(mkdtempSync(join(tmpdir(), 'ferry-new-step-')), 'kubeferry')
  const run = (...words: string[]): { status: number | null; text: string; stdout: string } => {
    const child = spawnSync(process.execPath, words, { cwd: copy, encoding: 'utf8', env: { PATH: process.env['PATH'], HOME: copy } })
    return { status: child.status, text: child.stdout + child.stderr, stdout: child.stdout }
  }

  beforeAll(() => {
    const left = new Set(['node_modules', '.git', '.cache', 'lib', 'coverage'])
    cpSync(ROOT, copy, { recursive: true, filter: (source) => !left.has(basename(source)) })
    symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'))
    writeFileSync(join(copy, 'src/steps/greet.ts'), GREET)
    const generated = run('src/entry/generate.ts')
    expect(generated.status, generated.text).toBe(0)
    const bundled = run('tools/bundle.ts')
    expect(bundled.status, bundled.text).toBe(0)
  })
  afterAll(() => rmSync(join(copy, '..'), { recursive: true, force: true }))

  test.each([
    ['actions/greet/action.yml', 'Who is greeted'],
    ['dist/greet.cjs', "runAction('greet')"],
    ['tekton-tasks/greet/0.1/ferry-greet.yaml', '$(params.titles[*])'],
    ['tekton-tasks/greet/0.1/ferry-greet-stepaction.yaml', 'kind: StepAction'],
    ['jenkins/vars/ferryGreet.groovy', "'greet'"],
    ['jenkins/vars/ferryGreet.txt', 'Who is greeted'],
    ['kubesphere/steps/ferry-greet.yaml', '问候'],
    ['docs/reference/steps/greet.md', 'ferry greet crew --loud'],
    ['docs/schema/greet.schema.json', '"who"'],
  ])('%s is printed', (path, words) => {
    expect(existsSync(join(copy, path))).toBe(true)
    expect(readFileSync(join(copy, path), 'utf8')).toContain(words)
  })

  test('its flags work, help first', () => {
    expect(run('dist/ferry.cjs', 'greet', '--help').stdout).toContain('ferry greet crew --loud')
    expect(run('dist/ferry.cjs', 'help').stdout).toContain('Say hello to someone')
    const said = run('dist/ferry.cjs', 'greet', 'crew', '--titles', 'Captain', '--loud', '--output', 'json')
    expect(JSON.parse(said.stdout)).toMatchObject({ step: 'greet', exitCode: 0, outputs: { words: 'HELLO CAPTAIN CREW' } })
  })

  test('a second run of the generator changes nothing', () => {
    expect(run('src/entry/generate.ts', '--check')).toMatchObject({ status: 0 })
  })

  test('the parity suite has it', () => {
    const parity = run('node_modules/vitest/vitest.mjs', 'run', 'test/parity', '-t', '(terminal|github).*greet:', '--reporter=json', '--outputFile=parity.json')
    const report = JSON.parse(readFileSync(join(copy, 'parity.json'), 'utf8')) as {
      testResults: { assertionResults: { fullName: string; status: string }[] }[]
    }
    const rows = report.testResults.flatMap((file) => file.assertionResults).filter(({ fullName }) => /^(?:terminal|github) greet:/.test(fullName))
    expect(rows.map(({ fullName, status }) => `${fullName}: ${status}`).toSorted()).toEqual([
      'github greet: an input that it does not have: passed',
      'github greet: nothing given: passed',
      'terminal greet: an input that it does not have: passed',
      'terminal greet: nothing given: passed',
    ])
    expect(parity.status, parity.text).toBe(0)
  })

  test('without its file it is gone again', () => {
    rmSync(join(copy, 'src/steps/greet.ts'))
    expect(run('src/entry/generate.ts').status).toBe(0)
    expect(existsSync(join(copy, 'actions/greet/action.yml'))).toBe(false)
    expect(existsSync(join(copy, 'dist/greet.cjs'))).toBe(false)
    expect(existsSync(join(copy, 'tekton-tasks/greet/0.1/ferry-greet.yaml'))).toBe(false)
  })
})
