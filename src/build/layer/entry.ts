/** One thing in a layer: where it comes from, where it goes, whose it is. What does not belong here: bytes. */
import { Failure } from '../../kit/failure.ts'

export interface Owner {
  readonly uid: number
  readonly gid: number
}

interface Placed {
  /** In the image, without a slash at either end: `app/bin/run`. */
  readonly path: string
  readonly owner: Owner
}

export interface FileEntry extends Placed {
  readonly kind: 'file'
  /** Inside the context. */
  readonly source: string
  /** Permission bits; undefined: 0755 for what its owner may execute, else 0644. */
  readonly mode: number | undefined
  /** Named by itself in the recipe, not found by a pattern or below a directory. */
  readonly named: boolean
}

export interface DirectoryEntry extends Placed {
  readonly kind: 'directory'
  readonly mode: number
}

export interface LinkEntry extends Placed {
  readonly kind: 'link'
  readonly target: string
}

export type Entry = FileEntry | DirectoryEntry | LinkEntry

export const ROOT: Owner = { uid: 0, gid: 0 }

/** The largest id a Linux system knows (2³² − 2; the last one means "none"). */
const LARGEST_ID = 4_294_967_294

/** `1000:1000`, or `1000` for both. @throws Failure INPUT_INVALID */
export function readOwner(text: string): Owner {
  const match = /^(\d{1,10})(?::(\d{1,10}))?$/.exec(text)
  const uid = Number(match?.[1])
  const gid = Number(match?.[2] ?? match?.[1])
  if (match && uid <= LARGEST_ID && gid <= LARGEST_ID) return { uid, gid }
  throw new Failure('INPUT_INVALID', `"${text.slice(0, 80)}" is not an owner`, {
    hint: 'Write uid:gid as numbers, e.g. 1000:1000; names are not known while a layer is written.',
  })
}

/** `0755`, `755`, `4755`: octal. @throws Failure INPUT_INVALID */
export function readMode(text: string): number {
  if (/^0?[0-7]{3,4}$/.test(text)) return Number.parseInt(text, 8)
  throw new Failure('INPUT_INVALID', `"${text.slice(0, 80)}" is not a mode`, { hint: 'Write three or four octal digits, in quotes in YAML, e.g. "0755".' })
}

/** A directory must be enterable wherever a file would be readable: `x` for every `r`. */
export function directoryMode(mode: number | undefined): number {
  return mode === undefined ? 0o755 : mode | ((mode & 0o444) >> 2)
}
