/** SIGINT and SIGTERM stop one signal for the whole run; a second one, or five seconds, end the process at once. */
import { Failure } from '../kit/failure.ts'
import { EXIT } from '../kit/failure-codes.ts'

const GRACE = 5000

/** @returns the signal that everything in this run listens to */
export function stopOnSignals(): AbortSignal {
  const controller = new AbortController()
  for (const [signal, code, words] of [
    ['SIGINT', 'INTERRUPTED', 'interrupted'],
    ['SIGTERM', 'TERMINATED', 'asked to stop'],
  ] as const) {
    process.on(signal, () => {
      const exitCode = code === 'INTERRUPTED' ? EXIT.interrupted : EXIT.terminated
      if (controller.signal.aborted) process.exit(exitCode)
      controller.abort(
        new Failure(code, `${words} by ${signal}; no tag was written after that`, { hint: 'Run the same command again: what was done is kept.' }),
      )
      setTimeout(() => process.exit(exitCode), GRACE).unref()
    })
  }
  return controller.signal
}

/** A reader of our output that goes away (`| head`) is no failure; what nobody foresaw is one, without a dump of the environment. */
export function quietPipes(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') process.exit(process.exitCode ?? EXIT.ok)
      throw error
    })
  }
}
