/** What the live tests share: a checkout of examples/hello, a registry that is open, one that wants a login, and a key pair. */
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createKeyPair } from '../../../src/evidence/trust/keys/key-pair.ts'
import { Secret } from '../../../src/kit/secret.ts'
import { serveRegistry } from '../../../src/registry/target/serve/serve.ts'
import { ROOT } from './resources.ts'

/** Values that must turn up nowhere. */
export const CANARY = { login: 'canary-login-41f', key: 'canary-key-90c' } as const
export const USER = 'robot$pay+ci'

export interface Place {
  /** The checkout: what a workspace `source` holds. */
  readonly source: string
  /** host:port */
  readonly open: string
  readonly closed: string
  /** The files of the Secret that signs, and the public key that belongs to it. */
  readonly signing: Readonly<Record<string, string>>
  readonly publicKey: string
  /** A docker config that opens the closed registry. */
  readonly dockerConfig: string
  tagsOf(host: string): Promise<readonly string[]>
  close(): Promise<void>
}

export async function openPlace(): Promise<Place> {
  const root = mkdtempSync(join(tmpdir(), 'ferry-tekton-live-'))
  const source = join(root, 'source')
  mkdirSync(join(source, 'keys'), { recursive: true })
  cpSync(join(ROOT, 'examples/hello'), source, { recursive: true })
  const pair = createKeyPair(new Secret(CANARY.key))
  const other = createKeyPair(new Secret('other'))
  writeFileSync(join(source, 'keys/signer.pub'), pair.publicPem)
  writeFileSync(join(source, 'keys/other.pub'), other.publicPem)
  const open = await serveRegistry({ directory: join(root, 'open') })
  const closed = await serveRegistry({ directory: join(root, 'closed'), auth: { username: USER, password: new Secret(CANARY.login) } })
  return {
    source,
    open: open.host,
    closed: closed.host,
    signing: { key: pair.privatePem.reveal(), 'key-password': `${CANARY.key}\n` },
    publicKey: pair.publicPem,
    dockerConfig: JSON.stringify({ auths: { [closed.host]: { auth: Buffer.from(`${USER}:${CANARY.login}`).toString('base64') } } }),
    async tagsOf(host) {
      const response = await fetch(`http://${host}/v2/team/hello/tags/list`)
      return response.ok ? ((await response.json()) as { tags: string[] }).tags : []
    },
    async close() {
      await Promise.all([open.close(), closed.close()])
      rmSync(root, { recursive: true, force: true })
    },
  }
}
