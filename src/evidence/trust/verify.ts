/**
 * Verifies that an image, and every child of an index, carries the evidence that is asked for. Fails closed: a registry that does not
 * answer throws, everything unproven is refused. Formats beside the Sigstore bundle join in openAttachment and checkBundle.
 */
import type { Call } from '../../kit/call.ts'
import { Failure } from '../../kit/failure.ts'
import { createLimit, forEachLimited } from '../../kit/limit.ts'
import type { Descriptor } from '../../registry/oci/descriptor.ts'
import type { Digest } from '../../registry/oci/digest.ts'
import { printPlatform } from '../../registry/oci/platform.ts'
import type { Source } from '../../registry/target/target.ts'
import { PREDICATE } from '../statements/predicate-types.ts'
import { listAttachments, MOST_OPENED, openAttachment } from './attachments.ts'
import { checkBundle, type Demand } from './check.ts'
import { coveredDigests } from './coverage.ts'
import { unverified } from './explain.ts'
import type { VerifyingKey } from './keys/verifying-key.ts'
import type { AttachmentVerdict, DigestVerdict, Verdict } from './verdict.ts'

export interface Policy {
  /** One of them must have signed. */
  readonly keys: readonly VerifyingKey[]
  /** Default: an image signature of cosign 3. */
  readonly predicateType?: string
  /** Each must have been signed with the image. */
  readonly annotations?: Readonly<Record<string, string>>
  /** Default true: an index and each of its children. */
  readonly recursive?: boolean
}

/** Digests that are looked at at once; each has at most one request in flight. */
const LANES = 4

/** What is proven about an image, as data. Never throws for a signature that is missing or wrong. */
export async function verifyImage(source: Source, root: Descriptor, policy: Policy, call: Call): Promise<Verdict> {
  if (policy.keys.length === 0) throw new Failure('INPUT_INVALID', 'no key was given to verify with', { hint: 'Name at least one public key.' })
  const { predicateType = PREDICATE.signature, recursive = true, keys, annotations } = policy
  const demand: Demand = { keys, predicateType, ...(annotations === undefined ? {} : { annotations }) }
  const covered = await coveredDigests(source, root, recursive, call)
  const verdicts = new Map<Digest, DigestVerdict>()
  await forEachLimited(
    covered,
    createLimit(LANES),
    async (descriptor) => {
      verdicts.set(descriptor.digest, await verifyDigest(source, descriptor, demand, call))
    },
    call,
  )
  const digests = covered.flatMap((descriptor) => verdicts.get(descriptor.digest) ?? [])
  const ok = digests.length === covered.length && digests.every((each) => each.ok)
  return { ok, image: root.digest, predicateType, keys: keys.map((key) => key.fingerprint), digests }
}

/**
 * As verifyImage, but an image that is not proven is a failure.
 * @throws Failure SIGNATURE_MISSING, SIGNATURE_INVALID, both saying what was found
 */
export async function requireVerified(source: Source, root: Descriptor, policy: Policy, call: Call): Promise<Verdict> {
  const verdict = await verifyImage(source, root, policy, call)
  if (!verdict.ok) throw unverified(source.name, verdict)
  return verdict
}

/** Opens attachments one by one until one satisfies. */
export async function verifyDigest(source: Source, descriptor: Descriptor, demand: Demand, call: Call): Promise<DigestVerdict> {
  const { digest, mediaType, platform } = descriptor
  const listed = await listAttachments(source, digest, demand.predicateType, call)
  const attachments: AttachmentVerdict[] = []
  let ok = false
  for (const each of listed.slice(0, MOST_OPENED)) {
    const { artifactType, ...opened } = await openAttachment(source, digest, each, call)
    const finding = 'bundle' in opened ? checkBundle(opened.bundle, digest, demand) : opened.refused
    attachments.push({ digest: each.digest, ...(artifactType === undefined ? {} : { artifactType }), ...finding })
    ok = finding.ok
    if (ok) break
  }
  return {
    digest,
    mediaType,
    ...(platform === undefined ? {} : { platform: printPlatform(platform) }),
    ok,
    attachments,
    unopened: listed.length - attachments.length,
  }
}
