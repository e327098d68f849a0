/** What a Jenkins agent finds in these tests: a workspace with an app and keys, an open registry and one that wants a login. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createKeyPair } from '../../../src/evidence/trust/keys/key-pair.ts'
import { Secret } from '../../../src/kit/secret.ts'
import { serveRegistry } from '../../../src/registry/target/serve/serve.ts'
import type { StoredCredential } from './groovy-server.ts'

/** Values that must turn up nowhere. The quotes and the dollar are what shells and Groovy would trip over. */
const KEY_PASSWORD = `kpw-canary'"$(id) $HOME`
const REGISTRY_PASSWORD = `rpw-canary'\\"$x`
export const SECRETS: readonly string[] = [KEY_PASSWORD, REGISTRY_PASSWORD, 'kpw-canary', 'rpw-canary']

export interface Scene {
  /** Files of the app, keys and ferry.yaml; what `checkout scm` gives. */
  readonly source: string
  /** `127.0.0.1:port` */
  readonly open: string
  readonly closed: string
  readonly credentials: Readonly<Record<string, StoredCredential>>
  /** A new, empty directory. */
  directory(): string
  close(): Promise<void>
}

export async function openScene(): Promise<Scene> {
  const top = mkdtempSync(join(tmpdir(), 'ferry-jenkins-'))
  const directory = (): string => mkdtempSync(join(top, 'ws-'))
  const username = 'robot$pay+ci'
  const open = await serveRegistry({ directory: join(top, 'open') })
  const closed = await serveRegistry({ directory: join(top, 'closed'), auth: { username, password: new Secret(REGISTRY_PASSWORD) } })
  const pair = createKeyPair(new Secret(KEY_PASSWORD))
  const source = join(top, 'source')
  mkdirSync(join(source, 'app'), { recursive: true })
  writeFileSync(join(source, 'app', 'hello.txt'), 'hello\n')
  writeFileSync(join(source, 'signer.pub'), pair.publicPem)
  writeFileSync(
    join(source, 'ferry.yaml'),
    [
      `image: ${open.host}/team/piped`,
      'build: { context: app }',
      'pipeline:',
      '  - build',
      '  - step: push',
      '    with: { environment: dev }',
      '  - sign',
      '  - step: promote',
      '    with: { to: staging, publicKey: signer.pub }',
      '',
    ].join('\n'),
  )
  return {
    source,
    open: open.host,
    closed: closed.host,
    credentials: {
      registry: { kind: 'usernamePassword', username, password: REGISTRY_PASSWORD },
      'ferry-key': { kind: 'file', name: 'signer.key', content: pair.privatePem.reveal() },
      'ferry-key-password': { kind: 'string', secret: KEY_PASSWORD },
    },
    directory,
    async close() {
      await Promise.all([open.close(), closed.close()])
      rmSync(top, { recursive: true, force: true })
    },
  }
}
