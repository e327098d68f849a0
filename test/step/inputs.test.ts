/** Which value wins, and that all bad inputs are reported together. */
import { describe, expect, test } from 'vitest'
import { isFailure } from '../../src/kit/failure.ts'
import { field, type Raw } from '../../src/step/field.ts'
import { originOf, readInputs } from '../../src/step/inputs.ts'
import { ferryFile } from '../../src/step/settings/schema.ts'
import { settingsOf } from '../../src/step/settings/settings.ts'
import { defineStep } from '../../src/step/step.ts'

const step = defineStep({
  name: 'sample',
  summary: 's',
  since: '0.1.0',
  chinese: { title: 't', summary: 's' },
  needs: [],
  inputs: {
    to: field.environment({ about: 'Where it goes' }),
    keys: field.keys({ about: 'Keys', setting: 'keys.verify' }),
    build: field.text({ about: 'Build', optional: true, fact: 'buildNumber' }),
    form: field.choice({ about: 'Form', of: ['round', 'square'], fallback: 'round' }),
  },
  outputs: {},
  examples: [],
  run: async () => ({}),
})

function asked(given: Record<string, Raw>, variables: Record<string, string> = {}, facts = {}) {
  return {
    name: 'terminal' as const,
    facts,
    read: (name: string) => given[name],
    strangers: (names: readonly string[]) => Object.keys(given).filter((name) => !names.includes(name)),
    spell: (name: string) => `--${name}`,
    variable: (name: string) => variables[name],
  }
}

const settings = settingsOf(
  ferryFile.parse({ keys: { verify: ['signer.pub'] }, defaults: { sample: { form: 'square', build: 7 } } }),
  '/etc/ferry',
  '/etc/ferry/ferry.yaml',
)
const nothing = settingsOf({}, '/')

describe('origin of a value', () => {
  const kinds = (name: keyof typeof step.inputs, host: ReturnType<typeof asked>, from = settings) => {
    const { kind, raw } = originOf(step, name, step.inputs[name], host, from)
    return [kind, raw]
  }

  test('input > environment > ferry.yaml > host > default', () => {
    const facts = { buildNumber: '99' }
    expect(kinds('build', asked({ build: '1' }, { FERRY_BUILD: '2' }, facts))).toEqual(['input', '1'])
    expect(kinds('build', asked({}, { FERRY_BUILD: '2' }, facts))).toEqual(['environment', '2'])
    expect(kinds('build', asked({}, {}, facts))).toEqual(['ferry.yaml', '7'])
    expect(kinds('build', asked({}, {}, facts), nothing)).toEqual(['host', '99'])
    expect(kinds('form', asked({}), nothing)).toEqual(['default', 'round'])
    expect(kinds('to', asked({}), nothing)).toEqual(['none', undefined])
  })

  test('empty text is not given, on every host', () => {
    expect(kinds('build', asked({ build: '' }, { FERRY_BUILD: '2' }))).toEqual(['environment', '2'])
  })

  test('paths in ferry.yaml start from its directory', () => {
    expect(kinds('keys', asked({}))).toEqual(['ferry.yaml', ['/etc/ferry/signer.pub']])
  })
})

test('all bad inputs of one call are reported together, each as the host spells it', () => {
  try {
    readInputs(step, asked({ form: 'rond', tto: 'x' }), nothing)
    expect.unreachable()
  } catch (error) {
    if (!isFailure(error, 'INPUT_INVALID')) throw error
    expect(error.exitCode).toBe(2)
    expect(error.more.map((failure) => [failure.message, failure.hint])).toEqual([
      ['tto is not an input of sample', 'Did you mean --to?'],
      ['--to is missing: Where it goes', 'Give --to, or set FERRY_TO.'],
      ['--form is "rond", which is not one of round, square', 'Did you mean round?'],
    ])
  }
})

test('an environment must be declared', () => {
  expect(() => readInputs(step, asked({ to: 'porod' }), nothing)).toThrow(/not one of the environments dev, staging, prod/)
  expect(readInputs(step, asked({ to: 'prod' }), nothing)).toMatchObject({ to: 'prod', keys: [], form: 'round' })
})
