/** The bug museum: what went wrong elsewhere, and the tests that show what happens here. */
import { generatedNote } from '../../hosts/host-files.ts'
import { CASES } from './cases.ts'
import { type NamedTest, sameName } from './find-tests.ts'
import type { Incident } from './incidents.ts'
import { RESERVE, TRAPS } from './traps.ts'

const NO_TEST = 'not tested here'

export function museumPage(tests: readonly NamedTest[]): string {
  const byName = new Map<string, NamedTest[]>()
  for (const test of tests) for (const name of test.names) byName.set(sameName(name), [...(byName.get(sameName(name)) ?? []), test])
  const known = new Set([...TRAPS, ...RESERVE].flatMap(({ sources }) => sources.map(sameName)))
  const others = [...new Set(tests.flatMap(({ names }) => names))].filter((name) => !/^(?:case|trap) /.test(name) && !known.has(sameName(name))).toSorted()
  const table = (incidents: readonly Incident[]): string =>
    tableOf(
      ['incident', 'what must happen', 'shown by'],
      incidents.map((incident) => [[incident.id ?? [], ...incident.sources].flat().join(', '), incident.about, shownBy(incident, byName)]),
    )
  return [
    `<!-- ${generatedNote('', 'src/entry/museum/ and the titles of the tests').trim()} -->`,
    '# Bug museum',
    'What went wrong in clients of registries, and where the tests show that it does not here. A title that names an incident puts its test on this page: `[case 12]`, `[trap 7]`, `(oras-go#1152)`, `(CVE-2024-3727)`.',
    '## Traps',
    table(TRAPS),
    '## Further reports',
    table(RESERVE),
    '## Faults',
    'Of networks (1–20), registries (21–42), credentials (43–52), processes and machines (53–66).',
    table(CASES),
    '## Other incidents that tests name',
    tableOf(
      ['incident', 'shown by'],
      others.map((name) => [name, listed(byName.get(sameName(name)) ?? [])]),
    ),
    '',
  ].join('\n\n')
}

/** Incidents with neither a test nor a reason. */
export function unexplained(tests: readonly NamedTest[]): string[] {
  const names = new Set(tests.flatMap((test) => test.names.map(sameName)))
  return [...TRAPS, ...RESERVE, ...CASES]
    .filter(({ id, sources, untested }) => untested === undefined && ![...(id === undefined ? [] : [id]), ...sources].some((name) => names.has(sameName(name))))
    .map(({ id, sources }) => id ?? sources.join(', '))
}

function shownBy({ id, sources, untested }: Incident, byName: ReadonlyMap<string, readonly NamedTest[]>): string {
  const found = new Set<NamedTest>([...(id === undefined ? [] : [id]), ...sources].flatMap((name) => byName.get(sameName(name)) ?? []))
  return found.size > 0 ? listed([...found]) : `${NO_TEST}: ${untested ?? 'no reason is given'}`
}

/** Titles as code, so that nothing in them is markup; a bar would end the cell also there. */
function listed(tests: readonly NamedTest[]): string {
  return tests.map(({ file, title }) => `${file}: \`\`${title.replaceAll('|', String.raw`\|`)}\`\``).join('<br>')
}

function tableOf(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  return [columns, columns.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}
