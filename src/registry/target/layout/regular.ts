/**
 * Opening only what is a file of the layout itself. A symbolic link in its place could point anywhere, so it is refused,
 * not followed (ggcr#2306).
 */
import { type BigIntStats, constants } from 'node:fs'
import { type FileHandle, lstat, open } from 'node:fs/promises'
import { Failure } from '../../../kit/failure.ts'
import { systemCode } from './trouble.ts'

// One read: large enough that hashing, not system calls, is what takes the time; small enough to keep several in flight.
const READ_BYTES = 128 * 1024
// O_NOFOLLOW is not there on Windows.
const READ_FLAGS = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0)
// Another process may put the same blob in place in the meantime; more often than this nobody does by accident.
const MOST_TRIES = 5

/** Undefined when there is nothing. @param what how messages call it @throws Failure CONTENT_INVALID */
export async function regularFile(file: string, what: string): Promise<BigIntStats | undefined> {
  const stats = await look(file)
  if (!stats || stats.isFile()) return stats
  throw notReal(what, stats.isSymbolicLink())
}

/** False when there is nothing. @throws Failure CONTENT_INVALID */
export async function realDirectory(folder: string): Promise<boolean> {
  const stats = await look(folder)
  if (stats && !stats.isDirectory()) throw notReal(folder, stats.isSymbolicLink())
  return stats !== undefined
}

/** Undefined when there is nothing. The opened file is the one that was looked at. @throws Failure CONTENT_INVALID */
export async function openRegular(file: string, what: string): Promise<FileHandle | undefined> {
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const before = await regularFile(file, what)
    if (!before) return undefined
    const handle = await open(file, READ_FLAGS)
    const opened = await handle.stat({ bigint: true })
    if (opened.isFile() && opened.ino === before.ino && opened.dev === before.dev) return handle
    await handle.close()
  }
  throw new Failure('CONTENT_INVALID', `${what} is replaced again and again while it is opened`)
}

async function look(path: string): Promise<BigIntStats | undefined> {
  try {
    return await lstat(path, { bigint: true })
  } catch (error) {
    if (systemCode(error) === 'ENOENT' || systemCode(error) === 'ENOTDIR') return undefined
    throw error
  }
}

function notReal(what: string, isLink: boolean): Failure {
  return new Failure('CONTENT_INVALID', `${what} is not a real file or directory of the layout`, {
    cause: isLink ? 'it is a symbolic link, which could point at anything' : 'something else has its name',
    hint: 'Copy the layout with real files (for example cp -rL), then try again.',
  })
}

/** Reads and closes. @param from offset of the first byte @param to offset of the last byte */
export async function* chunksOf(handle: FileHandle, from = 0, to = Number.MAX_SAFE_INTEGER): AsyncIterable<Uint8Array> {
  try {
    let at = from
    while (at <= to) {
      const buffer = Buffer.allocUnsafe(Math.min(READ_BYTES, to - at + 1))
      const { bytesRead } = await handle.read(buffer, 0, buffer.length, at)
      if (bytesRead === 0) return
      at += bytesRead
      yield buffer.subarray(0, bytesRead)
    }
  } finally {
    await handle.close()
  }
}
