/**
 * Several ranges of one blob at once, handed out in order: for stores that give a single stream less than the line has. At most as much is
 * held in memory as there are ranges under way. What does not belong here: when that is worth it (blob-read), and how one range is read.
 */
import { createPace } from './pace.ts'

/** Ranges under way at once. */
const AHEAD = 4
/** What several streams must bring more than one to be worth their requests. */
const GAIN = 1.25

export interface Ahead {
  readonly from: number
  readonly size: number
  /** Bytes of one range. */
  readonly part: number
  /** Bytes per second of a single stream. */
  readonly single: number
  /** One range, whole; undefined when the server knows no ranges. Ends soon when the signal is aborted. */
  fetch(from: number, to: number, stop: AbortSignal): Promise<Uint8Array[] | undefined>
  /** Told when ranges are of no use here. */
  useless(): void
}

/** @returns the offset up to which bytes were handed out: the end, or where one stream must go on */
export async function* readAhead({ from, size, part, single, fetch, useless }: Ahead): AsyncGenerator<Uint8Array, number> {
  const stop = new AbortController()
  const pace = createPace()
  const running: Promise<Uint8Array[] | undefined>[] = []
  let next = from
  let at = from
  const start = (): void => {
    for (; running.length < AHEAD && next < size; next = Math.min(next + part, size)) {
      const range = fetch(next, Math.min(next + part, size), stop.signal)
      // Looked at when it is its turn.
      range.catch(() => {})
      running.push(range)
    }
  }
  try {
    for (start(); running.length > 0; start()) {
      const first = running.shift()
      const chunks = first && (await pace.wait(first))
      if (!chunks) {
        useless()
        return at
      }
      for (const chunk of chunks) {
        yield chunk
        at += chunk.length
      }
      if (pace.bytes >= 2 * AHEAD * part && pace.rate < GAIN * single) {
        useless()
        return at
      }
    }
    return at
  } finally {
    stop.abort()
  }
}
