/**
 * `Retry-After` in all the forms it comes: seconds (also `1.5`), the three HTTP dates (RFC 9110 §10.2.3 and §5.6.7), an ISO date, a unix time
 * in seconds or milliseconds (docker/hub-feedback#2459), and a duration as Go prints it (`1m30s`).
 */

// A number of seconds this large is a moment, not a wait; and one of milliseconds.
const EPOCH = 1_000_000_000
const EPOCH_MILLISECONDS = EPOCH * 1000
const UNITS: Readonly<Record<string, number>> = { h: 3_600_000, m: 60_000, s: 1000, ms: 1 }

/**
 * Milliseconds to wait from `now` (milliseconds since 1970); undefined when there is no usable value.
 * GHCR's `35.852µs` is none: nobody means to be asked again that soon.
 */
export function parseRetryAfter(value: string | undefined, now: number): number | undefined {
  const text = value?.trim() ?? ''
  if (text.length > 64) return undefined
  if (/^[0-9]{1,13}(?:\.[0-9]{1,9})?$/.test(text)) {
    const number = Number(text)
    if (number > EPOCH_MILLISECONDS) return Math.max(0, number - now)
    return number > EPOCH ? Math.max(0, number * 1000 - now) : number * 1000
  }
  if (/^(?:[0-9]{1,6}(?:\.[0-9]{1,9})?(?:h|ms|m|s)){1,4}$/.test(text)) {
    return [...text.matchAll(/([0-9.]+)(ms|h|m|s)/g)].reduce((sum, [, amount, unit]) => sum + Number(amount) * (UNITS[unit ?? ''] ?? 0), 0)
  }
  if (!/^(?:[A-Za-z]{3,9},? |[0-9]{4}-[0-9]{2}-[0-9]{2}T)/.test(text)) return undefined
  // The asctime form names no zone and means UTC; the parser would take our own.
  const moment = Date.parse(/(?:GMT|UTC|Z|[+-][0-9]{2}:?[0-9]{2})$/.test(text) ? text : `${text}${text.includes('T') && text.includes('-') ? 'Z' : ' GMT'}`)
  return Number.isNaN(moment) ? undefined : Math.max(0, moment - now)
}
