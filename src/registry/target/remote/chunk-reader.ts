/** A body in pieces of a wanted size, of which the last one stays in memory so that it, or its end, can be sent again without asking the source again. */
import type { Body } from '../target.ts'

export interface ChunkReader {
  /** Bytes from an offset; shorter than wanted only at the end. Going on where the last piece ended costs nothing. */
  read(at: number, length: number): Promise<Uint8Array>
  /** Lets go of the source. */
  close(): Promise<void>
}

export function createChunkReader(body: Body): ChunkReader {
  let source: AsyncIterator<Uint8Array> | undefined
  /** Offset of the first byte of `rest`, which was read and not yet handed out. */
  let position = 0
  let rest: Uint8Array = new Uint8Array()
  let held: { readonly from: number; readonly bytes: Uint8Array } = { from: 0, bytes: new Uint8Array() }

  const close = async (): Promise<void> => {
    await source?.return?.()
    source = undefined
    rest = new Uint8Array()
  }
  return {
    async read(at, length) {
      const again = at >= held.from && at <= held.from + held.bytes.length ? held.bytes.subarray(at - held.from) : new Uint8Array()
      const pieces = [again.subarray(0, length)]
      let have = pieces[0]?.length ?? 0
      // More was read before than is wanted now: the source is read from here once more when that is used up.
      if (source !== undefined && position !== at + again.length) await close()
      while (have < length) {
        if (rest.length === 0) {
          if (source === undefined) {
            position = at + have
            source = body.open(position)[Symbol.asyncIterator]()
          }
          const next = await source.next()
          if (next.done === true) break
          rest = next.value
          continue
        }
        const piece = rest.subarray(0, length - have)
        pieces.push(piece)
        have += piece.length
        position += piece.length
        rest = rest.subarray(piece.length)
      }
      held = { from: at, bytes: pieces.length === 1 && pieces[0] ? pieces[0] : Buffer.concat(pieces, have) }
      return held.bytes
    },
    close,
  }
}
