/** Pax headers: records before an entry that say what ustar cannot. POSIX.1-2001, pax, "Extended Header Keyword/Value Pairs". */
import { invalid, unsupported } from './tar-trouble.ts'

/** What a pax or GNU header says of the next entry. */
export interface Extended {
  readonly path?: string
  readonly linkpath?: string
  readonly size?: number
}

/** Records of a pax header: `<length> <key>=<value>\n`. @throws Failure CONTENT_INVALID, UNSUPPORTED for sparse files */
export function readPax(bytes: Uint8Array, where: string): Extended {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let found: Extended = {}
  for (let at = 0; at < buffer.length; ) {
    const space = buffer.indexOf(0x20, at)
    const digits = space < 0 || space - at > 10 ? '' : buffer.toString('latin1', at, space)
    const end = at + (/^[1-9][0-9]{0,9}$/.test(digits) ? Number(digits) : 0)
    const equals = buffer.indexOf(0x3d, space)
    if (end <= at || end > buffer.length || buffer[end - 1] !== 0x0a || equals < 0 || equals >= end) throw invalid(where, 'a pax header cannot be read')
    found = withRecord(found, buffer.toString('utf8', space + 1, equals), buffer.toString('utf8', equals + 1, end - 1), where)
    at = end
  }
  return found
}

function withRecord(found: Extended, key: string, value: string, where: string): Extended {
  if (key.startsWith('GNU.sparse.')) throw unsupported(where, 'sparse files')
  if (key === 'path') return { ...found, path: value }
  if (key === 'linkpath') return { ...found, linkpath: value }
  if (key !== 'size') return found
  if (!/^[0-9]{1,15}$/.test(value)) throw invalid(where, 'a pax header has a size that is not a number')
  return { ...found, size: Number(value) }
}
