/**
 * What is attached to a digest, opened. A listing is only where to look: its artifactType is wrong on entries that cosign
 * writes into the fallback index (security.md §0.6), so every manifest is read, and judged by what it contains.
 */
import type { Call } from '../../kit/call.ts'
import { asFailure, Failure, isFailure } from '../../kit/failure.ts'
import type { Descriptor } from '../../registry/oci/descriptor.ts'
import type { Digest } from '../../registry/oci/digest.ts'
import { artifactTypeOf, type Manifest } from '../../registry/oci/manifest.ts'
import { listsReferrers, type Source } from '../../registry/target/target.ts'
import { announcesBundle } from './read-bundle.ts'
import { readManifest, readProven } from './read-proven.ts'
import type { Refused } from './verdict.ts'

/** Attachments of one digest that are opened at most. Bundles come first, so a flood of other things hides none. */
export const MOST_OPENED = 128
/** Entries of one listing that are looked at, at most. */
const MOST_LISTED = 4096
/** Bytes. A signature has 1 kB; SBOMs in bundles have a few MB. */
const LARGEST_BUNDLE = 16 * 1024 * 1024

export type Opened = { readonly artifactType?: string } & ({ readonly bundle: Uint8Array } | { readonly refused: Refused })

/**
 * Every attachment that is listed, those first that look like what is wanted.
 * @throws Failure UNSUPPORTED when the source cannot list; a listing that fails is never an empty one
 */
export async function listAttachments(source: Source, subject: Digest, predicateType: string, call: Call): Promise<readonly Descriptor[]> {
  if (!listsReferrers(source)) {
    throw new Failure('UNSUPPORTED', `${source.name} cannot list what is attached to an image`, {
      hint: 'Signatures can be written to and read from a registry or an OCI layout.',
    })
  }
  const found = new Map<Digest, Descriptor>()
  for await (const descriptor of source.referrers(subject, call)) {
    found.set(descriptor.digest, descriptor)
    if (found.size >= MOST_LISTED) break
  }
  const rank = ({ artifactType, annotations }: Descriptor): number => {
    if (annotations?.['dev.sigstore.bundle.predicateType'] === predicateType) return 0
    return announcesBundle(artifactType) ? 1 : 2
  }
  return [...found.values()].toSorted((left, right) => rank(left) - rank(right))
}

/**
 * Reads one attachment. Content that is broken, lost or too large is a finding; a registry that does not answer is a failure.
 */
export async function openAttachment(source: Source, subject: Digest, listed: Descriptor, call: Call): Promise<Opened> {
  let type: { artifactType?: string } = listed.artifactType === undefined ? {} : { artifactType: listed.artifactType }
  try {
    const manifest = await readListed(source, listed, call)
    const artifactType = artifactTypeOf(manifest)
    type = artifactType === undefined ? {} : { artifactType }
    const layers = manifest.kind === 'image' ? manifest.layers : []
    const [layer] = layers
    if (layer === undefined || !layers.some((each) => announcesBundle(each.mediaType)))
      return { ...type, refused: refuse('not-a-bundle', 'it is not a Sigstore bundle') }
    if (layers.length !== 1) return { ...type, refused: refuse('bundle-invalid', `it has ${layers.length} layers; a bundle has one`) }
    if (manifest.subject?.digest !== subject) return { ...type, refused: refuse('subject-differs', 'it is attached to another digest') }
    return { ...type, bundle: await readProven(source, layer, LARGEST_BUNDLE, call) }
  } catch (error) {
    if (!isAboutContent(error)) throw error
    return { ...type, refused: refuse('unreadable', `it cannot be read: ${asFailure(error).message}`) }
  }
}

/** Sizes in listings are not reliable (goharbor/harbor#20187, oras#1626): a mismatch is looked up by digest once more. */
async function readListed(source: Source, listed: Descriptor, call: Call): Promise<Manifest> {
  try {
    return await readManifest(source, listed, call)
  } catch (error) {
    if (!isFailure(error, 'DIGEST_MISMATCH')) throw error
    const actual = await source.resolve(listed.digest, call)
    if (actual === undefined || actual.size === listed.size) throw error
    return readManifest(source, actual, call)
  }
}

function isAboutContent(error: unknown): boolean {
  return ['DIGEST_MISMATCH', 'CONTENT_INVALID', 'CONTENT_MISSING', 'LIMIT_REACHED', 'UNSUPPORTED'].some((code) => isFailure(error) && error.code === code)
}

function refuse(reason: Refused['reason'], detail: string): Refused {
  return { ok: false, reason, detail }
}
