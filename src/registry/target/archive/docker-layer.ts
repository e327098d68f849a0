/**
 * A layer of `docker save`: what it is called by digest. Unpacked ones are called by their diff_id, which is proven when they are read;
 * packed ones (crane save) keep their bytes, and what is in them is proven once.
 */
import { createHash } from 'node:crypto'
import { pipeline } from 'node:stream'
import { type Call, throwIfStopped } from '../../../kit/call.ts'
import { Failure } from '../../../kit/failure.ts'
import type { Descriptor } from '../../oci/descriptor.ts'
import { algorithmOf, type Digest, finishDigest } from '../../oci/digest.ts'
import type { TarEntry } from './tar-entry.ts'
import type { TarFile } from './tar-file.ts'

const DOCKER_LAYER = 'application/vnd.docker.image.rootfs.diff.tar'

/** @param where how messages call the layer @throws Failure DIGEST_MISMATCH, UNSUPPORTED */
export async function describeLayer(tar: TarFile, entry: TarEntry, diffId: Digest, where: string, call: Call): Promise<Descriptor> {
  const start = await firstBytes(tar, entry)
  if (start.startsWith('28b52ffd') || start.startsWith('fd377a58') || start.startsWith('425a68')) {
    throw new Failure('UNSUPPORTED', `${where} is compressed in a way that is not read here`, {
      hint: 'Save the image again without compression of its layers; gzip is read too.',
    })
  }
  if (!start.startsWith('1f8b')) return { mediaType: DOCKER_LAYER, digest: diffId, size: entry.size }
  return { mediaType: `${DOCKER_LAYER}.gzip`, digest: await digestOfPacked(tar, entry, diffId, where, call), size: entry.size }
}

async function firstBytes(tar: TarFile, entry: TarEntry): Promise<string> {
  for await (const chunk of tar.chunks(entry, 0, 3)) return Buffer.from(chunk).toString('hex')
  return ''
}

async function digestOfPacked(tar: TarFile, entry: TarEntry, diffId: Digest, where: string, call: Call): Promise<Digest> {
  const packed = createHash('sha256')
  const plain = createHash(algorithmOf(diffId))
  const gunzip = process.getBuiltinModule('node:zlib').createGunzip()
  const passing = async function* (): AsyncIterable<Uint8Array> {
    for await (const chunk of tar.chunks(entry)) {
      throwIfStopped(call)
      packed.update(chunk)
      yield chunk
    }
  }
  // The error reaches the reader below; the callback only keeps it from being thrown a second time.
  pipeline(passing(), gunzip, () => {})
  try {
    for await (const chunk of gunzip as AsyncIterable<Uint8Array>) plain.update(chunk)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    if (!code.startsWith('Z_')) throw error
    throw new Failure('CONTENT_INVALID', `${where} cannot be unpacked`, { cause: 'it begins like gzip, but is damaged' })
  }
  const found = finishDigest(plain, algorithmOf(diffId))
  if (found === diffId) return finishDigest(packed, 'sha256')
  throw new Failure('DIGEST_MISMATCH', `${where} is not what the image says`, {
    cause: `unpacked its digest is ${found} instead of ${diffId}`,
    hint: 'The archive is damaged or was changed: save the image again.',
    facts: { digest: diffId, found },
  })
}
