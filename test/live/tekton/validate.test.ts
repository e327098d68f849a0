/** Tekton's own SetDefaults and Validate, decoded strictly, over every document that we generate or write by hand. Stable fields only. */
import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { execa } from 'execa'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { STEPS } from '../../../src/steps/index.ts'
import { describePeers } from '../../../tools/peers/with-peers.ts'
import { ROOT } from './resources.ts'

const FILES = ['tekton-tasks/**/*.yaml', 'examples/tekton/*.yaml'].flatMap((pattern) => globSync(pattern, { cwd: ROOT })).toSorted()

describePeers(['tekton-validate'], "Tekton's validation", (peers) => {
  let folder = ''
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'ferry-tekton-'))
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  /** One line for each document. An API server gives a name to what has only generateName before Tekton sees it; here we do. */
  async function verdictOf(texts: readonly string[]): Promise<string[]> {
    const files = texts.map((text, index) => {
      const file = join(folder, `${index}.yaml`)
      writeFileSync(file, text.replace(/^ {2}generateName: (.*)$/m, '  name: $1x7k2p'))
      return file
    })
    const { stdout, stderr } = await execa(peers['tekton-validate'].bin, ['-enable-api-fields', 'stable', ...files], { reject: false })
    return [stdout, stderr].flatMap((text) => text.split('\n')).filter((line) => line !== '')
  }

  test('every Task, StepAction, Pipeline, TaskRun and PipelineRun is accepted', async () => {
    const steps = Object.keys(STEPS).length
    const kinds = await verdictOf(FILES.map((path) => readFileSync(join(ROOT, path), 'utf8')))
    const refused = kinds.flatMap((line) => (line.startsWith('ok ') ? [] : [`${FILES[Number(/(\d+)\.yaml/.exec(line)?.[1])] ?? ''}: ${line}`]))
    expect(refused).toEqual([])
    const count = (kind: string): number => kinds.filter((line) => line.split(' ')[2] === kind).length
    expect({ Task: count('Task'), StepAction: count('StepAction'), TaskRun: count('TaskRun') }).toEqual({ Task: steps, StepAction: steps, TaskRun: steps })
    expect(count('Pipeline')).toBeGreaterThanOrEqual(4)
    expect(count('PipelineRun')).toBe(count('Pipeline'))
  })

  const push = readFileSync(join(ROOT, FILES.find((path) => basename(path) === 'ferry-push.yaml') ?? ''), 'utf8')
  const pipeline = readFileSync(join(ROOT, 'tekton-tasks/pipelines/ferry-promote.yaml'), 'utf8')
  const action = readFileSync(join(ROOT, FILES.find((path) => basename(path) === 'ferry-push-stepaction.yaml') ?? ''), 'utf8')

  test.each([
    ['a field that does not exist', push.replace('command:', 'comand:'), 'comand'],
    ['an array in a variable', push.replace('value: $(params.image)', 'value: $(params.plain-http)'), 'plain-http'],
    ['a param that is not declared', push.replace('value: $(params.image)', 'value: $(params.imag)'), 'imag'],
    ['the same param twice', push.replace('- name: ca-file', '- name: config'), 'config'],
    ['a result with a bad name', push.replace('- name: IMAGE_URL', '- name: IMAGE URL'), 'IMAGE URL'],
    [
      'a task that runs after one that is not there',
      pipeline.replace('- name: promote\n      taskRef', '- name: promote\n      runAfter: [verfy]\n      taskRef'),
      'verfy',
    ],
    ['a result of a task that is not there', pipeline.replace('$(tasks.verify.results.digest)', '$(tasks.verfy.results.digest)'), 'verfy'],
    ['a param that the Pipeline does not have', pipeline.replace('value: $(params.to)', 'value: $(params.too)'), 'too'],
    ['a StepAction with a workspace', action.replace('  results:\n', '  workspaces: []\n  results:\n'), 'workspaces'],
    [
      'a param in a script of a StepAction',
      action.replace(/ {2}command:\n {4}- ferry\n {2}args:\n(?: {4}.*\n)+/, '  script: echo $(params.image)\n'),
      'script',
    ],
  ])('it would catch %s', async (_, broken, word) => {
    const [verdict = ''] = await verdictOf([broken])
    expect(verdict).toMatch(/^bad /)
    expect(verdict).toContain(word)
  })
})
