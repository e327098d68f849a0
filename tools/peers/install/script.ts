/** Peers that are scripts of ours: bin/<name> is a copy. */

import { chmodSync, copyFileSync } from 'node:fs'
import { join } from 'node:path'
import type { PinOf, ScriptSource } from '../pin.ts'
import { type Made, ready } from './made.ts'
import type { Place } from './place.ts'
import { scriptFile } from './sources.ts'

export async function makeScriptPeers(pins: readonly PinOf<ScriptSource>[], place: Place): Promise<Made[]> {
  return pins.map((pin) => {
    const target = join(place.bin, pin.name)
    copyFileSync(scriptFile(pin.source.file), target)
    chmodSync(target, 0o755)
    return ready(pin, join('bin', pin.name))
  })
}
