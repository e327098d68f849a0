/** How fast bytes come when they are waited for; what is done with them in between does not count. */

export interface Pace {
  readonly bytes: number
  /** Bytes per second. */
  readonly rate: number
  /** The same chunks, measured. */
  watch(chunks: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array>
  /** Waits for one piece, measured. */
  wait(piece: Promise<Uint8Array[] | undefined>): Promise<Uint8Array[] | undefined>
}

export function createPace(): Pace {
  let bytes = 0
  let waited = 0
  return {
    get bytes() {
      return bytes
    },
    get rate() {
      return waited === 0 ? Number.POSITIVE_INFINITY : (bytes * 1000) / waited
    },
    async *watch(chunks) {
      let since = performance.now()
      for await (const chunk of chunks) {
        waited += performance.now() - since
        bytes += chunk.length
        yield chunk
        since = performance.now()
      }
    },
    async wait(piece) {
      const since = performance.now()
      const chunks = await piece
      waited += performance.now() - since
      for (const chunk of chunks ?? []) bytes += chunk.length
      return chunks
    },
  }
}
