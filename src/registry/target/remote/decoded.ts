/** A blob that came with a Content-Encoding nobody asked for (quay#1310), decoded as it streams. Size and digest are proven after this. */
import { pipeline, type Transform } from 'node:stream'
import { Failure } from '../../../kit/failure.ts'

/** @throws Failure PROTOCOL_ERROR when the encoding is unknown or broken */
export async function* decoded(chunks: AsyncIterable<Uint8Array>, encoding: string, what: string): AsyncIterable<Uint8Array> {
  const zlib = process.getBuiltinModule('node:zlib')
  const decoders: Record<string, () => Transform> = {
    gzip: () => zlib.createGunzip(),
    'x-gzip': () => zlib.createGunzip(),
    deflate: () => zlib.createInflate(),
    br: () => zlib.createBrotliDecompress(),
  }
  const create = Object.hasOwn(decoders, encoding) ? decoders[encoding] : undefined
  if (!create) {
    for await (const _chunk of chunks) break
    throw new Failure('PROTOCOL_ERROR', `cannot ${what}`, { cause: `the answer came encoded as ${encoding.slice(0, 40)}, which was not asked for` })
  }
  const decoder = create()
  // The error reaches the reader below; the callback only keeps it from being thrown a second time.
  pipeline(chunks, decoder, () => {})
  try {
    for await (const chunk of decoder) yield chunk
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    if (!code.startsWith('Z_') && !code.startsWith('ERR_') && !code.startsWith('ERROR_')) throw error
    throw new Failure('PROTOCOL_ERROR', `cannot ${what}`, { cause: `the answer says it is ${encoding}, but cannot be decoded` })
  }
}
