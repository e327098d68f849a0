/** Generated page of the registry products: what is known of each, and how it is known. */
import { type GeneratedFile, generatedNote } from '../hosts/host-files.ts'
import { formatBytes } from '../kit/units.ts'
import type { Dialect, Fact, Facts } from '../registry/target/dialect.ts'
import { DIALECTS } from '../registry/target/dialects/index.ts'
import { markdownTable } from '../step/table.ts'

const COLUMNS: readonly (readonly [keyof Facts, string])[] = [
  ['chunks', 'uploads in several requests'],
  ['mountAnywhere', 'mount without a source'],
  ['untag', 'delete a tag'],
  ['remove', 'delete a digest'],
  ['referrersApi', 'referrers API'],
  ['head', 'HEAD of a manifest'],
  ['tagsPage', 'largest page of tags'],
  ['tagsContain', 'also among the tags'],
  ['sha512', 'sha512'],
  ['sparseIndexes', 'sparse indexes'],
  ['fallbackTag', 'an unwritten fallback tag'],
  ['immutable', 'a tag that may not be moved'],
  ['tagsWithDigests', 'its own list of tags with digests'],
]

export function dialectFiles(): readonly GeneratedFile[] {
  return [{ path: 'docs/reference/registries.md', text: page() }]
}

function page(): string {
  const ran = DIALECTS.filter(({ facts }) => Object.values(facts).some((fact: Fact<unknown>) => fact.proven === 'run'))
  return [
    `<!-- ${generatedNote('', 'src/registry/target/dialects/').trim()} -->`,
    '# Registries',
    `kubeferry speaks the distribution specification with every registry and finds out by itself what one cannot do. What follows is known besides, and how: facts of ${ran.map(({ title }) => title).join(', ')} are **run**: a test holds them against the real product. All others were only **read** in the reports that are named, and never run here: they save a try, and nothing rests on them. Where a stand-in is named, the embedded registry behaves like that in our tests, and in yours: \`quirks: ghcr\` in a [fault plan](faults.md).`,
    'A product is recognised by its host or by its answers. Where neither tells, ferry.yaml can: `registry: { dialects: { registry.example.com: harbor } }`.',
    ...DIALECTS.map(section),
    '',
  ].join('\n\n')
}

function section({ name, title, recognised, facts, quirks = [], notes, removing }: Dialect): string {
  const rows = COLUMNS.flatMap(([key, label]) => {
    const fact: Fact<unknown> | undefined = facts[key]
    if (fact === undefined) return []
    return [[label, textOf(fact.is), fact.proven, fact.source]]
  })
  const hosts = [
    ...(recognised.hosts ?? []).map((host) => (host.startsWith('.') ? `\`*${host}\`` : `\`${host}\``)),
    ...Object.keys(recognised.headers ?? {}).map((header) => `the header \`${header}\``),
  ]
  return [
    `## ${title}`,
    [`\`${name}\`. Recognised by: ${hosts.length === 0 ? 'nothing, it is found out' : hosts.join(', ')}.`, notes, removing]
      .filter((text) => text !== undefined)
      .join(' '),
    ...(rows.length === 0
      ? ['Nothing is known that differs from the specification.']
      : [markdownTable({ columns: ['what', 'is', 'known by', 'source'], rows })]),
    ...(quirks.length === 0 ? [] : [`Stand-in: ${quirks.map(({ shows }) => shows).join('; ')}.`]),
  ].join('\n\n')
}

function textOf(is: unknown): string {
  if (typeof is === 'number') return is >= 1024 * 1024 ? `at most ${formatBytes(is)} each` : String(is)
  if (typeof is === 'object' && is !== null) return Object.values(is).join(' ')
  return String(is)
}
