/**
 * What is being added to an archive: a layout beside the file, `.ferry-FILE.OWNER.TOKEN`, that counts all of the archive as its own.
 * What a killed process left of it is removed by the next writer of the same archive.
 */
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { Digest } from '../../oci/digest.ts'
import { MARK, MARK_TEXT } from '../layout/create.ts'
import { makeDirectories } from '../layout/directories.ts'
import { makeBelow } from '../layout/durable.ts'
import { EMPTY_INDEX, type LayoutIndex, printIndex } from '../layout/entries.ts'
import { ownedName, sweep } from '../layout/incoming.ts'
import { type LayoutTarget, layoutOf } from '../layout/layout.ts'
import { parseOwner } from '../layout/owner.ts'
import { openStore } from '../layout/store.ts'
import { fileTrouble } from '../layout/trouble.ts'
import type { ReadArchive } from './read-archive.ts'

export interface Stage {
  readonly target: LayoutTarget
  /** Of the archive below: what is not to be in the next one. */
  readonly removed: ReadonlySet<Digest>
  index(): Promise<LayoutIndex>
  /** Paths of what was added, `blobs/sha256/…`, with the files that hold them. */
  added(): Promise<ReadonlyMap<string, string>>
  discard(): Promise<void>
}

/** A path beside the file that nobody else uses, and that tells whose it is. */
export function beside(file: string, end = ownedName()): string {
  return join(dirname(file), `${prefixOf(file)}${end}`)
}

function prefixOf(file: string): string {
  // A name has at most 255 bytes, and the rest needs about 60.
  return `.ferry-${basename(file).slice(0, 60)}.`
}

/** Whether a file or folder is only there while an archive is written. */
export function isStaged(name: string): boolean {
  return name.startsWith('.ferry-') && parseOwner(name.split('.').at(-2) ?? '') !== undefined
}

/** @param name how messages call the archive */
export async function openStage(file: string, name: string, base: ReadArchive | undefined): Promise<Stage> {
  const directory = beside(file)
  try {
    await makeDirectories(dirname(file))
    await sweep(dirname(file), prefixOf(file))
    await mkdir(directory)
    await makeBelow(directory, 'blobs', 'sha256')
    await writeFile(join(directory, 'index.json'), printIndex(base?.layout ?? EMPTY_INDEX))
    await writeFile(join(directory, MARK), MARK_TEXT)
  } catch (error) {
    await rm(directory, { recursive: true, force: true })
    throw fileTrouble(error, `cannot write to ${name}`)
  }
  const removed = new Set<Digest>()
  const store = openStore(directory, { name, ...(base ? { beneath: { blobs: base.blobs, removed } } : {}) })
  return {
    target: layoutOf(store),
    removed,
    index: async () => (await store.index()) ?? EMPTY_INDEX,
    async added() {
      const found = new Map<string, string>()
      for (const algorithm of await readdir(join(directory, 'blobs'))) {
        for (const hex of await readdir(join(directory, 'blobs', algorithm))) found.set(`blobs/${algorithm}/${hex}`, join(directory, 'blobs', algorithm, hex))
      }
      return found
    },
    discard: () => rm(directory, { recursive: true, force: true }),
  }
}
