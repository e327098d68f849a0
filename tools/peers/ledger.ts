/** peers.json: what install.ts found out about every peer, and what tests read. */

import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export type PeerRecord =
  | { readonly name: string; readonly version: string; readonly state: 'ready'; readonly bin: string }
  | { readonly name: string; readonly version: string; readonly state: 'missing'; readonly why: string }

const file = 'peers.json'

/** Undefined when nothing was ever installed there. */
export function readLedger(root: string): readonly PeerRecord[] | undefined {
  try {
    return JSON.parse(readFileSync(join(root, file), 'utf8')) as PeerRecord[]
  } catch {
    return undefined
  }
}

/** In one move, so that tests which run at the same time read the old one or the new one. */
export function writeLedger(root: string, records: readonly PeerRecord[]): void {
  const draft = join(root, `${file}.${process.pid}`)
  writeFileSync(draft, `[\n${records.map((record) => `  ${JSON.stringify(record)}`).join(',\n')}\n]\n`)
  renameSync(draft, join(root, file))
}
