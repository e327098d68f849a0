/** `Retry-After` in all the forms it comes: seconds, an HTTP date, and a unix time (docker/hub-feedback#2459). RFC 9110 §10.2.3. */

// A number of seconds this large is a moment, not a wait.
const EPOCH = 1_000_000_000

/** Milliseconds to wait from `now` (milliseconds since 1970); undefined when there is no usable value (`35.852µs`). */
export function parseRetryAfter(value: string | undefined, now: number): number | undefined {
  const text = value?.trim() ?? ''
  if (/^[0-9]{1,12}$/.test(text)) {
    const number = Number(text)
    return number > EPOCH ? Math.max(0, number * 1000 - now) : number * 1000
  }
  if (!/^[A-Za-z]{3,9},? /.test(text) || text.length > 64) return undefined
  const moment = Date.parse(text)
  return Number.isNaN(moment) ? undefined : Math.max(0, moment - now)
}
