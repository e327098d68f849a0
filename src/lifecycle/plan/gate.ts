/**
 * A gate: one condition of a plan, with its answer as plain data. Every gate is asked, also after one is closed; a gate that
 * cannot be answered is closed. What does not belong here: particular gates (promote/gates.ts, evidence).
 */

import { Failure, reasons } from '../../kit/failure.ts'
import { EXIT, FAILURE_CODES, type FailureCode } from '../../kit/failure-codes.ts'

export interface GateResult {
  /** `order`, `monotonic`, `signature`, … */
  readonly name: string
  /** `waived`: closed, and the caller said to go on regardless. */
  readonly result: 'open' | 'closed' | 'waived'
  /** One sentence: what was found. */
  readonly text: string
  /** The failure a closed gate stands for; GATE_CLOSED when it has none of its own. */
  readonly code?: FailureCode
  readonly hint?: string
}

/** What a failure says about a gate. Stops, outages and wrong inputs say nothing about it and are thrown on. */
export function closedBy(name: string, error: unknown): GateResult {
  if (!(error instanceof Failure)) throw error
  const exit = FAILURE_CODES[error.code].exit
  const isAnswer = exit === 'integrity' || exit === 'gate' || exit === 'conflict'
  if (!isAnswer) throw error
  const why = reasons(error)
  const text = why.length === 0 ? error.message : `${error.message}: ${why.join(': ')}`
  return { name, result: 'closed', text, code: error.code, ...(error.hint === undefined ? {} : { hint: error.hint }) }
}

/**
 * Goes on only when no gate is closed.
 * @throws Failure with the code of the closed gate; of several, the most serious one (integrity before policy), the others in `more`
 */
export function requireOpen(gates: readonly GateResult[], what: string): void {
  const closed = gates.filter((gate) => gate.result === 'closed').map((gate) => asFailure(gate, what))
  const [first, ...more] = closed.toSorted((left, right) => rank(left) - rank(right))
  if (first === undefined) return
  throw new Failure(first.code, first.message, { cause: first.cause, ...(first.hint === undefined ? {} : { hint: first.hint }), facts: first.facts, more })
}

function asFailure(gate: GateResult, what: string): Failure {
  return new Failure(gate.code ?? 'GATE_CLOSED', `${what}: the gate "${gate.name}" is closed`, {
    cause: gate.text,
    ...(gate.hint === undefined ? {} : { hint: gate.hint }),
    facts: { gate: gate.name },
  })
}

function rank(failure: Failure): number {
  if (failure.exitCode === EXIT.integrity) return 0
  return failure.code === 'GATE_CLOSED' ? 1 : 2
}
