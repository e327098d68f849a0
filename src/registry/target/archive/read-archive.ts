/** An OCI layout inside of a tar: its index and its blobs, read where they lie. OCI image-spec v1.1, image-layout.md. */
import type { Call } from '../../../kit/call.ts'
import { Failure } from '../../../kit/failure.ts'
import { algorithmOf, type Digest, hexOf } from '../../oci/digest.ts'
import { missing, provenFrom } from '../layout/blobs.ts'
import { checkMark, MARK } from '../layout/create.ts'
import { type LayoutIndex, parseIndex } from '../layout/entries.ts'
import { createGraph } from '../layout/graph.ts'
import type { Readable, ReadBlobs } from '../layout/reading.ts'
import { openTar, type TarFile } from './tar-file.ts'

/** Bytes. As for a layout in a directory. */
const LARGEST_INDEX = 64 * 1024 * 1024

export interface ReadArchive extends Readable {
  readonly tar: TarFile
  readonly layout: LayoutIndex
  readonly blobs: ReadBlobs
}

/** @returns undefined when there is no such file @throws Failure when it is no layout, or not whole */
export async function readArchive(file: string, name: string, call: Call): Promise<ReadArchive | undefined> {
  const tar = await openTar(file, name, call)
  if (!tar) return undefined
  try {
    return await layoutIn(tar, name)
  } catch (error) {
    await tar.close()
    throw error
  }
}

/** @throws Failure when the tar holds no OCI layout */
export async function layoutIn(tar: TarFile, name: string): Promise<ReadArchive> {
  const entry = (path: string) => {
    const found = tar.table.get(path)
    if (found?.kind !== 'link') return found
    throw new Failure('CONTENT_INVALID', `${path} in ${name} is a link`, { hint: 'Make the archive with real files.' })
  }
  const [mark, indexEntry] = [entry(MARK), entry('index.json')]
  if (!mark || !indexEntry) {
    const docker = tar.table.has('manifest.json')
    throw new Failure('FILE_UNREADABLE', `${name} is not an OCI layout in a tar`, {
      cause: `it has no file ${mark ? 'index.json' : MARK}`,
      hint: docker
        ? 'It looks like the output of docker save: write docker-archive:FILE:name:tag.'
        : 'Name a tar that skopeo, regctl or ferry wrote as oci-archive.',
    })
  }
  checkMark(await tar.bytes(mark, 4096), name)
  const layout = parseIndex(await tar.bytes(indexEntry, LARGEST_INDEX), `index.json of ${name}`)
  const at = (digest: Digest) => entry(blobPath(digest))
  const blobs: ReadBlobs = {
    async size(digest) {
      return at(digest)?.size
    },
    async raw(digest, from, to) {
      const found = at(digest)
      if (!found) throw missing(digest, name)
      return tar.chunks(found, from, to)
    },
    async *read(descriptor, from = 0) {
      yield* provenFrom(descriptor, await blobs.raw(descriptor.digest), from, name)
    },
  }
  return { name, tar, layout, blobs, graph: createGraph(blobs), index: async () => layout }
}

function blobPath(digest: Digest): string {
  return `blobs/${algorithmOf(digest)}/${hexOf(digest)}`
}

/** The digest that a path in a layout stands for; undefined for other files. */
export function digestAt(path: string): string | undefined {
  const [, algorithm, hex] = /^blobs\/([^/]+)\/([^/]+)$/.exec(path) ?? []
  return algorithm === undefined ? undefined : `${algorithm}:${hex}`
}
