/**
 * A whole archive as one tar: oci-layout and index.json first, then blobs by digest, then files that are not ours. Nothing of the machine or
 * the moment is in it, so the same content gives the same bytes.
 */
import type { Stats } from 'node:fs'
import { type FileHandle, open, stat } from 'node:fs/promises'
import { type Call, throwIfStopped } from '../../../kit/call.ts'
import { padding, TAR_END, tarHeader } from '../../../kit/tar-header.ts'
import { type Digest, isDigest } from '../../oci/digest.ts'
import { proven } from '../body.ts'
import { MARK, MARK_TEXT } from '../layout/create.ts'
import { writeAll } from '../layout/durable.ts'
import { type LayoutIndex, printIndex } from '../layout/entries.ts'
import { chunksOf, openRegular } from '../layout/regular.ts'
import { inOrder } from './merge.ts'
import { digestAt, type ReadArchive } from './read-archive.ts'

/** One file of the archive. */
interface Part {
  readonly path: string
  readonly size: number
  chunks(): AsyncIterable<Uint8Array>
}

export interface Contents {
  readonly index: LayoutIndex
  /** Paths in the archive and the files that hold them. */
  readonly added: ReadonlyMap<string, string>
  /** Archives whose content is kept; the first one that has a path gives it. */
  readonly kept: readonly ReadArchive[]
  readonly without: ReadonlySet<Digest>
}

/** Writes to a new file and syncs it. Every blob is proven on its way. */
export async function writeArchive(file: string, contents: Contents, name: string, call: Call): Promise<void> {
  const handle = await open(file, 'wx', 0o644)
  try {
    const parts = await partsOf(contents, name)
    const total = parts.reduce((sum, part) => sum + part.size, 0)
    let done = 0
    for (const part of parts) {
      await writePart(handle, part, (bytes) => {
        throwIfStopped(call)
        done += bytes
        call.onProgress?.({ what: `writing ${name}`, done, total })
      })
    }
    await writeAll(handle, TAR_END)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

async function writePart(handle: FileHandle, part: Part, passed: (bytes: number) => void): Promise<void> {
  await writeAll(handle, tarHeader({ kind: 'file', path: part.path, owner: { uid: 0, gid: 0 } }, 0o644, part.size, 0))
  for await (const chunk of part.chunks()) {
    await writeAll(handle, chunk)
    passed(chunk.length)
  }
  await writeAll(handle, padding(part.size))
}

async function partsOf({ index, added, kept, without }: Contents, name: string): Promise<Part[]> {
  const parts = new Map<string, Part>()
  for (const [path, file] of added)
    parts.set(
      path,
      provenPart(path, await stat(file), () => fileChunks(file, path), name),
    )
  for (const { tar } of kept) {
    for (const entry of tar.table.values()) {
      const digest = digestAt(entry.name)
      const dropped = digest !== undefined && isDigest(digest) && without.has(digest)
      if (entry.kind === 'file' && !dropped && !parts.has(entry.name))
        parts.set(
          entry.name,
          provenPart(entry.name, entry, () => tar.chunks(entry), name),
        )
    }
  }
  for (const own of [MARK, 'index.json']) parts.delete(own)
  const rank = (path: string): string => `${path.startsWith('blobs/') ? 0 : 1}${path}`
  const rest = [...parts.values()].toSorted((left, right) => (rank(left.path) < rank(right.path) ? -1 : 1))
  return [textPart(MARK, MARK_TEXT), textPart('index.json', printIndex(inOrder(index))), ...rest]
}

function textPart(path: string, text: string): Part {
  const bytes = Buffer.from(text)
  return {
    path,
    size: bytes.length,
    async *chunks() {
      yield bytes
    },
  }
}

function provenPart(path: string, { size }: Pick<Stats, 'size'>, chunks: () => AsyncIterable<Uint8Array>, name: string): Part {
  const digest = digestAt(path)
  if (digest === undefined || !isDigest(digest)) return { path, size, chunks }
  return { path, size, chunks: () => proven({ mediaType: 'application/octet-stream', digest, size }, chunks(), name) }
}

async function* fileChunks(file: string, path: string): AsyncIterable<Uint8Array> {
  const handle = await openRegular(file, path)
  if (handle) yield* chunksOf(handle)
}
