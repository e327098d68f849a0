/** What a copy did, as plain data. */
import type { Descriptor } from '../oci/descriptor.ts'

export interface CopyReport {
  readonly root: Descriptor
  readonly manifests: { readonly stored: number; readonly present: number }
  readonly blobs: { readonly stored: number; readonly present: number; readonly mounted: number; readonly foreign: number }
  /** Bytes of everything that was stored. */
  readonly bytes: number
  /** Attachments that are at the target now: signatures, SBOMs, records. */
  readonly referrers: number
  /** Whether the tag was written; false when it already named the root, or none was asked for. */
  readonly tagged: boolean
  /** Evidence that could not travel, in words. */
  readonly lost: readonly string[]
}

/** The same while it is being counted. */
export interface Tally {
  readonly manifests: { stored: number; present: number }
  readonly blobs: { stored: number; present: number; mounted: number; foreign: number }
  bytes: number
  referrers: number
  readonly lost: string[]
}

export function createTally(): Tally {
  return { manifests: { stored: 0, present: 0 }, blobs: { stored: 0, present: 0, mounted: 0, foreign: 0 }, bytes: 0, referrers: 0, lost: [] }
}

/** Several copies as one: counts add up. */
export function addReports(root: Descriptor, reports: readonly CopyReport[]): CopyReport {
  const tally = createTally()
  const lost = new Set<string>()
  for (const report of reports) {
    tally.manifests.stored += report.manifests.stored
    tally.manifests.present += report.manifests.present
    tally.blobs.stored += report.blobs.stored
    tally.blobs.present += report.blobs.present
    tally.blobs.mounted += report.blobs.mounted
    tally.blobs.foreign += report.blobs.foreign
    tally.bytes += report.bytes
    tally.referrers += report.referrers
    for (const text of report.lost) lost.add(text)
  }
  return { ...tally, root, tagged: reports.some(({ tagged }) => tagged), lost: [...lost] }
}
