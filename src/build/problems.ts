/** Several failures of one call, reported together: one run shows everything that is to be mended. */
import { Failure } from '../kit/failure.ts'

/** Throws the first of them, with the others in `more`, each once; returns when there is none. */
export function throwAll(problems: readonly Failure[]): void {
  const all = new Map(problems.flatMap((problem) => [problem, ...problem.more]).map((problem) => [problem.message, problem]))
  const [first, ...more] = all.values()
  if (first === undefined) return
  throw alone(
    first,
    more.map((problem) => alone(problem, [])),
  )
}

function alone({ code, message, cause, hint, facts }: Failure, more: readonly Failure[]): Failure {
  return new Failure(code, message, { ...(cause === undefined ? {} : { cause }), ...(hint === undefined ? {} : { hint }), facts, more })
}
