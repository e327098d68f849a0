/** Bodies on the wire as a fault wants them: cut short, slow, with a length that is not theirs. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Answer } from '../serve/answer.ts'
import type { Exchange } from '../serve/attend.ts'

export interface Cut {
  /** Bytes of the body that are sent. */
  readonly after: number
  readonly how: 'reset' | 'end'
  /** What Content-Length says: the truth, nothing at all, or this number. */
  readonly length: 'true' | 'unsaid' | number
}

/** How long the bytes before a reset are given to arrive: a reset throws away what is still on its way. Milliseconds. */
const ARRIVE_MS = 30
/** Times per second that a slow body moves on. */
const TICKS = 10

/** Sends the head and a part of the body, then ends or resets the connection. */
export async function sendCut({ message, response, count }: Exchange, answer: Answer, { after, how, length }: Cut): Promise<void> {
  const body = message.method === 'HEAD' ? Buffer.alloc(0) : await bodyOf(answer)
  const whole = answer.body ? ('chunks' in answer.body ? answer.body.size : answer.body.length) : answer.headers['content-length']
  for (const [name, value] of Object.entries(answer.headers)) response.setHeader(name, typeof value === 'object' ? [...value] : value)
  response.setHeader('connection', 'close')
  response.removeHeader('content-length')
  if (length !== 'unsaid') response.setHeader('content-length', length === 'true' ? (whole ?? 0) : length)
  // Neither a length nor chunks: the body lasts as long as the connection, as in HTTP/1.0.
  else response.useChunkedEncodingByDefault = false
  response.writeHead(answer.status)
  response.flushHeaders()
  const part = body.subarray(0, after)
  await new Promise<void>((resolve) => (part.length > 0 ? response.write(part, () => resolve()) : resolve()))
  count(part.length)
  if (how === 'end') return void message.socket.end()
  await sleep(ARRIVE_MS)
  message.socket.resetAndDestroy()
}

/** The body of an answer, whole. Faults are for tests: what they are used on fits in memory. */
export async function bodyOf({ body }: Answer): Promise<Uint8Array> {
  if (!body) return Buffer.alloc(0)
  if (!('chunks' in body)) return body
  const chunks: Uint8Array[] = []
  for await (const chunk of body.chunks) chunks.push(chunk)
  return Buffer.concat(chunks)
}

/** An answer with as many other bytes. */
export function withBody(answer: Answer, chunks: AsyncIterable<Uint8Array>): Answer {
  const { body } = answer
  if (!body) return answer
  return { ...answer, body: { size: 'chunks' in body ? body.size : body.length, chunks } }
}

export async function* slowed(answer: Answer, bytesPerSecond: number): AsyncIterable<Uint8Array> {
  const body = await bodyOf(answer)
  const piece = Math.max(1, Math.floor(bytesPerSecond / TICKS))
  for (let at = 0; at < body.length; at += piece) {
    yield body.subarray(at, at + piece)
    await sleep((piece / bytesPerSecond) * 1000, undefined, { ref: false })
  }
}
