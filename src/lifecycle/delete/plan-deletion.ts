/**
 * What goes and in which order: names, then what is attached, then the image, then its platforms. What a remaining tag can reach stays.
 * Pure: the same survey gives the same plan.
 */
import { Failure } from '../../kit/failure.ts'
import { canonicalJson } from '../../kit/json.ts'
import { legacyTags } from '../../registry/copy/legacy-evidence.ts'
import type { Descriptor } from '../../registry/oci/descriptor.ts'
import { type Digest, digestOf, fallbackTag, shortDigest } from '../../registry/oci/digest.ts'
import { parseTag, type Tag } from '../../registry/oci/reference.ts'
import { ABSENT, type Plan, type PlanAction, type Seen, sealPlan } from '../plan/plan.ts'
import { isListingTag } from '../tags/list-tags.ts'
import { closure, type DeletionSurvey } from './survey.ts'

export interface DeletionRequest {
  readonly tool: string
  /** Whether tags that name a digest that goes may go with it. */
  readonly withTags: boolean
}

export interface DeletionPlan extends Plan {
  readonly kind: 'deletion'
  /** In this order. */
  readonly removals: ReadonlyArray<{ readonly tag: Tag } | { readonly descriptor: Descriptor }>
}

/** @throws Failure UNSUPPORTED when a tag or an index that stays needs what would go */
export function planDeletion(survey: DeletionSurvey, { tool, withTags }: DeletionRequest): DeletionPlan {
  const { place, named, digests, tags, children, attached } = survey
  const actions: PlanAction[] = []
  const removals: Array<{ tag: Tag } | { descriptor: Descriptor }> = []
  const notes: string[] = []
  const untag = (tag: Tag, digest: Digest, reason: string, text: string): void => {
    if (removals.some((one) => 'tag' in one && one.tag === tag)) return
    actions.push({ verb: 'untag', what: tag, from: place, digest, reason, text })
    removals.push({ tag })
  }
  const remove = (descriptor: Descriptor, what: string, reason: string, text: string): void => {
    if (removals.some((one) => 'descriptor' in one && one.descriptor.digest === descriptor.digest)) return
    actions.push({ verb: 'delete', what, from: place, digest: descriptor.digest, reason, text })
    removals.push({ descriptor })
  }

  for (const [tag, found] of named) {
    if (found === undefined) notes.push(`There is no tag ${tag}.`)
    else untag(tag, found.digest, 'asked-for', 'the name was asked to go; its image and its other names stay')
  }
  const roots = [...digests].flatMap(([digest, found]) => {
    if (found === undefined) notes.push(`${digest} is not there.`)
    return found ?? []
  })
  const goes = new Set<Digest>(roots.map(({ digest }) => digest))
  const names = [...tags].filter(([tag, { digest }]) => goes.has(digest) && !isListingTag(tag))
  if (names.length > 0 && !withTags) throw stillNamed(place, names)
  for (const [tag, { digest }] of names) untag(tag, digest, 'names-what-goes', 'the image that it names was asked to go')

  const going = new Set<Tag>(removals.flatMap((one) => ('tag' in one ? [one.tag] : [])))
  const kept = new Map<Digest, Tag>()
  for (const [tag, root] of tags) {
    if (going.has(tag) || isListingTag(tag)) continue
    for (const { digest } of closure(root, children)) kept.set(digest, tag)
  }
  for (const root of roots) {
    const keeper = kept.get(root.digest)
    if (keeper !== undefined) throw stillListed(place, root, keeper)
  }
  const bodies = roots.flatMap((root) => closure(root, children)).filter(({ digest }) => !kept.has(digest))
  const evidence = bodies.flatMap(({ digest }) => hangingOn(digest, attached)).filter(({ digest }) => !kept.has(digest))
  for (const subject of [...bodies, ...evidence]) {
    for (const tag of [parseTag(fallbackTag(subject.digest)), ...legacyTags(subject.digest)]) {
      const named = tags.get(tag)
      if (named !== undefined) untag(tag, named.digest, 'speaks-of-what-goes', `it names what is attached to ${shortDigest(subject.digest)}`)
    }
  }
  // What hangs deepest goes first, so that nothing is ever without its subject.
  for (const each of evidence.toReversed())
    remove(each, each.artifactType ?? 'attachment', 'attached-to-what-goes', 'it speaks of what goes and of nothing else')
  for (const root of roots) remove(root, 'image', 'asked-for', 'its digest was asked to go')
  for (const each of bodies.filter(({ digest }) => children.has(digest))) remove(each, 'platform', 'below-what-goes', 'no tag that stays can reach it')
  if (roots.length > 0) notes.push('Blobs stay: they are collected by the registry, or by ferry registry gc in a layout.')
  return {
    ...sealPlan({
      kind: 'deletion',
      tool,
      subject: place,
      details: {},
      actions,
      seen: seenIn(survey),
      gates: [],
      cost: { requests: costOf(survey, actions), bytes: 0 },
      notes,
    }),
    kind: 'deletion',
    removals,
  }
}

/** Everything a decision rests on: what is asked for and, when content goes, all tags and all that is attached. */
export function seenIn({ named, digests, tags, attached }: DeletionSurvey): Seen {
  const hash = (value: Parameters<typeof canonicalJson>[0]): string => digestOf(new TextEncoder().encode(canonicalJson(value)))
  return {
    ...Object.fromEntries([...named].map(([tag, found]) => [tag, found?.digest ?? ABSENT])),
    ...Object.fromEntries([...digests].map(([digest, found]) => [digest, found === undefined ? ABSENT : 'there'])),
    ...(digests.size === 0
      ? {}
      : {
          'the tags': hash(Object.fromEntries([...tags].map(([tag, { digest }]) => [tag, digest]))),
          'what is attached': hash(Object.fromEntries([...attached].map(([subject, found]) => [subject, found.map(({ digest }) => digest).toSorted()]))),
        }),
  }
}

function costOf({ named, tags }: DeletionSurvey, actions: readonly PlanAction[]): number {
  // Looked at again, removed, and looked for afterwards.
  return named.size + tags.size + actions.length * 2
}

function hangingOn(subject: Digest, attached: DeletionSurvey['attached']): Descriptor[] {
  return (attached.get(subject) ?? []).flatMap((each) => [each, ...hangingOn(each.digest, attached)])
}

function stillNamed(place: string, names: ReadonlyArray<readonly [Tag, Descriptor]>): Failure {
  const listed = names.map(([tag]) => tag)
  return new Failure(
    'UNSUPPORTED',
    `${listed.length === 1 ? 'a tag names' : `${listed.length} tags name`} what would go from ${place}: ${listed.slice(0, 10).join(', ')}`,
    {
      cause: 'with a digest all its names go',
      hint: 'Delete one name with IMAGE:TAG, or give with-tags to delete the image and all its names.',
      facts: { tags: listed },
    },
  )
}

function stillListed(place: string, { digest }: Descriptor, tag: Tag): Failure {
  return new Failure('UNSUPPORTED', `${digest} belongs to ${place}:${tag}, which stays`, {
    cause: 'an image that lost a platform cannot be pulled whole',
    hint: 'Delete that image, or leave this part where it is.',
    facts: { digest, tag },
  })
}
