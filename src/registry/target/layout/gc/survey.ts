/** A look at one layout: what nothing needs and is old enough to go. Changes nothing; collect.ts carries it out. */
import { lstat, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { type Call, throwIfStopped } from '../../../../kit/call.ts'
import { asFailure, Failure } from '../../../../kit/failure.ts'
import { type Digest, isDigest } from '../../../oci/digest.ts'
import { type LayoutIndex, printIndex } from '../entries.ts'
import { leftoversIn } from '../incoming.ts'
import { type LayoutStore, openStore } from '../store.ts'
import { fileTrouble } from '../trouble.ts'
import { createReach, type Reach } from './reach.ts'

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

export interface Survey {
  readonly directory: string
  readonly name: string
  /** Blobs that are needed. */
  readonly needed: number
  /** Blobs that nothing needs and that are too young. */
  readonly young: number
  /** Files in blobs/ that are none, and therefore stay. */
  readonly strange: number
  readonly garbage: readonly Garbage[]
  /** Why nothing may go here. */
  readonly refused?: Failure
  readonly reach: Reach
  /** All blobs that were there. */
  readonly present: ReadonlySet<Digest>
}

interface Found {
  readonly digest: Digest
  readonly path: string
  readonly bytes: number
  readonly touched: number
}

/** How often a look is begun again because somebody changed the layout under it. */
const MOST_LOOKS = 20

/** @param age milliseconds that a file must have been left alone */
export async function surveyLayout(directory: string, age: number, call: Call): Promise<Survey> {
  const name = `oci:${directory}`
  const refusal = (refused: Failure): Survey => {
    const { blobs } = openStore(directory, { create: false })
    return { directory, name, reach: createReach(name, blobs), present: new Set(), needed: 0, young: 0, strange: 0, garbage: [], refused }
  }
  for (let looks = 1; ; looks += 1) {
    throwIfStopped(call)
    // Opened anew, since time stamps are too coarse to tell that nobody was in between.
    const store = openStore(directory, { create: false })
    let index: LayoutIndex | undefined
    try {
      index = await store.index()
      if (!index) throw new Failure('CONTENT_INVALID', `${name} is not a whole layout`, { hint: 'Nothing was removed there. Write to it, or remove it.' })
      return await lookAt(store, index, age, call)
    } catch (error) {
      const refused = asFailure(fileTrouble(error, `cannot look at ${name}`))
      if (call.signal.aborted) throw refused
      const now = await openStore(directory, { create: false })
        .index()
        .catch(() => undefined)
      const same = index === undefined || now === undefined || printIndex(index) === printIndex(now)
      if (same || looks === MOST_LOOKS) return refusal(refused)
    }
  }
}

async function lookAt({ directory, name, blobs }: LayoutStore, index: LayoutIndex, age: number, call: Call): Promise<Survey> {
  const reach = createReach(name, blobs)
  const { found, strange } = await blobsIn(directory)
  const present = new Set(found.map((blob) => blob.digest))
  const needed = await reach.from(index, present, call)
  const unused = found.filter((blob) => !needed.has(blob.digest))
  const old = unused.filter((blob) => isOld(blob.touched, age))
  const garbage = [...old.map((blob) => ({ ...blob, why: 'nothing names it' })), ...(await leftovers(directory))]
  return { directory, name, reach, present, needed: found.length - unused.length, young: unused.length - old.length, strange, garbage }
}

export function isOld(touched: number, age: number): boolean {
  return Date.now() - touched > age
}

async function blobsIn(directory: string): Promise<{ found: Found[]; strange: number }> {
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
async function leftovers(directory: string): Promise<Garbage[]> {
  const found: Garbage[] = []
  for (const name of await leftoversIn(join(directory, '.ferry', 'incoming')).catch(() => [])) {
    const stats = await lstat(join(directory, '.ferry', 'incoming', name)).catch(() => undefined)
    if (stats) found.push({ path: `.ferry/incoming/${name}`, bytes: stats.size, touched: stats.mtimeMs, why: 'left by a process that ended' })
  }
  return found
}
