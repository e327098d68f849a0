/** Everything below a root, parents first, each digest once. Manifests come with their content, blobs without. */
import type { Call } from '../../kit/call.ts'
import type { Descriptor } from '../oci/descriptor.ts'
import type { Digest } from '../oci/digest.ts'
import { childrenOf, type Manifest } from '../oci/manifest.ts'
import { isManifestType } from '../oci/media-types.ts'
import type { Source } from '../target/target.ts'
import { createExplorer } from './explore.ts'

export interface Node {
  readonly descriptor: Descriptor
  /** 0 for the root. */
  readonly depth: number
  readonly manifest?: Manifest
}

/** @throws Failure LIMIT_REACHED, DIGEST_MISMATCH, CONTENT_INVALID, CONTENT_MISSING */
export async function* walk(source: Source, root: Descriptor, call: Call): AsyncIterable<Node> {
  const explorer = createExplorer(source)
  const seen = new Set<Digest>([root.digest])
  const open: Array<{ descriptor: Descriptor; depth: number }> = [{ descriptor: root, depth: 0 }]
  for (let next = open.shift(); next; next = open.shift()) {
    const { descriptor, depth } = next
    if (!isManifestType(descriptor.mediaType)) {
      explorer.count(descriptor)
      yield { descriptor, depth }
      continue
    }
    const manifest = await explorer.read(descriptor, depth, call)
    yield { descriptor, depth, manifest }
    for (const child of childrenOf(manifest)) {
      if (seen.has(child.digest)) continue
      seen.add(child.digest)
      open.push({ descriptor: child, depth: depth + 1 })
    }
  }
}
