/**
 * Readers of what strangers write: whatever it is, the answer is a value or a Failure, in linear time. `FERRY_FUZZ_SECONDS` for each target
 * (2 here; `npm run fuzz` takes 60 and another seed each time), `FERRY_FUZZ_SEED`, and `FERRY_FUZZ_KEEP=1` to add what is new to the corpus.
 */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { ROOT } from '../house/source.ts'
import { ARCHIVE_TARGETS } from './archive-targets.ts'
import { DOCUMENT_TARGETS } from './document-targets.ts'
import { fuzz, keepInCorpus, readCorpus, superlinear } from './fuzz.ts'
import { HEADER_TARGETS } from './header-targets.ts'
import { NAME_TARGETS } from './name-targets.ts'
import { type FuzzTarget, outcome } from './target.ts'

const SECONDS = Number(process.env['FERRY_FUZZ_SECONDS'] ?? 2)
const SEED = Number(process.env['FERRY_FUZZ_SEED'] ?? 1)
const TARGETS = [...NAME_TARGETS, ...HEADER_TARGETS, ...DOCUMENT_TARGETS, ...ARCHIVE_TARGETS]

describe.each(TARGETS)('$name', (target) => {
  const corpus = readCorpus(target.name)

  test('every kept input', () => {
    expect(corpus.length).toBeGreaterThan(4)
    for (const input of corpus) expect(() => target.check(input), JSON.stringify(input)).not.toThrow()
  })

  test('mutated inputs', { timeout: SECONDS * 1000 + 30_000 }, () => {
    const { runs, fresh } = fuzz(target, corpus, SECONDS, SEED)
    expect(runs).toBeGreaterThan(500)
    if (process.env['FERRY_FUZZ_KEEP'] === '1') keepInCorpus(target.name, fresh)
  })

  test('time grows with the length, not faster', { timeout: 60_000 }, () => {
    expect(superlinear(target, corpus)).toEqual([])
  })
})

test('each corpus belongs to a target', () => {
  const files = readdirSync(join(ROOT, 'test/fuzz/corpus')).toSorted()
  expect(files).toEqual(TARGETS.map(({ name }) => `${name}.json`).toSorted())
})

describe('the fuzzer itself finds', () => {
  const careless = (check: (input: string) => string): FuzzTarget => ({
    name: 'careless',
    tokens: ['a', '(', ')', '"'],
    check: (input) => outcome(() => check(input)),
  })

  test('an error that is no Failure', () => {
    const target = careless((input) => {
      if (input.includes('(((')) throw new TypeError('Cannot read properties of undefined')
      return 'read'
    })
    expect(() => fuzz(target, ['a(b'], 1, 1)).toThrow(/careless \(seed 1\) on ".*\(\(\(.*TypeError/)
  })

  test('quadratic time', () => {
    const target = careless((input) => {
      let pairs = 0
      for (let left = 0; left < input.length; left += 16)
        for (let right = left; right < input.length; right += 16) pairs += input.charCodeAt(left) === input.charCodeAt(right) ? 1 : 0
      return String(pairs > 0)
    })
    expect(superlinear(target, []).length).toBeGreaterThan(0)
  })
})
