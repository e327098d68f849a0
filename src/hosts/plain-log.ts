/** How a host speaks that has nothing but its log: no masks, no annotations, nobody to ask. Secrets were taken out before. */
import type { Failure } from '../kit/failure.ts'
import type { Shown } from '../step/context.ts'
import type { Host } from '../step/host.ts'
import { createProgress } from './progress.ts'
import { shownLines } from './shown.ts'
import { failureLines, logText } from './words.ts'

export interface PlainLog {
  /** What every such host does alike. */
  readonly speech: Pick<Host, 'mask' | 'say' | 'progress' | 'ask'>
  line(text: string): void
  /** Plans and verdicts, for people. */
  shown(documents: readonly Shown[]): void
  failure(failure: Failure | undefined): void
}

export function createPlainLog(write: (text: string) => void): PlainLog {
  const line = (text: string): void => write(`${text}\n`)
  const progress = createProgress(write, false)
  return {
    speech: {
      mask() {},
      say(said) {
        if (said.level !== 'debug') line(logText(said))
      },
      progress: (event) => progress.report(event),
      ask: () => Promise.resolve(undefined),
    },
    line,
    shown(documents) {
      for (const text of shownLines(documents)) line(text)
    },
    failure(failure) {
      if (failure) for (const text of failureLines(failure)) line(text)
    },
  }
}
