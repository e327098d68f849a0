/** The Tekton host: how it reads what a Task hands over, and what it writes. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createTektonHost } from '../../../src/hosts/tekton/host.ts'
import { Failure, isFailure } from '../../../src/kit/failure.ts'
import { inputsOf } from '../../../src/step/common-inputs.ts'
import type { Field } from '../../../src/step/field.ts'
import type { Ending } from '../../../src/step/host.ts'
import { build } from '../../../src/steps/build.ts'
import { promote } from '../../../src/steps/promote.ts'
import { push } from '../../../src/steps/push.ts'
import { sign } from '../../../src/steps/sign.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ferry-tekton-host-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function hostOf(variables: Readonly<Record<string, string>>, argv: readonly string[] = []) {
  let log = ''
  return { host: createTektonHost(variables, argv, (text) => void (log += text)), log: () => log }
}

function fieldOf(step: typeof build | typeof push | typeof sign, name: string): Field<unknown> {
  const found = inputsOf(step)[name]
  if (found === undefined) throw new Error(`no input ${name}`)
  return found
}

describe('lists', () => {
  const argv = ['--ferry-list=layers', 'a=/a', 'b=/b', '--ferry-list=platforms', '--ferry-list=labels', 'team=pay', '--ferry-list', '-x']

  test('are what stands between their marker and the next', () => {
    const { host } = hostOf({}, argv)
    expect(host.read('layers', fieldOf(build, 'layers'))).toEqual(['a=/a', 'b=/b'])
    expect(host.read('platforms', fieldOf(build, 'platforms'))).toEqual([])
    expect(host.read('labels', fieldOf(build, 'labels'))).toEqual(['team=pay', '--ferry-list', '-x'])
    expect(host.read('annotations', fieldOf(build, 'annotations'))).toBeUndefined()
    expect(host.strangers(Object.keys(inputsOf(build)))).toEqual([])
  })

  test('cannot be given twice by an element that looks like a marker', () => {
    expect(() => hostOf({}, ['--ferry-list=layers', '--ferry-list=platforms', 'linux/arm64', '--ferry-list=platforms'])).toThrow(
      'params.platforms would be given twice',
    )
  })

  test('a marker for what is no list, or for nothing, is said and not swallowed', () => {
    const { host } = hostOf({ FERRY_PARAM_CONFIG: 'ferry.yaml' }, [
      'loose',
      '--ferry-list=layers',
      'a=/a',
      '--ferry-list=config',
      'b=/b',
      '--ferry-list=layer',
      'c=/c',
    ])
    expect(() => host.read('config', fieldOf(build, 'config'))).toThrow('params.config is no array')
    expect(host.strangers(Object.keys(inputsOf(build)))).toEqual(['params.layer', 'the argument loose'])
  })
})

describe('texts', () => {
  test('come from variables; empty is not given', () => {
    const { host } = hostOf({ FERRY_PARAM_TO: 'oci:out:dev-v1-1', FERRY_PARAM_IMAGE_VERSION: 'v1 $(id) `x`', FERRY_PARAM_USER: '' })
    expect(host.read('to', fieldOf(build, 'to'))).toBe('oci:out:dev-v1-1')
    expect(host.read('imageVersion', fieldOf(build, 'imageVersion'))).toBe('v1 $(id) `x`')
    expect(host.read('user', fieldOf(build, 'user'))).toBeUndefined()
    expect(host.variable('FERRY_PARAM_USER')).toBeUndefined()
  })

  test('a param that the step does not have is named as a Task writes it', () => {
    const { host } = hostOf({ FERRY_PARAM_IMAGE_VERSIN: 'v1', FERRY_PARAM_TO: 'x' })
    expect(host.strangers(Object.keys(inputsOf(build)))).toEqual(['params.image-versin'])
    expect(host.spell('imageVersion', fieldOf(build, 'imageVersion'))).toBe('params.image-version')
    expect(host.spell('keyPassword', fieldOf(sign, 'keyPassword'))).toBe('workspaces.secrets/key-password')
  })
})

describe('secrets', () => {
  test('are files of the workspace, without the line break that editors add', () => {
    writeFileSync(join(folder, 'key-password'), 'two\nlines\r\n')
    const { host } = hostOf({ FERRY_SECRETS_DIRECTORY: folder, FERRY_PARAM_KEY_PASSWORD: 'from a param' })
    expect(host.read('keyPassword', fieldOf(sign, 'keyPassword'))).toBe('two\nlines')
    expect(host.read('key', fieldOf(sign, 'key'))).toBeUndefined()
  })

  test('are absent when no workspace is bound', () => {
    expect(hostOf({ FERRY_SECRETS_DIRECTORY: '' }).host.read('key', fieldOf(sign, 'key'))).toBeUndefined()
  })

  test('that cannot be read are a failure that names the file, not an absent secret', () => {
    mkdirSync(join(folder, 'key'))
    try {
      hostOf({ FERRY_SECRETS_DIRECTORY: folder }).host.read('key', fieldOf(sign, 'key'))
      expect.unreachable()
    } catch (error) {
      expect(isFailure(error, 'FILE_UNREADABLE')).toBe(true)
      expect(String(error)).toContain(join(folder, 'key'))
    }
  })
})

describe('results', () => {
  const digest = `sha256:${'a'.repeat(64)}`
  const ending = (change: Partial<Ending>): Ending => ({ step: push, exitCode: 0, outputs: {}, shown: [], milliseconds: 1, ...change })
  const variables = (...names: string[]): Record<string, string> =>
    Object.fromEntries(names.map((name) => [`FERRY_RESULT_${name.replaceAll('-', '_').toUpperCase()}`, join(folder, name)]))
  const written = (): Record<string, string> => Object.fromEntries(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]))
  const ofPush = (): Record<string, string> => variables('image', 'digest', 'tag', 'changed', 'IMAGE_URL', 'IMAGE_DIGEST')

  test('have no line break at their end, and the names that Chains looks for', async () => {
    await hostOf(ofPush()).host.end(ending({ outputs: { image: 'r.example.com/a:dev-v1-1', digest, tag: 'dev-v1-1', changed: true } }))
    expect(written()).toEqual({
      image: 'r.example.com/a:dev-v1-1',
      digest,
      tag: 'dev-v1-1',
      changed: 'true',
      IMAGE_URL: 'r.example.com/a:dev-v1-1',
      IMAGE_DIGEST: digest,
    })
  })

  test('are written empty after a failure', async () => {
    const { host, log } = hostOf(ofPush())
    await host.end(ending({ exitCode: 8, failure: new Failure('TAG_TAKEN', 'the tag is taken', { hint: 'Take another.' }) }))
    expect(written()).toEqual({ image: '', digest: '', tag: '', changed: '', IMAGE_URL: '', IMAGE_DIGEST: '' })
    expect(log()).toContain('ferry: error: TAG_TAKEN  the tag is taken\n')
    expect(log()).toContain('  fix   Take another.\n')
  })

  test('lists are JSON, empty ones too; a layout is nothing for Chains', async () => {
    const names = variables('image', 'digests', 'IMAGE_URL', 'IMAGE_DIGEST')
    await hostOf(names).host.end(ending({ step: build, outputs: { image: 'oci:out:dev-v1-1', digest, digests: [digest] } }))
    expect(written()).toEqual({ image: 'oci:out:dev-v1-1', digests: JSON.stringify([digest]), IMAGE_URL: '', IMAGE_DIGEST: '' })
    await hostOf(names).host.end(ending({ step: build, outputs: { image: 'oci-archive:out.tar:dev-v1-1', digest, digests: [digest] } }))
    expect(written()).toMatchObject({ IMAGE_URL: '', IMAGE_DIGEST: '' })
    await hostOf(names).host.end(ending({ step: build, exitCode: 2 }))
    expect(written()).toEqual({ image: '', digests: '[]', IMAGE_URL: '', IMAGE_DIGEST: '' })
  })

  test('a plan that was only shown put nothing anywhere, and Chains is not told otherwise', async () => {
    const names = variables('image', 'IMAGE_URL', 'IMAGE_DIGEST')
    const outputs = { image: 'r.example.com/a:staging-v1-1', digest, changed: false }
    await hostOf(names).host.end(ending({ step: promote, outputs: { ...outputs, applied: false } }))
    expect(written()).toEqual({ image: 'r.example.com/a:staging-v1-1', IMAGE_URL: '', IMAGE_DIGEST: '' })
    await hostOf(names).host.end(ending({ step: promote, outputs: { ...outputs, applied: true } }))
    expect(written()).toEqual({ image: 'r.example.com/a:staging-v1-1', IMAGE_URL: 'r.example.com/a:staging-v1-1', IMAGE_DIGEST: digest })
  })

  test('one that Tekton could not carry is left empty and named, so that a step that succeeded does not fail', async () => {
    const { host, log } = hostOf(ofPush())
    await host.end(ending({ outputs: { image: `oci:${'d'.repeat(3900)}:dev-v1-1`, digest, tag: 'dev-v1-1', changed: true } }))
    expect(written()).toMatchObject({ image: '', digest, tag: 'dev-v1-1' })
    expect(log()).toContain('ferry: warning: a result is longer than Tekton can carry and was left empty  result=image')
  })

  test('a plan is in the log, where nothing from outside begins a line', async () => {
    const { host, log } = hostOf({})
    await host.end(
      ending({
        shown: [{ name: 'plan', data: {}, title: 'Plan', tables: [{ columns: ['what'], rows: [['\n::set-output name=a::b']] }], lines: ['one line'] }],
      }),
    )
    expect(log()).toContain('Plan')
    expect(log()).toContain('one line')
    expect(log()).not.toMatch(/^\S*::/m)
  })

  test('one that cannot be written is a failure that names it', async () => {
    const { host } = hostOf({ FERRY_RESULT_IMAGE: join(folder, 'nowhere', 'image') })
    await expect(host.end(ending({}))).rejects.toMatchObject({ code: 'FILE_UNREADABLE', message: expect.stringContaining('result image') })
  })
})
