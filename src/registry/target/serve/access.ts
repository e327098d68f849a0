/** One line per request, for a log. Never credentials: headers are not in it, and of the query only what the protocol knows. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { printable } from '../../../kit/printable.ts'

export interface AccessLine {
  /** When the request came, RFC 3339. */
  readonly time: string
  readonly method: string
  readonly path: string
  readonly status: number
  /** Bytes of the answer's body. */
  readonly bytes: number
  readonly ms: number
  readonly userAgent: string
}

const SHOWN = new Set(['n', 'last', 'digest', 'mount', 'from', 'artifactType', 'tag', 'ns', 'digest-algorithm', 'scope', 'service'])

/** Path and query with the values of unknown parameters hidden. */
function shownPath(url: string): string {
  const [path = '', query] = url.split('?', 2)
  if (query === undefined) return printable(path)
  const shown = query.split('&').map((pair) => {
    const name = pair.split('=', 1)[0] ?? ''
    return SHOWN.has(name) ? pair : `${name}=***`
  })
  return printable(`${path}?${shown.join('&')}`, 1000)
}

/** @returns a function that adds to the number of bytes */
export function logAccess(message: IncomingMessage, response: ServerResponse, onAccess: (line: AccessLine) => void): (bytes: number) => void {
  const time = new Date().toISOString()
  const since = performance.now()
  let bytes = 0
  response.once('close', () => {
    onAccess({
      time,
      method: printable(message.method ?? '', 20),
      path: shownPath(message.url ?? ''),
      // 499: the client went away before the answer began, as nginx says it.
      status: response.headersSent ? response.statusCode : 499,
      bytes,
      ms: Math.round((performance.now() - since) * 10) / 10,
      userAgent: printable(message.headers['user-agent'] ?? '', 200),
    })
  })
  return (more) => {
    bytes += more
  }
}
