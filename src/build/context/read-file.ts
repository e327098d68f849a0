/**
 * Reading one file of a context, exactly as long as it said it is. It is opened without following a link and must still lie
 * where it was found: whoever swaps a directory for a link while we build gets a Failure, not a foreign file in the image.
 */
import { constants } from 'node:fs'
import { type FileHandle, open, readlink } from 'node:fs/promises'
import { join } from 'node:path'
import { type Call, throwIfStopped } from '../../kit/call.ts'
import { Failure } from '../../kit/failure.ts'
import { printable } from '../../kit/printable.ts'
import { type Context, unreadable } from './context.ts'

export interface OpenFile {
  readonly size: number
  readonly executable: boolean
  /** The bytes, once. The handle is closed at the end, whatever the end is. */
  chunks(call: Call): AsyncGenerator<Buffer>
  close(): Promise<void>
}

/** Bytes read at once: large enough for few calls, small enough to keep memory flat. */
const CHUNK = 256 * 1024
// O_NONBLOCK: opening a pipe that took the place of a file must not wait for a writer.
const FLAGS = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK

/** @throws Failure FILE_UNREADABLE, CONTEXT_CHANGED */
export async function openFile(context: Context, path: string): Promise<OpenFile> {
  const place = join(context.root, path)
  const handle = await open(place, FLAGS).catch((error: unknown) => {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === 'ENOENT' || code === 'ELOOP' || code === 'ENOTDIR' || code === 'ENXIO') throw changed(path, 'it is not the file any more that was found')
    throw unreadable(printable(path), error)
  })
  try {
    const before = await handle.stat()
    if (!before.isFile() || !(await isAt(handle, place))) throw changed(path, 'it is not the file any more that was found')
    return {
      size: before.size,
      executable: (before.mode & constants.S_IXUSR) !== 0,
      close: () => handle.close(),
      async *chunks(call) {
        try {
          let read = 0
          // One byte more than promised is asked for, to notice a file that grew.
          for (let end = false; !end; ) {
            throwIfStopped(call)
            const chunk = Buffer.allocUnsafe(Math.min(CHUNK, before.size - read + 1))
            const { bytesRead } = await handle.read(chunk, 0, chunk.length, read).catch((error: unknown) => {
              throw unreadable(printable(path), error)
            })
            read += bytesRead
            if (read > before.size) throw changed(path, `it grew beyond ${before.size} bytes while it was read`)
            end = bytesRead === 0
            if (!end) yield chunk.subarray(0, bytesRead)
          }
          if (read < before.size) throw changed(path, `it shrank from ${before.size} to ${read} bytes while it was read`)
          const after = await handle.stat()
          if (after.mtimeMs !== before.mtimeMs || after.size !== before.size) throw changed(path, 'it was written to while it was read')
        } finally {
          await handle.close()
        }
      },
    }
  } catch (error) {
    await handle.close()
    throw error
  }
}

/** Whether what is open lies at this path, as the kernel sees it. Only Linux tells. */
async function isAt(handle: FileHandle, place: string): Promise<boolean> {
  try {
    return (await readlink(`/proc/self/fd/${handle.fd}`)) === place
  } catch {
    return true
  }
}

function changed(path: string, why: string): Failure {
  return new Failure('CONTEXT_CHANGED', `${printable(path)} changed during the build`, {
    cause: why,
    hint: 'Let whatever writes into the context finish first, or name the file in .ferryignore; then build again.',
  })
}
