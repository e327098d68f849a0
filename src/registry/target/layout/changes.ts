/** The changes that are made to index.json. Pure: the next index from the current one, the same object when nothing changes. */
import { isObject } from '../../../kit/json.ts'
import { type Descriptor, descriptorJson } from '../../oci/descriptor.ts'
import type { Digest } from '../../oci/digest.ts'
import type { Tag } from '../../oci/reference.ts'
import { bare, type Entry, hasTag, type LayoutIndex, REF_NAME, readEntry, rootsOf, tagOf } from './entries.ts'

/** Gives a digest the tag. What had it before keeps an entry without name, so that it stays findable. */
export function withTag(index: LayoutIndex, descriptor: Descriptor, tag: Tag): LayoutIndex {
  const named = index.entries.filter((entry) => entry.name === tag)
  if (named.length === 1 && named[0]?.descriptor?.digest === descriptor.digest) return index
  const others = withoutName(index, (entry) => entry.name === tag, descriptor.digest).entries
  const at = others.findIndex((entry) => entry.descriptor?.digest === descriptor.digest && entry.name === undefined)
  const base = others[at]?.json ?? descriptorJson(bare(descriptor))
  const annotations = isObject(base['annotations']) ? base['annotations'] : {}
  const entry = readEntry({ ...base, annotations: { ...annotations, [REF_NAME]: tag } }, 'the new entry')
  return { ...index, entries: at < 0 ? [...others, entry] : others.with(at, entry) }
}

/** Takes a tag away, also from full image names that end in it. The digest keeps an entry. */
export function withoutTag(index: LayoutIndex, tag: Tag): LayoutIndex {
  if (!hasTag(index, tag)) return index
  return withoutName(index, (entry) => entry.name !== undefined && tagOf(entry.name) === tag)
}

/** @param covered digest that gets a name in the same change, so that it needs no entry of its own */
function withoutName(index: LayoutIndex, matches: (entry: Entry) => boolean, covered?: Digest): LayoutIndex {
  const kept = new Set(index.entries.flatMap((entry) => (!matches(entry) && entry.descriptor ? [entry.descriptor.digest] : [])))
  const entries = index.entries.flatMap((entry) => {
    if (!matches(entry)) return [entry]
    const digest = entry.descriptor?.digest
    if (digest === undefined || digest === covered || kept.has(digest)) return []
    kept.add(digest)
    return [unnamed(entry)]
  })
  return { ...index, entries }
}

function unnamed(entry: Entry): Entry {
  const { annotations, ...rest } = entry.json
  const { [REF_NAME]: _name, ...others } = isObject(annotations) ? annotations : {}
  return readEntry(Object.keys(others).length > 0 ? { ...rest, annotations: others } : rest, 'an entry')
}

/** Adds entries without name for digests that have none. */
export function withRoots(index: LayoutIndex, descriptors: readonly Descriptor[]): LayoutIndex {
  const known = rootsOf(index)
  const added = descriptors.filter(
    (descriptor, at) => !known.has(descriptor.digest) && descriptors.findIndex((other) => other.digest === descriptor.digest) === at,
  )
  if (added.length === 0) return index
  return { ...index, entries: [...index.entries, ...added.map((descriptor) => readEntry(descriptorJson(bare(descriptor)), 'the new entry'))] }
}

/** Drops entries that say nothing but the digest: no name, no annotations. */
export function withoutPlain(index: LayoutIndex, digests: ReadonlySet<Digest>): LayoutIndex {
  const entries = index.entries.filter((entry) => !entry.descriptor || !digests.has(entry.descriptor.digest) || entry.json['annotations'] !== undefined)
  return entries.length === index.entries.length ? index : { ...index, entries }
}

/** Drops every entry of a digest, names included. */
export function withoutDigest(index: LayoutIndex, digest: Digest): LayoutIndex {
  const entries = index.entries.filter((entry) => entry.descriptor?.digest !== digest)
  return entries.length === index.entries.length ? index : { ...index, entries }
}
