/** Signing images in a target: what is written, and when nothing is. */
import { describe, expect, test } from 'vitest'
import { PREDICATE } from '../../../src/evidence/statements/predicate-types.ts'
import { BUNDLE_MEDIA_TYPE } from '../../../src/evidence/trust/bundle.ts'
import { signImage } from '../../../src/evidence/trust/sign.ts'
import { keySigner } from '../../../src/evidence/trust/signers/key.ts'
import { requireVerified } from '../../../src/evidence/trust/verify.ts'
import { MEDIA } from '../../../src/registry/oci/media-types.ts'
import { createMemoryTarget, type MemoryTarget } from '../../../src/registry/target/memory.ts'
import { pushImage, pushIndex, pushJson } from '../images.ts'
import { KINDS, makeKey } from '../keys.ts'
import { attachmentsOf, call, clock, failureOf, key, other, readJson, sign, verify } from '../signed.ts'

describe('signing', () => {
  test.each(KINDS)('with a key of kind %s is verified by its public key and by no other', async (kind) => {
    const target = createMemoryTarget()
    const root = await pushImage(target)
    const by = makeKey(kind)
    const report = await sign(target, root, by)
    expect(report).toMatchObject({ image: root.digest, signer: `key ${by.public.fingerprint}`, digests: [{ digest: root.digest, outcome: 'signed' }] })
    expect((await verify(target, root, [by])).ok).toBe(true)
    expect((await verify(target, root, [other])).ok).toBe(false)
  })

  test('attaches the manifest that cosign 3 attaches', async () => {
    const target = createMemoryTarget()
    const root = await pushImage(target)
    const report = await sign(target, root)
    const [attached] = await attachmentsOf(target, root.digest)
    expect(attached?.digest).toBe(report.digests[0]?.signature)
    const manifest = await readJson(target, attached ?? root)
    expect(manifest).toEqual({
      schemaVersion: 2,
      mediaType: MEDIA.manifest,
      artifactType: BUNDLE_MEDIA_TYPE,
      config: { mediaType: MEDIA.empty, digest: 'sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a', size: 2 },
      layers: [{ mediaType: BUNDLE_MEDIA_TYPE, digest: expect.stringMatching(/^sha256:/), size: expect.any(Number) }],
      subject: { mediaType: root.mediaType, digest: root.digest, size: root.size },
      annotations: {
        'dev.sigstore.bundle.content': 'dsse-envelope',
        'dev.sigstore.bundle.predicateType': PREDICATE.signature,
        'org.opencontainers.image.created': '2023-11-14T22:13:20Z',
      },
    })
  })

  test('covers an index and each child, attestation manifests too', async () => {
    const target = createMemoryTarget()
    const root = await pushIndex(target)
    const report = await sign(target, root)
    expect(report.digests.map((each) => each.platform)).toEqual([undefined, 'linux/amd64', 'linux/arm64/v8', 'unknown/unknown'])
    const verdict = await verify(target, root)
    expect(verdict).toMatchObject({ ok: true, image: root.digest, predicateType: PREDICATE.signature, keys: [key.public.fingerprint] })
    expect(verdict.digests.map((each) => each.digest)).toEqual(report.digests.map((each) => each.digest))
    expect(JSON.parse(JSON.stringify(verdict))).toEqual(verdict)
  })

  test('covers indexes within an index, and each digest once', async () => {
    const target = createMemoryTarget()
    const inner = await pushIndex(target)
    const root = await pushJson(target, { schemaVersion: 2, mediaType: MEDIA.index, manifests: [inner, { ...inner }] }, MEDIA.index)
    expect((await sign(target, root)).digests).toHaveLength(5)
    expect((await verify(target, root)).ok).toBe(true)
  })

  test('of the index alone leaves its children unverified', async () => {
    const target = createMemoryTarget()
    const root = await pushIndex(target)
    expect((await sign(target, root, key, { recursive: false })).digests).toHaveLength(1)
    expect((await verify(target, root, [key], { recursive: false })).ok).toBe(true)
    const failure = await failureOf(requireVerified(target, root, { keys: [key.public] }, call))
    expect(failure).toMatchObject({ code: 'SIGNATURE_MISSING', exitCode: 6 })
    expect(failure.message).toContain('3 of 4 digests')
    expect(failure.cause).toMatch(/nothing is attached to sha256:[0-9a-f]{12} \(linux\/amd64\)/)
  })

  test('again writes nothing', async () => {
    const target = createMemoryTarget()
    const root = await pushIndex(target)
    const first = await sign(target, root, key, { annotations: { env: 'prod' } })
    const locked: MemoryTarget = { ...target, push: () => Promise.reject(new Error('a write')) }
    const again = await sign(locked, root, key, { annotations: { env: 'prod' } })
    expect(again.digests.map((each) => each.outcome)).toEqual(['present', 'present', 'present', 'present'])
    expect(again.digests.map((each) => each.signature)).toEqual(first.digests.map((each) => each.signature))
  })

  test('again with other annotations, or another key, adds a signature', async () => {
    const target = createMemoryTarget()
    const root = await pushImage(target)
    await sign(target, root, key, { annotations: { env: 'prod' } })
    expect((await sign(target, root)).digests[0]?.outcome).toBe('signed')
    expect((await sign(target, root, other)).digests[0]?.outcome).toBe('signed')
    expect(await attachmentsOf(target, root.digest)).toHaveLength(3)
    expect((await verify(target, root, [key], { annotations: { env: 'prod' } })).ok).toBe(true)
    expect((await verify(target, root, [other])).ok).toBe(true)
    expect((await verify(target, root, [other], { annotations: { env: 'prod' } })).ok).toBe(false)
  })

  test('is not done when the target loses what it took', { timeout: 20_000 }, async () => {
    const target = createMemoryTarget()
    const root = await pushImage(target)
    const forgetful: MemoryTarget = { ...target, async *referrers() {} }
    expect(await failureOf(sign(forgetful, root))).toMatchObject({ code: 'PROTOCOL_ERROR', exitCode: 5 })
  })

  test('that is stopped writes nothing more', async () => {
    const target = createMemoryTarget()
    const root = await pushImage(target)
    const stop = new AbortController()
    const signer = keySigner(key)
    const stopping = {
      ...signer,
      sign: async (...[bytes, on]: Parameters<typeof signer.sign>) => (stop.abort(), signer.sign(bytes, { ...on, signal: call.signal })),
    }
    expect(await failureOf(signImage(target, root, stopping, { clock }, { signal: stop.signal }))).toMatchObject({ code: 'INTERRUPTED' })
    expect(await attachmentsOf(target, root.digest)).toEqual([])
  })
})
