/** What a request is answered: a value, so that HEAD is GET without its body and tests can look at it. */
import { type Failure, reasons } from '../../../kit/failure.ts'
import { printable } from '../../../kit/printable.ts'

export type Headers = Readonly<Record<string, string | number | readonly string[]>>

export interface Answer {
  readonly status: number
  readonly headers: Headers
  /** The body, whole or as a stream of exactly `size` bytes. */
  readonly body?: Uint8Array | { readonly size: number; readonly chunks: AsyncIterable<Uint8Array> }
}

/** Error codes of distribution-spec v1.1 (§ Error Codes), and the few that registries use besides. */
export type ErrorCode =
  | 'BLOB_UNKNOWN'
  | 'BLOB_UPLOAD_INVALID'
  | 'BLOB_UPLOAD_UNKNOWN'
  | 'DIGEST_INVALID'
  | 'MANIFEST_BLOB_UNKNOWN'
  | 'MANIFEST_INVALID'
  | 'MANIFEST_UNKNOWN'
  | 'NAME_INVALID'
  | 'NAME_UNKNOWN'
  | 'SIZE_INVALID'
  | 'TAG_INVALID'
  | 'UNAUTHORIZED'
  | 'DENIED'
  | 'UNSUPPORTED'
  | 'TOOMANYREQUESTS'
  | 'PAGINATION_NUMBER_INVALID'
  | 'UNKNOWN'

export function json(status: number, value: unknown, headers: Headers = {}): Answer {
  return { status, headers: { 'content-type': 'application/json', ...headers }, body: Buffer.from(JSON.stringify(value)) }
}

export function empty(status: number, headers: Headers = {}): Answer {
  return { status, headers: { 'content-length': 0, ...headers } }
}

export function refuse(status: number, code: ErrorCode, message: string, detail?: unknown, headers: Headers = {}): Answer {
  return json(status, { errors: [{ code, message: printable(message, 1000), ...(detail === undefined ? {} : { detail }) }] }, headers)
}

/** A failure that no handler had a better answer for. Texts of failures never contain secrets. */
export function answerFailure(failure: Failure): Answer {
  const message = [failure.message, ...reasons(failure)].join(': ')
  const { code } = failure
  if (code === 'LAYOUT_BUSY') return refuse(503, 'TOOMANYREQUESTS', message, undefined, { 'retry-after': 1 })
  if (code === 'STORAGE_FULL') return refuse(507, 'UNKNOWN', message)
  if (code === 'INTERRUPTED' || code === 'DEADLINE') return refuse(503, 'UNKNOWN', 'the registry is stopping', undefined, { 'retry-after': 1 })
  const damaged = code === 'CONTENT_INVALID' || code === 'DIGEST_MISMATCH' || code === 'CONTENT_MISSING'
  return refuse(500, 'UNKNOWN', damaged ? `the registry's own copy is damaged: ${message}` : message)
}
