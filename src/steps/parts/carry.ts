/** Bringing an image with everything attached to its place, and saying what came along. What does not belong here: whether a name is free. */
import { copyAndName } from '../../registry/copy/copy-and-name.ts'
import { isSamePlace } from '../../registry/copy/same-place.ts'
import type { Target } from '../../registry/target/target.ts'
import type { Context } from '../../step/context.ts'
import type { FoundImage } from './places.ts'

/** @param name gives the tag once everything is there; called again when the place refuses it for content it lost */
export async function carry<T>(found: FoundImage, target: Target, name: () => Promise<T>, { call, log }: Pick<Context, 'call' | 'log'>): Promise<T> {
  if (isSamePlace(found.target, target)) return name()
  const { report, named } = await copyAndName(found.target, target, found.descriptor, { known: false, referrers: true, early: false, name }, call)
  for (const lost of report.lost) log.warn('something attached to the image could not be carried along', { what: lost })
  log.info('copied', {
    manifests: report.manifests.stored,
    blobs: report.blobs.stored,
    mounted: report.blobs.mounted,
    present: report.blobs.present,
    referrers: report.referrers,
  })
  return named
}
