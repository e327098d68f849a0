/**
 * Signs an image: each child of an index, then the index. What this signer has signed already with the same annotations is
 * left alone, so that running it again writes nothing; what is written is read back and verified.
 * Only digests are signed: the caller has resolved the tag.
 */
import { type Call, pause } from '../../kit/call.ts'
import type { Clock } from '../../kit/clock.ts'
import { Failure } from '../../kit/failure.ts'
import { createLimit, forEachLimited } from '../../kit/limit.ts'
import type { Descriptor } from '../../registry/oci/descriptor.ts'
import type { Digest } from '../../registry/oci/digest.ts'
import { printPlatform } from '../../registry/oci/platform.ts'
import type { Target } from '../../registry/target/target.ts'
import { preAuthEncoding } from '../statements/dsse.ts'
import { PREDICATE } from '../statements/predicate-types.ts'
import { STATEMENT_MEDIA_TYPE, signatureStatement } from '../statements/statement.ts'
import { attachBundle } from './attach.ts'
import { dsseBundle } from './bundle.ts'
import type { Demand } from './check.ts'
import { coveredDigests } from './coverage.ts'
import type { Signer } from './signers/signer.ts'
import type { DigestVerdict } from './verdict.ts'
import { verifyDigest } from './verify.ts'

export interface SignOptions {
  /** Default true: an index and each of its children. */
  readonly recursive?: boolean
  /** Signed together with the digest. */
  readonly annotations?: Readonly<Record<string, string>>
  /** Decides the `created` annotation of the attachment; SOURCE_DATE_EPOCH makes it stand still. */
  readonly clock: Clock
}

export interface SignedDigest {
  readonly digest: Digest
  readonly mediaType: string
  readonly platform?: string
  readonly outcome: 'signed' | 'present'
  /** Of the attached manifest that holds the signature. */
  readonly signature: Digest
}

export interface SignReport {
  readonly image: Digest
  /** The signer's name. */
  readonly signer: string
  /** The image or index first, then its children. */
  readonly digests: readonly SignedDigest[]
}

/** Digests that are signed at once. */
const LANES = 4
/** Milliseconds between looks for what was just written: some registries list a referrer a moment later. */
const READ_BACK_AFTER = [0, 200, 1000, 3000] as const

/** @throws Failure PROTOCOL_ERROR when the target stored a signature and does not give it back */
export async function signImage(target: Target, root: Descriptor, signer: Signer, options: SignOptions, call: Call): Promise<SignReport> {
  const { recursive = true } = options
  const covered = await coveredDigests(target, root, recursive, call)
  const done = new Map<Digest, SignedDigest>()
  const work = async (descriptor: Descriptor): Promise<void> => {
    done.set(descriptor.digest, await signDigest(target, descriptor, signer, options, call))
  }
  const [, ...children] = covered
  await forEachLimited(children, createLimit(LANES), work, call)
  await work(root)
  return { image: root.digest, signer: signer.name, digests: covered.flatMap((descriptor) => done.get(descriptor.digest) ?? []) }
}

async function signDigest(target: Target, subject: Descriptor, signer: Signer, { annotations = {}, clock }: SignOptions, call: Call): Promise<SignedDigest> {
  const demand: Demand = { keys: signer.keys, predicateType: PREDICATE.signature, annotations, exactly: true }
  const { digest, mediaType, platform } = subject
  const signed = { digest, mediaType, ...(platform === undefined ? {} : { platform: printPlatform(platform) }) }
  const present = satisfiedBy(await verifyDigest(target, subject, demand, call))
  if (present !== undefined) return { ...signed, outcome: 'present', signature: present }
  const statement = signatureStatement(digest, annotations)
  const { signature, material } = await signer.sign(preAuthEncoding(STATEMENT_MEDIA_TYPE, statement), call)
  const bundle = dsseBundle(STATEMENT_MEDIA_TYPE, statement, signature, material)
  const attached = await attachBundle(target, subject, bundle, PREDICATE.signature, clock, call)
  await readBack(target, subject, demand, attached.digest, call)
  return { ...signed, outcome: 'signed', signature: attached.digest }
}

async function readBack(target: Target, subject: Descriptor, demand: Demand, attached: Digest, call: Call): Promise<void> {
  for (const wait of READ_BACK_AFTER) {
    if (wait > 0) await pause(wait, call)
    if (satisfiedBy(await verifyDigest(target, subject, demand, call)) !== undefined) return
  }
  throw new Failure('PROTOCOL_ERROR', `${target.name} took the signature of ${subject.digest} and does not give it back`, {
    cause: `the signature ${attached} is not listed among what is attached to the image, or not as it was sent`,
    hint: 'Run the same command again; when it keeps failing, the registry lists no referrers although it accepts them.',
    facts: { image: subject.digest, signature: attached },
  })
}

function satisfiedBy(verdict: DigestVerdict): Digest | undefined {
  return verdict.attachments.find((attachment) => attachment.ok)?.digest
}
