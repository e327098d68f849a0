/** What the real cosign 3.1.1 wrote and accepted, recorded by record-golden.ts: both directions without cosign at hand. */
import { describe, expect, test } from 'vitest'
import { signatureStatement } from '../../src/evidence/statements/statement.ts'
import { readPrivateKey } from '../../src/evidence/trust/keys/signing-key.ts'
import { readPublicKey } from '../../src/evidence/trust/keys/verifying-key.ts'
import { readBundle } from '../../src/evidence/trust/read-bundle.ts'
import { signImage } from '../../src/evidence/trust/sign.ts'
import { keySigner } from '../../src/evidence/trust/signers/key.ts'
import { requireVerified, verifyImage } from '../../src/evidence/trust/verify.ts'
import { freeCall } from '../../src/kit/call.ts'
import { frozenClock } from '../../src/kit/clock.ts'
import { Secret } from '../../src/kit/secret.ts'
import type { Descriptor } from '../../src/registry/oci/descriptor.ts'
import { parseDigest } from '../../src/registry/oci/digest.ts'
import { createMemoryTarget, type MemoryTarget } from '../../src/registry/target/memory.ts'
import { GOLDEN_PASSWORD, type GoldenFile, OURS_SIGNED_AT, readGolden } from './golden.ts'
import { pushBytes } from './images.ts'

const call = freeCall()

async function load(golden: GoldenFile): Promise<{ target: MemoryTarget; image: Descriptor; bundle: Uint8Array }> {
  const target = createMemoryTarget('golden')
  for (const { mediaType, base64 } of golden.content) await pushBytes(target, Buffer.from(base64, 'base64'), mediaType)
  const image = await target.resolve(parseDigest(golden.image), call)
  const bundle = golden.content.find((piece) => piece.mediaType.includes('sigstore.bundle'))
  if (image === undefined || bundle === undefined) throw new Error('the golden file has no image or no bundle')
  return { target, image, bundle: Buffer.from(bundle.base64, 'base64') }
}

describe('what cosign made', () => {
  test('its signature is verified, with its annotation', async () => {
    const golden = await readGolden('cosign-signature')
    const { target, image } = await load(golden)
    const key = readPublicKey(golden.publicKey)
    const verdict = await requireVerified(target, image, { keys: [key], annotations: { env: 'prod' } }, call)
    expect(verdict.digests[0]?.attachments).toMatchObject([{ ok: true, key: key.fingerprint, hint: key.fingerprint }])
    expect((await verifyImage(target, image, { keys: [key], annotations: { env: 'dev' } }, call)).ok).toBe(false)
  })

  test('its statement is byte for byte ours', async () => {
    const { image, bundle } = await load(await readGolden('cosign-signature'))
    expect(Buffer.from(readBundle(bundle).payload)).toEqual(signatureStatement(image.digest, { env: 'prod' }))
  })

  test('its SBOM attestation is no signature', async () => {
    const golden = await readGolden('cosign-sbom')
    const { target, image } = await load(golden)
    const verdict = await verifyImage(target, image, { keys: [readPublicKey(golden.publicKey)] }, call)
    expect(verdict.digests[0]?.attachments).toMatchObject([{ ok: false, reason: 'predicate-differs', predicateType: 'https://cyclonedx.org/bom' }])
  })

  test('its private key opens and belongs to its public key', async () => {
    const golden = await readGolden('cosign-signature')
    expect(readPrivateKey(new Secret(golden.privateKey), new Secret(GOLDEN_PASSWORD)).public.pem).toBe(golden.publicKey)
  })
})

test('what we write is still, byte for byte, what cosign accepted', async () => {
  const golden = await readGolden('ours-verified-by-cosign')
  const { target, image, bundle } = await load(golden)
  await requireVerified(target, image, { keys: [readPublicKey(golden.publicKey)], annotations: { env: 'prod' } }, call)

  // ECDSA signatures differ each time, so the recorded one is used again.
  const signer = keySigner(readPrivateKey(new Secret(golden.privateKey), new Secret(GOLDEN_PASSWORD)))
  const { material } = await signer.sign(Buffer.from(''), call)
  const replayed = { ...signer, sign: () => Promise.resolve({ material, signature: readBundle(bundle).signature }) }
  const before: Descriptor[] = []
  for await (const each of target.referrers(image.digest, call)) before.push(each)
  for (const each of before) await target.remove(each, call)
  const report = await signImage(target, image, replayed, { clock: frozenClock(OURS_SIGNED_AT), annotations: { env: 'prod' } }, call)
  expect(report.digests.map((each) => each.signature)).toEqual(before.map((each) => each.digest))
})
