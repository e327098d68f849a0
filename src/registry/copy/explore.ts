/** Reading the graph below a manifest within limits: every manifest proven, none read twice, no bottomless index. */
import type { Call } from '../../kit/call.ts'
import { Failure } from '../../kit/failure.ts'
import type { Descriptor } from '../oci/descriptor.ts'
import { algorithmOf, type Digest, digestOf } from '../oci/digest.ts'
import { LARGEST_MANIFEST_READ, type Manifest, parseManifest } from '../oci/manifest.ts'
import { readBody } from '../target/body.ts'
import type { Source } from '../target/target.ts'

/** Reliability-ux.md §7. An index in an index is rare, eight of them are an attack. */
const DEEPEST = 8
const MOST_NODES = 10_000
/** Bytes of all manifests of one graph together: they are held in memory until what is below them is copied. */
const LARGEST_GRAPH = 64 * 1024 * 1024

export interface Explorer {
  /**
   * @param depth 0 for the root and for referrers, whose announced size is not relied on (harbor#20187)
   * @throws Failure LIMIT_REACHED, DIGEST_MISMATCH, CONTENT_INVALID, CONTENT_MISSING
   */
  read(descriptor: Descriptor, depth: number, call: Call): Promise<Manifest>
  /** Counts a node that is not read. @throws Failure LIMIT_REACHED */
  count(descriptor: Descriptor): void
}

export function createExplorer(source: Source): Explorer {
  const seen = new Set<Digest>()
  let bytesRead = 0

  const count = (descriptor: Descriptor): void => {
    seen.add(descriptor.digest)
    if (seen.size > MOST_NODES) throw new Failure('LIMIT_REACHED', `the image in ${source.name} has more than ${MOST_NODES} parts`)
  }

  return {
    count,
    async read(descriptor, depth, call) {
      count(descriptor)
      if (depth > DEEPEST)
        throw new Failure('LIMIT_REACHED', `the image in ${source.name} is nested deeper than ${DEEPEST} levels`, { facts: { digest: descriptor.digest } })
      const bytes = await readBody(await source.fetch(descriptor, call), LARGEST_MANIFEST_READ)
      bytesRead += bytes.length
      if (bytesRead > LARGEST_GRAPH)
        throw new Failure('LIMIT_REACHED', `the manifests of the image in ${source.name} are larger than ${LARGEST_GRAPH} bytes together`)
      const digest = digestOf(bytes, algorithmOf(descriptor.digest))
      if (digest !== descriptor.digest) throw mismatch(descriptor, source, `its digest is ${digest}`)
      if (depth > 0 && bytes.length !== descriptor.size)
        throw mismatch(descriptor, source, `it has ${bytes.length} bytes instead of the promised ${descriptor.size}`)
      const manifest = parseManifest(bytes, descriptor.mediaType)
      // parseManifest names content by sha256; the name it is known under here stays.
      return { ...manifest, descriptor: { ...manifest.descriptor, digest } }
    },
  }
}

function mismatch(descriptor: Descriptor, source: Source, why: string): Failure {
  return new Failure('DIGEST_MISMATCH', `${descriptor.digest} from ${source.name} is not what it claims to be`, {
    cause: why,
    hint: 'The bytes were not used. The copy there is damaged: try another source, or push the image again.',
    facts: { digest: descriptor.digest },
  })
}
