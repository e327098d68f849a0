/**
 * A copy for whoever has rules of its own for the name. The name is given once everything is there; a registry may get the root in the
 * request that names it, and what is attached to the root always comes before.
 * What does not belong here: whether a tag may be written, and reading it back.
 */
import { type Call, throwIfStopped } from '../../kit/call.ts'
import type { Descriptor } from '../oci/descriptor.ts'
import type { Digest } from '../oci/digest.ts'
import { listsReferrers, type Source, type Target } from '../target/target.ts'
import { createMover } from './move.ts'
import { copyReferrers } from './move-referrers.ts'
import { attachedTo } from './referrers.ts'
import { type CopyReport, createTally } from './report.ts'
import { isSamePlace } from './same-place.ts'

/** What this run has been told a moment ago and need not ask again. */
export interface Told {
  /** At the source: what is attached to a digest. */
  readonly attached: ReadonlyMap<Digest, readonly Descriptor[]>
  /** At the target: whether a manifest is there. */
  readonly there: ReadonlyMap<Digest, boolean>
}

export interface Naming<T> {
  /** The tag names the root already, proven a moment ago. */
  readonly known: boolean
  /** Whether attachments come along. */
  readonly referrers: boolean
  /** Whether the root has to be there before it has its name. */
  readonly early: boolean
  readonly told?: Told
  /** Gives the name. Called again when the target refuses it for content it lost; may throw. */
  name(): Promise<T>
}

/** @throws Failure of either target and of `name`; after a stop there is no name */
export async function copyAndName<T>(
  source: Source,
  target: Target,
  root: Descriptor,
  naming: Naming<T>,
  call: Call,
): Promise<{ report: CopyReport; named: T }> {
  const { known, referrers, early, told } = naming
  const tally = createTally()
  throwIfStopped(call)
  const mover = createMover(source, target, tally, call, told?.there)
  if (!isSamePlace(source, target)) {
    const attached = new Map(told?.attached)
    // Evidence needs its subject there first; without any, the root can come with its name.
    if (referrers && !early && !attached.has(root.digest)) attached.set(root.digest, await attachedTo(source, root.digest, call))
    const hold = !early && (attached.get(root.digest) ?? []).length === 0
    const manifests = await mover.moveImage(root, { known, listChildren: referrers, hold })
    if (referrers) await copyReferrers(source, target, manifests, mover, tally, call, attached)
  }
  throwIfStopped(call)
  const named = await mover.name(() => naming.name())
  if (referrers && !listsReferrers(source)) tally.lost.push(`${source.name} cannot list signatures and other attachments, so none were taken along`)
  return { report: { ...tally, root, tagged: false }, named }
}
