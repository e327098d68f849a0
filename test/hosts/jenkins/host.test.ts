/** Jenkins as a host: inputs from the exchange directory, outputs into it. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { loadStep } from '../../../src/entry/machine.ts'
import { createJenkinsHost } from '../../../src/hosts/jenkins/host.ts'
import { Failure } from '../../../src/kit/failure.ts'
import { field } from '../../../src/step/field.ts'
import type { Host } from '../../../src/step/host.ts'

let exchange: string
let log: string[]

beforeEach(() => {
  exchange = mkdtempSync(join(tmpdir(), 'ferry-jenkins-'))
  log = []
})
afterEach(() => rmSync(exchange, { recursive: true, force: true }))

const plain = field.text({ about: 'a', optional: true })
const secret = field.secret({ about: 'a', optional: true })

function hostOf(inputs: string, variables: Record<string, string> = {}): Host {
  writeFileSync(join(exchange, 'in.json'), inputs)
  return createJenkinsHost({ FERRY_EXCHANGE: exchange, ...variables }, (text) => void log.push(text))
}

describe('inputs', () => {
  test('texts, booleans, numbers, lists and maps, as the field vocabulary wants them', () => {
    const host = hostOf(
      JSON.stringify({
        text: `it's "$(id)" \`x\` ${'\n'}ä 船`,
        yes: true,
        number: 7,
        list: ['a', 'b c', 3],
        map: { team: 'pay', 'a.b': 'x=y' },
        none: null,
        empty: '',
      }),
    )
    expect(host.read('text', plain)).toBe(`it's "$(id)" \`x\` ${'\n'}ä 船`)
    expect(host.read('yes', plain)).toBe('true')
    expect(host.read('number', plain)).toBe('7')
    expect(host.read('list', plain)).toEqual(['a', 'b c', '3'])
    expect(host.read('map', plain)).toEqual(['team=pay', 'a.b=x=y'])
    expect(host.read('none', plain)).toBeUndefined()
    expect(host.read('empty', plain)).toBe('')
    expect(host.read('absent', plain)).toBeUndefined()
  })

  test('a key of a map cannot hide another value', () => {
    expect(() => hostOf('{"labels":{"team=x":"y"}}').read('labels', plain)).toThrow('a key cannot contain =')
  })

  test('a secret that was given as text is refused and not repeated', () => {
    const host = hostOf('{"keyPassword":"hunter2"}')
    expect(() => host.read('keyPassword', secret)).toThrow(
      expect.objectContaining({ code: 'INPUT_INVALID', hint: 'Store it as a credential and give its id as keyPasswordCredentialsId.' }),
    )
    expect(() => host.read('keyPassword', secret)).not.toThrow('hunter2')
  })

  test('what is no input is named as it was written', () => {
    expect(hostOf('{"aply":true,"to":"x","__proto__":1}').strangers(['to', 'apply'])).toEqual(['aply', '__proto__'])
  })

  test('inputs are spelt as the var takes them', () => {
    const host = hostOf('{}')
    expect(host.spell('allowRollback', plain)).toBe('allowRollback')
    expect(host.spell('keyPassword', secret)).toBe('keyPasswordCredentialsId')
    expect(host.spell('registryPassword', secret)).toBe('credentialsId')
    expect(host.spell('registryUsername', plain)).toBe('credentialsId')
  })

  test.each(['', '[]', '"x"', 'null', '{'])('a file that holds %j is refused', (text) => {
    expect(() => hostOf(text)).toThrow(Failure)
  })

  test('without its exchange directory it says how to start it', () => {
    expect(() => createJenkinsHost({}, () => undefined)).toThrow(expect.objectContaining({ code: 'INPUT_INVALID' }))
    rmSync(exchange, { recursive: true })
    expect(() => createJenkinsHost({ FERRY_EXCHANGE: exchange }, () => undefined)).toThrow(expect.objectContaining({ code: 'FILE_UNREADABLE' }))
    mkdirSync(exchange)
  })
})

test('what Jenkins knows of the build, without the token in a clone URL', () => {
  expect(hostOf('{}', { BUILD_NUMBER: '7', GIT_COMMIT: 'abc', GIT_URL: 'https://robot:ghp_token@git.example.com/pay/api.git' }).facts).toEqual({
    buildNumber: '7',
    revision: 'abc',
    source: 'https://git.example.com/pay/api.git',
  })
  expect(hostOf('{}', { GIT_URL: 'git@git.example.com:pay/api.git' }).facts).toEqual({ source: 'git@git.example.com:pay/api.git' })
  expect(hostOf('{}', { BUILD_NUMBER: '' }).facts).toEqual({})
})

describe('the ending', () => {
  test('one file for each declared output, empty when there is no value', async () => {
    const host = hostOf('{}')
    const step = await loadStep('tag')
    await host.end({ step, exitCode: 0, milliseconds: 3, shown: [], outputs: { tag: 'dev-v1.0-1', tags: ['a', 'b'] } })
    const read = (name: string): string => readFileSync(join(exchange, 'out', name), 'utf8')
    expect(readdirSync(join(exchange, 'out')).toSorted()).toEqual(['build', 'environment', 'summary.md', 'tag', 'tags', 'version'])
    expect([read('tag'), read('tags'), read('version')]).toEqual(['dev-v1.0-1', 'a\nb', ''])
  })

  test('a failure and what was shown are in the log, no text from outside at the start of a line', async () => {
    const host = hostOf('{}')
    const shown = [{ name: 'plan', data: {}, title: 'Plan\n::evil', tables: [{ columns: ['image'], rows: [['x\n::y']] }], lines: ['\r::z'] }]
    await host.end({
      step: await loadStep('tag'),
      exitCode: 2,
      milliseconds: 3,
      shown,
      outputs: {},
      failure: new Failure('IMAGE_NOT_FOUND', 'no\n::such image', { hint: 'Look.' }),
    })
    const text = log.join('')
    expect(text).toContain('ferry: error: IMAGE_NOT_FOUND')
    expect(text).toContain('  Plan\\n::evil')
    expect(text).not.toMatch(/^(?!ferry: | {2})./m)
  })
})
