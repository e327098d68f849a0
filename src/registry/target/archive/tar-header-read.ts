/**
 * One header block of a tar: POSIX.1-2001 ustar, with GNU's large numbers.
 * What is not understood is refused, because a size that is read wrongly makes file content look like headers.
 */
import { invalid } from './tar-trouble.ts'

export const BLOCK = 512

export interface TarHeader {
  readonly name: string
  /** One character; an old regular file is `0`. */
  readonly type: string
  /** Bytes that follow. */
  readonly size: number
  readonly target: string
}

/** @param where how messages call the place, e.g. `oci-archive:a.tar, byte 512` @throws Failure CONTENT_INVALID */
export function readHeader(block: Uint8Array, where: string): TarHeader {
  const bytes = Buffer.from(block.buffer, block.byteOffset, block.byteLength)
  checkSum(bytes, where)
  const magic = bytes.toString('latin1', 257, 263)
  if (!['ustar\0', 'ustar ', '\0\0\0\0\0\0'].includes(magic)) throw invalid(where, 'the header is of an unknown kind of tar')
  const type = bytes.toString('latin1', 156, 157)
  const prefix = magic === 'ustar\0' ? textIn(bytes, 345, 500) : ''
  const name = textIn(bytes, 0, 100)
  return {
    name: prefix === '' ? name : `${prefix}/${name}`,
    type: type === '\0' ? '0' : type,
    size: numberIn(bytes, 124, 136, where),
    target: textIn(bytes, 157, 257),
  }
}

function textIn(bytes: Buffer, from: number, to: number): string {
  const end = bytes.indexOf(0, from)
  return bytes.toString('utf8', from, end < 0 || end > to ? to : end)
}

/** Octal digits, or GNU's binary form for what does not fit. */
function numberIn(bytes: Buffer, from: number, to: number, where: string): number {
  const first = bytes[from] ?? 0
  if (first === 0x80) {
    let value = 0n
    for (const byte of bytes.subarray(from + 1, to)) value = value * 256n + BigInt(byte)
    if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw invalid(where, 'a number in the header is too large')
    return Number(value)
  }
  const text = bytes.toString('latin1', from, to).replaceAll('\0', ' ').trim()
  if (!/^[0-7]{0,12}$/.test(text)) throw invalid(where, 'a number in the header is not octal')
  return Number.parseInt(text || '0', 8)
}

/** Bytes as unsigned, as POSIX says, or as signed, as some old programs did. */
function checkSum(bytes: Buffer, where: string): void {
  const text = bytes.toString('latin1', 148, 156).replaceAll('\0', ' ').trim()
  let unsigned = 8 * 32
  let signed = 8 * 32
  for (let at = 0; at < BLOCK; at += 1) {
    if (at >= 148 && at < 156) continue
    const byte = bytes[at] ?? 0
    unsigned += byte
    signed += byte > 127 ? byte - 256 : byte
  }
  const said = /^[0-7]{1,8}$/.test(text) ? Number.parseInt(text, 8) : -1
  if (said !== unsigned && said !== signed) throw invalid(where, 'the checksum of the header is wrong: this is no tar, or it is damaged')
}
