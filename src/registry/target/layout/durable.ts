/** Writing that survives a power cut: data first, then its name, then the directory that holds the name. */
import { type FileHandle, mkdir, open, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { systemCode } from './trouble.ts'

// Some file systems (SMB, FUSE, Windows) cannot sync a directory; there the rename alone has to do.
const UNABLE = new Set(['EINVAL', 'EISDIR', 'EPERM', 'ENOTSUP', 'EBADF'])

export async function syncDirectory(directory: string): Promise<void> {
  try {
    const handle = await open(directory, 'r')
    try {
      await handle.sync()
    } finally {
      await handle.close()
    }
  } catch (error) {
    if (!UNABLE.has(systemCode(error))) throw error
  }
}

/**
 * Makes the directories below `base`, one in the other. `base` itself must be there: what somebody removed in the meantime
 * does not come back as a torso. @returns the innermost
 */
export async function makeBelow(base: string, ...names: readonly string[]): Promise<string> {
  let path = base
  for (const name of names) {
    path = join(path, name)
    await mkdir(path).catch((error: unknown) => {
      if (systemCode(error) !== 'EEXIST') throw error
    })
  }
  return path
}

export async function writeAll(handle: FileHandle, bytes: Uint8Array): Promise<void> {
  let done = 0
  while (done < bytes.length) done += (await handle.write(bytes, done, bytes.length - done)).bytesWritten
}

/** Gives a finished file its name. @param directory where `to` lies */
export async function renameDurably(from: string, to: string, directory: string): Promise<void> {
  await rename(from, to)
  await syncDirectory(directory)
}
