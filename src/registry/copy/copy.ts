/**
 * The one way content moves: children, then the manifest, then what is attached to it, then the tag, last. Nothing is rewritten, what is
 * there is left alone, what was lost on the way is reported.
 * What does not belong here: which target is which, and whether a tag may be moved.
 */
import { type Call, throwIfStopped } from '../../kit/call.ts'
import type { Descriptor } from '../oci/descriptor.ts'
import type { Tag } from '../oci/reference.ts'
import { isRemote } from '../target/remote/remote.ts'
import { listsReferrers, type Source, type Target } from '../target/target.ts'
import { createMover, type Mover } from './move.ts'
import { attachedTo, copyReferrers } from './move-referrers.ts'
import { nameAndReadBack, readBack } from './read-back.ts'
import { type CopyReport, createTally, type Tally } from './report.ts'

export interface CopyOptions {
  /** Written last, after everything is there; left alone when it already names the root. */
  readonly tag?: Tag
  /** Whether signatures and other attachments come along. Default true. */
  readonly referrers?: boolean
}

/** The naming of a copy that is in its place. */
export interface Naming {
  /** The tag names the root already, proven a moment ago. */
  readonly known: boolean
  /** Whether attachments come along. */
  readonly referrers: boolean
  /** Whether anything but the name needs the root before: then it is stored by its digest first. */
  readonly early: boolean
}

/**
 * Copies an image from one place to another. The root is a digest, so a tag that moves meanwhile changes nothing.
 * @throws Failure of either target; after a stop no tag is written
 */
export async function copy(source: Source, target: Target, root: Descriptor, options: CopyOptions, call: Call): Promise<CopyReport> {
  const { tag, referrers = true } = options
  throwIfStopped(call)
  const before = tag === undefined ? undefined : (await target.resolve(tag, call))?.digest
  const known = before === root.digest
  if (tag !== undefined && !known) {
    const naming = async (): Promise<true> => (await nameAndReadBack(target, root, tag, before, call), true)
    const { report } = await copyAndName(source, target, root, { referrers, known, early: false }, naming, call)
    return { ...report, tagged: true }
  }
  const tally = createTally()
  if (!samePlace(source, target)) await carry(source, target, root, { referrers, known, early: true }, tally, call)
  throwIfStopped(call)
  if (tag === undefined && tally.manifests.stored > 0) await readBack(target, root, call)
  return reportOf(source, root, referrers, tally)
}

/**
 * The same for whoever has rules of its own for the name: `name` is called once everything is there, and maybe once more when
 * the target refuses it for content it lost. A registry may get the root in the request that names it.
 * @param name gives the tag; throws when it cannot
 */
export async function copyAndName<T>(
  source: Source,
  target: Target,
  root: Descriptor,
  naming: Naming,
  name: () => Promise<T>,
  call: Call,
): Promise<{ report: CopyReport; named: T }> {
  const tally = createTally()
  throwIfStopped(call)
  const mover = samePlace(source, target) ? undefined : await carry(source, target, root, naming, tally, call)
  throwIfStopped(call)
  const named = await (mover ? mover.name(name) : name())
  return { report: reportOf(source, root, naming.referrers, tally), named }
}

async function carry(source: Source, target: Target, root: Descriptor, naming: Naming, tally: Tally, call: Call): Promise<Mover> {
  const { referrers, known, early } = naming
  const mover = createMover(source, target, tally, call)
  // Evidence needs its subject there first; without any, the root can come with its name.
  const attached = referrers && !early ? new Map([[root.digest, await attachedTo(source, root.digest, call)]]) : undefined
  const hold = !early && (attached?.get(root.digest) ?? []).length === 0
  const manifests = await mover.moveImage(root, { known, listChildren: referrers, hold })
  if (referrers) await copyReferrers(source, target, manifests, mover, tally, call, attached)
  return mover
}

function reportOf(source: Source, root: Descriptor, referrers: boolean, tally: Tally): CopyReport {
  if (referrers && !listsReferrers(source)) tally.lost.push(`${source.name} cannot list signatures and other attachments, so none were taken along`)
  return { ...tally, root, tagged: false }
}

/** One repository: everything is there already, and only the name is missing. */
function samePlace(source: Source, target: Target): boolean {
  return source === target || (isRemote(source) && isRemote(target) && source.name === target.name)
}
