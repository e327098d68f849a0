/**
 * The one way content moves: children, then the manifest, then what is attached to it, then the tag, last. Nothing is rewritten, what is
 * there is left alone, what was lost on the way is reported.
 * What does not belong here: which target is which, and whether a tag may be moved.
 */
import { type Call, throwIfStopped } from '../../kit/call.ts'
import type { Descriptor } from '../oci/descriptor.ts'
import type { Tag } from '../oci/reference.ts'
import type { Source, Target } from '../target/target.ts'
import { copyAndName } from './copy-and-name.ts'
import { nameAndReadBack, readBack } from './read-back.ts'
import type { CopyReport } from './report.ts'

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
  throwIfStopped(call)
  const before = tag === undefined ? undefined : (await target.resolve(tag, call))?.digest
  const known = before === root.digest
  const name = async (): Promise<boolean> => {
    if (tag === undefined || known) return false
    await nameAndReadBack(target, root, tag, before, call)
    return true
  }
  const { report, named } = await copyAndName(source, target, root, { known, referrers, early: tag === undefined || known, name }, call)
  if (tag === undefined && report.manifests.stored > 0) await readBack(target, root, call)
  return { ...report, tagged: named }
}
