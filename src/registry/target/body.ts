/** Bodies: from bytes, and reading one whole. */
import { createHash } from 'node:crypto'
import { Failure } from '../../kit/failure.ts'
import type { Descriptor } from '../oci/descriptor.ts'
import { algorithmOf, finishDigest } from '../oci/digest.ts'
import type { Body } from './target.ts'

export function bytesBody(bytes: Uint8Array): Body {
  return {
    size: bytes.length,
    async *open(from = 0) {
      yield bytes.subarray(from)
    },
  }
}

/** Reads a body to its end. @param largest bytes that are held in memory at most */
export async function readBody(body: Body, largest: number): Promise<Uint8Array> {
  if (body.size > largest) throw new Failure('LIMIT_REACHED', `content of ${body.size} bytes is larger than the ${largest} that are allowed here`)
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of body.open()) {
    length += chunk.length
    if (length > largest) throw new Failure('LIMIT_REACHED', `content is larger than the ${largest} bytes that are allowed here`)
    chunks.push(chunk)
  }
  return chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks, length)
}

/**
 * Passes chunks on and proves them: the last chunk is held back until digest and size are right.
 * @throws Failure DIGEST_MISMATCH
 */
export async function* proven(descriptor: Descriptor, chunks: AsyncIterable<Uint8Array>, where: string): AsyncIterable<Uint8Array> {
  const algorithm = algorithmOf(descriptor.digest)
  const hash = createHash(algorithm)
  let length = 0
  let held: Uint8Array | undefined
  for await (const chunk of chunks) {
    length += chunk.length
    if (length > descriptor.size) throw mismatch(descriptor, where, `it has more than the promised ${descriptor.size} bytes`)
    hash.update(chunk)
    if (held) yield held
    held = chunk
  }
  if (length !== descriptor.size) throw mismatch(descriptor, where, `it has ${length} bytes instead of the promised ${descriptor.size}`)
  const digest = finishDigest(hash, algorithm)
  if (digest !== descriptor.digest) throw mismatch(descriptor, where, `its digest is ${digest}`)
  if (held) yield held
}

function mismatch(descriptor: Descriptor, where: string, why: string): Failure {
  return new Failure('DIGEST_MISMATCH', `${descriptor.digest} from ${where} is not what it claims to be`, {
    cause: why,
    hint: 'The bytes were not used. Something between here and there changes content, or the copy there is damaged: try another source, or push the image again.',
    facts: { digest: descriptor.digest },
  })
}
