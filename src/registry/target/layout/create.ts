/** Whether a directory is an OCI layout, and making it one. OCI image-spec v1.1, image-layout.md. */
import { open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Call } from '../../../kit/call.ts'
import { Failure } from '../../../kit/failure.ts'
import { isObject, parseStrictJson } from '../../../kit/json.ts'
import { makeDirectories } from './directories.ts'
import { makeBelow, renameDurably, syncDirectory, writeAll } from './durable.ts'
import { EMPTY_INDEX, printIndex } from './entries.ts'
import { type Incoming, ownedName, sweep } from './incoming.ts'
import { acquireLock } from './lock.ts'
import { fileTrouble, systemCode } from './trouble.ts'

export const MARK = 'oci-layout'
export const MARK_TEXT = '{"imageLayoutVersion":"1.0.0"}'
// Stands beside the layout while it is prepared, so it is the same file system.
const PREPARED = '.ferry-new-'

// What the root of a fresh volume (ext4) has in it.
const LOST_AND_FOUND = 'lost+found'

/**
 * False for what surely holds no image: a directory that does not exist, is empty, or is being made a layout.
 * @throws Failure when the directory has something else in it, or is a layout of a version that is not known
 */
export async function isLayout(directory: string): Promise<boolean> {
  try {
    checkMark(await readFile(join(directory, MARK)), `oci:${directory}`)
    return true
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw fileTrouble(error, `cannot read oci:${directory}`)
  }
  const names = await namesIn(directory)
  if (names === undefined || names.length === 0 || names.includes('.ferry')) return false
  // It may have become one since its mark was not found.
  if (names.includes(MARK)) return isLayout(directory)
  throw notLayout(directory)
}

/** Undefined when it does not exist. */
async function namesIn(directory: string): Promise<string[] | undefined> {
  try {
    return (await readdir(directory)).filter((name) => name !== LOST_AND_FOUND)
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined
    throw fileTrouble(error, `cannot read oci:${directory}`)
  }
}

function notLayout(directory: string): Failure {
  return new Failure('FILE_UNREADABLE', `${directory} is not an OCI image layout`, {
    cause: `it has no file ${MARK}`,
    hint: 'Name the directory of a layout (it has the files oci-layout and index.json), or a new one to write to.',
    facts: { directory },
  })
}

/** @param where how messages call the layout @throws Failure UNSUPPORTED */
export function checkMark(bytes: Uint8Array, where: string): void {
  const mark = parseStrictJson(bytes, `${MARK} of ${where}`)
  const version = isObject(mark) ? mark['imageLayoutVersion'] : undefined
  if (version === '1.0.0') return
  throw new Failure('UNSUPPORTED', `${where} is a layout of a version that is not known`, {
    cause: `imageLayoutVersion is ${JSON.stringify(version)?.slice(0, 40) ?? 'missing'}; 1.0.0 is known`,
  })
}

/**
 * Makes the directory a layout unless it is one. A directory that was not there appears whole, by one rename; in one that
 * was there and is empty the mark is written last, under the lock.
 */
export async function createLayout(directory: string, incoming: Incoming, call: Call): Promise<void> {
  try {
    const names = await namesIn(directory)
    if (names === undefined) await createWhole(directory)
    else if (names.length > 0 && !names.includes('.ferry') && !names.includes(MARK)) throw notLayout(directory)
    if (await hasMark(directory)) return
    const lock = await acquireLock(directory, call)
    try {
      if (!(await hasMark(directory))) await fill(directory, incoming)
    } finally {
      await lock.release()
    }
  } catch (error) {
    throw fileTrouble(error, `cannot create oci:${directory}`)
  }
}

async function hasMark(directory: string): Promise<boolean> {
  try {
    await stat(join(directory, MARK))
    return true
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return false
    throw error
  }
}

async function createWhole(directory: string): Promise<void> {
  const parent = dirname(directory)
  await makeDirectories(parent)
  await sweep(parent, PREPARED)
  const prepared = join(parent, `${PREPARED}${ownedName()}`)
  try {
    await makeDirectories(join(prepared, 'blobs', 'sha256'))
    await makeDirectories(join(prepared, '.ferry', 'lock'))
    await writeFile(join(prepared, '.ferry', 'lock', 'free'), '')
    await writeSynced(join(prepared, 'index.json'), printIndex(EMPTY_INDEX))
    await writeSynced(join(prepared, MARK), MARK_TEXT)
    await syncDirectory(prepared)
    await renameDurably(prepared, directory, parent)
  } catch (error) {
    await rm(prepared, { recursive: true, force: true })
    // Somebody else made it first, or put an empty mount there: the caller looks again.
    if (!['ENOTEMPTY', 'EEXIST', 'EBUSY'].includes(systemCode(error))) throw error
  }
}

async function fill(directory: string, incoming: Incoming): Promise<void> {
  await makeBelow(directory, 'blobs', 'sha256')
  const put = async (name: string, text: string): Promise<void> => {
    const file = await incoming.path()
    try {
      await writeSynced(file, text)
      await rename(file, join(directory, name))
    } catch (error) {
      await rm(file, { force: true })
      throw error
    }
  }
  const names = await readdir(directory)
  if (!names.includes('index.json')) await put('index.json', printIndex(EMPTY_INDEX))
  await put(MARK, MARK_TEXT)
  await syncDirectory(directory)
}

async function writeSynced(file: string, text: string): Promise<void> {
  const handle = await open(file, 'wx', 0o644)
  try {
    await writeAll(handle, Buffer.from(text))
    await handle.sync()
  } finally {
    await handle.close()
  }
}
