/** From what was collected to a new archive in the place of the old one. When another process was first, its archive is what is added to. */
import { rm } from 'node:fs/promises'
import { type Call, throwIfStopped } from '../../../kit/call.ts'
import { Failure } from '../../../kit/failure.ts'
import { EMPTY_INDEX, type LayoutIndex } from '../layout/entries.ts'
import { fileTrouble } from '../layout/trouble.ts'
import { mergeIndexes } from './merge.ts'
import { putInPlace } from './place.ts'
import { type ReadArchive, readArchive } from './read-archive.ts'
import { beside, type Stage } from './stage.ts'
import { keyOf } from './tar-file.ts'
import { type Contents, writeArchive } from './write-archive.ts'

/** How often the tar is made again because another process finished its own in the meantime. */
const MOST_TRIES = 100

/** @param base what the stage lies over @throws Failure; the file is then what it was */
export async function finishArchive(file: string, name: string, stage: Stage, base: ReadArchive | undefined, call: Call): Promise<void> {
  const ours = await stage.index()
  const added = await stage.added()
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    throwIfStopped(call)
    const current = (await keyOf(file)) === base?.tar.key ? base : await readArchive(file, name, call)
    try {
      const same = current === base
      const kept = [current, base].flatMap((archive) => archive ?? [])
      const index = mergeIndexes(base?.layout ?? EMPTY_INDEX, ours, same ? (base?.layout ?? EMPTY_INDEX) : indexOf(current), name)
      // Somebody else may need again what was removed here.
      if (await replaced(file, { index, added, kept, without: same ? stage.removed : new Set() }, current?.tar.key, name, call)) return
    } finally {
      if (current !== base) await current?.tar.close()
    }
  }
  throw new Failure('LAYOUT_BUSY', `${name} is changed again and again by other processes`, { hint: 'Wait for them and run the same command again.' })
}

function indexOf(archive: ReadArchive | undefined): LayoutIndex {
  return archive?.layout ?? { ...EMPTY_INDEX }
}

async function replaced(file: string, contents: Contents, seen: string | undefined, name: string, call: Call): Promise<boolean> {
  const written = beside(file)
  try {
    await writeArchive(written, contents, name, call)
    throwIfStopped(call)
    return await putInPlace(written, file, seen, call)
  } catch (error) {
    throw fileTrouble(error, `cannot write ${name}`)
  } finally {
    await rm(written, { force: true })
  }
}
