/** The SBOM that is attached to an image, opened: a referrer that is one, or one inside a Sigstore bundle or a bare DSSE envelope. */
import type { Call } from '../../kit/call.ts'
import { isFailure } from '../../kit/failure.ts'
import { isObject, parseStrictJson } from '../../kit/json.ts'
import { createExplorer } from '../../registry/copy/explore.ts'
import { listReferrers } from '../../registry/copy/referrers.ts'
import type { Descriptor } from '../../registry/oci/descriptor.ts'
import type { Digest } from '../../registry/oci/digest.ts'
import { readBody } from '../../registry/target/body.ts'
import { listsReferrers, type Source } from '../../registry/target/target.ts'
import { type Package, packagesIn } from './read-sbom.ts'

/** Bytes. An SBOM of a large image has a few MB. */
const LARGEST = 32 * 1024 * 1024
/** Attachments that are opened at most. */
const MOST = 32

export interface FoundSbom {
  /** The attachment that holds it. */
  readonly descriptor: Descriptor
  readonly packages: readonly Package[]
}

/**
 * The first SBOM among what is attached to a digest; undefined when there is none of a known form. Not proven.
 * @throws Failure of the source; an attachment that cannot be read as an SBOM is none
 */
export async function findSbom(source: Source, subject: Digest, call: Call): Promise<FoundSbom | undefined> {
  if (!listsReferrers(source)) return undefined
  const explorer = createExplorer(source)
  for (const descriptor of (await listReferrers(source, subject, {}, call)).slice(0, MOST)) {
    try {
      const manifest = await explorer.read(descriptor, 0, call)
      for (const layer of manifest.kind === 'image' ? manifest.layers : []) {
        if (!/json|spdx|cyclonedx|dsse|in-toto/.test(layer.mediaType) || layer.size > LARGEST) continue
        const packages = packagesIn(unwrap(await readBody(await source.fetch(layer, call), LARGEST)))
        if (packages !== undefined) return { descriptor, packages }
      }
    } catch (error) {
      if (!isFailure(error, 'CONTENT_INVALID')) throw error
    }
  }
  return undefined
}

/** The statement inside a bundle or an envelope; anything else as it is. */
function unwrap(bytes: Uint8Array): Uint8Array {
  const json = parseStrictJson(bytes, 'the attachment')
  const envelope = isObject(json) && isObject(json['dsseEnvelope']) ? json['dsseEnvelope'] : json
  const payload = isObject(envelope) && typeof envelope['payloadType'] === 'string' ? envelope['payload'] : undefined
  return typeof payload === 'string' ? Buffer.from(payload, 'base64') : bytes
}
