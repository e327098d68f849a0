/** A directory through which a step and its caller exchange outputs: one file per output, text without a line break at its end. */
import { mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Ending } from '../step/host.ts'
import { kebab } from '../step/names.ts'
import { summaryOf } from '../step/report.ts'

/** Writes every declared output, empty when there is no value; lists have one item a line. */
export function writeExchange(directory: string, ending: Ending): void {
  mkdirSync(directory, { recursive: true })
  for (const name of Object.keys(ending.step.outputs)) {
    const value = ending.outputs[name]
    writeWhole(join(directory, kebab(name)), value === undefined ? '' : Array.isArray(value) ? value.join('\n') : String(value))
  }
  writeWhole(join(directory, 'summary.md'), summaryOf(ending))
}

function writeWhole(file: string, text: string): void {
  writeFileSync(`${file}.part`, text)
  renameSync(`${file}.part`, file)
}
