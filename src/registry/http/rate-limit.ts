/**
 * What a host tells of its allowance before it is used up: `RateLimit-Limit/-Remaining/-Reset` with Docker Hub's `;w=` window,
 * `X-RateLimit-*` (GitHub, GitLab), and the one-header forms of draft-ietf-httpapi-ratelimit-headers.
 */

export interface RateLimit {
  /** Requests per window. */
  readonly limit?: number
  /** Requests left in it. */
  readonly remaining: number
  /** Seconds. */
  readonly window?: number
  /** Milliseconds until it starts anew. */
  readonly reset?: number
}

// Larger than any wait: a unix time.
const EPOCH = 1_000_000_000

/** @param now milliseconds since 1970; undefined when the answer says nothing usable */
export function readRateLimit(headers: Readonly<Record<string, string | undefined>>, now: number): RateLimit | undefined {
  const header = (name: string): string | undefined => headers[`ratelimit-${name}`] ?? headers[`x-ratelimit-${name}`]
  const one = headers['ratelimit'] ?? ''
  const remaining = number(header('remaining')) ?? number(/(?:^|[;,\s])(?:remaining|r)=([0-9]+)/i.exec(one)?.[1])
  if (remaining === undefined) return undefined
  const limit =
    number(header('limit')) ?? number(/(?:^|[;,\s])limit=([0-9]+)/i.exec(one)?.[1]) ?? number(/;q=([0-9]+)/.exec(headers['ratelimit-policy'] ?? '')?.[1])
  const window = number(/;\s*w=([0-9]+)/.exec(header('limit') ?? header('remaining') ?? headers['ratelimit-policy'] ?? '')?.[1])
  const reset = number(header('reset')) ?? number(/(?:^|[;,\s])(?:reset|t)=([0-9]+)/i.exec(one)?.[1])
  return {
    remaining,
    ...(limit === undefined ? {} : { limit }),
    ...(window === undefined ? {} : { window }),
    ...(reset === undefined ? {} : { reset: reset > EPOCH ? Math.max(0, reset * 1000 - now) : reset * 1000 }),
  }
}

/** The leading digits: Docker Hub writes `76;w=21600`. */
function number(text: string | undefined): number | undefined {
  const digits = /^\s*([0-9]{1,12})(?![0-9.])/.exec(text ?? '')?.[1]
  return digits === undefined ? undefined : Number(digits)
}

/** True when so little is left that it should be used with care: a tenth. */
export function isLow({ limit, remaining }: RateLimit): boolean {
  return limit !== undefined && remaining <= limit / 10
}
