/** The command line's manners that do not need a process: flags, tables, progress, colours. */
import { describe, expect, test } from 'vitest'
import { createProgress } from '../../../src/hosts/progress.ts'
import { flagOf, parseArguments } from '../../../src/hosts/terminal/arguments.ts'
import { createPaint } from '../../../src/hosts/terminal/style.ts'
import { logText } from '../../../src/hosts/words.ts'
import { field } from '../../../src/step/field.ts'
import { markdownTable, plainTable } from '../../../src/step/table.ts'

const inputs = {
  image: field.image({ about: 'x', positional: true }),
  others: field.list({ about: 'x', positional: true }),
  environment: field.text({ about: 'x', flag: 'env' }),
  labels: field.map({ about: 'x' }),
  apply: field.switch({ about: 'x' }),
  keyPassword: field.secret({ about: 'x' }),
}

describe('flags', () => {
  const given = (...argv: string[]) => Object.fromEntries(parseArguments(inputs, argv).given)

  test('in every usual form', () => {
    expect(given('a:b', '--env', 'dev', '--apply')).toEqual({ image: 'a:b', environment: 'dev', apply: 'true' })
    expect(given('--env=dev', '--apply=false', 'a:b')).toEqual({ image: 'a:b', environment: 'dev', apply: 'false' })
    expect(given('--environment', 'dev')).toEqual({ environment: 'dev' })
    expect(given('a:b', 'c', 'd')).toEqual({ image: 'a:b', others: ['c', 'd'] })
    expect(given('--labels', 'a=1', '--labels', 'b=2')).toEqual({ labels: ['a=1', 'b=2'] })
    expect(given('--', '--env')).toEqual({ image: '--env' })
  })

  test('a flag twice that takes one value is not silently the last one', () => {
    expect(given('--env', 'a', '--env', 'b')).toEqual({ environment: ['a', 'b'] })
  })

  test('strangers are named; a misspelt flag takes its value along', () => {
    expect(parseArguments(inputs, ['--enviroment', 'dev', 'a:b']).strangers).toEqual(['--enviroment'])
    expect(parseArguments({ apply: inputs.apply }, ['word', '--what']).strangers).toEqual(['--what', 'word'])
    expect(parseArguments(inputs, ['--env']).strangers).toEqual(['--env (without a value)'])
  })

  test('no flag takes a secret', () => {
    expect(flagOf('keyPassword', inputs.keyPassword)).toBe('--key-password-file')
    expect(parseArguments(inputs, ['--key-password=x']).strangers).toEqual(['--key-password'])
  })
})

describe('words', () => {
  test('text from outside cannot start a line or a workflow command', () => {
    const line = logText({ level: 'info', message: 'copied', fields: { tag: 'x\n::set-env name=A::b', odd: '\u001b[31mred\u202e' } })
    expect(line).not.toMatch(/[\n\u001b\u202e]/)
    expect(line.startsWith('ferry: copied')).toBe(true)
  })

  test('tables line up, also with wide characters', () => {
    expect(
      plainTable({
        columns: ['a', 'b'],
        rows: [
          ['镜像', '1'],
          ['x', '2'],
        ],
      }),
    ).toBe('A     B\n镜像  1\nx     2')
  })

  test('Markdown from outside is inert', () => {
    const text = markdownTable({ columns: ['a'], rows: [['| <img src=x onerror=y> `x` [a](b) @team']] })
    expect(text).not.toMatch(/<img|`x`|\[a\]|@team/)
    expect(text.split('\n')[2]?.match(/\|/g)).toHaveLength(2)
  })

  test('progress is live on a terminal and one line every ten seconds elsewhere', () => {
    let time = 0
    const said: string[] = []
    const log = createProgress(
      (text) => void said.push(text),
      false,
      () => time,
    )
    for (time = 0; time <= 25_000; time += 1000) log.report({ what: 'layer', done: time, total: 50_000 })
    expect(said).toEqual(['ferry: layer 9.8 KiB of 48.8 KiB\n', 'ferry: layer 19.5 KiB of 48.8 KiB\n'])
    const live = createProgress(
      (text) => void said.push(text),
      true,
      () => (time += 200),
    )
    live.report({ what: 'layer', done: 1 })
    live.clear()
    expect(said.slice(2)).toEqual(['\r\u001b[2Kferry: layer 1 B', '\r\u001b[2K'])
  })

  test('colours only where they are wanted', () => {
    const none = (): undefined => undefined
    expect(createPaint(false, none)('red', 'x')).toBe('x')
    expect(createPaint(true, none)('red', 'x')).toBe('\u001b[31mx\u001b[39m')
    expect(createPaint(true, (name) => (name === 'NO_COLOR' ? '1' : undefined))('red', 'x')).toBe('x')
    expect(createPaint(false, (name) => (name === 'FORCE_COLOR' ? '1' : undefined))('red', 'x')).toBe('\u001b[31mx\u001b[39m')
  })
})
