/**
 * What is already there. A peer's stamp holds a hash of all that it is made from; as long as that is the same, nothing
 * is run for it, not even the program itself.
 */

import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Pin } from '../pin.ts'
import { mavenPins } from './maven.ts'
import type { Place } from './place.ts'
import { scriptFile, sourceFolder } from './sources.ts'

/** Raise it when the installer makes something else out of the same pin. */
const format = 1

export type Stamp = {
  readonly key: string
  readonly version: string
  /** Relative to the folder of the peers, so that the folder can be moved or cached. */
  readonly bin: string
}

function stampKey(pin: Pin): string {
  const hash = createHash('sha256')
  const { purpose: _, ...made } = pin
  hash.update(JSON.stringify([format, process.platform, process.arch, made]))
  if (pin.source.kind === 'go') addFolder(hash, sourceFolder(pin.source.module))
  if (pin.source.kind === 'maven') hash.update(JSON.stringify(mavenPins()))
  if (pin.source.kind === 'script') hash.update(readFileSync(scriptFile(pin.source.file)))
  return hash.digest('hex')
}

function addFolder(hash: ReturnType<typeof createHash>, folder: string): void {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
  for (const file of files) hash.update(`\0${file.slice(folder.length)}\0`).update(readFileSync(file))
}

export function readStamp(place: Place, pin: Pin): Stamp | undefined {
  try {
    const stamp = JSON.parse(readFileSync(join(place.stamps, `${pin.name}.json`), 'utf8')) as Stamp
    return stamp.key === stampKey(pin) && existsSync(join(place.root, stamp.bin)) ? stamp : undefined
  } catch {
    return undefined
  }
}

export function writeStamp(place: Place, pin: Pin, made: { version: string; bin: string }): void {
  const stamp: Stamp = { key: stampKey(pin), ...made }
  writeFileSync(join(place.stamps, `${pin.name}.json`), `${JSON.stringify(stamp)}\n`)
}
