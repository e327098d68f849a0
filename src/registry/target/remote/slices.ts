/**
 * A body in parts that are sent one after the other. Nothing is gathered: a part is read from the source when it is sent, going on where
 * the last one ended; a part that was not read to its end makes the source be opened anew at the wanted offset.
 */
import type { Payload } from '../../http/request.ts'
import type { Body } from '../target.ts'

export interface Slices {
  slice(from: number, length: number): Payload
  /** Offset after the last byte that was handed out. The other side cannot have more. */
  readonly handedOut: number
  /** Lets go of the source. */
  close(): void
}

const NOTHING = new Uint8Array()

export function createSlices(body: Body): Slices {
  let source: AsyncIterator<Uint8Array> | undefined
  let position = 0
  let handedOut = 0
  let rest: Uint8Array = NOTHING
  /** Which opening reads the source now: one that was left in the middle must not take bytes from the next. */
  let turn = 0
  let reading = false

  const drop = (): void => {
    // Whoever was in the middle of it has its error already.
    source?.return?.().catch(() => {})
    source = undefined
    rest = NOTHING
  }

  async function* read(from: number, length: number): AsyncIterable<Uint8Array> {
    turn += 1
    const mine = turn
    if (reading || position !== from) drop()
    reading = true
    if (!source) {
      position = from
      source = body.open(from)[Symbol.asyncIterator]()
    }
    const current = source
    for (let left = length; left > 0; ) {
      if (rest.length === 0) {
        const next = await current.next()
        if (mine !== turn || next.done === true) return
        rest = next.value
        continue
      }
      const piece = rest.subarray(0, left)
      rest = rest.subarray(piece.length)
      left -= piece.length
      position += piece.length
      handedOut = Math.max(handedOut, position)
      yield piece
      if (mine !== turn) return
    }
    reading = false
  }

  return {
    slice: (from, length) => ({ size: length, open: () => read(from, length) }),
    get handedOut() {
      return handedOut
    },
    close: drop,
  }
}
