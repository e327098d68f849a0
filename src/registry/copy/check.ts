/** Whether an image is whole where it is: every child, every blob, every attachment. Reads manifests, asks for blobs, moves none. */
import type { Call } from '../../kit/call.ts'
import { isFailure } from '../../kit/failure.ts'
import { createLimit, forEachLimited } from '../../kit/limit.ts'
import type { Descriptor } from '../oci/descriptor.ts'
import type { Digest } from '../oci/digest.ts'
import { childrenOf } from '../oci/manifest.ts'
import { isForeignLayer, isManifestType } from '../oci/media-types.ts'
import { listsReferrers, type Target } from '../target/target.ts'
import { createExplorer } from './explore.ts'

export interface CheckReport {
  readonly root: Descriptor
  readonly manifests: number
  readonly blobs: number
  readonly referrers: number
  /** What is listed and not there. Empty: the image is whole. */
  readonly missing: readonly Descriptor[]
}

const AT_ONCE = 6

/** @throws Failure for everything but missing content: what cannot be looked at is neither there nor missing */
export async function check(target: Target, root: Descriptor, { referrers = true }: { referrers?: boolean }, call: Call): Promise<CheckReport> {
  const explorer = createExplorer(target)
  const limit = createLimit(AT_ONCE)
  const seen = new Set<Digest>([root.digest])
  const missing: Descriptor[] = []
  const counts = { manifests: 0, blobs: 0, referrers: 0 }
  let level: Array<{ descriptor: Descriptor; depth: number }> = [{ descriptor: root, depth: 0 }]
  while (level.length > 0) {
    const next: typeof level = []
    const add = (descriptor: Descriptor, depth: number): boolean => {
      if (seen.has(descriptor.digest)) return false
      seen.add(descriptor.digest)
      next.push({ descriptor, depth })
      return true
    }
    await forEachLimited(
      level,
      limit,
      async ({ descriptor, depth }) => {
        if (!isManifestType(descriptor.mediaType)) {
          if (isForeignLayer(descriptor.mediaType)) return
          explorer.count(descriptor)
          counts.blobs += 1
          if (!(await target.has(descriptor, call))) missing.push(descriptor)
          return
        }
        counts.manifests += 1
        // Asked for before it is read: a manifest this run has in memory may be gone where it was.
        if (!(await target.has(descriptor, call))) return void missing.push(descriptor)
        try {
          for (const child of childrenOf(await explorer.read(descriptor, depth, call))) add(child, depth + 1)
        } catch (error) {
          if (!isFailure(error, 'CONTENT_MISSING')) throw error
          return void missing.push(descriptor)
        }
        if (!referrers || !listsReferrers(target)) return
        for await (const referrer of target.referrers(descriptor.digest, call)) if (add(referrer, 0)) counts.referrers += 1
      },
      call,
    )
    level = next
  }
  return { root, ...counts, missing }
}
