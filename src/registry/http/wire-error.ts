/** What can go wrong between two machines, before there is an answer: as data, so that retry and message are decided in one place. */

export class WireError extends Error {
  override readonly name = 'WireError'
  /** `ECONNRESET`, `ETIMEDOUT`, … */
  readonly code: string
  /** True when the connection was an old one that the other side had just closed: nothing was wrong. */
  readonly stale: boolean

  constructor(code: string, message: string, options: { cause?: unknown; stale?: boolean } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.code = code
    this.stale = options.stale ?? false
  }
}

const PASSING = new Set([
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EAI_AGAIN',
  'ECONNABORTED',
  'ENETRESET',
  'ENOTFOUND',
  'ERR_STREAM_PREMATURE_CLOSE',
  'HPE_INVALID_EOF_STATE',
])
const TRUST = /^(?:CERT_|ERR_TLS_CERT|UNABLE_TO_|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|HOSTNAME_MISMATCH|INVALID_CA|INVALID_PURPOSE)/

/** How often such an error is tried again at most: a name that does not exist will rarely begin to. */
export function worthTrying(error: WireError, tried: number): boolean {
  if (error.code === 'ENOTFOUND') return tried < 2
  return PASSING.has(error.code)
}

/** The host, or the way to it, is in trouble: neither a name that does not exist nor a connection that had grown old. */
export function isTrouble(error: WireError): boolean {
  return PASSING.has(error.code) && error.code !== 'ENOTFOUND' && !error.stale
}

/** The certificate is not one we trust. */
export function isTrustError(error: WireError): boolean {
  return TRUST.test(error.code)
}

/** The other side speaks plain HTTP where TLS was expected. */
export function isPlainAnswer(error: WireError): boolean {
  return (
    error.code === 'ERR_SSL_WRONG_VERSION_NUMBER' ||
    error.code === 'ERR_SSL_PACKET_LENGTH_TOO_LONG' ||
    (error.code === 'EPROTO' && /wrong version number|packet length too long/i.test(error.message))
  )
}

export function toWireError(error: unknown, stale = false): WireError {
  if (error instanceof WireError) return error
  const plain = error instanceof Error ? error : new Error(String(error))
  const code = 'code' in plain && typeof plain.code === 'string' ? plain.code : 'ECONNRESET'
  const inner = plain instanceof AggregateError ? plain.errors.map((each) => (each instanceof Error ? each.message : String(each))).join('; ') : plain.message
  return new WireError(code, inner === '' ? code : inner, { cause: plain.cause, stale })
}
