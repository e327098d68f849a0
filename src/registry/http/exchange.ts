/**
 * One HTTP exchange: what is sent, what comes back, and every clock that runs meanwhile. Raw bytes, backpressure both ways.
 * What does not belong here: retries, redirects, rights, and what a status means.
 */
import type { ClientRequest, IncomingHttpHeaders, IncomingMessage, RequestOptions } from 'node:http'
import { type Call, stopReason, throwIfStopped } from '../../kit/call.ts'
import { Failure } from '../../kit/failure.ts'
import type { Connections, Line } from './connections.ts'
import type { Counters } from './counters.ts'
import type { Method, Payload } from './request.ts'
import { sendBody } from './send-body.ts'
import { createWatch, type Timing } from './timing.ts'
import { refusalOf, unreachable } from './tunnel.ts'
import { toWireError, WireError } from './wire-error.ts'

export interface Hop {
  readonly method: Method
  readonly url: URL
  readonly headers: Readonly<Record<string, string>>
  readonly body?: Payload
  /** Address of the registry that named the place; absent when the user named it. */
  readonly guard?: string
  /** Told when the connection breaks in the middle of the answer. */
  onBreak?(error: WireError): void
}

export interface Wire {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  /** The address that answered; empty when a proxy stands in between, which knows it alone. */
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
  const line = connections.to(hop.url, hop.guard)
  counters.requests += 1
  return new Promise<Wire>((resolve, reject) => {
    const request = line.request(...target(hop, line))
    let reason: unknown
    let settled = false
    let connected = false
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
      reject(reason ?? errorOf(error, line, connected, request.reusedSocket))
    }
    request.on('error', fail)
    request.on('close', () => fail(new WireError('ECONNRESET', 'the connection was closed before there was an answer', { stale: request.reusedSocket })))
    request.on('drain', () => wake())
    request.on('response', (message) => {
      settled = true
      watch.stop()
      wake()
      if (line.handsOver && line.proxy && message.statusCode === 407) {
        release()
        request.destroy()
        return reject(refusalOf(line.proxy, 407))
      }
      resolve(wireOf(request, message, { proxied: line.proxy !== undefined, onBreak: hop.onBreak, timing, counters, end, release, why: () => reason }))
    })

    const begin = async (): Promise<void> => {
      if (!hop.body) {
        request.end()
        return watch.wait('the answer', timing.headers)
      }
      await sendBody(request, hop.body, { watch, timing, counters, settled: () => settled, woken: (resume) => (wake = resume) })
    }
    watch.wait('the connection', timing.connect)
    request.on('socket', (socket) => {
      const ready = (): void => {
        connected = true
        watch.stop()
        begin().catch((error: unknown) => end(error))
      }
      if (socket.connecting) socket.once('encrypted' in socket ? 'secureConnect' : 'connect', ready)
      else ready()
    })
  })
}

/** A proxy that is handed the request gets all of its URL (RFC 9112 §3.2.2), and its own password; a tunnel was opened with that before. */
function target(hop: Hop, { agent, proxy, handsOver }: Line): [URL, RequestOptions] {
  const options = { method: hop.method, headers: hop.headers, agent, maxHeaderSize: LARGEST_HEADERS }
  if (!handsOver || !proxy) return [hop.url, options]
  const own = proxy.authorization ? { 'proxy-authorization': proxy.authorization.reveal() } : {}
  return [proxy.url, { ...options, path: hop.url.href, headers: { ...hop.headers, host: hop.url.host, ...own } }]
}

function errorOf(error: unknown, { proxy, handsOver }: Line, connected: boolean, reused: boolean): WireError {
  return proxy && handsOver && !connected ? unreachable(proxy, error) : toWireError(error, reused)
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

interface Receiving {
  readonly proxied: boolean
  readonly onBreak: Hop['onBreak'] | undefined
  readonly timing: Timing
  readonly counters: Counters
  end(why: unknown): void
  release(): void
  why(): unknown
}

function wireOf(request: ClientRequest, message: IncomingMessage, { proxied, onBreak, timing, counters, end, release, why }: Receiving): Wire {
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
    address: proxied ? '' : (message.socket.remoteAddress ?? ''),
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
        const cause = why() ?? toWireError(error)
        if (cause instanceof WireError) onBreak?.(cause)
        throw cause
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
