/** What people and machines are shown of a collection: how much stays in each layout, and every file that goes, with the reason. */
import { formatBytes, formatDuration } from '../kit/units.ts'
import type { Garbage } from '../registry/target/layout/gc/garbage.ts'
import type { Survey } from '../registry/target/layout/gc/survey.ts'
import type { Shown } from '../step/context.ts'

export interface GarbageRow extends Garbage {
  readonly name: string
}

/** Days and hours where they say more than minutes. */
function leftAlone(touched: number): string {
  const hours = Math.floor((Date.now() - touched) / 3_600_000)
  if (hours >= 48) return `${Math.floor(hours / 24)} days`
  return hours >= 2 ? `${hours} h` : formatDuration(Math.max(0, Date.now() - touched))
}

/** Rows that people are shown; machines are given all. */
const MOST_ROWS = 500

export function shownGarbage(surveys: readonly Survey[], gone: readonly GarbageRow[], apply: boolean): Shown {
  const bytes = gone.reduce((sum, one) => sum + one.bytes, 0)
  const rows = gone.slice(0, MOST_ROWS).map((one) => [one.name, one.digest ?? one.path, formatBytes(one.bytes), leftAlone(one.touched), one.why])
  const lines = [
    ...(gone.length > MOST_ROWS ? [`and ${gone.length - MOST_ROWS} more files`] : []),
    `${apply ? 'freed' : 'would free'} ${formatBytes(bytes)} in ${gone.length} files${apply || gone.length === 0 ? '' : '; give --apply to do it'}`,
  ]
  return {
    name: 'gc',
    title: apply ? 'What was removed' : 'What would be removed',
    data: {
      applied: apply,
      bytes,
      layouts: surveys.map(({ name, needed, young, strange, refused }) => ({ name, needed, young, strange, ...(refused ? { refused: refused.message } : {}) })),
      removed: gone.map(({ name, path, digest, bytes: size, touched, why }) => ({
        layout: name,
        path,
        ...(digest === undefined ? {} : { digest }),
        bytes: size,
        touched: new Date(touched).toISOString(),
        why,
      })),
    },
    tables: [
      {
        columns: ['layout', 'needed', 'too young', 'not ours'],
        rows: surveys.map((one) => [one.name, String(one.needed), String(one.young), String(one.strange)]),
      },
      ...(rows.length > 0 ? [{ columns: ['layout', 'what', 'size', 'left alone for', 'why'], rows }] : []),
    ],
    lines,
  }
}
