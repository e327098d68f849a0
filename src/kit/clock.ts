/** The clock, as a value, so that a test or SOURCE_DATE_EPOCH can decide what time it is. */
export interface Clock {
  /** Now. */
  now(): Date
}

export const systemClock: Clock = { now: () => new Date() }

/** A clock that stands still, e.g. at SOURCE_DATE_EPOCH. */
export function frozenClock(moment: Date): Clock {
  return { now: () => moment }
}

/** RFC 3339 in UTC with whole seconds, as OCI annotations want it. */
export function rfc3339(date: Date): string {
  return date.toISOString().replace(/\.\d{3}Z$/, 'Z')
}
