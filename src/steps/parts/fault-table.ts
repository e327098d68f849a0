/** What is wrong with images, as a table: each part once, with who needs it. */
import { printable } from '../../kit/printable.ts'
import { formatBytes } from '../../kit/units.ts'
import type { Fault } from '../../registry/copy/check.ts'
import { type Digest, shortDigest } from '../../registry/oci/digest.ts'
import { isManifestType } from '../../registry/oci/media-types.ts'
import type { Shown } from '../../step/context.ts'
import type { CheckedImage, LostTag } from './check-images.ts'

/** Rows that are shown to people; machines get all. */
const MOST_ROWS = 200

/** The faults of all images, each part once; the tags of the images it is wrong in. */
export function distinctFaults(images: readonly CheckedImage[]): Array<{ fault: Fault; tags: string[] }> {
  const found = new Map<Digest, { fault: Fault; tags: string[] }>()
  for (const { tag, report } of images) {
    for (const fault of report.faults) {
      const known = found.get(fault.descriptor.digest) ?? { fault, tags: [] }
      if (tag !== undefined) known.tags.push(tag)
      found.set(fault.descriptor.digest, known)
    }
  }
  return [...found.values()]
}

export function partOf({ descriptor, attached }: Pick<Fault, 'descriptor' | 'attached'>): string {
  const what = isManifestType(descriptor.mediaType) ? 'manifest' : /config|image\.v1\+json/.test(descriptor.mediaType) ? 'config' : 'blob'
  return attached ? `attached ${what}` : what
}

export function shownCheck(place: string, { images, lost }: { images: readonly CheckedImage[]; lost: readonly LostTag[] }, deep: boolean): Shown {
  const faults = distinctFaults(images)
  const sum = (count: (checked: CheckedImage) => number): number => images.reduce((total, checked) => total + count(checked), 0)
  const rows = faults.slice(0, MOST_ROWS).map(({ fault, tags }) => {
    const parent = fault.needed.at(-1)
    return [
      fault.kind,
      partOf(fault),
      fault.descriptor.digest,
      formatBytes(fault.descriptor.size),
      parent === undefined ? tags.join(' ') : shortDigest(parent),
      fault.why,
    ].map((cell) => printable(cell, 300))
  })
  for (const { kind, tag, why } of lost.slice(0, MOST_ROWS)) rows.push([kind, 'image', '', '', tag, why].map((cell) => printable(cell, 300)))
  const foreign = sum(({ report }) => report.foreign)
  return {
    name: 'check',
    data: [...images.map(({ tag, report }) => ({ ...(tag === undefined ? {} : { tag }), ...report, root: report.root.digest })), ...lost],
    title: `Checked: ${printable(place)}`,
    tables: rows.length === 0 ? [] : [{ columns: ['found', 'part', 'digest', 'size', 'needed by', 'why'], rows }],
    lines: [
      ...(faults.length > MOST_ROWS ? [`and ${faults.length - MOST_ROWS} more; the report has all`] : []),
      `${images.length === 1 ? '1 image' : `${images.length} images`}: ${sum(({ report }) => report.manifests)} manifests, ${sum(({ report }) => report.blobs)} blobs, ${sum(({ report }) => report.referrers)} attached; ${
        deep ? `${formatBytes(sum(({ report }) => report.bytes))} hashed` : 'blobs were not read'
      }.`,
      ...(foreign === 0 ? [] : [`${foreign} layers may not be redistributed and were not looked for.`]),
    ],
  }
}
