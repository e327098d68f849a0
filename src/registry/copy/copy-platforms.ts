/**
 * A part of an index. Either the index keeps its bytes and some of what it lists stays away (sparse), or another index is written
 * that lists less (new-index), or one platform goes alone (image). Never a default: the first leaves an image that is not whole, the
 * others have another digest, and what was attached to the old one does not speak of it.
 */
import { type Call, throwIfStopped } from '../../kit/call.ts'
import { Failure, isFailure } from '../../kit/failure.ts'
import { isObject, parseStrictJson } from '../../kit/json.ts'
import type { Descriptor } from '../oci/descriptor.ts'
import { algorithmOf, digestOf } from '../oci/digest.ts'
import type { IndexManifest } from '../oci/manifest.ts'
import { isIndexType } from '../oci/media-types.ts'
import type { Platform } from '../oci/platform.ts'
import { bytesBody } from '../target/body.ts'
import type { Source, Target } from '../target/target.ts'
import { copy } from './copy.ts'
import { createExplorer } from './explore.ts'
import { createMover } from './move.ts'
import { copyReferrers } from './move-referrers.ts'
import { readBack } from './read-back.ts'
import { attachedTo } from './referrers.ts'
import { addReports, type CopyReport, createTally } from './report.ts'
import { selectPlatforms } from './select-platforms.ts'

export type PlatformMode = 'new-index' | 'sparse-index' | 'image'

export interface PartOptions {
  readonly platforms: readonly Platform[]
  readonly mode: PlatformMode
  readonly referrers: boolean
}

/**
 * Copies the chosen platforms; the tag is the caller's.
 * @returns a report whose root is what stands at the target now: the index as it was, the new one, or the image
 * @throws Failure INPUT_INVALID when the root is no index, IMAGE_NOT_FOUND, UNSUPPORTED when the target takes no sparse index
 */
export async function copyPlatforms(source: Source, target: Target, root: Descriptor, options: PartOptions, call: Call): Promise<CopyReport> {
  const { platforms, mode, referrers } = options
  const index = await readIndex(source, root, call)
  const chosen = selectPlatforms(index, platforms, source.name)
  if (mode === 'image') return copyAlone(source, target, chosen, { index, referrers }, call)
  const reports: CopyReport[] = []
  for (const child of chosen) reports.push(await copy(source, target, child, { referrers }, call))
  const sum = addReports(root, reports)
  throwIfStopped(call)
  return mode === 'sparse-index' ? storeSparse(source, target, index, sum, referrers, call) : storeSmaller(source, target, index, chosen, sum, referrers, call)
}

async function readIndex(source: Source, root: Descriptor, call: Call): Promise<IndexManifest> {
  const manifest = isIndexType(root.mediaType) ? await createExplorer(source).read(root, 0, call) : undefined
  if (manifest?.kind === 'index') return manifest
  throw new Failure('INPUT_INVALID', `${root.digest} in ${source.name} is made for one platform`, {
    cause: 'it is an image and not an index',
    hint: 'Leave the platforms out.',
    facts: { digest: root.digest },
  })
}

/** One platform without the index around it: its own digest, its own bytes. */
async function copyAlone(
  source: Source,
  target: Target,
  chosen: readonly Descriptor[],
  { index, referrers }: { index: IndexManifest; referrers: boolean },
  call: Call,
): Promise<CopyReport> {
  const images = chosen.filter((entry) => entry.platform !== undefined && entry.platform.os !== 'unknown')
  const [image, ...more] = images
  if (image === undefined || more.length > 0) {
    throw new Failure('INPUT_INVALID', `the platforms name ${images.length} images of the index, and one can go alone`, {
      hint: 'Name one platform, with its variant when there are several.',
    })
  }
  const { platform: _platform, ...root } = image
  const report = await copy(source, target, root, { referrers }, call)
  return { ...report, lost: [...report.lost, ...(referrers ? await stayBehind(source, index.descriptor, call) : [])] }
}

/** The same bytes, with less below them. */
async function storeSparse(source: Source, target: Target, index: IndexManifest, sum: CopyReport, referrers: boolean, call: Call): Promise<CopyReport> {
  let result: 'stored' | 'present'
  try {
    result = await target.push(index.descriptor, bytesBody(index.bytes), call)
  } catch (error) {
    if (!isFailure(error, 'CONTENT_MISSING')) throw error
    throw new Failure('UNSUPPORTED', `${target.name} takes no sparse index`, {
      cause: error,
      hint: 'The platforms themselves are there now. Copy all of them, or choose new-index or image.',
    })
  }
  const tally = createTally()
  tally.manifests[result] += 1
  if (referrers) await copyReferrers(source, target, [index.descriptor], createMover(source, target, tally, call), tally, call)
  await readBack(target, index.descriptor, call)
  return addReports(index.descriptor, [sum, { ...tally, root: index.descriptor, tagged: false }])
}

/** An index like the old one that lists only what came along. The same choice gives the same bytes. */
async function storeSmaller(
  source: Source,
  target: Target,
  index: IndexManifest,
  chosen: readonly Descriptor[],
  sum: CopyReport,
  referrers: boolean,
  call: Call,
): Promise<CopyReport> {
  const bytes = chosen.length === index.manifests.length ? index.bytes : without(index, chosen)
  const root: Descriptor = { mediaType: index.descriptor.mediaType, digest: digestOf(bytes, algorithmOf(index.descriptor.digest)), size: bytes.length }
  const result = await target.push(root, bytesBody(bytes), call)
  await readBack(target, root, call)
  const tally = createTally()
  tally.manifests[result] += 1
  if (result === 'stored') tally.bytes += bytes.length
  const lost = referrers && root.digest !== index.descriptor.digest ? await stayBehind(source, index.descriptor, call) : []
  return addReports(root, [sum, { ...tally, lost, root, tagged: false }])
}

/** Entries keep every field they have, also those that nobody here knows. */
function without(index: IndexManifest, chosen: readonly Descriptor[]): Uint8Array {
  const document = parseStrictJson(index.bytes, 'the index')
  const listed = isObject(document) && Array.isArray(document['manifests']) ? document['manifests'] : []
  const kept = new Set(chosen)
  const manifests = listed.filter((_, at) => kept.has(index.manifests[at] ?? index.descriptor))
  return Buffer.from(JSON.stringify({ ...(isObject(document) ? document : {}), manifests }))
}

/** What is attached to the index is about its digest, which is not at the target. */
async function stayBehind(source: Source, subject: Descriptor, call: Call): Promise<string[]> {
  const count = (await attachedTo(source, subject.digest, call)).length
  return count === 0 ? [] : [`${count} attached to the whole index ${subject.digest} stay behind: they speak of that digest and of no other`]
}
