/** The differences of two images as tables. Everything in it comes from outside. */
import type { Package } from '../../evidence/statements/read-sbom.ts'
import { printable } from '../../kit/printable.ts'
import { formatBytes } from '../../kit/units.ts'
import type { Comparison, Difference } from '../../registry/copy/compare.ts'
import type { Shown } from '../../step/context.ts'

/** Rows that are shown to people; machines get all. */
const MOST_ROWS = 200

export interface PackageChange {
  readonly name: string
  /** Empty on the side that does not have it. Several versions of one package stand together. */
  readonly left: string
  readonly right: string
}

/** Packages by name; what has the same versions on both sides is left out. */
export function comparePackages(left: readonly Package[], right: readonly Package[]): PackageChange[] {
  const versions = (packages: readonly Package[]): Map<string, string> => {
    const found = new Map<string, string[]>()
    for (const { name, version } of packages) found.set(name, [...(found.get(name) ?? []), version])
    return new Map([...found].map(([name, list]) => [name, list.toSorted().join(' ')]))
  }
  const [mine, other] = [versions(left), versions(right)]
  return [...new Set([...mine.keys(), ...other.keys()])]
    .toSorted()
    .map((name) => ({ name, left: mine.get(name) ?? '', right: other.get(name) ?? '' }))
    .filter((change) => change.left !== change.right)
}

export interface Compared extends Comparison {
  readonly left: string
  readonly right: string
  /** undefined when not both have an SBOM. */
  readonly packages: readonly PackageChange[] | undefined
}

export function shownDiff({ left, right, differences, layers, packages }: Compared): Shown {
  const rows = differences.map(({ platform, kind, what, left: one, right: two }: Difference) =>
    [platform, kind, what, one ?? '', two ?? ''].map((cell) => printable(cell, 200)),
  )
  const changes = (packages ?? []).map((change) => [change.name, change.left, change.right].map((cell) => printable(cell, 200)))
  return {
    name: 'diff',
    data: { left, right, differences, layers, ...(packages === undefined ? {} : { packages }) },
    title: `${printable(left)} and ${printable(right)}`,
    tables: [
      ...(rows.length === 0 ? [] : [{ columns: ['platform', 'kind', 'what', 'left', 'right'], rows: rows.slice(0, MOST_ROWS) }]),
      ...(changes.length === 0 ? [] : [{ columns: ['package', 'left', 'right'], rows: changes.slice(0, MOST_ROWS) }]),
    ],
    lines: [
      ...(rows.length > MOST_ROWS || changes.length > MOST_ROWS ? ['Long tables are cut here; the report has all of it.'] : []),
      `${layers.shared} layers are shared; ${layers.left} (${formatBytes(layers.leftBytes)}) are only in the left image and ${layers.right} (${formatBytes(layers.rightBytes)}) only in the right one.`,
      packages === undefined
        ? 'Packages are not compared: not both have an SBOM attached.'
        : `${packages.length} packages differ, by the SBOMs that are attached; those were not verified.`,
    ],
  }
}
