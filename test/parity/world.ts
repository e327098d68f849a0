/**
 * What every row finds: two registries (one with a login), layouts, keys and a ferry.yaml. Made once, copied for each host, so
 * that all start from the same bytes.
 */
import { generateKeyPairSync } from 'node:crypto'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildImage } from '../../src/build/build.ts'
import { readPrivateKey } from '../../src/evidence/trust/keys/signing-key.ts'
import { sealKey } from '../../src/evidence/trust/keys/sigstore-key.ts'
import { signImage } from '../../src/evidence/trust/sign.ts'
import { keySigner } from '../../src/evidence/trust/signers/key.ts'
import { freeCall } from '../../src/kit/call.ts'
import { frozenClock } from '../../src/kit/clock.ts'
import { Secret } from '../../src/kit/secret.ts'
import { copy } from '../../src/registry/copy/copy.ts'
import { walk } from '../../src/registry/copy/walk.ts'
import { parseTag } from '../../src/registry/oci/reference.ts'
import { openLayout } from '../../src/registry/target/layout/layout.ts'
import { serveRegistry } from '../../src/registry/target/serve/serve.ts'

/** A value that must turn up nowhere. */
export const CANARY = 'canary-5e9f#secret'
export const KEY_PASSWORD = 'kpw-canary-77'

export interface World {
  readonly directory: string
  /** host:port of the open registry, and of the one that wants a login. */
  readonly open: string
  readonly closed: string
  /** The encrypted private key, as PEM. */
  readonly encryptedKey: string
  /** Digest of the image of `dev-v1.0-1`. */
  readonly image: string
  close(): Promise<void>
}

const call = freeCall()

export interface Seed {
  readonly directory: string
  readonly encryptedKey: string
  readonly image: string
}

/** The bytes that all hosts start from. */
export async function makeSeed(): Promise<Seed> {
  const directory = mkdtempSync(join(tmpdir(), 'ferry-seed-'))
  const app = join(directory, 'app')
  mkdirSync(app)
  writeFileSync(join(app, 'hello.txt'), 'hello\n')
  writeFileSync(join(app, 'größe.txt'), 'ä\n')
  const layout = openLayout(join(directory, 'out'))
  const one = await buildImage({ context: app, labels: { build: '1' } }, 'files', layout, call)
  const two = await buildImage({ context: app, labels: { build: '2' } }, 'files', layout, call)
  for (const [built, names] of [
    [one, ['dev-v1.0-1', 'same', 'dev-v1.0-3']],
    [two, ['dev-v1.0-2', 'other']],
  ] as const) {
    for (const name of names) await layout.tag(built.root, parseTag(name), call)
  }
  const pair = generateKeyPairSync('ed25519')
  const privatePem = pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
  writeFileSync(join(directory, 'signer.key'), privatePem)
  writeFileSync(join(directory, 'signer.pub'), pair.publicKey.export({ type: 'spki', format: 'pem' }))
  writeFileSync(join(directory, 'other.pub'), generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'pem' }))
  // Ed25519 signs the same bytes the same way, so digests of signatures are equal on all hosts.
  const second = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'der' })
  const repository = openLayout(join(directory, 'reg', 'team+hello'))
  for (const [built, name] of [
    [one, 'dev-v1.0-1'],
    [two, 'dev-v1.0-2'],
  ] as const) {
    await copy(layout, repository, built.root, { tag: parseTag(name) }, call)
  }
  await signImage(repository, one.root, keySigner(readPrivateKey(new Secret(privatePem))), { clock: frozenClock(new Date(0)) }, call)
  cpSync(join(directory, 'reg'), join(directory, 'reg-closed'), { recursive: true })
  // A copy that lost a layer.
  cpSync(join(directory, 'out'), join(directory, 'torn'), { recursive: true })
  for await (const { descriptor } of walk(layout, one.root, call)) {
    if (descriptor.mediaType.includes('layer')) rmSync(join(directory, 'torn', 'blobs', ...descriptor.digest.split(':')), { force: true })
  }
  return { directory, encryptedKey: sealKey(second, new Secret(KEY_PASSWORD)), image: one.root.digest }
}

/** A copy of the seed with its own registries. */
export async function openWorld(seed: Seed): Promise<World> {
  const directory = mkdtempSync(join(tmpdir(), 'ferry-world-'))
  cpSync(seed.directory, directory, { recursive: true })
  const open = await serveRegistry({ directory: join(directory, 'reg') })
  const closed = await serveRegistry({ directory: join(directory, 'reg-closed'), auth: { username: 'robot$pay+ci', password: new Secret(CANARY) } })
  writeFileSync(
    join(directory, 'ferry.yaml'),
    [
      `image: ${open.host}/team/piped`,
      'environments: [dev, staging, prod]',
      'build: { context: app }',
      'pipeline:',
      '  - build',
      '  - step: push',
      '    with: { environment: dev, build: "7" }',
      '  - step: sign',
      '    with: { key: signer.key }',
      '  - step: promote',
      '    with: { to: staging, publicKey: signer.pub, apply: true }',
      '',
    ].join('\n'),
  )
  writeFileSync(join(directory, 'empty.yaml'), '{}\n')
  return {
    directory,
    open: open.host,
    closed: closed.host,
    encryptedKey: seed.encryptedKey,
    image: seed.image,
    async close() {
      await Promise.all([open.close(), closed.close()])
      rmSync(directory, { recursive: true, force: true })
    },
  }
}
