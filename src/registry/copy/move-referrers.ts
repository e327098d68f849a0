/** Evidence travels: everything attached to the manifests of an image, and to the attachments themselves, is copied after them. */
import type { Call } from '../../kit/call.ts'
import { Failure } from '../../kit/failure.ts'
import { createLimit, forEachLimited } from '../../kit/limit.ts'
import type { Descriptor } from '../oci/descriptor.ts'
import type { Digest } from '../oci/digest.ts'
import { listsReferrers, type Source, type Target } from '../target/target.ts'
import type { Mover } from './move.ts'
import { attachedTo } from './referrers.ts'
import type { Tally } from './report.ts'

/** Attachments of attachments: a signature on an SBOM is usual, more than a few levels are not. */
const DEEPEST_CHAIN = 8
const LISTINGS = 6

/**
 * @param subjects manifests whose attachments are wanted
 * @param known listings of the source that were read a moment ago
 */
export async function copyReferrers(
  source: Source,
  target: Target,
  subjects: readonly Descriptor[],
  mover: Mover,
  tally: Tally,
  call: Call,
  known: ReadonlyMap<Digest, readonly Descriptor[]> = new Map(),
): Promise<void> {
  if (!listsReferrers(source)) return
  const limit = createLimit(LISTINGS)
  const seen = new Set<Digest>()
  let level = [...subjects]
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > DEEPEST_CHAIN) throw new Failure('LIMIT_REACHED', `attachments in ${source.name} hang on attachments more than ${DEEPEST_CHAIN} levels deep`)
    const next: Descriptor[] = []
    const wanted = level.filter(({ digest }) => !seen.has(digest))
    for (const { digest } of wanted) seen.add(digest)
    await forEachLimited(
      wanted,
      limit,
      async (subject) => {
        const attached = known.get(subject.digest) ?? (await attachedTo(source, subject.digest, call))
        if (attached.length === 0) return
        const listed = new Set((await attachedTo(target, subject.digest, call)).map(({ digest }) => digest))
        // Attachments of one subject go one after another: registries without the API keep them in one shared list.
        for (const referrer of attached) {
          // What the target lists is there; what is there and not listed is pushed again, so that it gets listed.
          const manifests = await mover.moveImage(referrer, { known: listed.has(referrer.digest), listChildren: true, insist: true })
          tally.referrers += 1
          next.push(...manifests)
        }
      },
      call,
    )
    level = next
  }
  if (tally.referrers > 0 && !listsReferrers(target))
    tally.lost.push(`${target.name} cannot list signatures and other attachments; ${tally.referrers} were stored there and will not be found`)
}
