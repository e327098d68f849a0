/** Small sh scripts that start a peer the way it has to be started here. */

import { writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import type { Place } from './place.ts'

/** A word of the command: as it is, a path under the peers' folder, or several of those with colons between. */
export type Word = string | { readonly at: string } | { readonly paths: readonly string[] }

/** Writes bin/<name>, which execs the words with its own arguments behind them. Paths are found from where the script lies. */
export function writeWrapper(place: Place, name: string, words: readonly Word[]): string {
  const found = (path: string): string => `"$peers"${quote(`/${relative(place.root, path)}`)}`
  const text = words.map((word) => {
    if (typeof word === 'string') return quote(word)
    return 'at' in word ? found(word.at) : word.paths.map(found).join(':')
  })
  const script = `#!/bin/sh\npeers=\${0%/*}/..\nexec ${text.join(' ')} "$@"\n`
  writeFileSync(join(place.bin, name), script, { mode: 0o755 })
  return join('bin', name)
}

function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}
