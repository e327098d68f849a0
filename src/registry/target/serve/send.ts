/** Puts an answer on the wire. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Answer } from './answer.ts'

// What a client still sends after a refusal is read and dropped for this long, so that it gets to see the answer.
const DRAIN_MS = 10_000

/** @param count is told how many bytes of body were sent */
export async function send(message: IncomingMessage, response: ServerResponse, answer: Answer, count: (bytes: number) => void): Promise<void> {
  const { status, headers, body } = answer
  // Docker asks for this header to recognise a registry.
  response.setHeader('docker-distribution-api-version', 'registry/2.0')
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, typeof value === 'object' ? [...value] : value)
  if (body) response.setHeader('content-length', 'chunks' in body ? body.size : body.length)
  response.writeHead(status)
  if (!message.complete) drain(message)
  if (!body || message.method === 'HEAD') response.end()
  else if ('chunks' in body) {
    for await (const chunk of body.chunks) {
      if (response.destroyed) return
      count(chunk.length)
      if (!response.write(chunk) && !response.destroyed) await drained(response)
    }
    response.end()
  } else {
    count(body.length)
    response.end(body)
  }
}

/** Waits until there is room again, or nobody who reads. */
async function drained(response: ServerResponse): Promise<void> {
  await new Promise<void>((resolve) => {
    const done = (): void => {
      response.off('drain', done)
      response.off('close', done)
      resolve()
    }
    response.on('drain', done)
    response.on('close', done)
  })
}

function drain(message: IncomingMessage): void {
  message.resume()
  const timer = setTimeout(() => message.destroy(), DRAIN_MS)
  timer.unref()
  message.once('close', () => clearTimeout(timer))
}
