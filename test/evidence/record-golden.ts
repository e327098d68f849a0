/**
 * Records, with the real cosign, what the tests of pure-npm runs compare with: an image that cosign signed and attested, and one
 * that we signed and cosign verified. Run it by hand when a format moves: `node test/evidence/record-golden.ts`.
 * The keys are for these files alone; their password is in every reader's hands.
 */
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createKeyPair } from '../../src/evidence/trust/keys/key-pair.ts'
import { readPrivateKey } from '../../src/evidence/trust/keys/signing-key.ts'
import { signImage } from '../../src/evidence/trust/sign.ts'
import { keySigner } from '../../src/evidence/trust/signers/key.ts'
import { freeCall } from '../../src/kit/call.ts'
import { frozenClock } from '../../src/kit/clock.ts'
import { Secret } from '../../src/kit/secret.ts'
import type { Descriptor } from '../../src/registry/oci/descriptor.ts'
import { childrenOf, parseManifest } from '../../src/registry/oci/manifest.ts'
import { readBody } from '../../src/registry/target/body.ts'
import type { RemoteTarget } from '../../src/registry/target/remote/remote.ts'
import { findPeer } from '../../tools/peers/peers.ts'
import { prepareCosign } from './cosign.ts'
import { GOLDEN_PASSWORD, type GoldenFile, goldenPath, OURS_SIGNED_AT } from './golden.ts'
import { pushImage } from './images.ts'
import { startOurs } from './registries.ts'

const call = freeCall()
const peer = findPeer('cosign')
if (peer.state === 'missing') throw new Error(peer.why)

async function pieces(target: RemoteTarget, descriptor: Descriptor): Promise<GoldenFile['content']> {
  const bytes = await readBody(await target.fetch(descriptor, call), 1e6)
  const manifest = parseManifest(bytes, descriptor.mediaType)
  const below = await Promise.all(
    childrenOf(manifest).map(async (child) => ({
      mediaType: child.mediaType,
      base64: Buffer.from(await readBody(await target.fetch(child, call), 1e6)).toString('base64'),
    })),
  )
  return [...below, { mediaType: manifest.descriptor.mediaType, base64: Buffer.from(bytes).toString('base64') }]
}

async function record(name: string, target: RemoteTarget, image: Descriptor, keys: string): Promise<void> {
  const content = await pieces(target, image)
  for await (const referrer of target.referrers(image.digest, call)) content.push(...(await pieces(target, referrer)))
  const file: GoldenFile = {
    madeBy: name,
    image: image.digest,
    publicKey: await readFile(`${keys}.pub`, 'utf8'),
    privateKey: await readFile(`${keys}.key`, 'utf8'),
    content,
  }
  await writeFile(goldenPath(name), `${JSON.stringify(file, null, 2)}\n`)
}

const cosign = await prepareCosign(peer.bin)
const registry = await startOurs()
try {
  await cosign.makeKeys('theirs', GOLDEN_PASSWORD)
  const theirs = join(cosign.folder, 'theirs')
  const signed = registry.open('golden/cosign')
  const image = await pushImage(signed, 'golden')
  await cosign.sign(`${signed.name}@${image.digest}`, `${theirs}.key`, GOLDEN_PASSWORD, ['-a', 'env=prod'])
  await record('cosign-signature', signed, image, theirs)

  const attested = registry.open('golden/attested')
  await pushImage(attested, 'golden')
  const sbom = join(cosign.folder, 'sbom.json')
  await writeFile(sbom, JSON.stringify({ bomFormat: 'CycloneDX', specVersion: '1.5', components: [] }))
  await cosign.attest(`${attested.name}@${image.digest}`, `${theirs}.key`, GOLDEN_PASSWORD, 'cyclonedx', sbom)
  await record('cosign-sbom', attested, image, theirs)

  const pair = createKeyPair(new Secret(GOLDEN_PASSWORD))
  const ours = join(cosign.folder, 'ours')
  await writeFile(`${ours}.key`, pair.privatePem.reveal())
  await writeFile(`${ours}.pub`, pair.publicPem)
  const own = registry.open('golden/ours')
  await pushImage(own, 'golden')
  const signer = keySigner(readPrivateKey(pair.privatePem, new Secret(GOLDEN_PASSWORD)))
  await signImage(own, image, signer, { clock: frozenClock(OURS_SIGNED_AT), annotations: { env: 'prod' } }, call)
  await cosign.mustVerify(`${own.name}@${image.digest}`, `${ours}.pub`, ['-a', 'env=prod'])
  await record('ours-verified-by-cosign', own, image, ours)
  process.stdout.write(`recorded with cosign ${peer.version}\n`)
} finally {
  await registry.stop()
  await cosign.remove()
}
