/**
 * One request as data: what is wanted from which registry, and the rules under which it may be sent. Executed by the engine alone.
 * What does not belong here: how bytes move.
 */
import type { Repository } from '../oci/reference.ts'
import type { Scope } from './auth/scope.ts'
import type { ErrorEntry } from './error-body.ts'

/** What is sent: bytes that can be opened again when a try fails. */
export interface Payload {
  /** Bytes in all. */
  readonly size: number
  open(): AsyncIterable<Uint8Array>
}

export type Method = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** Bytes. What a body of this kind may have at most; more is an error, never cut. */
export const LARGEST = {
  manifest: 8 * 1024 * 1024,
  token: 128 * 1024,
  error: 64 * 1024,
  tags: 4 * 1024 * 1024,
} as const

export interface Request {
  /** What is tried on what, as it follows "cannot ": `read dev of harbor.example.com/pay/api`. */
  readonly what: string
  readonly method: Method
  /** Whose registry and credentials these are. */
  readonly repository: Repository
  /** Path and query at the registry (starts with `/`), or the absolute URL the registry told us to use. */
  readonly at: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: Payload
  /** The rights it needs, the essential one first; further ones are asked for and can be refused. */
  readonly scopes: readonly Scope[]
  /** Bytes of the answer that are read into memory at most, or `stream`: success is handed out as it comes. */
  readonly largest: number | 'stream'
  /** Statuses that are answers; every other one becomes a Failure. */
  readonly expect: readonly number[]
  /** How often it is sent at most when the network or the registry fails; 1 for what must not be repeated blindly. Default 5. */
  readonly tries?: number
  /** Where a redirect may lead: `anywhere` that is safe (content), or nowhere but the registry itself (API); the 3xx is then the answer. */
  readonly follow: 'anywhere' | 'origin'
}

export interface Answer {
  readonly status: number
  /** Names in lower case. Repeated headers are joined with `, `. */
  readonly headers: Readonly<Record<string, string | undefined>>
  /** Where the answer came from, after redirects. */
  readonly url: string
  /** The body, when it was not asked for as a stream. */
  readonly bytes: Uint8Array
  /** The body as it comes; reading to the end or breaking off frees the connection. */
  readonly chunks?: AsyncIterable<Uint8Array>
  /** What the registry says went wrong. */
  readonly errors: readonly ErrorEntry[]
}

/** A header of digits as a number; undefined when missing or odd. */
export function numberHeader(answer: Answer, name: string): number | undefined {
  const text = answer.headers[name]
  return text !== undefined && /^[0-9]{1,15}$/.test(text) ? Number(text) : undefined
}

/** The media type without its parameters, in lower case; empty when there is none. */
export function contentType(answer: Answer): string {
  return (answer.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? ''
}
