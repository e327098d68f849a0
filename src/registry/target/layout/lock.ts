/**
 * One writer of index.json at a time, across processes and machines that share the directory.
 * The lock is a baton: exactly one file in `.ferry/lock/`, named `free.OWNER.TOKEN` or `held.OWNER.TOKEN`. Taking it is one
 * rename; taking it from a process that ended is one rename of exactly that holder's file, so two finders of a stale lock
 * cannot both win (with a lock file that is removed and created anew they can). Creating it is one rename of a directory,
 * which fails when somebody else was first. The holder makes sure that it still has the baton right before it writes.
 */
import { access, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Call, pause } from '../../../kit/call.ts'
import { Failure } from '../../../kit/failure.ts'
import { makeBelow } from './durable.ts'
import { ownedName } from './incoming.ts'
import { isGone, isNear, type Owner, parseOwner } from './owner.ts'
import { systemCode } from './trouble.ts'

/** A holder keeps the lock for milliseconds. One that cannot be seen from here and kept it this long has ended. */
const FOREIGN_PATIENCE_MS = 20_000
/** Longer than FOREIGN_PATIENCE_MS, so that a machine that died is waited out. */
const LOCK_PATIENCE_MS = 30_000
const LONGEST_PAUSE_MS = 25

export interface Lock {
  /** Unlike those of all other times anybody held the lock. */
  readonly token: string
  /** The token of who held it before; empty for the first. */
  readonly previous: string
  /** False when another process took the lock for stale (this one slept too long): nothing may be written then. */
  held(): Promise<boolean>
  release(): Promise<void>
}

/**
 * @param directory of the layout; must exist
 * @throws Failure LAYOUT_BUSY after `patience` milliseconds
 */
export async function acquireLock(directory: string, call: Call, patience = LOCK_PATIENCE_MS): Promise<Lock> {
  const place = join(directory, '.ferry', 'lock')
  const token = ownedName()
  const mine = join(place, `held.${token}`)
  const since = performance.now()
  let watched = { baton: '', since }
  for (let attempt = 0; ; attempt += 1) {
    const baton = await batonIn(place)
    if (baton === undefined) await createBaton(directory, place)
    else if (watched.baton !== baton) watched = { baton, since: performance.now() }
    if (baton !== undefined && mayTake(baton, performance.now() - watched.since) && (await renamed(join(place, baton), mine))) {
      return lockOf(place, token, baton.replace(/^[a-z]+\.?/, ''))
    }
    if (performance.now() - since > patience) throw busy(directory, place, baton)
    if (baton?.startsWith('held.')) await pause(Math.min(LONGEST_PAUSE_MS, 1 + attempt) * (0.5 + Math.random()), call)
  }
}

async function batonIn(place: string): Promise<string | undefined> {
  try {
    return (await readdir(place)).find((name) => name.startsWith('free') || name.startsWith('held.'))
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined
    throw error
  }
}

/** @param watched milliseconds for which this very baton was seen in the same hand */
function mayTake(baton: string, watched: number): boolean {
  if (baton.startsWith('free')) return true
  const owner = holderOf(baton)
  return owner && isNear(owner) ? isGone(owner) : watched > FOREIGN_PATIENCE_MS
}

function holderOf(baton: string | undefined): Owner | undefined {
  return parseOwner(baton?.split('.')[1] ?? '')
}

async function renamed(from: string, to: string): Promise<boolean> {
  try {
    await rename(from, to)
    return true
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return false
    throw error
  }
}

function lockOf(place: string, token: string, previous: string): Lock {
  const mine = join(place, `held.${token}`)
  return {
    token,
    previous,
    async held() {
      return access(mine).then(
        () => true,
        () => false,
      )
    },
    async release() {
      await renamed(mine, join(place, `free.${token}`))
    },
  }
}

/** Puts a free baton in place unless there is one: renaming a directory onto one that is not empty fails. */
async function createBaton(directory: string, place: string): Promise<void> {
  const prepared = join(await makeBelow(directory, '.ferry', 'incoming'), ownedName())
  await mkdir(prepared)
  try {
    await writeFile(join(prepared, 'free'), '')
    await rename(prepared, place)
  } catch (error) {
    await rm(prepared, { recursive: true, force: true })
    if (!['ENOTEMPTY', 'EEXIST'].includes(systemCode(error))) throw error
  }
}

function busy(directory: string, place: string, baton: string | undefined): Failure {
  const owner = holderOf(baton)
  return new Failure('LAYOUT_BUSY', `another process keeps oci:${directory} locked`, {
    cause:
      owner && isNear(owner) ? `process ${owner.pid} on this machine holds the lock` : 'a process on another machine or in another container holds the lock',
    hint: `Wait for it and run the same command again. If it surely ended, remove the directory ${place}.`,
    facts: { directory, ...(owner ? { pid: owner.pid } : {}) },
  })
}
