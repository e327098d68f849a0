/** KubeSphere as a host: one query string in, files and log lines out. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { loadStep } from '../../../src/entry/machine.ts'
import { createKubesphereHost } from '../../../src/hosts/kubesphere/host.ts'
import { Failure } from '../../../src/kit/failure.ts'
import { field } from '../../../src/step/field.ts'
import type { Host } from '../../../src/step/host.ts'

let directory: string
let log: string[]

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'ferry-ks-'))
  log = []
})
afterEach(() => rmSync(directory, { recursive: true, force: true }))

const plain = field.text({ about: 'a', optional: true })
const hostOf = (query: string, more: Record<string, string> = {}): Host =>
  createKubesphereHost({ FERRY_QUERY: query, ...more }, directory, 'tag', (text) => void log.push(text))

test('a value is what was typed; empty and <no value> are none', () => {
  const host = hostOf('to=a%26b%3Dc%2B+%25&apply=true&empty=&none=%3Cno+value%3E')
  expect(host.read('to', plain)).toBe('a&b=c+ %')
  expect(host.read('apply', plain)).toBe('true')
  expect(host.read('empty', plain)).toBe('')
  expect(host.read('none', plain)).toBeUndefined()
  expect(host.read('absent', plain)).toBeUndefined()
})

test('whatever text is escaped, it is read back', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (one, two) => {
      const host = hostOf(
        new URLSearchParams([
          ['one', one],
          ['two', two],
        ]).toString(),
      )
      for (const [name, value] of [
        ['one', one],
        ['two', two],
      ] as const)
        if (value !== '<no value>') expect(host.read(name, plain)).toBe(value)
      expect(host.strangers(['one', 'two'])).toEqual([])
    }),
  )
})

test('a secret in the query is refused and not repeated; an empty one is none', () => {
  const secret = field.secret({ about: 'a', optional: true })
  expect(() => hostOf('keyPassword=hunter2').read('keyPassword', secret)).toThrow(expect.objectContaining({ code: 'INPUT_INVALID' }))
  expect(() => hostOf('keyPassword=hunter2').read('keyPassword', secret)).not.toThrow('hunter2')
  expect(hostOf('keyPassword=').read('keyPassword', secret)).toBe('')
})

test('what is no input, the facts of the build, and no query at all', () => {
  expect(hostOf('to=x&aply=true&aply=false').strangers(['to'])).toEqual(['aply'])
  expect(hostOf('', { BUILD_NUMBER: '12', GIT_URL: 'https://token@git.example.com/x.git' }).facts).toEqual({
    buildNumber: '12',
    source: 'https://git.example.com/x.git',
  })
  expect(createKubesphereHost({}, directory, 'tag', () => undefined).read('to', plain)).toBeUndefined()
})

test('outputs are files below .ferry/out and lines of the log; a failure says why', async () => {
  const step = await loadStep('tag')
  const host = hostOf('')
  await host.end({ step, exitCode: 0, milliseconds: 1, shown: [], outputs: { tag: 'dev-v1.0-1', tags: ['a', 'b'], build: '' } })
  expect(readFileSync(join(directory, '.ferry/out/tag/tags'), 'utf8')).toBe('a\nb')
  expect(log.join('')).toBe('ferry: tag=dev-v1.0-1\nferry: tags=a,b\n')
  await host.end({ step, exitCode: 2, milliseconds: 1, shown: [], outputs: {}, failure: new Failure('IMAGE_NOT_FOUND', 'no such image') })
  expect(log.join('')).toContain('ferry: error: IMAGE_NOT_FOUND  no such image')
  expect(readFileSync(join(directory, '.ferry/out/tag/tags'), 'utf8')).toBe('')
})
