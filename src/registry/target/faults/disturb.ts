/**
 * Carries one fault out. Some keep the request from the registry, some change its answer, some break the connection
 * on the way; each does exactly what plan.ts says of it.
 */
import type { IncomingMessage } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Answer, empty, type Headers, refuse } from '../serve/answer.ts'
import { readWhole } from '../serve/ask.ts'
import type { Exchange } from '../serve/attend.ts'
import { send } from '../serve/send.ts'
import type { Fault, FaultPlan } from './plan.ts'
import { createRules } from './rules.ts'
import { bodyOf, type Cut, sendCut, slowed, withBody } from './wire.ts'

/** Bytes of a request that can be carried out twice. */
const LARGEST_REPEATED = 64 * 1024 * 1024

/** @returns a function that deals with an exchange, and says false when no rule is about it. @throws Failure CONFIG_INVALID */
export function createDisturbance(plan: FaultPlan): (exchange: Exchange) => Promise<boolean> {
  const rules = createRules(plan)
  return async (exchange) => {
    const { message, entry } = exchange
    const hit = rules.next({ method: message.method ?? '', path: message.url ?? '', length: Number(message.headers['content-length'] ?? 0) })
    if (!hit) return false
    entry.rule = hit.rule
    await disturb(hit.fault, exchange)
    return true
  }
}

async function disturb(fault: Fault, exchange: Exchange): Promise<void> {
  const { message, response, count } = exchange
  const instead = (answer: Answer): Promise<void> => send(message, response, answer, count)
  if (fault.answer) {
    const { status, headers = {}, body = '' } = fault.answer
    return instead({ status, headers, body: Buffer.from(body) })
  }
  if (fault.redirect) {
    const { to, status = 307 } = fault.redirect
    return instead(empty(status, { location: to.replaceAll('{path}', message.url ?? '') }))
  }
  if (fault.lose === 'request') return reset(message)
  if (fault.resetUpload !== undefined) return resetUpload(message, fault.resetUpload)
  if (fault.cutUpload !== undefined) return cutUpload(exchange, fault.cutUpload)
  if (fault.hang !== undefined) {
    await sleep(fault.hang, undefined, { ref: false })
    return void message.socket.destroy()
  }
  const first = fault.duplicate ? await twice(exchange) : await exchange.carryOut(message)
  const answer = fault.otherwise !== undefined && first.status === 404 ? await exchange.carryOut(elsewhere(message, fault.otherwise)) : first
  if (fault.lose === 'answer') {
    // Read to its end, so that no file stays open.
    await bodyOf(answer)
    return reset(message)
  }
  const other = await changed(fault, answer)
  const cut = cutOf(fault)
  return cut ? sendCut(exchange, other, cut) : instead(other)
}

function cutOf(fault: Fault): Cut | undefined {
  if (fault.reset !== undefined) return { after: fault.reset, how: 'reset', length: 'true' }
  if (fault.truncate !== undefined) return { after: fault.truncate, how: 'end', length: 'true' }
  if (fault.truncateUnsaid !== undefined) return { after: fault.truncateUnsaid, how: 'end', length: 'unsaid' }
  if (fault.length !== undefined) return { after: Infinity, how: 'end', length: fault.length }
  if (fault.drop?.some((name) => name.toLowerCase() === 'content-length')) return { after: Infinity, how: 'end', length: 'unsaid' }
  return undefined
}

async function changed(fault: Fault, answer: Answer): Promise<Answer> {
  if (fault.digest !== undefined) return { ...answer, headers: withHeader(answer.headers, 'docker-content-digest', fault.digest) }
  if (fault.set) return { ...answer, headers: Object.entries(fault.set).reduce((all, [name, value]) => withHeader(all, name, value), answer.headers) }
  if (fault.drop) {
    const gone = new Set(fault.drop.map((name) => name.toLowerCase()))
    return { ...answer, headers: Object.fromEntries(Object.entries(answer.headers).filter(([name]) => !gone.has(name.toLowerCase()))) }
  }
  if (fault.status !== undefined) return answer.status === fault.status.from ? { ...answer, status: fault.status.to } : answer
  if (fault.slow !== undefined) return withBody(answer, slowed(answer, fault.slow))
  if (fault.corrupt !== undefined) {
    const at = fault.corrupt
    return withBody(answer, corrupted(answer, at))
  }
  if (fault.append !== undefined) {
    const more = Buffer.from(fault.append)
    return answer.body ? { ...answer, body: Buffer.concat([await bodyOf(answer), more]) } : answer
  }
  return answer
}

function withHeader(headers: Headers, name: string, value: string): Headers {
  return { ...Object.fromEntries(Object.entries(headers).filter(([other]) => other.toLowerCase() !== name.toLowerCase())), [name]: value }
}

async function* corrupted(answer: Answer, at: number): AsyncIterable<Uint8Array> {
  let passed = 0
  for await (const chunk of chunksOf(answer)) {
    const here = at - passed
    const copy = Buffer.from(chunk)
    if (here >= 0 && here < copy.length) copy[here] = (copy[here] ?? 0) ^ 1
    passed += chunk.length
    yield copy
  }
}

async function* chunksOf({ body }: Answer): AsyncIterable<Uint8Array> {
  if (body && 'chunks' in body) yield* body.chunks
  else if (body) yield body
}

/** Ends the connection the hard way (RST), so that nobody takes it for a proper end. */
function reset(message: IncomingMessage): void {
  message.socket.resetAndDestroy()
}

async function resetUpload(message: IncomingMessage, after: number): Promise<void> {
  let came = 0
  if (after > 0) {
    for await (const chunk of message as AsyncIterable<Buffer>) {
      came += chunk.length
      if (came >= after) break
    }
  }
  reset(message)
}

async function cutUpload({ message, carryOut }: Exchange, after: number): Promise<void> {
  const cut = repeated(message, Buffer.alloc(0), Number(message.headers['content-length'] ?? 0))
  const part = async function* (): AsyncIterable<Buffer> {
    let came = 0
    for await (const chunk of message as AsyncIterable<Buffer>) {
      yield chunk.subarray(0, after - came)
      came += chunk.length
      if (came >= after) break
    }
    throw new Error('the connection was cut')
  }
  Object.defineProperty(cut, Symbol.asyncIterator, { value: part })
  await carryOut(cut)
  reset(message)
}

async function twice({ message, carryOut }: Exchange): Promise<Answer> {
  const bytes = await readWhole(message, LARGEST_REPEATED)
  if (!bytes) return refuse(413, 'SIZE_INVALID', 'the fault "duplicate" takes requests of at most 64 MiB')
  await carryOut(repeated(message, bytes))
  return carryOut(repeated(message, bytes))
}

/** The same request for another path, without a body. */
function elsewhere(message: IncomingMessage, path: string): IncomingMessage {
  const other = repeated(message, Buffer.alloc(0))
  other.url = path
  return other
}

/** The same request again, with a body that has not been read. */
function repeated(message: IncomingMessage, bytes: Buffer, length: number = bytes.length): IncomingMessage {
  const { IncomingMessage: Message } = process.getBuiltinModule('node:http')
  const again = new Message(message.socket)
  again.method = message.method
  again.url = message.url
  again.headers = { ...message.headers, 'content-length': String(length) }
  again.push(bytes)
  again.push(null)
  again.complete = true
  return again
}
