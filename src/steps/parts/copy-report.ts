/** The end of a copy, for people and machines: what went where, and what could not. */
import { printable } from '../../kit/printable.ts'
import { formatBytes } from '../../kit/units.ts'
import { shortDigest } from '../../registry/oci/digest.ts'
import type { Shown } from '../../step/context.ts'
import type { Copied } from './copy-one.ts'

/** Rows that are shown to people; machines get all. */
const MOST_ROWS = 200

export function shownCopies(from: string, to: string, copies: readonly Copied[]): Shown {
  const lost = new Set(copies.flatMap(({ report }) => report?.lost ?? []))
  const foreign = copies.reduce((sum, { report }) => sum + (report?.blobs.foreign ?? 0), 0)
  return {
    name: 'copies',
    data: copies.map(({ tag, tagged, report, failure }) => ({
      ...(tag === undefined ? {} : { tag }),
      tagged,
      ...(report === undefined ? {} : { digest: report.root.digest, ...report, root: report.root.digest }),
      ...(failure === undefined ? {} : { error: { code: failure.code, message: failure.message } }),
    })),
    title: `Copied: ${printable(from)} → ${printable(to)}`,
    tables: [{ columns: ['tag', 'digest', 'result', 'stored', 'bytes', 'attached'], rows: copies.slice(0, MOST_ROWS).map(row) }],
    lines: [
      ...(copies.length > MOST_ROWS ? [`and ${copies.length - MOST_ROWS} more`] : []),
      ...(foreign === 0 ? [] : [`${foreign} layers may not be redistributed and stay where they are.`]),
      ...[...lost].map((text) => `Lost: ${printable(text)}.`),
    ],
  }
}

function row({ tag, tagged, report, failure }: Copied): string[] {
  if (report === undefined) return [tag ?? '', '', failure?.code ?? '', '', '', '']
  const { manifests, blobs, bytes, referrers, root } = report
  const stored = manifests.stored + blobs.stored + blobs.mounted
  const result = tagged ? 'tagged' : stored > 0 ? 'stored' : 'there already'
  return [tag ?? '', shortDigest(root.digest), result, String(stored), formatBytes(bytes), String(referrers)]
}
