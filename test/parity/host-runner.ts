/**
 * How the parity suite starts a step on a host: through the files that the host is really given (action.yml and its stub, the
 * Task and Tekton's entrypoint, the var and Groovy), never around them. One runner per host.
 */
import type { OutputValue } from '../../src/step/output.ts'
import type { AnyStep } from '../../src/step/step.ts'

export type InputValue = string | boolean | readonly string[] | Readonly<Record<string, string>>

export interface Run {
  readonly step: AnyStep
  /** By the names of the definition (camel case); secrets too, as their text. */
  readonly inputs: Readonly<Record<string, InputValue>>
  /** Where the step works; relative paths in inputs start here. */
  readonly directory: string
  /** Further variables of the environment, e.g. FERRY_IMAGE. */
  readonly variables?: Readonly<Record<string, string>>
  /** SIGINT (or what the host sends to cancel) after this many milliseconds. */
  readonly interruptAfter?: number
}

export interface Outcome {
  /** Of the ferry process itself. */
  readonly exitCode: number
  /** What the host's users read back, as JSON values by the definition's names; empty when the host has none after a failure. */
  readonly outputs: Readonly<Record<string, OutputValue>>
  /** Everything that was printed: stdout and stderr, as the host shows them. */
  readonly log: string
}

export interface HostRunner {
  readonly host: 'terminal' | 'github' | 'tekton' | 'jenkins' | 'kubesphere'
  run(run: Run): Promise<Outcome>
}
