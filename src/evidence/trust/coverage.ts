/**
 * Which digests a signature of an image must cover: the root and, below an index, every manifest, attestation manifests of
 * `unknown/unknown` included. podman and CRI-O check the index and the chosen child; an index-only signature fails there.
 */
import type { Call } from '../../kit/call.ts'
import { Failure } from '../../kit/failure.ts'
import type { Descriptor } from '../../registry/oci/descriptor.ts'
import type { Digest } from '../../registry/oci/digest.ts'
import { isIndexType, isManifestType } from '../../registry/oci/media-types.ts'
import type { Source } from '../../registry/target/target.ts'
import { readManifest } from './read-proven.ts'

/** Indexes within indexes. Real ones have one level, two at most. */
const DEEPEST = 8
/** A build has tens of platforms; signing each of more than this would be a mistake. */
const MOST_DIGESTS = 1000

/** Root first, then what is below it, each digest once. Only indexes are fetched. */
export async function coveredDigests(source: Source, root: Descriptor, recursive: boolean, call: Call): Promise<readonly Descriptor[]> {
  const found = new Map<Digest, Descriptor>([[root.digest, root]])
  const visit = async (index: Descriptor, depth: number): Promise<void> => {
    if (depth > DEEPEST) throw new Failure('LIMIT_REACHED', `the index ${root.digest} is nested deeper than ${DEEPEST} levels`)
    const manifest = await readManifest(source, index, call)
    if (manifest.kind !== 'index') return
    for (const child of manifest.manifests) {
      if (!isManifestType(child.mediaType) || found.has(child.digest)) continue
      found.set(child.digest, child)
      if (found.size > MOST_DIGESTS) throw new Failure('LIMIT_REACHED', `the index ${root.digest} leads to more than ${MOST_DIGESTS} manifests`)
      if (isIndexType(child.mediaType)) await visit(child, depth + 1)
    }
  }
  if (recursive && isIndexType(root.mediaType)) await visit(root, 1)
  return [...found.values()]
}
