/** A look at one layout: what nothing needs and is old enough to go. Changes nothing; collect.ts carries it out. */
import { type Call, throwIfStopped } from '../../../../kit/call.ts'
import { asFailure, Failure } from '../../../../kit/failure.ts'
import type { Digest } from '../../../oci/digest.ts'
import { type LayoutIndex, printIndex } from '../entries.ts'
import { type LayoutStore, openStore } from '../store.ts'
import { fileTrouble } from '../trouble.ts'
import { blobsIn, type Garbage, isOld, leftovers } from './garbage.ts'
import { createReach, type Reach } from './reach.ts'

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
