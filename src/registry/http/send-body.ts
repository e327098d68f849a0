/** The body of a request on its way out: at the pace of the other side, of exactly the promised length. */
import type { ClientRequest } from 'node:http'
import { Failure } from '../../kit/failure.ts'
import type { Counters } from './counters.ts'
import type { Payload } from './request.ts'
import { answerTime, type Timing, type Watch } from './timing.ts'

/** Bytes. A body in one large chunk must show that it moves: a slow line takes longer for 40 MiB than an idle one is waited for. */
const PIECE = 64 * 1024

interface Sending {
  readonly watch: Watch
  readonly timing: Timing
  readonly counters: Counters
  /** True when there is an answer or an error: nothing more needs to be sent. */
  settled(): boolean
  woken(resume: () => void): void
}

/** Sends a body as fast as the other side takes it; stops when the answer comes early (413, 401). */
export async function sendBody(request: ClientRequest, body: Payload, { watch, timing, counters, settled, woken }: Sending): Promise<void> {
  let sent = 0
  for await (const chunk of body.open()) {
    if (settled()) return
    sent += chunk.length
    if (sent > body.size) throw wrongLength(sent, body.size)
    for (let at = 0; at < chunk.length; at += PIECE) {
      const piece = chunk.subarray(at, at + PIECE)
      if (!request.write(piece)) {
        watch.wait('sending', timing.idle)
        await new Promise<void>((resolve) => {
          woken(resolve)
          if (settled() || request.destroyed) resolve()
        })
        if (settled()) return
        watch.moved(piece.length)
      }
      counters.bytesOut += piece.length
    }
  }
  if (sent !== body.size) throw wrongLength(sent, body.size)
  if (settled()) return
  request.end()
  watch.wait('the answer', answerTime(timing, body.size))
}

function wrongLength(sent: number, size: number): Failure {
  return new Failure('DIGEST_MISMATCH', `the content to send has ${sent > size ? 'more than the' : `${sent} bytes instead of the`} promised ${size} bytes`, {
    hint: 'The source does not hold what its descriptor says; nothing was stored.',
  })
}
