/** Keeps the folder small: what only served the making goes. */

import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { run } from './child.ts'
import { childEnvironment } from './environment.ts'
import type { Place } from './place.ts'

/**
 * Go's sources and compiled packages make the next change of a pin quick, so they stay while they are modest. The
 * sources go first: they come back in seconds, compiled packages do not.
 */
const modest = 3 * 1024 ** 2

export async function trim(place: Place): Promise<void> {
  rmSync(place.work, { recursive: true, force: true })
  for (const folder of ['pkg', 'cache']) {
    if ((await kilobytes(place)) <= modest) return
    rmSync(join(place.go, folder), { recursive: true, force: true })
  }
}

async function kilobytes(place: Place): Promise<number> {
  const { stdout } = await run('du', ['-sk', place.go], { env: childEnvironment(place), seconds: 60 })
  return Number.parseInt(stdout, 10)
}
