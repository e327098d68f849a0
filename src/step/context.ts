/** What a running step is given: everything it may touch, and nothing that names a host. */
import type { Call } from '../kit/call.ts'
import type { Clock } from '../kit/clock.ts'
import type { Secret } from '../kit/secret.ts'
import type { Opener } from '../registry/target/open.ts'
import type { Fact, Raw } from './field.ts'
import type { Log } from './log.ts'
import type { OutputValue } from './output.ts'
import type { Settings } from './settings/settings.ts'
import type { Table } from './table.ts'

/** What the host knows about the run it is part of: run number, commit, URL of the source. Absent where it does not know. */
export type RunFacts = Readonly<Partial<Record<Fact, string>>>

/** Something for people to read beside the outputs: a plan, a verdict. `data` is what machines get. */
export interface Shown {
  readonly name: string
  readonly data: unknown
  readonly title: string
  readonly tables: readonly Table[]
  readonly lines?: readonly string[]
}

export interface InnerStep {
  /** Names of its inputs. */
  readonly inputs: readonly string[]
  run(inputs: Readonly<Record<string, Raw>>): Promise<Readonly<Record<string, OutputValue>>>
}

export interface Context {
  readonly call: Call
  readonly log: Log
  readonly clock: Clock
  /** The moment that everything made gets (SOURCE_DATE_EPOCH), when one was given. */
  readonly frozen?: Date
  readonly settings: Settings
  /** A path of ferry.yaml, from where that file is. */
  fromSettings(path: string): string
  readonly opener: Opener
  /** Reads a file that an input names, from where the user stands. @throws Failure FILE_UNREADABLE */
  readFile(path: string): Promise<Uint8Array>
  /** Asks a person at a terminal for a secret; undefined where nobody can be asked. */
  ask(question: string): Promise<Secret | undefined>
  show(document: Shown): void
  /** Another step, ready to be run with text inputs, as the `run` step does. Credentials and settings are those of this run. */
  step(name: string): Promise<InnerStep>
}
