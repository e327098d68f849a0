/** What is attached to a digest, by kind: signatures, SBOMs, records. */
import type { Call } from '../../kit/call.ts'
import { Failure } from '../../kit/failure.ts'
import type { Descriptor } from '../oci/descriptor.ts'
import type { Digest } from '../oci/digest.ts'
import { artifactTypeOf } from '../oci/manifest.ts'
import { MEDIA } from '../oci/media-types.ts'
import { listsReferrers, type Source } from '../target/target.ts'
import { createExplorer } from './explore.ts'

/**
 * All attachments of a subject, with their artifactType. A listing that failed throws; it is never an empty list.
 * @param artifactType only those of this kind; listings that leave it out are completed from the manifests
 * @throws Failure UNSUPPORTED when the source cannot list attachments
 */
export async function listReferrers(source: Source, subject: Digest, { artifactType }: { artifactType?: string }, call: Call): Promise<Descriptor[]> {
  if (!listsReferrers(source)) {
    throw new Failure('UNSUPPORTED', `cannot list what is attached to ${subject} in ${source.name}`, { hint: 'Use a registry or an OCI layout.' })
  }
  const explorer = createExplorer(source)
  const found: Descriptor[] = []
  for await (const listed of source.referrers(subject, call)) {
    const entry = await withType(listed)
    if (artifactType === undefined || entry.artifactType === artifactType) found.push(entry)
  }
  return found

  async function withType(listed: Descriptor): Promise<Descriptor> {
    if (listed.artifactType !== undefined && listed.artifactType !== MEDIA.empty) return listed
    const type = artifactTypeOf(await explorer.read(listed, 0, call))
    return type === undefined ? listed : { ...listed, artifactType: type }
  }
}

/** What is attached to a digest. A listing that failed throws; a place that cannot list has nothing. */
export async function attachedTo(source: Source, subject: Digest, call: Call): Promise<Descriptor[]> {
  const attached: Descriptor[] = []
  if (listsReferrers(source)) for await (const referrer of source.referrers(subject, call)) attached.push(referrer)
  return attached
}
