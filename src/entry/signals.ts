/** SIGINT and SIGTERM stop one signal for the whole run; a second one, or five seconds, end the process at once. */
import { failureLines } from '../hosts/words.ts'
import { asFailure, Failure } from '../kit/failure.ts'
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

/**
 * A reader of our output that goes away (`| head`) is no failure: the work goes on to its end and its own exit code, for half of it would be
 * worse. A stdout that cannot take the results is one, said in words and without a dump of the environment.
 */
export function quietPipes(): void {
  for (const stream of [process.stdout, process.stderr]) {
    let said = false
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (said || error.code === 'EPIPE' || error.code === 'ERR_STREAM_DESTROYED') return
      said = true
      const name = stream === process.stdout ? 'stdout' : 'stderr'
      const failure = new Failure(asFailure(error).code, `cannot write to ${name}; the work itself was done as far as the lines above say`, {
        cause: error,
        hint: 'Send the output where there is space, and run the same command again: what was done is kept.',
      })
      if (name === 'stdout') for (const line of failureLines(failure)) process.stderr.write(`${line}\n`)
      process.once('exit', () => {
        process.exitCode ||= failure.exitCode
      })
    })
  }
}
