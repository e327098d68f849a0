/** The SDK's requests through our engine: proxy, certificates, clocks, abort. What does not belong here: tries; the SDK signs each anew. */
import type { Call } from '../../../../kit/call.ts'
import type { Method } from '../../request.ts'
import { proofsIn } from './answers.ts'
import type { CloudAsk } from './ask.ts'

/** What the SDK's HttpRequest holds of interest. */
interface SdkRequest {
  readonly method: string
  readonly protocol: string
  readonly hostname: string
  readonly port?: number
  readonly path: string
  readonly query?: Readonly<Record<string, string | readonly string[] | null>>
  readonly headers: Readonly<Record<string, string>>
  readonly body?: unknown
}

interface SdkResponse {
  readonly statusCode: number
  readonly headers: Record<string, string>
  readonly body: Uint8Array
}

interface SdkHandler {
  readonly metadata: { readonly handlerProtocol: string }
  handle(request: SdkRequest): Promise<{ response: SdkResponse }>
  updateHttpClientConfig(): void
  httpHandlerConfigs(): Record<string, never>
}

const METHODS = new Map<string, Method>([
  ['GET', 'GET'],
  ['POST', 'POST'],
  ['PUT', 'PUT'],
])

/** @param sent takes in what must not be repeated in a message */
export function requestHandler(what: string, ask: CloudAsk, sent: string[], call: Call): SdkHandler {
  return {
    metadata: { handlerProtocol: 'http/1.1' },
    updateHttpClientConfig() {},
    httpHandlerConfigs: () => ({}),
    async handle(request) {
      const url = new URL(`${request.protocol}//${request.hostname}${request.port === undefined ? '' : `:${request.port}`}${request.path}`)
      for (const [name, values] of Object.entries(request.query ?? {}))
        for (const value of values === null ? [''] : [values].flat()) url.searchParams.append(name, value)
      const { body } = request
      sent.push(...proofsIn(body))
      const answer = await ask(
        {
          what,
          method: METHODS.get(request.method) ?? 'POST',
          url,
          headers: Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name.toLowerCase(), value])),
          tries: 1,
          ...(typeof body === 'string' || body instanceof Uint8Array ? { body } : {}),
        },
        call,
      )
      const headers = Object.fromEntries(Object.entries(answer.headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])))
      return { response: { statusCode: answer.status, headers, body: answer.bytes } }
    },
  }
}
