/** What a step's life needs from where it runs. One implementation per folder of hosts/; a step never sees it. */
import type { Progress } from '../kit/call.ts'
import type { Failure } from '../kit/failure.ts'
import type { Secret } from '../kit/secret.ts'
import type { RunFacts, Shown } from './context.ts'
import type { Field, Raw } from './field.ts'
import type { LogLine } from './log.ts'
import type { OutputValue } from './output.ts'
import type { AnyStep } from './step.ts'

export type HostName = 'terminal' | 'github' | 'tekton' | 'jenkins' | 'kubesphere'

/** How a run ended, for whoever reads it. */
export interface Ending {
  readonly step: AnyStep
  readonly exitCode: number
  readonly outputs: Readonly<Record<string, OutputValue>>
  readonly shown: readonly Shown[]
  readonly failure?: Failure
  readonly milliseconds: number
}

export interface Host {
  readonly name: HostName
  readonly facts: RunFacts
  /** What was given for an input on this host, not counting the environment. */
  read(name: string, field: Field<unknown>): Raw | undefined
  /** What was given under names that are not inputs. @returns each as the user wrote it */
  strangers(names: readonly string[]): readonly string[]
  /** How the user of this host writes an input. */
  spell(name: string, field: Field<unknown>): string
  /** An environment variable; empty counts as absent. */
  variable(name: string): string | undefined
  /** From now on the host hides this value too. */
  mask(secret: Secret): void
  say(line: LogLine): void
  progress(event: Progress): void
  /** Asks a person for a secret without showing it; undefined where nobody can be asked. */
  ask(question: string): Promise<Secret | undefined>
  /** Hands over outputs, report and verdict. Called once, also after a failure; once more, with that failure, when handing over failed. */
  end(ending: Ending): Promise<void>
}
