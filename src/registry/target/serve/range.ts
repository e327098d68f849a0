/** Parts of a blob: `Range` when it is read (RFC 9110 §14), `Content-Range` when it is written (distribution-spec v1.1). */

export interface Span {
  /** Offset of the first byte. */
  readonly first: number
  /** Offset of the last byte. */
  readonly last: number
}

/**
 * `bytes=a-b`, `bytes=a-`, `bytes=-n`. Undefined means the whole: no header, several ranges, or a form that is not known.
 * @param size of the blob in bytes
 */
export function readRange(header: string | undefined, size: number): Span | 'unsatisfiable' | undefined {
  const match = /^bytes=([0-9]{0,15})-([0-9]{0,15})$/.exec(header?.replaceAll(' ', '') ?? '')
  if (!match) return undefined
  const [, from = '', to = ''] = match
  if (from === '' && to === '') return undefined
  const first = from === '' ? Math.max(0, size - Number(to)) : Number(from)
  const last = from === '' || to === '' ? size - 1 : Math.min(Number(to), size - 1)
  if (first >= size || last < first) return 'unsatisfiable'
  return { first, last }
}

/** `a-b`, both included. Undefined when it is not of this form. */
export function writeRange(header: string): Span | undefined {
  const match = /^(?:bytes[= ])?([0-9]{1,15})-([0-9]{1,15})(?:\/(?:[0-9]+|\*))?$/.exec(header.trim())
  const [, first, last] = match ?? []
  return first === undefined || last === undefined ? undefined : { first: Number(first), last: Number(last) }
}
