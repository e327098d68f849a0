/** The plan of a repair: which part comes from where, and what nobody has. Pure. */
import type { Supply } from '../../registry/copy/mend.ts'
import { type Plan, type PlanAction, type Seen, sealPlan } from '../plan/plan.ts'

export interface RepairFacts {
  readonly tool: string
  /** The place that is mended. */
  readonly place: string
  readonly supplies: readonly Supply[]
  /** How a part is called: `manifest`, `attached blob`. */
  readonly partOf: (supply: Supply) => string
}

/** Parts that a place has are copied, the others kept as they are. */
export function planRepair({ tool, place, supplies, partOf }: RepairFacts): Plan {
  const actions = supplies.map((supply): PlanAction => {
    const { fault, from } = supply
    const { digest } = fault.descriptor
    const common = { what: partOf(supply), to: place, digest }
    if (fault.kind === 'unknown') return { ...common, verb: 'keep', reason: 'unknown', text: 'it could not be looked at, so it is left alone' }
    if (from === undefined) {
      const silent = supply.silent.length === 0 ? '' : `; not asked: ${supply.silent.join('; ')}`
      return {
        ...common,
        verb: 'keep',
        reason: `${fault.kind}-everywhere`,
        text: `it is ${fault.kind}, and none of the places that were named has it${silent}`,
      }
    }
    return { ...common, verb: 'copy', from: from.name, reason: fault.kind, text: `it is ${fault.kind} there` }
  })
  const seen: Seen = Object.fromEntries(supplies.map(({ fault }) => [fault.descriptor.digest, fault.kind]))
  const moved = supplies.filter(({ from, fault }) => from !== undefined && fault.kind !== 'unknown')
  return sealPlan({
    kind: 'repair',
    tool,
    subject: place,
    details: {},
    actions,
    seen,
    gates: [],
    // A look, an upload in two requests and a look at what is there then.
    cost: { requests: moved.length * 5, bytes: moved.reduce((sum, { fault }) => sum + fault.descriptor.size, 0) },
    notes: supplies.some(({ fault }) => fault.kind === 'missing' && fault.descriptor.mediaType.includes('manifest'))
      ? ['What a missing manifest lists is brought along with it where it is missing too.']
      : [],
  })
}
