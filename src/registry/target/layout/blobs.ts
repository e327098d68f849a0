/**
 * blobs/ALGORITHM/HEX on disk. Content gets its name there only after digest and size are proven; what is read is proven
 * again. Only regular files count (regular.ts).
 */
import { access, constants, link, open, rename, rm, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { type Call, throwIfStopped } from '../../../kit/call.ts'
import { Failure } from '../../../kit/failure.ts'
import type { Descriptor } from '../../oci/descriptor.ts'
import { algorithmOf, type Digest, hexOf } from '../../oci/digest.ts'
import { proven } from '../body.ts'
import { makeBelow, syncDirectory, writeAll } from './durable.ts'
import type { Incoming } from './incoming.ts'
import { chunksOf, openRegular, realDirectory, regularFile } from './regular.ts'
import { fileTrouble, systemCode } from './trouble.ts'

export interface Blobs {
  /** Its size in bytes; undefined when it is not there. @throws Failure CONTENT_INVALID when something else is in its place */
  size(digest: Digest): Promise<number | undefined>
  /** The bytes, unproven, from an offset; to be closed by reading to the end or breaking off. */
  raw(digest: Digest, from?: number, to?: number): Promise<AsyncIterable<Uint8Array>>
  /** The bytes from an offset. All bytes are read and proven, so that the end only comes when the whole is right. */
  read(descriptor: Descriptor, from?: number): AsyncIterable<Uint8Array>
  /** Writes and proves. @throws Failure DIGEST_MISMATCH, and nothing is left */
  store(descriptor: Descriptor, chunks: AsyncIterable<Uint8Array>, call: Call): Promise<void>
  /** Takes over a finished file of the same file system, whose content the caller proved. */
  adopt(digest: Digest, file: string): Promise<void>
  /** Takes a blob from another layout: proven, then linked, else copied. */
  take(descriptor: Descriptor, from: Blobs, call: Call): Promise<void>
  path(digest: Digest): string
  /** For who relies on it: marks it as wanted now, so that it is not collected as garbage. False when it is not there. */
  touch(digest: Digest): Promise<boolean>
  remove(digest: Digest): Promise<void>
}

/** @param name how messages call the place */
export function openBlobs(directory: string, incoming: Incoming, name = `oci:${directory}`): Blobs {
  const place = (digest: Digest): string => join(directory, 'blobs', algorithmOf(digest))
  const path = (digest: Digest): string => join(place(digest), hexOf(digest))
  const checked = new Set<string>()

  /** blobs/ and blobs/ALGORITHM are directories themselves, not links to some. Once seen to be so, not looked at again. */
  const checkPlace = async (digest: Digest): Promise<void> => {
    if (checked.has(place(digest))) return
    if ((await realDirectory(join(directory, 'blobs'))) && (await realDirectory(place(digest)))) checked.add(place(digest))
  }

  /** Moves a file whose content is proven and on the disk to its place. */
  const publish = async (digest: Digest, file: string): Promise<void> => {
    await makeBelow(directory, 'blobs', algorithmOf(digest))
    await checkPlace(digest)
    await rename(file, path(digest))
    await syncDirectory(place(digest))
  }

  const blobs: Blobs = {
    path,
    async size(digest) {
      try {
        await checkPlace(digest)
        const stats = await regularFile(path(digest), `${digest} in ${name}`)
        return stats === undefined ? undefined : Number(stats.size)
      } catch (error) {
        throw fileTrouble(error, `cannot read ${digest} in ${name}`)
      }
    },
    async raw(digest, from, to) {
      try {
        await checkPlace(digest)
        const handle = await openRegular(path(digest), `${digest} in ${name}`)
        if (!handle) throw missing(digest, name)
        return chunksOf(handle, from, to)
      } catch (error) {
        throw fileTrouble(error, `cannot read ${digest} in ${name}`)
      }
    },
    async *read(descriptor, from = 0) {
      yield* provenFrom(descriptor, await blobs.raw(descriptor.digest), from, name)
    },
    async store(descriptor, chunks, call) {
      try {
        const { path: file, handle } = await incoming.create()
        try {
          try {
            for await (const chunk of proven(descriptor, chunks, name)) {
              throwIfStopped(call)
              await writeAll(handle, chunk)
            }
            await handle.chmod(0o444)
            await handle.sync()
          } finally {
            await handle.close()
          }
          throwIfStopped(call)
          await publish(descriptor.digest, file)
        } catch (error) {
          await rm(file, { force: true })
          throw error
        }
      } catch (error) {
        throw fileTrouble(error, `cannot write ${descriptor.digest} to ${name}`)
      }
    },
    async adopt(digest, file) {
      try {
        const handle = await open(file, 'r+')
        try {
          await handle.chmod(0o444)
          await handle.sync()
        } finally {
          await handle.close()
        }
        await publish(digest, file)
      } catch (error) {
        throw fileTrouble(error, `cannot write ${digest} to ${name}`)
      }
    },
    async take(descriptor, from, call) {
      const linked = await incoming.path()
      try {
        await link(from.path(descriptor.digest), linked)
      } catch {
        // Another file system, or one without links.
        return blobs.store(descriptor, from.read(descriptor), call)
      }
      try {
        // What is proven is the file that the link holds, whatever happens to the name meanwhile.
        const handle = await openRegular(linked, `${descriptor.digest} in the other layout`)
        if (!handle) throw missing(descriptor.digest, name)
        for await (const _chunk of proven(descriptor, chunksOf(handle), name)) throwIfStopped(call)
        await publish(descriptor.digest, linked)
      } catch (error) {
        throw fileTrouble(error, `cannot take ${descriptor.digest} into ${name}`)
      } finally {
        // Also after success: renaming onto another link of the same file does nothing.
        await rm(linked, { force: true })
      }
    },
    async touch(digest) {
      const now = new Date()
      try {
        await utimes(path(digest), now, now)
        return true
      } catch (error) {
        if (systemCode(error) === 'ENOENT' || systemCode(error) === 'ENOTDIR') return false
        // Somebody else's file: a new one takes its place where that is possible, and where not nobody collects.
        const writable = await access(place(digest), constants.W_OK).then(
          () => true,
          () => false,
        )
        return !writable
      }
    },
    async remove(digest) {
      try {
        await rm(path(digest), { force: true })
        await syncDirectory(place(digest))
      } catch (error) {
        if (systemCode(error) !== 'ENOENT') throw fileTrouble(error, `cannot remove ${digest} from ${name}`)
      }
    },
  }
  return blobs
}

/** The chunks from an offset on, with the whole of them proven. */
export async function* provenFrom(descriptor: Descriptor, chunks: AsyncIterable<Uint8Array>, from: number, where: string): AsyncIterable<Uint8Array> {
  let skip = from
  for await (const chunk of proven(descriptor, chunks, where)) {
    if (skip < chunk.length) yield skip === 0 ? chunk : chunk.subarray(skip)
    skip = Math.max(0, skip - chunk.length)
  }
}

export function missing(digest: Digest, name: string): Failure {
  return new Failure('CONTENT_MISSING', `${digest} is not in ${name}`, { facts: { digest } })
}
