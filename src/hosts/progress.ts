/** Progress in bytes: a live line on a terminal, one line every 10 seconds elsewhere. */
import type { Progress } from '../kit/call.ts'
import { printable } from '../kit/printable.ts'
import { formatBytes } from '../kit/units.ts'

const EVERY_TERMINAL = 100
const EVERY_LOG = 10_000

export interface ProgressLine {
  report(event: Progress): void
  /** Removes the live line before other words are written. */
  clear(): void
}

export function createProgress(write: (text: string) => void, isTerminal: boolean, now: () => number = () => performance.now()): ProgressLine {
  let last = isTerminal ? Number.NEGATIVE_INFINITY : now()
  let drawn = false
  return {
    report(event) {
      const time = now()
      if (time - last < (isTerminal ? EVERY_TERMINAL : EVERY_LOG)) return
      last = time
      const total = event.total === undefined ? '' : ` of ${formatBytes(event.total)}`
      const text = `ferry: ${printable(event.what, 60)} ${formatBytes(event.done)}${total}`
      write(isTerminal ? `\r\u001b[2K${text}` : `${text}\n`)
      drawn = isTerminal
    },
    clear() {
      if (drawn) write('\r\u001b[2K')
      drawn = false
    },
  }
}
