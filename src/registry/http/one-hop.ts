/** One exchange of a delivery: sent, its answer read within the caps of its kind, written down. */
import type { Call } from '../../kit/call.ts'
import { printable } from '../../kit/printable.ts'
import type { Connections } from './connections.ts'
import type { Counters } from './counters.ts'
import { parseErrors } from './error-body.ts'
import { exchange, type Hop, type Wire } from './exchange.ts'
import type { Lane } from './lanes.ts'
import { decodeBody, readCapped, tooLarge } from './read-answer.ts'
import { isRedirect } from './redirect.ts'
import { type Answer, LARGEST, type Request } from './request.ts'
import { type RequestLine, requestLine } from './request-line.ts'
import type { Timing } from './timing.ts'

export interface Delivery extends Pick<Request, 'what' | 'method' | 'body' | 'largest' | 'expect' | 'tries' | 'follow'> {
  readonly url: URL
  /** Where credentials may go: scheme, host and port. */
  readonly home: string
  readonly headers: Readonly<Record<string, string>>
  readonly authorization?: string
  /** Address of the registry that named the place, when it is not the registry's own. */
  readonly guard?: string
}

/** Names of headers in lower case, as an Answer has them. */
export type Shown = Readonly<Record<string, string | undefined>>

/** Headers by which registries tell what they are. Challenges never reach a caller, so they are noted here. */
const TELLING = ['server', 'www-authenticate', 'x-jfrog-version'] as const

/** What all deliveries share. */
export interface Transport {
  readonly connections: Connections
  readonly timing: Timing
  readonly counters: Counters
  readonly userAgent: string
  lane(host: string): Lane
  /** Address at which an origin answered last. */
  readonly addresses: Map<string, string>
  /** By origin: what its answers showed of the product behind it. */
  readonly shown: Map<string, Shown>
  onRequest?(line: RequestLine): void
  warn(text: string): void
}

export async function oneHop(hop: Hop, delivery: Delivery, transport: Transport, call: Call): Promise<Answer> {
  const started = performance.now()
  const wire = await exchange(hop, transport.connections, transport.timing, transport.counters, call)
  transport.addresses.set(hop.url.origin, wire.address)
  transport.onRequest?.(requestLine(hop, wire.status, performance.now() - started))
  const headers = joined(wire.headers)
  note(transport, hop.url.origin, headers)
  const warning = /^299 \S+ "(.{1,4000})"/.exec(headers['warning'] ?? '')?.[1]
  // For people to read; nothing is ever done because of it (distribution-spec v1.1 "Warnings").
  if (warning !== undefined) transport.warn(`${hop.url.host} says: ${printable(warning)}`)
  const common = { status: wire.status, headers, url: hop.url.href }
  if (delivery.largest === 'stream' && (wire.status === 200 || wire.status === 206)) {
    return { ...common, bytes: new Uint8Array(), chunks: wire.chunks(), errors: [] }
  }
  const { bytes, whole } = await readWhole(wire, hop, delivery, headers['content-encoding'] ?? '')
  return { ...common, bytes, errors: whole && wire.status >= 400 ? parseErrors(bytes) : [] }
}

async function readWhole(wire: Wire, hop: Hop, delivery: Delivery, encoding: string): Promise<{ bytes: Uint8Array; whole: boolean }> {
  const none = { bytes: new Uint8Array(), whole: false }
  if (isRedirect(wire.status)) {
    wire.discard()
    return none
  }
  const good = wire.status < 400
  const largest = good && typeof delivery.largest === 'number' ? delivery.largest : LARGEST.error
  const announced = Number(wire.headers['content-length'] ?? 0)
  if (hop.method !== 'HEAD' && announced > largest) {
    wire.discard()
    if (good) throw tooLarge(delivery.what, largest)
    return none
  }
  const bytes = await readCapped(wire.chunks(), largest)
  if (bytes === undefined) {
    if (good) throw tooLarge(delivery.what, largest)
    return none
  }
  if (bytes.length === 0 || encoding === '') return { bytes, whole: true }
  return { bytes: decodeBody(bytes, encoding, largest, delivery.what), whole: true }
}

function joined(headers: Wire['headers']): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]))
}

function note({ shown }: Transport, origin: string, headers: Shown): void {
  const known = shown.get(origin)
  for (const name of TELLING) {
    if (headers[name] === undefined || known?.[name] !== undefined) continue
    shown.set(origin, { ...known, ...Object.fromEntries(TELLING.flatMap((each) => (headers[each] === undefined ? [] : [[each, headers[each]]]))) })
    return
  }
}
