/**
 * The old form of `docker save`: manifest.json, a config and a tar for each layer. It has no manifests of registries, so they are made: Docker
 * schema 2, since the configs are Docker's, with the bytes of config and layers as they are. The same file gives the same digests.
 */
import type { Call } from '../../../kit/call.ts'
import { Failure } from '../../../kit/failure.ts'
import { isObject, type Json, type JsonObject, parseStrictJson } from '../../../kit/json.ts'
import { printable } from '../../../kit/printable.ts'
import { type Descriptor, descriptorJson } from '../../oci/descriptor.ts'
import { type Digest, digestOf, isDigest } from '../../oci/digest.ts'
import { MEDIA } from '../../oci/media-types.ts'
import { missing, provenFrom } from '../layout/blobs.ts'
import { type Entry, type LayoutIndex, readEntry } from '../layout/entries.ts'
import { createGraph } from '../layout/graph.ts'
import type { Readable, ReadBlobs } from '../layout/reading.ts'
import { describeLayer } from './docker-layer.ts'
import type { TarFile } from './tar-file.ts'
import { entryAt } from './tar-links.ts'

/** Of a containerd and of new files of docker: the full name of an image in index.json. */
export const IMAGE_NAME = 'io.containerd.image.name'

const LARGEST_DOCUMENT = 8 * 1024 * 1024
const MOST_IMAGES = 10_000

interface Held {
  readonly size: number
  raw(from?: number, to?: number): AsyncIterable<Uint8Array>
}

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

/** Notes config, layers and the manifest that is made of them. */
async function manifestOf(tar: TarFile, image: JsonObject, held: Map<Digest, Held>, where: string, call: Call): Promise<Descriptor> {
  const configPath = image['Config']
  if (typeof configPath !== 'string') throw new Failure('CONTENT_INVALID', `${where} names no config`)
  const configBytes = await tar.bytes(entryAt(tar, configPath, where), LARGEST_DOCUMENT)
  const config: Descriptor = { mediaType: 'application/vnd.docker.container.image.v1+json', digest: digestOf(configBytes), size: configBytes.length }
  checkName(configPath, config.digest, where)
  held.set(config.digest, heldBytes(configBytes))
  const paths = textsIn(image['Layers'], `Layers of ${where}`)
  const diffIds = diffIdsOf(parseStrictJson(configBytes, `the config of ${where}`), where)
  if (paths.length !== diffIds.length) throw new Failure('CONTENT_INVALID', `${where} has ${paths.length} layers, but its config names ${diffIds.length}`)
  const layers: Descriptor[] = []
  for (const [at, diffId] of diffIds.entries()) {
    const entry = entryAt(tar, paths[at] ?? '', where)
    const layer = await describeLayer(tar, entry, diffId, `layer ${at + 1} of ${where}`, call)
    held.set(layer.digest, { size: entry.size, raw: (from, to) => tar.chunks(entry, from, to) })
    layers.push(layer)
  }
  const document = { schemaVersion: 2, mediaType: MEDIA.dockerManifest, config: descriptorJson(config), layers: layers.map(descriptorJson) }
  const bytes = Buffer.from(JSON.stringify(document))
  const digest = digestOf(bytes)
  held.set(digest, heldBytes(bytes))
  return { mediaType: MEDIA.dockerManifest, digest, size: bytes.length }
}

function heldBytes(bytes: Uint8Array): Held {
  return {
    size: bytes.length,
    async *raw(from = 0, to = bytes.length - 1) {
      yield bytes.subarray(from, to + 1)
    },
  }
}

/** docker, skopeo and crane all name the config by its digest. */
function checkName(path: string, digest: Digest, where: string): void {
  const hex = /(?:^|\/|sha256:)([0-9a-f]{64})(?:\.json)?$/.exec(path)?.[1]
  if (hex === undefined || digest === `sha256:${hex}`) return
  throw new Failure('DIGEST_MISMATCH', `the config of ${where} is not what its name says`, {
    cause: `its digest is ${digest}, its name ${printable(path, 100)}`,
    hint: 'The archive is damaged or was changed: save the image again.',
  })
}

function textsIn(value: Json | undefined, what: string): string[] {
  const list = value ?? []
  const texts = Array.isArray(list) ? list.filter((text) => typeof text === 'string') : []
  if (!Array.isArray(list) || texts.length !== list.length) throw new Failure('CONTENT_INVALID', `${what} is not a list of texts`)
  return texts
}

function diffIdsOf(config: Json, where: string): Digest[] {
  const rootfs = isObject(config) ? config['rootfs'] : undefined
  return textsIn(isObject(rootfs) ? rootfs['diff_ids'] : undefined, `the diff_ids of ${where}`).map((text) => {
    if (isDigest(text)) return text
    throw new Failure('CONTENT_INVALID', `the config of ${where} has a diff_id that is not a digest: ${printable(text, 100)}`)
  })
}
