/**
 * Files that are being written: `.ferry/incoming/OWNER.TOKEN`, outside of `blobs/`, so that nothing unproven is ever seen
 * there. What a killed process left behind is removed by the next writer.
 */
import { randomBytes } from 'node:crypto'
import { type FileHandle, open, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { makeBelow } from './durable.ts'
import { isGone, isNear, parseOwner, printOwner, thisProcess } from './owner.ts'
import { systemCode } from './trouble.ts'

// Files of processes that cannot be seen from here (another machine or container) are left alone for this long.
const FOREIGN_REST_MS = 24 * 60 * 60 * 1000

export interface Incoming {
  /** A path that nobody else uses. */
  path(): Promise<string>
  /** A new file there, open for writing. */
  create(): Promise<{ readonly path: string; readonly handle: FileHandle }>
}

/** A name that tells whose it is: `OWNER.TOKEN`. */
export function ownedName(): string {
  return `${printOwner(thisProcess())}.${randomBytes(8).toString('hex')}`
}

export function openIncoming(directory: string): Incoming {
  const place = join(directory, '.ferry', 'incoming')
  let ready: Promise<void> | undefined
  const prepare = async (): Promise<void> => {
    await sweep(await makeBelow(directory, '.ferry', 'incoming'))
  }
  const path = async (): Promise<string> => {
    ready ??= prepare()
    try {
      await ready
    } catch (error) {
      ready = undefined
      throw error
    }
    return join(place, ownedName())
  }
  return {
    path,
    async create() {
      const file = await path()
      try {
        return { path: file, handle: await open(file, 'wx', 0o600) }
      } catch (error) {
        if (systemCode(error) !== 'ENOENT') throw error
        ready = undefined
        const again = await path()
        return { path: again, handle: await open(again, 'wx', 0o600) }
      }
    },
  }
}

/** Removes what ended processes left in a directory of owned names; others stay. */
export async function sweep(place: string, prefix = ''): Promise<void> {
  for (const name of await leftoversIn(place, prefix)) await rm(join(place, name), { recursive: true, force: true })
}

/** Names in the directory of what ended processes left. */
export async function leftoversIn(place: string, prefix = ''): Promise<string[]> {
  const found: string[] = []
  for (const name of await readdir(place)) {
    if (!name.startsWith(prefix)) continue
    const owner = parseOwner(name.slice(prefix.length).split('.')[0] ?? '')
    if (owner && (isNear(owner) ? isGone(owner) : await isOld(join(place, name)))) found.push(name)
  }
  return found
}

async function isOld(file: string): Promise<boolean> {
  try {
    return Date.now() - (await stat(file)).mtimeMs > FOREIGN_REST_MS
  } catch {
    return false
  }
}
