/** How a test finds a real peer. */

import { resolve } from 'node:path'
import { defaultRoot } from './install/place.ts'
import { readLedger } from './ledger.ts'
import type { PeerName } from './pins.ts'

export type ReadyPeer = {
  readonly state: 'ready'
  readonly name: PeerName
  readonly version: string
  readonly bin: string
}
export type MissingPeer = { readonly state: 'missing'; readonly name: PeerName; readonly why: string }
export type Peer = ReadyPeer | MissingPeer

/** `bin` is an absolute path: an executable, or a jar for the Java libraries. */
export function findPeer(name: PeerName): Peer {
  const root = defaultRoot()
  const ledger = readLedger(root)
  if (ledger === undefined) return { state: 'missing', name, why: 'never installed: run `node tools/peers/install.ts`' }
  const record = ledger.find((one) => one.name === name)
  if (record === undefined) return { state: 'missing', name, why: 'not in peers.json: run `node tools/peers/install.ts` again' }
  if (record.state === 'missing') return { state: 'missing', name, why: record.why }
  return { state: 'ready', name, version: record.version, bin: resolve(root, record.bin) }
}

/** The class path of all Java peers, for `java -cp`. */
export function javaClassPath(): string {
  return resolve(defaultRoot(), 'java/*')
}
