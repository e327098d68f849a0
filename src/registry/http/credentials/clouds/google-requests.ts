/** The requests of Google's library through our engine: proxy, certificates, caps, clocks, abort. */
import { gaxios } from 'google-auth-library'
import type { Call } from '../../../../kit/call.ts'
import type { Method } from '../../request.ts'
import { proofsIn } from './answers.ts'
import type { CloudAsk } from './ask.ts'

const METHODS = new Map<string, Method>([
  ['GET', 'GET'],
  ['POST', 'POST'],
])

/** @param sent takes in what must not be repeated in a message */
export function createTransporter(what: string, ask: CloudAsk, sent: string[], call: Call): gaxios.Gaxios {
  const fetchImplementation = async (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
    const request = new Request(input, init)
    const body = await request.text()
    sent.push(...proofsIn(body))
    const question = { what, method: METHODS.get(request.method) ?? 'POST', url: new URL(request.url), headers: Object.fromEntries(request.headers) }
    const answer = await ask({ ...question, ...(body === '' ? {} : { body }) }, call)
    const headers = Object.entries(answer.headers).flatMap(([name, value]): [string, string][] => (value === undefined ? [] : [[name, value]]))
    // Statuses without a body may have none in a Response either.
    return new Response(answer.bytes.length === 0 ? null : Buffer.from(answer.bytes), { status: answer.status, headers })
  }
  return new gaxios.Gaxios({ fetchImplementation })
}
