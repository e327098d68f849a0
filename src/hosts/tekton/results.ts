/**
 * Results of a Task: one file each, without a line break at the end, because Tekton takes it for a part of the value.
 * What does not belong here: which results a Task declares (wiring.ts).
 */
import { writeFileSync } from 'node:fs'
import { basename } from 'node:path'
import { Failure } from '../../kit/failure.ts'
import type { Ending } from '../../step/host.ts'
import { upperSnake } from '../../step/names.ts'
import { outputText } from '../../step/report.ts'
import type { Variables } from '../credentials.ts'
import { TEKTON_VARIABLE } from './variables.ts'

interface Result {
  readonly name: string
  readonly file: string
  readonly text: string
  /** What stands in the file when there is no value. */
  readonly empty: string
}

/**
 * Bytes. The termination message of a container holds 4,096 (kubelet); above it Tekton fails a step that succeeded. The
 * difference is for what the entrypoint adds: start time, exit code, brackets.
 */
const MOST = 4096 - 256

/**
 * Writes every declared result, empty when there is no value: one that is missing breaks whoever reads it.
 * @returns names of those that were too long and so were left empty
 * @throws Failure FILE_UNREADABLE
 */
export function writeResults(ending: Ending, variables: Variables): readonly string[] {
  const results = Object.entries(variables).flatMap(([name, file]) =>
    name.startsWith(TEKTON_VARIABLE.result) && file ? [resultOf(name.slice(TEKTON_VARIABLE.result.length), file, ending)] : [],
  )
  const left = tooLong(results)
  for (const result of results) write(result, left.has(result) ? result.empty : result.text)
  return [...left].map((result) => result.name)
}

function write({ name, file }: Result, text: string): void {
  try {
    writeFileSync(file, text)
  } catch (error) {
    throw new Failure('FILE_UNREADABLE', `cannot write result ${name} to ${file}`, { cause: error, hint: 'Let all steps of a pod run as the same user.' })
  }
}

function resultOf(variable: string, file: string, ending: Ending): Result {
  const result = { name: basename(file), file }
  const found = Object.entries(ending.step.outputs).find(([name]) => upperSnake(name) === variable)
  if (found === undefined) return { ...result, text: chainsText(variable, ending), empty: '' }
  const [name, output] = found
  const value = ending.outputs[name]
  const empty = output.word === 'list' ? '[]' : ''
  return { ...result, text: value === undefined ? empty : outputText(value), empty }
}

/** What Tekton Chains looks for: repository and digest of what was put there. A plan that was only shown put nothing anywhere. */
function chainsText(variable: string, { outputs }: Ending): string {
  const { image, digest, applied } = outputs
  if (typeof image !== 'string' || typeof digest !== 'string' || /^(?:oci|oci-archive|docker-archive):/.test(image) || applied === false) return ''
  if (variable === 'IMAGE_DIGEST') return digest
  return variable === 'IMAGE_URL' ? image : ''
}

/** The longest ones, as many as must go so that the others fit. */
function tooLong(results: readonly Result[]): ReadonlySet<Result> {
  const left = new Set<Result>()
  let total = results.reduce((sum, result) => sum + sizeOf(result.name, result.text), 0)
  for (const result of results.toSorted((one, other) => other.text.length - one.text.length)) {
    if (total <= MOST) break
    left.add(result)
    total -= sizeOf(result.name, result.text) - sizeOf(result.name, result.empty)
  }
  return left
}

/** Bytes of one entry as the entrypoint writes it; Go's JSON takes six bytes for each of < > &. */
function sizeOf(key: string, value: string): number {
  return Buffer.byteLength(JSON.stringify({ key, value, type: 1 })) + 5 * (value.match(/[<>&]/g)?.length ?? 0) + 1
}
