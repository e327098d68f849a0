/**
 * One HTTP exchange: what is sent, what comes back, and every clock that runs meanwhile. Raw bytes, backpressure both ways.
 * What does not belong here: retries, redirects, rights, and what a status means.
 */
import type { ClientRequest, IncomingHttpHeaders, IncomingMessage } from 'node:http'
import { type Call, stopReason, throwIfStopped } from '../../kit/call.ts'
import { Failure } from '../../kit/failure.ts'
import type { Connections } from './connections.ts'
import type { Method, Payload } from './request.ts'
import { answerTime, createWatch, type Timing, type Watch } from './timing.ts'
import { toWireError, WireError } from './wire-error.ts'

export interface Hop {
  readonly method: Method
  readonly url: URL
  readonly headers: Readonly<Record<string, string>>
  readonly body?: Payload
  /** Address of the registry that named the place; absent when the user named it. */
  readonly guard?: string
}

export interface Counters {
  requests: number
  /** Bytes of bodies. */
  bytesIn: number
  bytesOut: number
}

export interface Wire {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  /** The address that answered. */
  readonly address: string
  /** The body; to be read to its end, broken off, or discarded. */
  chunks(): AsyncIterable<Uint8Array>
  discard(): void
}

// Upload states and paging links can be long; Node's own limit is 16 KiB.
const LARGEST_HEADERS = 64 * 1024

/** @throws WireError, the stop reason of the call, or what reading the body to send threw */
export async function exchange(hop: Hop, connections: Connections, timing: Timing, counters: Counters, call: Call): Promise<Wire> {
  throwIfStopped(call)
  const { request: open, agent } = connections.to(hop.url, hop.guard)
  counters.requests += 1
  return new Promise<Wire>((resolve, reject) => {
    const request = open(hop.url, { method: hop.method, headers: hop.headers, agent, maxHeaderSize: LARGEST_HEADERS })
    let reason: unknown
    let settled = false
    let wake = (): void => {}
    const end = (why: unknown): void => {
      reason ??= why
      request.destroy()
    }
    const release = endOnStop(call, end)
    const watch = createWatch(timing, end)
    const fail = (error: unknown): void => {
      wake()
      if (settled) return
      settled = true
      watch.stop()
      release()
      reject(reason ?? toWireError(error, request.reusedSocket))
    }
    request.on('error', fail)
    request.on('close', () => fail(new WireError('ECONNRESET', 'the connection was closed before there was an answer', { stale: request.reusedSocket })))
    request.on('drain', () => wake())
    request.on('response', (message) => {
      settled = true
      watch.stop()
      wake()
      resolve(wireOf(request, message, { timing, counters, end, release, why: () => reason }))
    })

    const connected = async (): Promise<void> => {
      if (!hop.body) {
        request.end()
        return watch.wait('the answer', timing.headers)
      }
      await send(request, hop.body, { watch, timing, counters, settled: () => settled, woken: (resume) => (wake = resume) })
    }
    watch.wait('the connection', timing.connect)
    request.on('socket', (socket) => {
      const ready = (): void => {
        watch.stop()
        connected().catch((error: unknown) => end(error))
      }
      if (socket.connecting) socket.once(hop.url.protocol === 'https:' ? 'secureConnect' : 'connect', ready)
      else ready()
    })
  })
}

/** Ends the exchange when the call is stopped or its deadline passes. */
function endOnStop(call: Call, end: (why: unknown) => void): () => void {
  const stop = (): void => end(stopReason(call.signal))
  call.signal.addEventListener('abort', stop, { once: true })
  const left = call.deadline === undefined ? undefined : Math.max(0, call.deadline - performance.now())
  const timer = left === undefined ? undefined : setTimeout(() => end(new Failure('DEADLINE', 'the allowed time is used up')), left)
  return () => {
    clearTimeout(timer)
    call.signal.removeEventListener('abort', stop)
  }
}

interface Sending {
  readonly watch: Watch
  readonly timing: Timing
  readonly counters: Counters
  /** True when there is an answer or an error: nothing more needs to be sent. */
  settled(): boolean
  woken(resume: () => void): void
}

/** Sends a body as fast as the other side takes it; stops when the answer comes early (413, 401). */
async function send(request: ClientRequest, body: Payload, { watch, timing, counters, settled, woken }: Sending): Promise<void> {
  let sent = 0
  for await (const chunk of body.open()) {
    if (settled()) return
    sent += chunk.length
    if (sent > body.size) throw wrongLength(sent, body.size)
    if (chunk.length === 0) continue
    if (!request.write(chunk)) {
      watch.wait('sending', timing.idle)
      await new Promise<void>((resolve) => {
        woken(resolve)
        if (settled() || request.destroyed) resolve()
      })
      if (settled()) return
      watch.moved(chunk.length)
    }
    counters.bytesOut += chunk.length
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

interface Receiving {
  readonly timing: Timing
  readonly counters: Counters
  end(why: unknown): void
  release(): void
  why(): unknown
}

function wireOf(request: ClientRequest, message: IncomingMessage, { timing, counters, end, release, why }: Receiving): Wire {
  // After an early answer the rest of our body is never sent, so the socket is of no more use.
  const close = (): void => {
    release()
    if (!message.complete || !request.writableEnded) request.destroy()
  }
  // An error between the pieces is reported by the reader, or by nobody when nobody reads.
  message.on('error', () => {})
  return {
    status: message.statusCode ?? 0,
    headers: message.headers,
    address: message.socket.remoteAddress ?? '',
    async *chunks() {
      const watch = createWatch(timing, end)
      const pieces: AsyncIterator<Uint8Array> = message[Symbol.asyncIterator]()
      try {
        for (;;) {
          watch.wait('the next piece of the answer', timing.idle)
          const next = await pieces.next()
          if (next.done === true) break
          watch.moved(next.value.length)
          counters.bytesIn += next.value.length
          yield next.value
        }
        if (!message.complete) throw new WireError('ECONNRESET', 'the connection was closed in the middle of the answer')
      } catch (error) {
        throw why() ?? toWireError(error)
      } finally {
        watch.stop()
        close()
      }
    },
    discard() {
      release()
      if (message.complete && request.writableEnded) message.resume()
      else request.destroy()
    },
  }
}
