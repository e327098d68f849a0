/** What an installer of one kind of source says of each peer it was asked for. */

import type { Pin } from '../pin.ts'

export type Made =
  | { readonly name: string; readonly state: 'ready'; readonly version: string; readonly bin: string }
  | { readonly name: string; readonly state: 'missing'; readonly why: string }

/** `bin` is relative to the folder of the peers. */
export function ready(pin: Pin, bin: string, version: string = pin.version): Made {
  return { name: pin.name, state: 'ready', version, bin }
}

export function missing(pin: Pin, error: unknown): Made {
  return { name: pin.name, state: 'missing', why: error instanceof Error ? error.message : String(error) }
}
