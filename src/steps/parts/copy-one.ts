/** Copying one image under one name. A name that says something else already is not taken away by accident. */
import { Failure } from '../../kit/failure.ts'
import { tagTaken } from '../../lifecycle/tags/judge-push.ts'
import { matchTag } from '../../lifecycle/tags/parse.ts'
import { takeTag } from '../../lifecycle/tags/take-tag.ts'
import { copy } from '../../registry/copy/copy.ts'
import { copyAndName } from '../../registry/copy/copy-and-name.ts'
import { copyPlatforms, type PlatformMode } from '../../registry/copy/copy-platforms.ts'
import { copyLegacyEvidence, type LegacyEvidence } from '../../registry/copy/legacy-evidence.ts'
import { nameAndReadBack } from '../../registry/copy/read-back.ts'
import type { CopyReport } from '../../registry/copy/report.ts'
import { isSamePlace } from '../../registry/copy/same-place.ts'
import type { Descriptor } from '../../registry/oci/descriptor.ts'
import type { Platform } from '../../registry/oci/platform.ts'
import type { Tag } from '../../registry/oci/reference.ts'
import type { Location } from '../../registry/target/location.ts'
import type { Source, Target } from '../../registry/target/target.ts'
import type { Context } from '../../step/context.ts'
import { findImage, schemeOf } from './places.ts'

export interface CopyChoices {
  readonly referrers: boolean
  /** Whether what is attached by a name only is looked for; not where every tag comes along anyway. */
  readonly named: boolean
  /** Whether a tag that names something else may be moved. */
  readonly move: boolean
  readonly part?: { readonly platforms: readonly Platform[]; readonly mode: PlatformMode }
}

/** What became of one tag, or of one image without a tag. */
export interface Copied {
  readonly tag?: Tag
  /** Whether the tag was written. */
  readonly tagged: boolean
  readonly report?: CopyReport
  readonly failure?: Failure
}

/** @throws Failure TAG_TAKEN, DIGEST_MISMATCH, IMAGE_NOT_FOUND and whatever copying throws */
export async function copyOne(image: Location, to: Location, choices: CopyChoices, context: Context): Promise<Copied> {
  const { target: source, descriptor, name } = await findImage(image, context)
  if (to.digest !== undefined && to.digest !== descriptor.digest) {
    throw new Failure('DIGEST_MISMATCH', `${name} is not the image that the destination names`, {
      cause: `it is ${descriptor.digest}`,
      hint: 'Leave the digest out of the destination, or copy the image it names.',
    })
  }
  const { target } = context.opener.open(to)
  const tag = to.tag ?? (to.digest === undefined ? image.tag : undefined)
  if (tag === undefined) {
    context.log.warn('the image gets no tag there, and what has no tag may be collected as garbage', { digest: descriptor.digest })
    return { tagged: false, report: await move(source, target, descriptor, choices, context) }
  }
  return copyUnder(source, target, descriptor, tag, choices, context)
}

/** Content first, then the name. What the name says is looked at before anything moves, and again before it is written. */
export async function copyUnder(source: Source, target: Target, root: Descriptor, tag: Tag, choices: CopyChoices, context: Context): Promise<Copied> {
  const { call } = context
  const before = (await target.resolve(tag, call))?.digest
  if (choices.part === undefined && before === root.digest) {
    const { report } = await copyAndName(source, target, root, { known: true, referrers: choices.referrers, early: true, name: async () => false }, call)
    return { tag, tagged: false, report }
  }
  const mayMove = choices.move && matchTag(await schemeOf(context), tag) === undefined
  // With platforms the digest is known only when the smaller index is written.
  if (before !== undefined && choices.part === undefined && !mayMove) throw taken(target, tag, before, root, choices.move)
  const name = async (image: Descriptor): Promise<boolean> => {
    if (before !== undefined) {
      if (!mayMove) throw taken(target, tag, before, image, choices.move)
      await nameAndReadBack(target, image, tag, before, call)
      return true
    }
    const taking = await takeTag(target, image, tag, call)
    if (taking.outcome === 'lost') throw tagTaken(target.name, tag, taking.to, image.digest)
    return taking.outcome === 'written'
  }
  if (choices.part !== undefined) {
    const report = await move(source, target, root, choices, context)
    return { tag, tagged: before !== report.root.digest && (await name(report.root)), report }
  }
  const { referrers, named: byName } = choices
  const last = async (): Promise<{ tagged: boolean; legacy: LegacyEvidence | undefined }> => {
    const legacy = referrers && byName && !isSamePlace(source, target) ? await copyLegacyEvidence(source, target, root, call) : undefined
    return { legacy, tagged: await name(root) }
  }
  const { report, named } = await copyAndName(source, target, root, { known: false, referrers, early: false, name: last }, call)
  return { tag, tagged: named.tagged, report: withLegacy(report, named.legacy) }
}

async function move(source: Source, target: Target, root: Descriptor, { part, referrers, named }: CopyChoices, { call }: Context): Promise<CopyReport> {
  const report =
    part === undefined ? await copy(source, target, root, { referrers }, call) : await copyPlatforms(source, target, root, { ...part, referrers }, call)
  // A smaller index is new: nobody can have signed it.
  if (!referrers || !named || isSamePlace(source, target) || part?.mode === 'new-index') return report
  return withLegacy(report, await copyLegacyEvidence(source, target, report.root, call))
}

function withLegacy(report: CopyReport, { carried, lost }: LegacyEvidence = { carried: [], lost: [] }): CopyReport {
  return { ...report, referrers: report.referrers + carried.length, lost: [...report.lost, ...lost] }
}

function taken(target: Target, tag: Tag, found: string, wanted: Descriptor, asked: boolean): Failure {
  return new Failure('TAG_TAKEN', `${target.name}:${tag} names another image`, {
    cause: `it is ${found}, and ${wanted.digest} was to have that name`,
    hint: asked
      ? 'It is a tag of an environment, and those are never moved. Give the copy another tag.'
      : 'Give the copy another tag, or copy with move when it is meant to move.',
    facts: { found, wanted: wanted.digest },
  })
}
