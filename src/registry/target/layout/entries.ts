/**
 * index.json as a value: its entries and what they say. Pure; fields, annotations and entries that are not understood are
 * carried along. OCI image-spec v1.1, image-layout.md. How it changes stands in changes.ts.
 */
import { Failure } from '../../../kit/failure.ts'
import { isObject, type Json, type JsonObject, parseStrictJson } from '../../../kit/json.ts'
import { type Descriptor, parseDescriptor } from '../../oci/descriptor.ts'
import { type Digest, isDigest } from '../../oci/digest.ts'
import { MEDIA } from '../../oci/media-types.ts'
import { isTag, type Tag } from '../../oci/reference.ts'

export const REF_NAME = 'org.opencontainers.image.ref.name'

export interface Entry {
  readonly json: JsonObject
  /** The annotation `org.opencontainers.image.ref.name`. */
  readonly name?: string
  /** Absent when the entry cannot be read as a descriptor (e.g. an unknown digest algorithm). */
  readonly descriptor?: Descriptor
}

export interface LayoutIndex {
  /** The document without its entries. */
  readonly frame: JsonObject
  readonly entries: readonly Entry[]
}

export const EMPTY_INDEX: LayoutIndex = { frame: { schemaVersion: 2, mediaType: MEDIA.index, manifests: [] }, entries: [] }

/** @throws Failure CONTENT_INVALID naming `where` */
export function parseIndex(bytes: Uint8Array, where: string): LayoutIndex {
  const frame = parseStrictJson(bytes, where)
  if (!isObject(frame)) throw new Failure('CONTENT_INVALID', `${where} is not a JSON object`)
  const list = frame['manifests'] ?? []
  if (!Array.isArray(list)) throw new Failure('CONTENT_INVALID', `${where} has no list of manifests`)
  return { frame, entries: list.map((json, at) => readEntry(json, `${where}, entry ${at}`)) }
}

export function printIndex(index: LayoutIndex): string {
  return JSON.stringify({ ...index.frame, manifests: index.entries.map((entry) => entry.json) })
}

export function readEntry(json: Json, where: string): Entry {
  if (!isObject(json)) throw new Failure('CONTENT_INVALID', `${where} is not an object`)
  const annotations = json['annotations']
  const name = isObject(annotations) ? annotations[REF_NAME] : undefined
  return { json, ...(typeof name === 'string' ? { name } : {}), ...readable(json, where) }
}

function readable(json: JsonObject, where: string): { descriptor?: Descriptor } {
  try {
    return { descriptor: parseDescriptor(json, where) }
  } catch (error) {
    if (error instanceof Failure) return {}
    throw error
  }
}

/** The tag a ref.name stands for: itself, or what ends a full image name (`docker.io/library/nginx:1.27`). */
export function tagOf(name: string): Tag | undefined {
  if (isTag(name)) return name
  const end = name.slice(name.lastIndexOf(':') + 1)
  return !isDigest(name) && !name.includes('@') && name.includes(':') && isTag(end) ? end : undefined
}

interface Views {
  readonly tags: ReadonlyMap<Tag, readonly Entry[]>
  readonly digests: ReadonlyMap<Digest, Descriptor>
}

const viewsOf = new WeakMap<LayoutIndex, Views>()

function views(index: LayoutIndex): Views {
  const known = viewsOf.get(index)
  if (known) return known
  const exact = new Map<Tag, Entry[]>()
  const full = new Map<Tag, Entry[]>()
  const digests = new Map<Digest, Descriptor>()
  for (const entry of index.entries) {
    if (entry.descriptor && !digests.has(entry.descriptor.digest)) digests.set(entry.descriptor.digest, bare(entry.descriptor))
    const tag = entry.name === undefined ? undefined : tagOf(entry.name)
    if (tag === undefined) continue
    const map = tag === entry.name ? exact : full
    const list = map.get(tag)
    if (list) list.push(entry)
    else map.set(tag, [entry])
  }
  const made = { tags: new Map([...full, ...exact]), digests }
  viewsOf.set(index, made)
  return made
}

export function bare({ mediaType, digest, size }: Descriptor): Descriptor {
  return { mediaType, digest, size }
}

/** All tags, in the order of their characters. */
export function tagsOf(index: LayoutIndex): Tag[] {
  return [...views(index).tags.keys()].toSorted()
}

/** Whether any entry is read as the tag, also one that cannot be understood otherwise. */
export function hasTag(index: LayoutIndex, tag: Tag): boolean {
  return views(index).tags.has(tag)
}

/** What has an entry of its own, by digest. */
export function rootsOf(index: LayoutIndex): ReadonlyMap<Digest, Descriptor> {
  return views(index).digests
}

/**
 * What a tag names. The tag itself as ref.name is preferred to a full image name that ends in it.
 * @throws Failure CONTENT_INVALID when several digests have the name
 */
export function findTag(index: LayoutIndex, tag: Tag, where: string): Descriptor | undefined {
  const found = views(index).tags.get(tag)
  if (!found) return undefined
  const descriptors = found.map((entry) => entry.descriptor)
  const [first] = descriptors
  if (!first) throw new Failure('CONTENT_INVALID', `${where} has an entry for ${tag} that is not a usable descriptor`)
  if (descriptors.some((other) => other?.digest !== first.digest)) {
    throw new Failure('CONTENT_INVALID', `${where} has several entries for ${tag} with different digests`, {
      hint: 'Name the digest instead of the tag, or remove the entries that are wrong from index.json.',
      facts: { digests: descriptors.flatMap((other) => (other ? [other.digest] : [])) },
    })
  }
  return bare(first)
}
