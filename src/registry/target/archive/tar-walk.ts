/**
 * The table of what is in a tar, by reading its headers only. Pure: asks for pieces of the file and is given them, so that the same
 * code reads files and fuzzed bytes. Archives that mean different things to different readers are refused: names twice, names that lead
 * out, sparse files, devices, a missing end.
 */
import { Failure } from '../../../kit/failure.ts'
import { printable } from '../../../kit/printable.ts'
import { type Extended, readPax } from './pax.ts'
import { entryOf, type TarEntry } from './tar-entry.ts'
import { BLOCK, readHeader } from './tar-header-read.ts'
import { invalid, unsupported } from './tar-trouble.ts'

export interface Piece {
  readonly at: number
  readonly length: number
}

export type TarTable = ReadonlyMap<string, TarEntry>

/** Bytes of a header that names the next entry. */
const LARGEST_EXTENDED = 1024 * 1024
const MOST_ENTRIES = 500_000

/** @param size bytes of the file @param name how messages call it @throws Failure CONTENT_INVALID, UNSUPPORTED, LIMIT_REACHED */
export function* walkTar(size: number, name: string): Generator<Piece, TarTable, Uint8Array> {
  const table = new Map<string, TarEntry>()
  const folders = new Set<string>()
  let extended: { -readonly [Key in keyof Extended]: Extended[Key] } = {}
  for (let at = 0; ; ) {
    const where = `${name}, byte ${at}`
    const block = at + BLOCK > size ? undefined : yield { at, length: BLOCK }
    if (block?.length !== BLOCK) throw invalid(where, 'the archive ends in the middle')
    if (block.every((byte) => byte === 0)) break
    const header = readHeader(block, where)
    const length = 'xgLK'.includes(header.type) ? header.size : (extended.size ?? header.size)
    const offset = at + BLOCK
    at = offset + Math.ceil(length / BLOCK) * BLOCK
    if (at > size) throw invalid(where, `the archive ends in the middle: ${size} bytes, but this entry would end at ${at}`)
    if ('xgLK'.includes(header.type)) {
      if (length > LARGEST_EXTENDED) throw invalid(where, 'a header is larger than 1 MiB')
      const bytes = length === 0 ? new Uint8Array() : yield { at: offset, length }
      Object.assign(extended, extension(header.type, bytes, where))
      continue
    }
    const entry = entryOf(header, extended, { offset, length }, where)
    extended = {}
    if (entry.kind === 'folder') folders.add(entry.name)
    else {
      if (table.has(entry.name)) throw invalid(where, `${printable(entry.name, 200)} is in it twice`)
      table.set(entry.name, entry)
      if (table.size > MOST_ENTRIES) throw new Failure('LIMIT_REACHED', `${name} has more than ${MOST_ENTRIES} entries`)
    }
  }
  for (const folder of folders) if (table.has(folder)) throw invalid(name, `${printable(folder, 200)} is in it as a file and as a directory`)
  return table
}

function extension(type: string, bytes: Uint8Array, where: string): Extended {
  if (type === 'x') return readPax(bytes, where)
  if (type === 'g') {
    // For all that follows. git writes a comment there; anything that changes entries is refused.
    if (Object.keys(readPax(bytes, where)).length > 0) throw unsupported(where, 'global headers that rename entries')
    return {}
  }
  const text = Buffer.from(bytes).toString('utf8').replace(/\0+$/, '')
  return type === 'L' ? { path: text } : { linkpath: text }
}
