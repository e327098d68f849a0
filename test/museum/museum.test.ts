/** The bug museum: which titles put a test on the page, and that no incident is there without a test or a reason. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { CASES } from '../../src/entry/museum/cases.ts'
import { readNamedTests } from '../../src/entry/museum/files.ts'
import { findNamedTests, namesIn, sameName } from '../../src/entry/museum/find-tests.ts'
import { museumPage, unexplained } from '../../src/entry/museum/page.ts'
import { RESERVE, TRAPS } from '../../src/entry/museum/traps.ts'
import { ROOT } from '../house/source.ts'

describe('a title', () => {
  test.each([
    ['breaks off [' + 'case 12]', ['case 12']],
    ['waits (' + 'cases 7 and 8)', ['case 7', 'case 8']],
    ['moves (' + 'cases 67, 69)', ['case 67', 'case 69']],
    ['a [' + 'trap 7] [' + 'case 24]', ['case 24', 'trap 7']],
    ['x (' + 'ggcr#2243, #2285/#2302)', ['ggcr#2243', 'ggcr#2285', 'ggcr#2302']],
    ['x (aws/' + 'containers-roadmap#2831)', ['aws/containers-roadmap#2831']],
    ['x (' + 'CVE-2024-3727, ' + 'GHSA-jxpm-75mh-9fp7)', ['CVE-2024-3727', 'GHSA-jxpm-75mh-9fp7']],
    ['in that case nothing; in 12 cases more; lower case # and #3', []],
  ])('%s', (title, names) => {
    expect(namesIn(title)).toEqual(names)
  })

  test('is found in every form in which tests are written, and nowhere else', () => {
    const mark = (number: number): string => `[${'case'} ${number}]`
    const source = [
      `// test of ${mark(1)}`,
      `describe('it\\'s ${mark(2)}', () => {`,
      `  test.each([1])('%s ${mark(3)}', () => {})`,
      `  test.each([`,
      `    ['row ${mark(4)}', 1],`,
      `  ])('%s', () => {})`,
      `  test.each(rows)('%s ${mark(5)}', () => {})`,
      `  test(\`\${x} ${mark(6)}\`, () => expect('${mark(7)}').toBe(1))`,
      `})`,
      `describePeers(['crane', 'oras'], 'peers ${mark(8)}', () => {})`,
    ].join('\n')
    expect(findNamedTests('test/a.test.ts', source).map(({ names, title }) => [...names, title.slice(0, 4)].join())).toEqual([
      "case 2,it's",
      'case 3,%s [',
      'case 4,row ',
      'case 5,%s [',
      'case 6,${x}',
      'case 8,peer',
    ])
  })

  test('names the same report with and without its owner', () => {
    expect(sameName('AWS/Containers-Roadmap#2831')).toBe(sameName('containers-roadmap#2831'))
  })
})

describe('the page', () => {
  const tests = readNamedTests(ROOT)

  test('has the 25 traps, the reserve and the first 66 cases, each once', () => {
    expect(TRAPS.map(({ id }) => id)).toEqual(Array.from({ length: 25 }, (_, at) => `${'trap'} ${at + 1}`))
    expect(CASES.map(({ id }) => id)).toEqual(Array.from({ length: 66 }, (_, at) => `${'case'} ${at + 1}`))
    expect(RESERVE).toHaveLength(18)
  })

  test('has a test or a reason for each of them', () => {
    expect(unexplained(tests)).toEqual([])
    expect(unexplained([])).not.toEqual([])
  })

  test('is what is checked in', () => {
    expect(readFileSync(join(ROOT, 'docs/museum.md'), 'utf8')).toBe(museumPage(tests))
  })

  test('says so where nothing is tested, and drops the reason where something is', () => {
    const row = CASES.find(({ untested }) => untested !== undefined)
    const name = row?.id ?? ''
    const line = (page: string): string => page.split('\n').find((text) => text.startsWith(`| ${name} |`)) ?? ''
    expect(line(museumPage([]))).toContain(`not tested here: ${row?.untested ?? '?'}`)
    expect(line(museumPage([{ file: 'test/x.test.ts', title: 'a | b', names: [name] }]))).toBe(
      `| ${name} | ${row?.about ?? ''} | test/x.test.ts: \`\`a \\| b\`\` |`,
    )
  })
})
