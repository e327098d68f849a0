/** What is known of a piece of content before it is fetched. OCI image-spec v1.1 descriptor.md. */
import { Failure } from '../../kit/failure.ts'
import { isObject, type Json, type JsonObject } from '../../kit/json.ts'
import { type Digest, isDigest } from './digest.ts'
import { type Platform, parsePlatform } from './platform.ts'

export interface Descriptor {
  readonly mediaType: string
  readonly digest: Digest
  /** Bytes. */
  readonly size: number
  readonly artifactType?: string
  readonly annotations?: Readonly<Record<string, string>>
  readonly platform?: Platform
}

const MEDIA_TYPE = /^[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]{0,126}\/[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]{0,126}$/

/** Reads a descriptor out of a document. @throws Failure CONTENT_INVALID naming `where` */
export function parseDescriptor(value: Json | undefined, where: string): Descriptor {
  if (!isObject(value)) throw new Failure('CONTENT_INVALID', `${where} is not a descriptor`)
  const { mediaType, digest, size } = value
  if (typeof mediaType !== 'string' || !MEDIA_TYPE.test(mediaType)) throw new Failure('CONTENT_INVALID', `${where} has no valid mediaType`)
  if (typeof digest !== 'string' || !isDigest(digest)) throw new Failure('CONTENT_INVALID', `${where} has no valid digest`)
  if (typeof size !== 'number' || !Number.isSafeInteger(size) || size < 0) throw new Failure('CONTENT_INVALID', `${where} has no valid size`)
  const annotations = readAnnotations(value['annotations'], where)
  return {
    mediaType,
    digest,
    size,
    ...(typeof value['artifactType'] === 'string' && value['artifactType'] !== '' ? { artifactType: value['artifactType'] } : {}),
    ...(annotations === undefined ? {} : { annotations }),
    ...(isObject(value['platform']) ? { platform: parsePlatform(value['platform'], where) } : {}),
  }
}

/** A map of strings, or undefined when there is none. @throws Failure CONTENT_INVALID */
export function readAnnotations(value: Json | undefined, where: string): Record<string, string> | undefined {
  if (value === undefined || value === null) return undefined
  if (!isObject(value)) throw new Failure('CONTENT_INVALID', `${where} has annotations that are not a map`)
  return Object.fromEntries(
    Object.entries(value).map(([key, text]) => {
      if (typeof text !== 'string') throw new Failure('CONTENT_INVALID', `${where} has the annotation ${JSON.stringify(key)}, which is not text`)
      return [key, text]
    }),
  )
}

/** The descriptor as it stands in a document: fields in the order of the specification. */
export function descriptorJson(descriptor: Descriptor): JsonObject {
  const { mediaType, digest, size, artifactType, annotations, platform } = descriptor
  return {
    mediaType,
    digest,
    size,
    ...(artifactType === undefined ? {} : { artifactType }),
    ...(annotations === undefined ? {} : { annotations: { ...annotations } }),
    ...(platform === undefined ? {} : { platform: { ...platform } }),
  }
}
