/**
 * Requests to a cloud's own services, under the rules of the engine: certificates, proxy, caps, clocks, abort. The metadata service of
 * this machine is asked directly, with little patience. What does not belong here: what is asked.
 */
import type { Call } from '../../../../kit/call.ts'
import { createCertificates } from '../../certificates.ts'
import { createConnections } from '../../connections.ts'
import { deliver } from '../../deliver.ts'
import type { Transport } from '../../one-hop.ts'
import { type Answer, LARGEST, type Method, type Payload } from '../../request.ts'

export interface CloudQuestion {
  /** As it follows "cannot ". */
  readonly what: string
  readonly method: Method
  readonly url: URL
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array
  /** A service of this very machine: no proxy, a second to connect, one try. */
  readonly near?: boolean
  readonly tries?: number
}

export type CloudAsk = (question: CloudQuestion, call: Call) => Promise<Answer>

/** Milliseconds: it is one hop away, or it is not there. */
const NEAR_CONNECT = 1000
/** Milliseconds: managed identities are fetched from far while we wait. */
const NEAR_ANSWER = 10_000

export function createCloudAsk(transport: Transport): CloudAsk {
  return async ({ what, method, url, headers = {}, body, near = false, tries }, call) => {
    const connections = near ? createConnections(createCertificates([], []), {}) : transport.connections
    const { timing } = transport
    const nearTiming = { ...timing, connect: Math.min(NEAR_CONNECT, timing.connect), headers: Math.min(NEAR_ANSWER, timing.headers) }
    try {
      return await deliver(
        {
          what,
          method,
          url,
          home: url.origin,
          headers: { accept: 'application/json', ...headers },
          largest: LARGEST.token,
          expect: [],
          follow: 'origin',
          ...(body === undefined ? {} : { body: payload(body) }),
          ...(near ? { tries: 1 } : tries === undefined ? {} : { tries }),
        },
        near ? { ...transport, connections, timing: nearTiming } : transport,
        call,
      )
    } finally {
      if (near) connections.close()
    }
  }
}

function payload(body: string | Uint8Array): Payload {
  const bytes = typeof body === 'string' ? Buffer.from(body) : body
  return {
    size: bytes.length,
    async *open() {
      yield bytes
    },
  }
}
