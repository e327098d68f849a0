/** What the tests of signing and verifying share: one key that is asked for, another one, and ways to attach. */
import { preAuthEncoding } from '../../src/evidence/statements/dsse.ts'
import { PREDICATE } from '../../src/evidence/statements/predicate-types.ts'
import { STATEMENT_MEDIA_TYPE, signatureStatement } from '../../src/evidence/statements/statement.ts'
import { attachBundle } from '../../src/evidence/trust/attach.ts'
import { dsseBundle } from '../../src/evidence/trust/bundle.ts'
import type { SigningKey } from '../../src/evidence/trust/keys/signing-key.ts'
import { signImage } from '../../src/evidence/trust/sign.ts'
import { keySigner } from '../../src/evidence/trust/signers/key.ts'
import { verifyImage } from '../../src/evidence/trust/verify.ts'
import { freeCall } from '../../src/kit/call.ts'
import { frozenClock } from '../../src/kit/clock.ts'
import { type Failure, isFailure } from '../../src/kit/failure.ts'
import type { Descriptor } from '../../src/registry/oci/descriptor.ts'
import type { Digest } from '../../src/registry/oci/digest.ts'
import { readBody } from '../../src/registry/target/body.ts'
import type { MemoryTarget } from '../../src/registry/target/memory.ts'
import { makeKey } from './keys.ts'

export const call = freeCall()
export const clock = frozenClock(new Date(1_700_000_000_000))
export const key = makeKey()
export const other = makeKey()

export const sign = (target: MemoryTarget, root: Descriptor, by: SigningKey = key, more: { recursive?: boolean; annotations?: Record<string, string> } = {}) =>
  signImage(target, root, keySigner(by), { clock, ...more }, call)
export const verify = (
  target: MemoryTarget,
  root: Descriptor,
  by: readonly SigningKey[] = [key],
  more: { recursive?: boolean; annotations?: Record<string, string> } = {},
) => verifyImage(target, root, { keys: by.map((each) => each.public), ...more }, call)

export async function attachmentsOf(target: MemoryTarget, digest: Digest): Promise<Descriptor[]> {
  const found: Descriptor[] = []
  for await (const each of target.referrers(digest, call)) found.push(each)
  return found
}

export async function readJson(target: MemoryTarget, descriptor: Descriptor): Promise<unknown> {
  return JSON.parse(Buffer.from(await readBody(await target.fetch(descriptor, call), 1e6)).toString())
}

/** Attaches any statement about the root, signed by the key. */
export async function attest(target: MemoryTarget, root: Descriptor, predicateType: string, by: SigningKey = key): Promise<Descriptor> {
  const payload = Buffer.from(Buffer.from(signatureStatement(root.digest)).toString().replace(PREDICATE.signature, predicateType))
  const bundle = dsseBundle(STATEMENT_MEDIA_TYPE, payload, by.sign(preAuthEncoding(STATEMENT_MEDIA_TYPE, payload)), {
    publicKey: { hint: by.public.fingerprint },
  })
  return attachBundle(target, root, bundle, predicateType, clock, call)
}

export async function failureOf(work: Promise<unknown>): Promise<Failure> {
  try {
    await work
  } catch (error) {
    if (isFailure(error)) return error
    throw error
  }
  throw new Error('nothing was thrown')
}
