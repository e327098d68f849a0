/** What an archive's index becomes when somebody else changed the archive meanwhile. Pure. */
import { Failure } from '../../../kit/failure.ts'
import { canonicalJson } from '../../../kit/json.ts'
import { type Entry, findTag, type LayoutIndex, tagsOf } from '../layout/entries.ts'

/**
 * Their index with our changes on it.
 * @param before what both began with @param name how messages call the archive
 * @throws Failure TAG_TAKEN when both gave one tag to different digests
 */
export function mergeIndexes(before: LayoutIndex, ours: LayoutIndex, theirs: LayoutIndex, name: string): LayoutIndex {
  if (theirs === before) return ours
  const keys = (index: LayoutIndex): Set<string> => new Set(index.entries.map(keyOf))
  const [had, have] = [keys(before), keys(ours)]
  for (const tag of tagsOf(ours)) {
    const [mine, old, other] = [ours, before, theirs].map((index) => findTag(index, tag, name)?.digest)
    if (mine === undefined || other === undefined || mine === old || other === old || mine === other) continue
    throw new Failure('TAG_TAKEN', `${tag} in ${name} was given to another digest while this one was written`, {
      hint: 'Run the same command again: it sees the archive as it is now.',
      facts: { tag, digest: mine, other },
    })
  }
  const kept = theirs.entries.filter((entry) => !had.has(keyOf(entry)) || have.has(keyOf(entry)))
  const there = new Set(kept.map(keyOf))
  return { frame: theirs.frame, entries: [...kept, ...ours.entries.filter((entry) => !had.has(keyOf(entry)) && !there.has(keyOf(entry)))] }
}

function keyOf(entry: Entry): string {
  return canonicalJson(entry.json)
}

/** The same entries in an order that does not tell who was first: names in the order of their characters, then what has none. */
export function inOrder(index: LayoutIndex): LayoutIndex {
  const rank = (entry: Entry): string => `${entry.name === undefined ? '1' : `0${entry.name}`}\0${entry.descriptor?.digest ?? ''}\0${keyOf(entry)}`
  const ranked = index.entries.map((entry) => ({ entry, rank: rank(entry) }))
  return { ...index, entries: ranked.toSorted((left, right) => (left.rank < right.rank ? -1 : left.rank > right.rank ? 1 : 0)).map(({ entry }) => entry) }
}
