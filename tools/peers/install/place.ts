/** Where everything of the peers lives. Nothing outside this folder is written. */

import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'

export type Place = {
  readonly root: string
  /** One executable per peer, by its name. */
  readonly bin: string
  /** The class path of the Java peers. */
  readonly java: string
  /** Configuration that wrappers hand to their program. */
  readonly etc: string
  /** Unpacked packages, one folder per peer. */
  readonly trees: string
  readonly stamps: string
  /** HOME of every child. */
  readonly home: string
  /** Half-made things; emptied at the end. */
  readonly work: string
  /** GOPATH and GOCACHE. */
  readonly go: string
}

export function defaultRoot(): string {
  return resolve(process.env.FERRY_PEERS_DIR || join(import.meta.dirname, '../../../.cache/peers'))
}

function placeAt(root: string): Place {
  const at = (name: string): string => join(root, name)
  return {
    root,
    bin: at('bin'),
    java: at('java'),
    etc: at('etc'),
    trees: at('trees'),
    stamps: at('stamps'),
    home: at('home'),
    work: at('work'),
    go: at('go'),
  }
}

export function makePlace(root: string): Place {
  const place = placeAt(root)
  for (const folder of Object.values(place)) mkdirSync(folder, { recursive: true })
  return place
}
