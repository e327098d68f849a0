/** Bodies that are small by nature, read whole: never more than their kind may have, never cut, decoded when they came encoded. */
import { Failure } from '../../kit/failure.ts'

/** Reads to the end. undefined when there are more bytes than allowed; reading stops one byte after. */
export async function readCapped(chunks: AsyncIterable<Uint8Array>, largest: number): Promise<Uint8Array | undefined> {
  const pieces: Uint8Array[] = []
  let length = 0
  for await (const piece of chunks) {
    length += piece.length
    if (length > largest) return undefined
    pieces.push(piece)
  }
  return pieces.length === 1 && pieces[0] ? pieces[0] : Buffer.concat(pieces, length)
}

/**
 * Takes off a Content-Encoding that we did not ask for (quay#1310); the result is bounded too.
 * @throws Failure PROTOCOL_ERROR when the encoding is unknown or broken, LIMIT_REACHED when it swells too much
 */
export function decodeBody(bytes: Uint8Array, encoding: string, largest: number, what: string): Uint8Array {
  const zlib = process.getBuiltinModule('node:zlib')
  const options = { maxOutputLength: largest }
  try {
    switch (encoding.trim().toLowerCase()) {
      case '':
      case 'identity':
        return bytes
      case 'gzip':
      case 'x-gzip':
        return zlib.gunzipSync(bytes, options)
      case 'deflate':
        return zlib.inflateSync(bytes, options)
      case 'br':
        return zlib.brotliDecompressSync(bytes, options)
      default:
    }
  } catch (error) {
    if (error instanceof RangeError) throw tooLarge(what, largest)
    throw new Failure('PROTOCOL_ERROR', `cannot ${what}`, { cause: `the answer says it is ${encoding}, but cannot be decoded` })
  }
  throw new Failure('PROTOCOL_ERROR', `cannot ${what}`, { cause: `the answer came encoded as ${encoding.slice(0, 40)}, which was not asked for` })
}

export function tooLarge(what: string, largest: number): Failure {
  return new Failure('LIMIT_REACHED', `cannot ${what}`, {
    cause: `the answer is larger than ${largest} bytes`,
    hint: 'Nothing that large is expected here; is this a registry?',
  })
}
