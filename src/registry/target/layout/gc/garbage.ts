/** Files of a layout as the collector sees them: blobs with their age, and what ended processes left. */
import { lstat, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { type Digest, isDigest } from '../../../oci/digest.ts'
import { leftoversIn } from '../incoming.ts'

/** A file that may go. */
export interface Garbage {
  /** From the layout's directory: `blobs/sha256/…`. */
  readonly path: string
  readonly digest?: Digest
  readonly bytes: number
  /** Milliseconds since 1970: when it was last written, or asked for by somebody who wanted to push it. */
  readonly touched: number
  readonly why: string
}

interface Found {
  readonly digest: Digest
  readonly path: string
  readonly bytes: number
  readonly touched: number
}

export function isOld(touched: number, age: number): boolean {
  return Date.now() - touched > age
}

export async function blobsIn(directory: string): Promise<{ found: Found[]; strange: number }> {
  const found: Found[] = []
  let strange = 0
  for (const algorithm of await readdir(join(directory, 'blobs'))) {
    const names = await readdir(join(directory, 'blobs', algorithm)).catch(() => [])
    for (const hex of names) {
      const digest = `${algorithm}:${hex}`
      const path = `blobs/${algorithm}/${hex}`
      const stats = isDigest(digest) ? await lstat(join(directory, path)).catch(() => undefined) : undefined
      if (isDigest(digest) && stats?.isFile() === true) found.push({ digest, path, bytes: stats.size, touched: Math.max(stats.mtimeMs, stats.ctimeMs) })
      else strange += 1
    }
  }
  return { found: found.toSorted((left, right) => (left.digest < right.digest ? -1 : 1)), strange }
}

/** What ended processes were writing. */
export async function leftovers(directory: string): Promise<Garbage[]> {
  const found: Garbage[] = []
  for (const name of await leftoversIn(join(directory, '.ferry', 'incoming')).catch(() => [])) {
    const stats = await lstat(join(directory, '.ferry', 'incoming', name)).catch(() => undefined)
    if (stats) found.push({ path: `.ferry/incoming/${name}`, bytes: stats.size, touched: stats.mtimeMs, why: 'left by a process that ended' })
  }
  return found
}
