/** A request as the handlers see it. */
import type { IncomingMessage } from 'node:http'
import type { Call } from '../../../kit/call.ts'
import type { Repositories } from './repositories.ts'
import type { Sessions } from './sessions.ts'

export interface Ask {
  /** GET also stands for HEAD. */
  readonly method: string
  readonly query: URLSearchParams
  readonly message: IncomingMessage
  readonly call: Call
  readonly repositories: Repositories
  readonly sessions: Sessions
  /** Whether the credentials of the request allow reading another repository. */
  readonly mayPull: (repository: string) => boolean
}

/** Content-Length; undefined when the body is sent in chunks. */
export function lengthOf(message: IncomingMessage): number | undefined {
  const text = message.headers['content-length']
  return text !== undefined && /^[0-9]{1,15}$/.test(text) ? Number(text) : undefined
}

/** Reads the body; undefined when it is larger than allowed. */
export async function readWhole(message: IncomingMessage, largest: number): Promise<Buffer | undefined> {
  if ((lengthOf(message) ?? 0) > largest) return undefined
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of message as AsyncIterable<Buffer>) {
    length += chunk.length
    if (length > largest) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks, length)
}
