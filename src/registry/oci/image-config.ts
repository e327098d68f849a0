/** The config of an image: what a runtime needs to start it. OCI image-spec v1.1 config.md. */
import { Failure } from '../../kit/failure.ts'
import { isObject, type JsonObject, parseStrictJson } from '../../kit/json.ts'
import { type Digest, isDigest } from './digest.ts'

export interface ImageConfig {
  readonly os: string
  readonly architecture: string
  readonly variant?: string
  readonly created?: string
  /** Digests of the uncompressed layers, base first. */
  readonly diffIds: readonly Digest[]
  /** The document itself, for whoever builds on it. */
  readonly json: JsonObject
}

/** @throws Failure CONTENT_INVALID */
export function parseImageConfig(bytes: Uint8Array): ImageConfig {
  const json = parseStrictJson(bytes, 'the image config')
  if (!isObject(json)) throw new Failure('CONTENT_INVALID', 'the image config is not a JSON object')
  const rootfs = json['rootfs']
  const listed = isObject(rootfs) && Array.isArray(rootfs['diff_ids']) ? rootfs['diff_ids'] : []
  const diffIds = listed.map((entry) => {
    if (typeof entry !== 'string' || !isDigest(entry)) throw new Failure('CONTENT_INVALID', 'the image config lists a diff_id that is not a digest')
    return entry
  })
  return {
    os: typeof json['os'] === 'string' ? json['os'] : '',
    architecture: typeof json['architecture'] === 'string' ? json['architecture'] : '',
    ...(typeof json['variant'] === 'string' ? { variant: json['variant'] } : {}),
    ...(typeof json['created'] === 'string' ? { created: json['created'] } : {}),
    diffIds,
    json,
  }
}
