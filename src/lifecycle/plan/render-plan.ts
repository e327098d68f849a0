/** A plan for people: rows for tables and the lines below them. JSON is the plan itself. */
import { printable } from '../../kit/printable.ts'
import { formatBytes } from '../../kit/units.ts'
import { shortDigest } from '../../registry/oci/digest.ts'
import type { Plan } from './plan.ts'

export interface PlanTable {
  readonly columns: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

export interface PlanTables {
  readonly title: string
  readonly actions: PlanTable
  readonly gates: PlanTable
  /** Below the tables, one line each. */
  readonly lines: readonly string[]
}

/** Everything that is to be shown, in order, safe for a terminal. */
export function renderPlan(plan: Plan): PlanTables {
  const { requests, bytes } = plan.cost
  return {
    title: `Plan: ${printable(plan.subject)}`,
    actions: {
      columns: ['action', 'what', 'from', 'to', 'digest', 'why'],
      rows: plan.actions.map(({ verb, what, from, to, digest, text }) =>
        [verb, what, from ?? '', to ?? '', shortDigest(digest), text].map((cell) => printable(cell)),
      ),
    },
    gates: {
      columns: ['gate', 'result', 'found'],
      rows: plan.gates.map(({ name, result, text }) => [name, result, text].map((cell) => printable(cell))),
    },
    lines: [
      ...plan.notes.map((note) => printable(note)),
      `Costs at most ${requests} ${requests === 1 ? 'request' : 'requests'} and ${formatBytes(bytes)}.`,
      `Plan ${shortDigest(plan.hash)}`,
    ],
  }
}
