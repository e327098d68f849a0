/** With the real cosign 3, both ways: what we sign it verifies, what it signs we verify, and each opens the other's key file. */
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createKeyPair, writeKeyPair } from '../../src/evidence/trust/keys/key-pair.ts'
import { readPrivateKey } from '../../src/evidence/trust/keys/signing-key.ts'
import { readPublicKey } from '../../src/evidence/trust/keys/verifying-key.ts'
import { signImage } from '../../src/evidence/trust/sign.ts'
import { keySigner } from '../../src/evidence/trust/signers/key.ts'
import { requireVerified, verifyImage } from '../../src/evidence/trust/verify.ts'
import { freeCall } from '../../src/kit/call.ts'
import { systemClock } from '../../src/kit/clock.ts'
import { Secret } from '../../src/kit/secret.ts'
import { describePeers } from '../../tools/peers/with-peers.ts'
import { type Cosign, prepareCosign } from './cosign.ts'
import { pushImage, pushIndex } from './images.ts'
import { type Kind, makeKey } from './keys.ts'
import { type Registry, startOurs, startPeer } from './registries.ts'

const PASSWORD = 'päss word'
const LONG = 60_000

describePeers(['cosign', 'crane'], 'cosign 3', (peers) => {
  let cosign: Cosign
  let registry: Registry
  let ours: string
  let theirs: string

  beforeAll(async () => {
    cosign = await prepareCosign(peers.cosign.bin)
    registry = await startOurs()
    ours = join(cosign.folder, 'ours')
    theirs = join(cosign.folder, 'theirs')
    await writeKeyPair(ours, createKeyPair(new Secret(PASSWORD)), freeCall())
    await cosign.makeKeys('theirs', PASSWORD)
  }, LONG)

  afterAll(async () => {
    await registry.stop()
    await cosign.remove()
  })

  const signer = async (base: string) => keySigner(readPrivateKey(new Secret(await readFile(`${base}.key`, 'utf8')), new Secret(PASSWORD)))
  const verifier = async (base: string) => readPublicKey(await readFile(`${base}.pub`, 'utf8'))

  test('verifies our signature of an index and its children, and refuses another key', { timeout: LONG }, async () => {
    const target = registry.open('team/ours')
    const root = await pushIndex(target)
    const report = await signImage(target, root, await signer(ours), { clock: systemClock, annotations: { env: 'prod' } }, freeCall())
    expect(report.digests).toHaveLength(4)
    for (const { digest } of report.digests) {
      await cosign.mustVerify(`${target.name}@${digest}`, `${ours}.pub`, ['-a', 'env=prod'])
    }
    expect((await cosign.verify(`${target.name}@${root.digest}`, `${ours}.pub`, ['-a', 'env=dev'])).exitCode).not.toBe(0)
    expect((await cosign.verify(`${target.name}@${root.digest}`, `${theirs}.pub`)).exitCode).not.toBe(0)
  })

  // cosign 3.1.1 assumes SHA-256 for every curve unless told (sigstore/cosign#5019).
  test.each<[Kind, string[]]>([
    ['ecdsa-p384', ['--signature-digest-algorithm', 'sha384']],
    ['ecdsa-p521', ['--signature-digest-algorithm', 'sha512']],
    ['rsa', []],
    ['ed25519', []],
  ])('verifies our signature by a key of kind %s', { timeout: LONG }, async (kind, more) => {
    const target = registry.open(`team/${kind}`)
    const root = await pushImage(target)
    const key = makeKey(kind)
    const publicFile = join(cosign.folder, `${kind}.pub`)
    await writeFile(publicFile, key.public.pem)
    await signImage(target, root, keySigner(key), { clock: systemClock }, freeCall())
    await cosign.mustVerify(`${target.name}@${root.digest}`, publicFile, more)
  })

  test('signs with our key file, and we verify', { timeout: LONG }, async () => {
    const target = registry.open('team/key-ours')
    const root = await pushImage(target)
    await cosign.sign(`${target.name}@${root.digest}`, `${ours}.key`, PASSWORD)
    await requireVerified(target, root, { keys: [await verifier(ours)] }, freeCall())
    expect((await verifyImage(target, root, { keys: [await verifier(theirs)] }, freeCall())).ok).toBe(false)
  })

  test('signs recursively with its own key file, and we verify index and children', { timeout: LONG }, async () => {
    const target = registry.open('team/theirs')
    const root = await pushIndex(target)
    await cosign.sign(`${target.name}@${root.digest}`, `${theirs}.key`, PASSWORD, ['--recursive', '-a', 'env=prod'])
    const verdict = await requireVerified(target, root, { keys: [await verifier(theirs)], annotations: { env: 'prod' } }, freeCall())
    expect(verdict.digests).toHaveLength(4)
  })

  test('makes a key file that we sign with, and it verifies', { timeout: LONG }, async () => {
    const target = registry.open('team/key-theirs')
    const root = await pushImage(target)
    await signImage(target, root, await signer(theirs), { clock: systemClock }, freeCall())
    await cosign.mustVerify(`${target.name}@${root.digest}`, `${theirs}.pub`)
  })

  test('leaves our signature valid beside its own, and ours leaves its own', { timeout: LONG }, async () => {
    const target = registry.open('team/both')
    const root = await pushImage(target)
    await signImage(target, root, await signer(ours), { clock: systemClock }, freeCall())
    await cosign.sign(`${target.name}@${root.digest}`, `${theirs}.key`, PASSWORD)
    for (const base of [ours, theirs]) {
      expect((await verifyImage(target, root, { keys: [await verifier(base)] }, freeCall())).ok).toBe(true)
      await cosign.mustVerify(`${target.name}@${root.digest}`, `${base}.pub`)
    }
  })

  // crane's registry has no referrers API: both keep the fallback tag, where cosign 3.1.1 enters no type of its own (security.md §0.6).
  test('shares the fallback tag with us, whoever comes first', { timeout: LONG }, async () => {
    const plain = await startPeer(peers.crane.bin, ['registry', 'serve', '--address', '127.0.0.1:0'])
    try {
      for (const first of ['ours', 'theirs']) {
        const target = plain.open(`team/${first}`)
        const root = await pushImage(target)
        if (first === 'ours') await signImage(target, root, await signer(ours), { clock: systemClock }, freeCall())
        await cosign.sign(`${target.name}@${root.digest}`, `${theirs}.key`, PASSWORD)
        if (first === 'theirs') await signImage(target, root, await signer(ours), { clock: systemClock }, freeCall())
        for (const base of [ours, theirs]) {
          await requireVerified(target, root, { keys: [await verifier(base)] }, freeCall())
          await cosign.mustVerify(`${target.name}@${root.digest}`, `${base}.pub`)
        }
      }
    } finally {
      await plain.stop()
    }
  })

  // security.md §0.4: cosign itself takes such an image for signed.
  test('attests an SBOM with the right key, which is no signature for us', { timeout: LONG }, async () => {
    const target = registry.open('team/sbom')
    const root = await pushImage(target)
    const sbom = join(cosign.folder, 'sbom.json')
    await writeFile(sbom, JSON.stringify({ bomFormat: 'CycloneDX', specVersion: '1.5', components: [] }))
    await cosign.attest(`${target.name}@${root.digest}`, `${theirs}.key`, PASSWORD, 'cyclonedx', sbom)
    await expect(requireVerified(target, root, { keys: [await verifier(theirs)] }, freeCall())).rejects.toMatchObject({
      code: 'SIGNATURE_INVALID',
      facts: { found: [expect.stringContaining('it is an SBOM (CycloneDX), not an image signature')] },
    })
  })
})

describePeers(['cosign-2'], 'cosign 2', (peers) => {
  test('opens our key file, and we open its own', { timeout: LONG }, async () => {
    const cosign = await prepareCosign(peers['cosign-2'].bin)
    try {
      const pair = createKeyPair(new Secret(PASSWORD))
      const { privateFile } = await writeKeyPair(join(cosign.folder, 'ours'), pair, freeCall())
      expect((await cosign.run(['public-key', '--key', privateFile], PASSWORD)).stdout.trim()).toBe(pair.publicPem.trim())
      expect((await cosign.run(['public-key', '--key', privateFile], 'another')).exitCode).not.toBe(0)
      await cosign.makeKeys('theirs', PASSWORD)
      const theirs = readPrivateKey(new Secret(await readFile(join(cosign.folder, 'theirs.key'), 'utf8')), new Secret(PASSWORD))
      expect(theirs.public.pem).toBe(await readFile(join(cosign.folder, 'theirs.pub'), 'utf8'))
    } finally {
      await cosign.remove()
    }
  })
})
