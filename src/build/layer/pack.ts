/**
 * A layer on its way: tar, gzip, both digests in one pass, into a temporary file that can be read again as often as a target needs it.
 * The directory of the temporary files belongs to the caller, who removes it.
 */
import { createHash } from 'node:crypto'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { type Call, stopReason } from '../../kit/call.ts'
import { asFailure } from '../../kit/failure.ts'
import type { Descriptor } from '../../registry/oci/descriptor.ts'
import { type Digest, finishDigest } from '../../registry/oci/digest.ts'
import { MEDIA } from '../../registry/oci/media-types.ts'
import type { Body } from '../../registry/target/target.ts'
import { type TarOptions, tarStream } from './tar.ts'

export interface PackedLayer {
  readonly descriptor: Descriptor
  readonly body: Body
  /** Digest of the tar before compression. */
  readonly diffId: Digest
  /** Bytes of the tar. */
  readonly unpacked: number
  readonly files: number
}

/** What gzip, docker and buildkit use: beyond it time doubles for one or two percent of size. */
const LEVEL = 6
const CHUNK = 256 * 1024

/** @param directory where the temporary file goes @param name of that file */
export async function packLayer(options: TarOptions, directory: string, name: string, call: Call): Promise<PackedLayer> {
  const path = join(directory, name)
  const unpackedHash = createHash('sha256')
  const packedHash = createHash('sha256')
  let unpacked = 0
  let packed = 0
  const file = await open(path, 'wx', 0o600).catch((error: unknown) => {
    throw asFailure(error)
  })
  try {
    await pipeline(
      async function* () {
        for await (const chunk of tarStream(options, call)) {
          unpackedHash.update(chunk)
          unpacked += chunk.length
          call.onProgress?.({ what: 'layer', done: unpacked })
          yield chunk
        }
      },
      createGzip({ level: LEVEL, chunkSize: CHUNK }),
      async (chunks: AsyncIterable<Buffer>) => {
        for await (const chunk of withoutSystem(chunks)) {
          packedHash.update(chunk)
          packed += chunk.length
          await file.writeFile(chunk)
        }
      },
      { signal: call.signal },
    )
  } catch (error) {
    throw call.signal.aborted ? stopReason(call.signal) : asFailure(error)
  } finally {
    await file.close()
  }
  return {
    descriptor: { mediaType: MEDIA.layerGzip, digest: finishDigest(packedHash, 'sha256'), size: packed },
    body: fileBody(path, packed),
    diffId: finishDigest(unpackedHash, 'sha256'),
    unpacked,
    files: options.entries.filter(({ kind }) => kind === 'file').length,
  }
}

/** Byte 9 of a gzip header names the system that wrote it (3 on Linux, 19 on macOS, 10 on Windows): 255, unknown, everywhere. RFC 1952 §2.3.1. */
async function* withoutSystem(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let position = 0
  for await (const chunk of chunks) {
    if (position <= 9 && position + chunk.length > 9) chunk[9 - position] = 255
    position += chunk.length
    yield chunk
  }
}

function fileBody(path: string, size: number): Body {
  return {
    size,
    async *open(from = 0) {
      const file = await open(path)
      try {
        for (let position = from; position < size; ) {
          const chunk = Buffer.allocUnsafe(Math.min(CHUNK, size - position))
          const { bytesRead } = await file.read(chunk, 0, chunk.length, position)
          if (bytesRead === 0) return
          position += bytesRead
          yield chunk.subarray(0, bytesRead)
        }
      } finally {
        await file.close()
      }
    },
  }
}
