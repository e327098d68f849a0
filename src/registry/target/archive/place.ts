/**
 * Putting a finished archive in its place, unless somebody else put one there since. The lock is held for the look and the rename only;
 * it is a directory beside the archive, and its last holder takes it away.
 */
import { mkdir, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Call } from '../../../kit/call.ts'
import { renameDurably } from '../layout/durable.ts'
import { acquireLock, type Lock } from '../layout/lock.ts'
import { systemCode } from '../layout/trouble.ts'
import { beside } from './stage.ts'
import { keyOf } from './tar-file.ts'

/**
 * @param seen the key of what `written` was made from; undefined: there was none
 * @returns false when something else is there now: nothing was done
 */
export async function putInPlace(written: string, file: string, seen: string | undefined, call: Call): Promise<boolean> {
  const place = beside(file, 'lock')
  const lock = await lockAt(place, call)
  try {
    if ((await keyOf(file)) !== seen || !(await lock.held())) return false
    await renameDurably(written, file, dirname(file))
    return true
  } finally {
    await takeAway(lock, place, file)
  }
}

/** The last holder may take the directory away at any moment: then it is made anew. */
async function lockAt(place: string, call: Call): Promise<Lock> {
  for (;;) {
    await mkdir(place).catch((error: unknown) => {
      if (systemCode(error) !== 'EEXIST') throw error
    })
    try {
      return await acquireLock(place, call)
    } catch (error) {
      if (systemCode(error) !== 'ENOENT') throw error
    }
  }
}

/** By one rename while it is ours, so that nobody can hold what is being removed. */
async function takeAway(lock: Lock, place: string, file: string): Promise<void> {
  if (!(await lock.held())) return
  const away = beside(file)
  try {
    await rename(place, away)
    await rm(away, { recursive: true, force: true })
  } catch {
    await lock.release()
  }
}
