/**
 * A tar on disk, read from the middle without unpacking it: the table is made once, bytes come from their offsets. It stays open, so
 * what is read is what was there when it was opened, whatever gets its name meanwhile.
 */
import type { BigIntStats } from 'node:fs'
import { type FileHandle, open, stat } from 'node:fs/promises'
import { type Call, throwIfStopped } from '../../../kit/call.ts'
import { Failure } from '../../../kit/failure.ts'
import { fileTrouble, systemCode } from '../layout/trouble.ts'
import type { TarEntry } from './tar-entry.ts'
import { type TarTable, walkTar } from './tar-walk.ts'

const READ_BYTES = 128 * 1024

export interface TarFile {
  /** What tells this file from one that got its name later. */
  readonly key: string
  readonly table: TarTable
  /** @param from offset in the entry of the first byte @param to offset of the last */
  chunks(entry: TarEntry, from?: number, to?: number): AsyncIterable<Uint8Array>
  /** A whole entry. @throws Failure LIMIT_REACHED when it is larger than `most` bytes */
  bytes(entry: TarEntry, most: number): Promise<Uint8Array>
  close(): Promise<void>
}

/** Undefined when there is no such file. */
export async function keyOf(file: string): Promise<string | undefined> {
  try {
    return keyFrom(await stat(file, { bigint: true }))
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined
    throw error
  }
}

function keyFrom({ dev, ino, size, mtimeNs, ctimeNs }: BigIntStats): string {
  return [dev, ino, size, mtimeNs, ctimeNs].join(':')
}

/** @param name how messages call it @returns undefined when there is no such file @throws Failure */
export async function openTar(file: string, name: string, call: Call): Promise<TarFile | undefined> {
  let handle: FileHandle
  try {
    handle = await open(file, 'r')
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined
    throw fileTrouble(error, `cannot read ${name}`)
  }
  let plain = handle
  try {
    const stats = await handle.stat({ bigint: true })
    if (!stats.isFile()) {
      throw new Failure('FILE_UNREADABLE', `${name} is not a file`, { hint: 'Name a tar; a layout in a directory is written oci:DIRECTORY:tag.' })
    }
    const [first, second] = await pieceOf(handle, 0, 2, name).catch(() => new Uint8Array())
    if (first === 0x1f && second === 0x8b) {
      const { inflated } = await import('./inflate.ts')
      plain = await inflated(handle, name, call)
      await handle.close()
    }
    const { size } = await plain.stat()
    const table = await tableOf(plain, size, name, call)
    return tarFile(plain, table, keyFrom(stats), name)
  } catch (error) {
    await handle.close().catch(() => undefined)
    if (plain !== handle) await plain.close()
    throw fileTrouble(error, `cannot read ${name}`)
  }
}

async function tableOf(handle: FileHandle, size: number, name: string, call: Call): Promise<TarTable> {
  const walk = walkTar(size, name)
  let step = walk.next()
  while (step.done !== true) {
    throwIfStopped(call)
    step = walk.next(await pieceOf(handle, step.value.at, step.value.length, name))
  }
  return step.value
}

function tarFile(handle: FileHandle, table: TarTable, key: string, name: string): TarFile {
  const tar: TarFile = {
    key,
    table,
    async *chunks({ offset, size }, from = 0, to = size - 1) {
      const end = offset + Math.min(size, to + 1)
      for (let at = offset + from; at < end; ) {
        const chunk = await pieceOf(handle, at, Math.min(READ_BYTES, end - at), name)
        at += chunk.length
        yield chunk
      }
    },
    async bytes(entry, most) {
      if (entry.size > most) throw new Failure('LIMIT_REACHED', `${entry.name} in ${name} has ${entry.size} bytes; at most ${most} are read`)
      return pieceOf(handle, entry.offset, entry.size, name)
    },
    close: () => handle.close(),
  }
  return tar
}

/** Exactly so many bytes. @throws Failure CONTENT_INVALID when the file ends before */
async function pieceOf(handle: FileHandle, at: number, length: number, name: string): Promise<Uint8Array> {
  const buffer = Buffer.alloc(length)
  let done = 0
  while (done < length) {
    const { bytesRead } = await handle.read(buffer, done, length - done, at + done)
    if (bytesRead === 0) throw new Failure('CONTENT_INVALID', `${name} ends at byte ${at + done}, in the middle of an entry`)
    done += bytesRead
  }
  return buffer
}
