/** One image of a `docker save` file: its config, its layers, and the manifest that is made of them. */
import type { Call } from '../../../kit/call.ts'
import { Failure } from '../../../kit/failure.ts'
import { isObject, type Json, type JsonObject, parseStrictJson } from '../../../kit/json.ts'
import { printable } from '../../../kit/printable.ts'
import { type Descriptor, descriptorJson } from '../../oci/descriptor.ts'
import { type Digest, digestOf, isDigest } from '../../oci/digest.ts'
import { MEDIA } from '../../oci/media-types.ts'
import { describeLayer } from './docker-layer.ts'
import type { TarFile } from './tar-file.ts'
import { entryAt } from './tar-links.ts'

/** Bytes of a document. */
export const LARGEST_DOCUMENT = 8 * 1024 * 1024

export interface Held {
  readonly size: number
  raw(from?: number, to?: number): AsyncIterable<Uint8Array>
}

/** Notes config, layers and the manifest that is made of them. */
export async function manifestOf(tar: TarFile, image: JsonObject, held: Map<Digest, Held>, where: string, call: Call): Promise<Descriptor> {
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

export function textsIn(value: Json | undefined, what: string): string[] {
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
