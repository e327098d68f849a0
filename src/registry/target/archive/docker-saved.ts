/**
 * The old form of `docker save`: manifest.json, a config and a tar for each layer. It has no manifests of registries, so they are made: Docker
 * schema 2, since the configs are Docker's, with the bytes of config and layers as they are. The same file gives the same digests.
 */
import type { Call } from '../../../kit/call.ts'
import { Failure } from '../../../kit/failure.ts'
import { isObject, parseStrictJson } from '../../../kit/json.ts'
import { type Descriptor, descriptorJson } from '../../oci/descriptor.ts'
import type { Digest } from '../../oci/digest.ts'
import { missing, provenFrom } from '../layout/blobs.ts'
import { type Entry, type LayoutIndex, readEntry } from '../layout/entries.ts'
import { createGraph } from '../layout/graph.ts'
import type { Readable, ReadBlobs } from '../layout/reading.ts'
import { type Held, LARGEST_DOCUMENT, manifestOf, textsIn } from './docker-image.ts'
import type { TarFile } from './tar-file.ts'
import { entryAt } from './tar-links.ts'

/** Of a containerd and of new files of docker: the full name of an image in index.json. */
export const IMAGE_NAME = 'io.containerd.image.name'

const MOST_IMAGES = 10_000

/** @throws Failure when manifest.json, a config or a layer is missing or is not what it should be */
export async function readSaved(tar: TarFile, name: string, call: Call): Promise<Readable> {
  const held = new Map<Digest, Held>()
  const entries: Entry[] = []
  const list = parseStrictJson(await tar.bytes(entryAt(tar, 'manifest.json', name), LARGEST_DOCUMENT), `manifest.json of ${name}`)
  if (!Array.isArray(list) || list.length > MOST_IMAGES) throw new Failure('CONTENT_INVALID', `manifest.json of ${name} is not a list of images`)
  for (const [at, image] of list.entries()) {
    const where = `image ${at + 1} of ${name}`
    if (!isObject(image)) throw new Failure('CONTENT_INVALID', `${where} is not an object`)
    const manifest = await manifestOf(tar, image, held, where, call)
    entries.push(...textsIn(image['RepoTags'], `RepoTags of ${where}`).map((tag) => entryFor(manifest, { [IMAGE_NAME]: tag })))
    if (!entries.some((entry) => entry.descriptor?.digest === manifest.digest)) entries.push(entryFor(manifest))
  }
  const index: LayoutIndex = { frame: { schemaVersion: 2 }, entries }
  const blobs: ReadBlobs = {
    size: async (digest) => held.get(digest)?.size,
    async raw(digest, from, to) {
      const found = held.get(digest)
      if (!found) throw missing(digest, name)
      return found.raw(from, to)
    },
    async *read(descriptor, from = 0) {
      yield* provenFrom(descriptor, await blobs.raw(descriptor.digest), from, name)
    },
  }
  return { name, blobs, graph: createGraph(blobs), index: async () => index }
}

function entryFor(manifest: Descriptor, annotations?: Readonly<Record<string, string>>): Entry {
  return readEntry(descriptorJson({ ...manifest, ...(annotations ? { annotations } : {}) }), 'an entry')
}
