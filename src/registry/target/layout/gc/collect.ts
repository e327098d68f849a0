/**
 * Removing what a survey found, while others push. Each file is judged again under the lock of the layout. It is moved away first and looked at
 * once more: who relies on a blob touches it (blobs.touch), so either the touch finds it gone and it is pushed again, or it is seen here and it
 * comes back.
 */
import { lstat, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type Call, throwIfStopped } from '../../../../kit/call.ts'
import { Failure } from '../../../../kit/failure.ts'
import { makeBelow } from '../durable.ts'
import { ownedName } from '../incoming.ts'
import { acquireLock, type Lock } from '../lock.ts'
import { openStore } from '../store.ts'
import { fileTrouble, systemCode } from '../trouble.ts'
import { type Garbage, isOld } from './garbage.ts'
import type { Survey } from './survey.ts'

/** Files that are removed under one lock, so that pushes do not wait long. */
const BATCH = 32

/** @returns what was removed @throws Failure; what was removed until then is gone, and the layout is whole */
export async function collectLayout(survey: Survey, age: number, call: Call): Promise<Garbage[]> {
  const { directory, name } = survey
  const removed: Garbage[] = []
  if (survey.refused) return removed
  try {
    await makeBelow(directory, '.ferry', 'incoming')
    for (let at = 0; at < survey.garbage.length; at += BATCH) {
      throwIfStopped(call)
      const lock = await acquireLock(directory, call)
      try {
        // Read anew each time: time stamps are too coarse to tell that nobody was in between.
        const index = await openStore(directory, { create: false }).index()
        if (!index) throw new Failure('CONTENT_MISSING', `${name} went away while it was collected`)
        const needed = await survey.reach.from(index, survey.present, call)
        for (const one of survey.garbage.slice(at, at + BATCH)) {
          throwIfStopped(call)
          if (one.digest !== undefined && needed.has(one.digest)) continue
          if (await removeOne(directory, one, age, lock)) removed.push(one)
        }
      } finally {
        await lock.release()
      }
    }
    return removed
  } catch (error) {
    throw fileTrouble(error, `cannot collect ${name}`)
  }
}

async function removeOne(directory: string, { path, digest }: Garbage, age: number, lock: Lock): Promise<boolean> {
  const file = join(directory, path)
  const before = await timesOf(file)
  // Leftovers belong to nobody any more, whatever their age.
  if (before === undefined || (digest !== undefined && !isOld(Math.max(before.modified, before.changed), age))) return false
  if (!(await lock.held())) throw new Failure('LAYOUT_BUSY', `the lock of ${directory} was lost`, { hint: 'Run the same command again.' })
  const away = join(directory, '.ferry', 'incoming', ownedName())
  try {
    await rename(file, away)
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return false
    throw error
  }
  // The move itself changed ctime; a touch changes mtime.
  const after = await timesOf(away)
  if (digest !== undefined && after !== undefined && after.modified !== before.modified) {
    await rename(away, file)
    return false
  }
  await rm(away, { recursive: true, force: true })
  return true
}

async function timesOf(file: string): Promise<{ modified: number; changed: number } | undefined> {
  try {
    const { mtimeMs, ctimeMs } = await lstat(file)
    return { modified: mtimeMs, changed: ctimeMs }
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined
    throw error
  }
}
