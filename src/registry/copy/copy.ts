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
import { createMover } from './move.ts'
import { copyReferrers } from './move-referrers.ts'
import { nameAndReadBack, readBack } from './read-back.ts'
import { type CopyReport, createTally } from './report.ts'

export interface CopyOptions {
  /** Written last, after everything is there; left alone when it already names the root. */
  readonly tag?: Tag
  /** Whether signatures and other attachments come along. Default true. */
  readonly referrers?: boolean
}

/**
 * Copies an image from one place to another. The root is a digest, so a tag that moves meanwhile changes nothing.
 * @throws Failure of either target; after a stop no tag is written
 */
export async function copy(source: Source, target: Target, root: Descriptor, options: CopyOptions, call: Call): Promise<CopyReport> {
  const { tag, referrers = true } = options
  const tally = createTally()
  throwIfStopped(call)
  const named = tag === undefined ? undefined : await target.resolve(tag, call)
  let stored = 0
  if (!samePlace(source, target)) {
    const mover = createMover(source, target, tally, call)
    const manifests = await mover.moveImage(root, { known: named?.digest === root.digest, listChildren: referrers })
    stored = tally.manifests.stored
    if (referrers) await copyReferrers(source, target, manifests, mover, tally, call)
  }
  throwIfStopped(call)
  const tagged = tag !== undefined && named?.digest !== root.digest
  if (tagged) await nameAndReadBack(target, root, tag, named?.digest, call)
  else if (stored > 0) await readBack(target, root, call)
  if (referrers && !listsReferrers(source)) tally.lost.push(`${source.name} cannot list signatures and other attachments, so none were taken along`)
  return { ...tally, root, tagged }
}

/** One repository: everything is there already, and only the name is missing. */
function samePlace(source: Source, target: Target): boolean {
  return source === target || (isRemote(source) && isRemote(target) && source.name === target.name)
}
