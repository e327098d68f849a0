/** Rules of Jenkins that a machine can check, over what is generated and the launcher written by hand. */

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { jenkinsFiles, varName } from '../../../src/hosts/jenkins/files.ts'
import { inputsOf } from '../../../src/step/common-inputs.ts'
import { field } from '../../../src/step/field.ts'
import type { AnyStep } from '../../../src/step/step.ts'
import { STEPS } from '../../../src/steps/index.ts'
import { brokenRules } from './groovy-rules.ts'

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))
const steps: AnyStep[] = await Promise.all(Object.values(STEPS).map((entry) => entry.load()))
const files = jenkinsFiles.files(steps)
const sources = [
  ...files.filter((file) => file.path.endsWith('.groovy')),
  ...readdirSync(join(ROOT, 'jenkins/src'), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.groovy'))
    .map((path) => ({ path: `jenkins/src/${path}`, text: readFileSync(join(ROOT, 'jenkins/src', path), 'utf8') })),
]

const fileOf = (path: string): string => files.find((file) => file.path === path)?.text ?? ''

describe('vars', () => {
  test('every step has a var and its help', () => {
    expect(files.map((file) => file.path).toSorted()).toEqual(
      steps.flatMap((step) => [`jenkins/vars/${varName(step)}.groovy`, `jenkins/vars/${varName(step)}.txt`]).toSorted(),
    )
  })

  test.each(steps.map((step) => [varName(step), step] as const))('%s: a name that Jenkins takes, one screen', (name, _) => {
    expect(name).toMatch(/^[a-z][A-Za-z0-9]*$/)
    const text = fileOf(`jenkins/vars/${name}.groovy`)
    const lines = text.split('\n')
    expect(lines.length).toBeLessThanOrEqual(24)
    expect(lines.filter((line) => line.length > 240)).toEqual([])
    expect(text).toContain('def call(Map args = [:]) {')
  })

  test.each(steps.map((step) => [varName(step), step] as const))(
    '%s.txt: every input and output is there, and nothing is markup that should be text',
    (name, step) => {
      const text = fileOf(`jenkins/vars/${name}.txt`)
      for (const [input, { shape }] of Object.entries(inputsOf(step))) {
        if (input === 'registryUsername' || input === 'registryPassword') expect(text).toContain('<dt>credentialsId</dt>')
        else expect(text).toContain(shape === 'secret' ? `<dt>${input}CredentialsId</dt>` : `<dt>${input}</dt>`)
      }
      for (const output of Object.keys(step.outputs)) expect(text).toContain(`<dt>${output}</dt>`)
      expect(
        [...text.replace(/<!--.*?-->/, '').matchAll(/<\/?([^>\s]*)[^>]*>/g)]
          .map((tag) => tag[1])
          .filter((tag) => !['p', 'dl', 'dt', 'dd', 'pre'].includes(tag ?? '')),
      ).toEqual([])
      expect(text.replaceAll(/&(?:amp|lt|gt);/g, '')).not.toContain('&')
      expect(text.endsWith('\n')).toBe(true)
    },
  )

  test('text that looks like markup, or like Groovy, stays text', () => {
    const odd = {
      name: 'odd',
      summary: 'A <b> & "c"',
      details: '</pre><script>',
      since: '0',
      chinese: { title: '', summary: '' },
      needs: [],
      inputs: { to: field.text({ about: '<i>', example: 'x' }) },
      outputs: {},
      examples: [{ title: 'q', inputs: { to: `it's \\ $x` } }],
      run: async () => ({}),
    } satisfies AnyStep
    const [, help] = jenkinsFiles.files([odd])
    expect(help?.text).toContain('<p>A &lt;b&gt; &amp; "c".</p>')
    expect(help?.text).not.toContain('<script>')
    expect(help?.text).toContain(`ferryOdd(to: 'it\\'s \\\\ $x')`)
  })

  test.each(['args', 'command', 'credentialsId', 'exchange', 'step'])('an input called %s is refused', (name) => {
    const step = {
      name: 'odd',
      summary: 's',
      since: '0',
      chinese: { title: '', summary: '' },
      needs: [],
      inputs: { [name]: field.text({ about: 'a' }) },
      outputs: {},
      examples: [],
      run: async () => ({}),
    } satisfies AnyStep
    expect(jenkinsFiles.check(step)).toHaveLength(1)
  })
})

test.each(sources.map((source) => [source.path, source.text] as const))('%s keeps the rules of the sandbox and of CPS', (_, text) => {
  expect(brokenRules(text)).toEqual([])
})

test.each([
  ['new File("x").text', 'not for the sandbox'],
  ['System.getenv("HOME")', 'not for the sandbox'],
  ['new groovy.json.JsonSlurper().parseText(x)', 'not for the sandbox'],
  ['script.error("failed: ${args.x}")', 'text with values in it'],
  ['list.collect { it }', 'run wrongly by CPS'],
  ['script.sh(script: "ferry " + name, returnStatus: true)', 'a shell script that is no constant'],
  ["sh 'ferry'", 'a shell script that is no constant'],
  ['def seen = []', 'state'],
  ['script.readJSON(text: x)', 'step readJSON is not shipped'],
])('%s breaks them', (text, rule) => {
  expect(brokenRules(text)).toContain(rule)
})

test('the shell text is constant and stops the trace first', () => {
  const launcher = sources.find((source) => source.path.endsWith('FerryStep.groovy'))?.text
  expect(launcher).toContain(`static final String COMMAND = '{ set +x; } 2>/dev/null; exec "$FERRY_COMMAND" "$FERRY_STEP"'`)
})
