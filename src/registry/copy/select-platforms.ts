/**
 * Which entries of an index are wanted when only some platforms are. An attestation that BuildKit lists beside an image goes
 * with that image. What does not belong here: copying them (copy-platforms.ts).
 */
import { Failure } from '../../kit/failure.ts'
import type { Descriptor } from '../oci/descriptor.ts'
import type { IndexManifest } from '../oci/manifest.ts'
import { type Platform, printPlatform } from '../oci/platform.ts'

/** BuildKit: an entry with this annotation speaks of the entry whose digest it names (docs/attestations/attestation-storage.md). */
const SPEAKS_OF = 'vnd.docker.reference.digest'

/** Whether an entry is what was asked for. A variant that was not asked for is accepted: `linux/arm64` takes `linux/arm64/v8`. */
function matchesPlatform(wanted: Platform, platform: Platform | undefined): boolean {
  if (platform === undefined) return false
  return wanted.os === platform.os && wanted.architecture === platform.architecture && (wanted.variant === undefined || wanted.variant === platform.variant)
}

/**
 * The entries of the platforms, in the order of the index.
 * @throws Failure IMAGE_NOT_FOUND when a platform has none
 */
export function selectPlatforms(index: IndexManifest, wanted: readonly Platform[], where: string): Descriptor[] {
  for (const platform of wanted) {
    if (index.manifests.some((entry) => matchesPlatform(platform, entry.platform))) continue
    const offered = index.manifests.flatMap((entry) => (entry.platform === undefined || entry.platform.os === 'unknown' ? [] : [printPlatform(entry.platform)]))
    throw new Failure('IMAGE_NOT_FOUND', `the image in ${where} is not made for ${printPlatform(platform)}`, {
      cause: offered.length === 0 ? 'its index names no platforms' : `it is made for ${offered.slice(0, 20).join(', ')}`,
      hint: 'Name platforms that it has.',
      facts: { digest: index.descriptor.digest },
    })
  }
  const chosen = new Set(index.manifests.filter((entry) => wanted.some((platform) => matchesPlatform(platform, entry.platform))))
  const digests = new Set<string>([...chosen].map((entry) => entry.digest))
  return index.manifests.filter((entry) => chosen.has(entry) || digests.has(entry.annotations?.[SPEAKS_OF] ?? ''))
}
