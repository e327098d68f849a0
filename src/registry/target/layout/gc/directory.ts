/** A directory that is one layout, or one of `registry serve` with many: which layouts there are, and uploads that nobody goes on with. */
import { lstat, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Failure } from '../../../../kit/failure.ts'
import { MARK } from '../create.ts'
import { fileTrouble } from '../trouble.ts'
import { type Garbage, isOld } from './garbage.ts'

/** @throws Failure FILE_UNREADABLE when there is none */
export async function layoutsIn(directory: string): Promise<string[]> {
  try {
    if (await isMarked(directory)) return [directory]
    const names = (await readdir(directory, { withFileTypes: true })).filter((entry) => entry.isDirectory()).map((entry) => entry.name)
    const found: string[] = []
    for (const name of names.toSorted()) if (await isMarked(join(directory, name))) found.push(join(directory, name))
    if (found.length > 0) return found
  } catch (error) {
    throw fileTrouble(error, `cannot look into ${directory}`)
  }
  throw new Failure('FILE_UNREADABLE', `there is no OCI layout in ${directory}`, {
    hint: 'Name the directory of a layout (it has a file oci-layout), or the one that ferry registry serve is started with.',
  })
}

async function isMarked(directory: string): Promise<boolean> {
  return stat(join(directory, MARK)).then(
    (stats) => stats.isFile(),
    () => false,
  )
}

/** Uploads to `registry serve` that nobody has written to for so many milliseconds. */
export async function staleUploads(directory: string, age: number): Promise<Garbage[]> {
  const found: Garbage[] = []
  for (const repository of await namesIn(join(directory, '.ferry', 'uploads'))) {
    for (const id of await namesIn(join(directory, '.ferry', 'uploads', repository))) {
      const path = `.ferry/uploads/${repository}/${id}`
      const stats = await lstat(join(directory, path)).catch(() => undefined)
      if (stats?.isFile() === true && isOld(stats.mtimeMs, age))
        found.push({ path, bytes: stats.size, touched: stats.mtimeMs, why: 'an upload that nobody goes on with' })
    }
  }
  return found
}

async function namesIn(directory: string): Promise<string[]> {
  return readdir(directory).catch(() => [])
}

/** @returns those that were still left alone */
export async function removeUploads(directory: string, uploads: readonly Garbage[], age: number): Promise<Garbage[]> {
  const removed: Garbage[] = []
  for (const upload of uploads) {
    const stats = await lstat(join(directory, upload.path)).catch(() => undefined)
    if (!stats || !isOld(stats.mtimeMs, age)) continue
    await rm(join(directory, upload.path), { force: true })
    removed.push(upload)
  }
  return removed
}
