/** Rules of GitHub over every generated action that no parser of theirs enforces (reference hosts.md §1). */
import { readFileSync } from 'node:fs'
import { relative } from 'node:path'
import { describe, expect, test } from 'vitest'
import { inputsOf } from '../../../src/step/common-inputs.ts'
import { kebab } from '../../../src/step/names.ts'
import { STEPS } from '../../../src/steps/index.ts'
import { allActionFiles, inputVariables, ROOT, readActionFile } from './runner/action-file.ts'

const actions = allActionFiles()

test('every step is an action, and the root one is the step run', async () => {
  expect(actions.map(({ path }) => path)).toEqual(['action.yml', ...Object.keys(STEPS).map((name) => `actions/${name}/action.yml`)])
  const { name: _root, runs: _rootRuns, ...root } = readActionFile('action.yml').document
  const { name: _run, runs: _runRuns, ...run } = readActionFile('actions/run/action.yml').document
  expect(root).toEqual(run)
})

describe.each(actions)('$path', ({ path, text, document, main }) => {
  const id = path === 'action.yml' ? 'run' : (path.split('/')[1] ?? '')

  test('has the keys that GitHub knows, and no others', () => {
    expect(Object.keys(document)).toEqual(['name', 'description', 'author', 'inputs', 'outputs', 'runs', 'branding'])
    for (const input of Object.values(document.inputs)) expect(['description', 'required']).toEqual(Object.keys(input))
    for (const output of Object.values(document.outputs)) expect(Object.keys(output)).toEqual(['description'])
  })

  test('has a description that the Marketplace takes', () => {
    expect(document.description.length).toBeLessThan(125)
    expect(document.description).not.toMatch(/\n/)
  })

  test('runs on Node 24 by main alone: pre does not run for local actions', () => {
    expect(document.runs).toEqual({ using: 'node24', main: document.runs['main'] })
    expect(relative(ROOT, main)).toBe(`dist/${id}.cjs`)
  })

  test('its stub is two lines', () => {
    expect(readFileSync(main, 'utf8')).toBe(`'use strict'\nrequire('./action.cjs').runAction('${id}')\n`)
  })

  test('contains no expression and no other text that a reader of YAML or shell would evaluate', () => {
    expect(text).not.toMatch(/\$\{\{|\$\(|<</)
    expect(text).not.toMatch(/\r|\t/)
    expect(text.endsWith('\n')).toBe(true)
    expect(text).toMatch(/^# Printed by `npm run generate`/)
  })

  test('has ids that the runner takes', () => {
    for (const name of [...Object.keys(document.inputs), ...Object.keys(document.outputs)]) expect(name).toMatch(/^[_a-z][a-z0-9_-]*$/)
    const variables = Object.keys(inputVariables(readActionFile(path), {}))
    expect(new Set(variables).size).toBe(variables.length)
  })

  test('branding is of the allowed words', () => {
    // language.test.ts asks GitHub's own list.
    expect(document.branding).toEqual({ icon: 'anchor', color: 'blue' })
  })

  test('declares exactly the inputs and outputs of the step; required where nothing else can give the value', async () => {
    const step = await Object.entries(STEPS)
      .find(([name]) => name === id)?.[1]
      .load()
    const fields = Object.entries(inputsOf(step ?? { inputs: {}, needs: [] }))
    expect(Object.fromEntries(Object.entries(document.inputs).map(([name, input]) => [name, input.required]))).toEqual(
      Object.fromEntries(fields.map(([name, field]) => [kebab(name), field.required && field.setting === undefined])),
    )
    expect(Object.keys(document.outputs)).toEqual(Object.keys(step?.outputs ?? {}).map(kebab))
  })

  test('has no default: the runner would pass it as if it had been given, over environment and ferry.yaml', () => {
    for (const input of Object.values(document.inputs)) expect(input.default).toBeUndefined()
  })
})
