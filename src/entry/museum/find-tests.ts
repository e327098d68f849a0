/** Finds titles of tests in their source, and the incidents that they name. */

export interface NamedTest {
  /** `test/registry/http/faults.test.ts` */
  readonly file: string
  readonly title: string
  /** `case 12`, `trap 7`, `oras-go#1152`, `CVE-2024-3727`. */
  readonly names: readonly string[]
}

// A call of test, it or describe, or the second call of `.each(…)('title'`; rows of a table begin a line with their title.
const CALL =
  /(?:\b(?:test|it|describe)(?:\.[a-z]+)*\(|\]\)\(|\b[a-zA-Z]+\)\(|\bdescribePeers\([^'"`]*?(?:\[[^\]]*\])?,)\s*(?:'((?:\\.|[^'\\\n])*)'|`((?:\\.|[^`\\])*)`|"((?:\\.|[^"\\\n])*)")/g
const ROW = /^\s*\[\s*'((?:\\.|[^'\\\n])*)',/gm

/** Titles that name an incident, in the order of the file. */
export function findNamedTests(file: string, source: string): NamedTest[] {
  const titles = [...source.matchAll(CALL), ...source.matchAll(ROW)]
    .map((match) => ({ at: match.index, title: (match[1] ?? match[2] ?? match[3] ?? '').replace(/\\(['"`])/g, '$1') }))
    .toSorted((left, right) => left.at - right.at)
  return titles.flatMap(({ title }) => {
    const names = namesIn(title)
    return names.length === 0 ? [] : [{ file, title, names }]
  })
}

/** Incidents that a title names. `ggcr#2193, #2243` are two of ggcr; an owner before a slash does not matter. */
export function namesIn(title: string): string[] {
  const found: string[] = []
  for (const [, numbers = ''] of title.matchAll(/\bcases? ((?:[0-9]+(?:, | and |, and )?)+)/g))
    for (const [number] of numbers.matchAll(/[0-9]+/g)) found.push(`case ${number}`)
  for (const [, number] of title.matchAll(/\[trap ([0-9]+)\]/g)) found.push(`trap ${number}`)
  for (const [advisory] of title.matchAll(/\b(?:CVE-[0-9]{4}-[0-9]+|GHSA(?:-[0-9a-z]{4}){3})\b/g)) found.push(advisory)
  for (const [, name = '', numbers = ''] of title.matchAll(/([A-Za-z][\w.-]*(?:\/[\w.-]+)?)((?:(?:, |\/)?#[0-9]+)+)/g)) {
    for (const [, number] of numbers.matchAll(/#([0-9]+)/g)) found.push(`${name}#${number}`)
  }
  return found
}

/** The same report however its owner is written: `aws/containers-roadmap#2831` is `containers-roadmap#2831`. */
export function sameName(name: string): string {
  const report = name.toLowerCase()
  return report.includes('#') ? report.slice(report.lastIndexOf('/', report.indexOf('#')) + 1) : report
}
