/** What a registry says went wrong: `{"errors":[{code,message,detail}]}`, read leniently, since bodies may have any form. */
import { printable } from '../../kit/printable.ts'

export interface ErrorEntry {
  /** Upper case, e.g. `MANIFEST_UNKNOWN`; empty when the registry gave none. */
  readonly code: string
  readonly message: string
}

const MOST_ENTRIES = 8

/** Entries of an error document; empty when the body is not one. */
export function parseErrors(bytes: Uint8Array): ErrorEntry[] {
  if (bytes.length === 0) return []
  let json: unknown
  try {
    json = JSON.parse(Buffer.from(bytes).toString('utf8'))
  } catch {
    return []
  }
  if (typeof json !== 'object' || json === null || !('errors' in json)) return []
  const listed: unknown[] = Array.isArray(json.errors) ? json.errors : [json.errors]
  return listed.slice(0, MOST_ENTRIES).flatMap((entry) => {
    if (typeof entry === 'string') return [{ code: '', message: printable(entry, 300) }]
    if (typeof entry !== 'object' || entry === null) return []
    const code = 'code' in entry && typeof entry.code === 'string' ? entry.code : ''
    const message = 'message' in entry && typeof entry.message === 'string' ? entry.message : ''
    return [{ code: printable(code, 60).toUpperCase(), message: printable(message, 300) }]
  })
}

/** One line for people: the registry's own words, or the first of what it sent instead. */
export function errorText(errors: readonly ErrorEntry[], bytes: Uint8Array): string {
  if (errors.length > 0) return errors.map(({ code, message }) => [code, message].filter((word) => word !== '').join(': ')).join('; ')
  return printable(Buffer.from(bytes.subarray(0, 600)).toString('utf8').trim(), 200)
}
