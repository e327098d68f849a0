/** Verifying images in a target: what counts, what does not, and what is said then. */
import { describe, expect, test } from 'vitest'
import { PREDICATE } from '../../../src/evidence/statements/predicate-types.ts'
import { attachBundle } from '../../../src/evidence/trust/attach.ts'
import { BUNDLE_MEDIA_TYPE } from '../../../src/evidence/trust/bundle.ts'
import { requireVerified, verifyImage } from '../../../src/evidence/trust/verify.ts'
import { Failure } from '../../../src/kit/failure.ts'
import type { Descriptor } from '../../../src/registry/oci/descriptor.ts'
import { MEDIA } from '../../../src/registry/oci/media-types.ts'
import { createMemoryTarget, type MemoryTarget } from '../../../src/registry/target/memory.ts'
import { pushBytes, pushImage, pushJson } from '../images.ts'
import { attachmentsOf, attest, call, clock, failureOf, key, other, readJson, sign, verify } from '../signed.ts'

describe('verifying', () => {
  test('an image to which nothing is attached says so', async () => {
    const target = createMemoryTarget('registry.example/app')
    const root = await pushImage(target)
    const failure = await failureOf(requireVerified(target, root, { keys: [key.public] }, call))
    expect(failure).toMatchObject({ code: 'SIGNATURE_MISSING', message: `cannot verify registry.example/app@${root.digest}: it is not signed` })
    expect(failure.facts).toMatchObject({ image: root.digest, keys: [key.public.fingerprint], failed: [root.digest] })
  })

  test('without a key is refused', async () => {
    const target = createMemoryTarget()
    expect(await failureOf(verify(target, await pushImage(target), []))).toMatchObject({ code: 'INPUT_INVALID' })
  })

  test('a signature by another key names that key', async () => {
    const target = createMemoryTarget()
    const root = await pushImage(target)
    await sign(target, root, other)
    const failure = await failureOf(requireVerified(target, root, { keys: [key.public] }, call))
    expect(failure.code).toBe('SIGNATURE_INVALID')
    expect(failure.cause).toContain(`key hint ${other.public.fingerprint} does not count: it is signed by another key`)
  })

  // security.md §0.4: `cosign verify` passes here.
  test('an SBOM by the right key is no signature, and hides none', async () => {
    const target = createMemoryTarget()
    const root = await pushImage(target)
    await attest(target, root, PREDICATE.cycloneDx)
    const failure = await failureOf(requireVerified(target, root, { keys: [key.public] }, call))
    expect(failure.code).toBe('SIGNATURE_INVALID')
    expect(failure.cause).toContain('it is an SBOM (CycloneDX), not an image signature')
    await sign(target, root)
    expect((await verify(target, root)).ok).toBe(true)
    expect((await verifyImage(target, root, { keys: [key.public], predicateType: PREDICATE.cycloneDx }, call)).ok).toBe(true)
  })

  test('good among bad is found: foreign, unparsable, lost, other kinds, many layers, an index', async () => {
    const target = createMemoryTarget()
    const root = await pushImage(target)
    await sign(target, root, other)
    await attachBundle(target, root, Buffer.from('{"mediaType":'), PREDICATE.signature, clock, call)
    const lost = await attachBundle(target, root, Buffer.from('lost'), PREDICATE.signature, clock, call)
    const { layers } = (await readJson(target, lost)) as { layers: Descriptor[] }
    const config = await pushBytes(target, Buffer.from('{}'), MEDIA.empty)
    const referrer = { schemaVersion: 2, mediaType: MEDIA.manifest, config, subject: root }
    await pushJson(
      target,
      { ...referrer, artifactType: 'application/vnd.cncf.notary.signature', layers: [await pushBytes(target, Buffer.from('jws'), 'application/jose+json')] },
      MEDIA.manifest,
    )
    await pushJson(target, { ...referrer, artifactType: BUNDLE_MEDIA_TYPE, layers: [...layers, ...layers] }, MEDIA.manifest)
    await pushJson(target, { ...referrer, layers: [] }, MEDIA.manifest)
    await pushJson(target, { schemaVersion: 2, mediaType: MEDIA.index, manifests: [], subject: root }, MEDIA.index)
    for (const layer of layers) await target.remove(layer, call)

    const refused = await verify(target, root)
    expect(refused.ok).toBe(false)
    const [found] = refused.digests
    expect(found?.attachments.map((each) => (each.ok ? 'ok' : each.reason)).toSorted()).toEqual(
      ['bundle-invalid', 'bundle-invalid', 'key-differs', 'not-a-bundle', 'not-a-bundle', 'not-a-bundle', 'unreadable'].toSorted(),
    )
    await sign(target, root)
    expect((await verify(target, root)).ok).toBe(true)
  })

  test('only other kinds of attachments count as not signed', async () => {
    const target = createMemoryTarget()
    const root = await pushImage(target)
    const config = await pushBytes(target, Buffer.from('{}'), MEDIA.empty)
    await pushJson(
      target,
      { schemaVersion: 2, mediaType: MEDIA.manifest, config, layers: [], subject: root, artifactType: 'application/vnd.cncf.notary.signature' },
      MEDIA.manifest,
    )
    const failure = await failureOf(requireVerified(target, root, { keys: [key.public] }, call))
    expect(failure.code).toBe('SIGNATURE_MISSING')
    expect(failure.cause).toContain('of type application/vnd.cncf.notary.signature does not count: it is not a Sigstore bundle')
  })

  test('a signature of another image that is attached to this one does not count', async () => {
    const target = createMemoryTarget()
    const root = await pushImage(target)
    const victim = await pushImage(target, 'victim')
    await sign(target, root)
    const [signature] = await attachmentsOf(target, root.digest)
    const { layers } = (await readJson(target, signature ?? root)) as { layers: Descriptor[] }
    const config = await pushBytes(target, Buffer.from('{}'), MEDIA.empty)
    await pushJson(target, { schemaVersion: 2, mediaType: MEDIA.manifest, artifactType: BUNDLE_MEDIA_TYPE, config, layers, subject: victim }, MEDIA.manifest)
    const verdict = await verify(target, victim)
    expect(verdict.digests[0]?.attachments).toMatchObject([{ ok: false, reason: 'subject-differs', detail: 'it signs another digest' }])
  })

  test('a listing that names a signature of another digest does not count (oras-go#1396)', async () => {
    const target = createMemoryTarget()
    const root = await pushImage(target)
    const victim = await pushImage(target, 'victim')
    await sign(target, root)
    const lying: MemoryTarget = { ...target, referrers: () => target.referrers(root.digest, call) }
    expect((await verify(lying, victim)).digests[0]?.attachments).toMatchObject([
      { ok: false, reason: 'subject-differs', detail: 'it is attached to another digest' },
    ])
  })

  // security.md §0.6, goharbor/harbor#20187
  test('neither the type nor the size in a listing is trusted', async () => {
    const target = createMemoryTarget()
    const root = await pushImage(target)
    await sign(target, root)
    const odd: MemoryTarget = {
      ...target,
      async *referrers(subject) {
        for await (const each of target.referrers(subject, call))
          yield { mediaType: each.mediaType, digest: each.digest, size: each.size + 7, artifactType: MEDIA.empty }
      },
    }
    expect((await verify(odd, root)).ok).toBe(true)
  })

  test('bytes that are not those of their digest do not count, whatever the target says', async () => {
    const target = createMemoryTarget()
    const root = await pushImage(target)
    await sign(target, root, other)
    const good = createMemoryTarget()
    await pushImage(good)
    await sign(good, root)
    const [wrong] = await attachmentsOf(target, root.digest)
    const [right] = await attachmentsOf(good, root.digest)
    // Another signature in the place of this one: it would satisfy, were its digest not compared.
    const swapping: MemoryTarget = {
      ...target,
      fetch: async (descriptor) => {
        if (descriptor.digest === wrong?.digest && right) return good.fetch(right, call)
        return good.fetch(descriptor, call)
      },
    }
    expect((await verify(swapping, root)).digests[0]?.attachments).toMatchObject([{ ok: false, reason: 'unreadable' }])
  })

  test.each(['REGISTRY_UNAVAILABLE', 'AUTH_DENIED', 'INTERRUPTED'] as const)(
    'a listing or an attachment that ends in %s is that failure, not a missing signature',
    async (code) => {
      const target = createMemoryTarget()
      const root = await pushImage(target)
      await sign(target, root, other)
      const failing = new Failure(code, 'no')
      const policy = { keys: [key.public] }
      const listing: MemoryTarget = {
        ...target,
        async *referrers(subject) {
          yield* target.referrers(subject, call)
          throw failing
        },
      }
      expect(await failureOf(requireVerified(listing, root, policy, call))).toBe(failing)
      expect(await failureOf(requireVerified({ ...target, fetch: () => Promise.reject(failing) }, root, policy, call))).toBe(failing)
    },
  )

  test('a target that cannot list is no place for signatures', async () => {
    const { name, resolve, fetch } = createMemoryTarget()
    const root = await pushImage(createMemoryTarget())
    expect(await failureOf(requireVerified({ name, resolve, fetch }, root, { keys: [key.public] }, call))).toMatchObject({ code: 'UNSUPPORTED' })
  })

  test('a flood of other attachments hides no signature, and too many bundles fail closed', { timeout: 30_000 }, async () => {
    const target = createMemoryTarget()
    const root = await pushImage(target)
    const config = await pushBytes(target, Buffer.from('{}'), MEDIA.empty)
    for (let index = 0; index < 200; index += 1) {
      await pushJson(
        target,
        { schemaVersion: 2, mediaType: MEDIA.manifest, config, layers: [], subject: root, annotations: { index: String(index) } },
        MEDIA.manifest,
      )
    }
    await sign(target, root)
    expect((await verify(target, root)).digests[0]).toMatchObject({ ok: true, attachments: [{ ok: true }], unopened: 200 })
    const failure = await failureOf(requireVerified(target, root, { keys: [other.public] }, call))
    expect(failure).toMatchObject({
      code: 'SIGNATURE_INVALID',
      facts: { found: expect.arrayContaining([expect.stringContaining('73 more attachments, which were not opened')]) },
    })
  })

  test('control characters of an attacker do not reach the terminal', async () => {
    const target = createMemoryTarget()
    const root = await pushImage(target)
    await attest(target, root, 'https://x.example/\\u001b[31mred\\nok')
    const failure = await failureOf(requireVerified(target, root, { keys: [key.public] }, call))
    expect(failure.cause).toContain('\\u{1b}[31mred\\nok')
    expect(JSON.stringify([failure.message, failure.cause, failure.facts])).not.toContain('\\u001b')
  })
})
