/**
 * What a step is: data first, one function last. Everything that users read — flags, help, action.yml, Task, var, template,
 * reference page, schema — is printed from this object; nothing about a host stands in it.
 */
import type { Context } from './context.ts'
import type { Field } from './field.ts'
import type { Output, OutputValue } from './output.ts'

export type Inputs = Readonly<Record<string, Field<unknown>>>
export type Outputs = Readonly<Record<string, Output<OutputValue>>>

export type InputValues<I extends Inputs> = { readonly [K in keyof I]: I[K] extends Field<infer T> ? T : never }
export type OutputValues<O extends Outputs> = { readonly [K in keyof O]: O[K] extends Output<infer T> ? T : never }

/** What a step cannot do without; hosts turn it into permissions, mounts and common inputs. */
export type Need = 'registry' | 'files' | 'signing-key'

export interface Example {
  readonly title: string
  readonly inputs: Readonly<Record<string, string | boolean | readonly string[]>>
}

export interface Step<I extends Inputs = Inputs, O extends Outputs = Outputs> {
  /** One word, kebab case. */
  readonly name: string
  /** One sentence without a full stop, under 120 characters. */
  readonly summary: string
  /** Paragraphs for the reference page. */
  readonly details?: string
  /** The version that brought it. */
  readonly since: string
  /** The same in simplified Chinese, for KubeSphere's editor. */
  readonly chinese: { readonly title: string; readonly summary: string }
  readonly needs: readonly Need[]
  readonly inputs: I
  readonly outputs: O
  readonly examples: readonly Example[]
  run(inputs: InputValues<I>, context: Context): Promise<OutputValues<O>>
}

/** Returns its argument; the types of `run` follow from the fields. */
export function defineStep<const I extends Inputs, const O extends Outputs>(step: Step<I, O>): Step<I, O> {
  return step
}

/** A step whose types have been forgotten, as lists of steps hold it. */
export interface AnyStep extends Omit<Step, 'run'> {
  run(inputs: never, context: Context): Promise<Readonly<Record<string, OutputValue>>>
}
