/** Real servers that let nobody in without a login: htpasswd, tokens with scopes, TLS with an authority of one's own. */
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { freeCall } from '../../../src/kit/call.ts'
import { reasons } from '../../../src/kit/failure.ts'
import { Secret } from '../../../src/kit/secret.ts'
import { copy } from '../../../src/registry/copy/copy.ts'
import { ANONYMOUS, type CredentialSources } from '../../../src/registry/http/credentials/credential.ts'
import { parseTag } from '../../../src/registry/oci/reference.ts'
import { openLayout } from '../../../src/registry/target/layout/layout.ts'
import { createOpener, type OpenerOptions } from '../../../src/registry/target/open.ts'
import { describePeers } from '../../../tools/peers/with-peers.ts'
import { hasOpenssl, makeAuthority, makeServerCertificate } from './certificates.ts'
import { ferry, mustFerry, type Run } from './ferry.ts'
import { buildHello, type Hello } from './images.ts'
import { type Server, startDistribution } from './servers.ts'
import { ISSUER, SERVICE, startTokenServer, type TokenServer, type User } from './token-server.ts'

const call = freeCall()
const LONG = 60_000
const PASSWORD = 'p:äss word'
// bcrypt of PASSWORD, cost 5.
const HTPASSWD = 'robot$pay+ci:$2y$05$abcdefghijklmnopqrstuu3GDooccCAX/W/lJYsyoLb5PmFN.VVbW\n'

let place: string
let hello: Hello

beforeAll(async () => {
  place = await mkdtemp(join(tmpdir(), 'ferry logins '))
  hello = await buildHello(join(place, 'built'))
  await mustFerry(['key', 'create', '--out', 'signer'], { home: place, env: { FERRY_KEY_PASSWORD: 'x' } })
})

afterAll(async () => {
  await rm(place, { recursive: true })
})

interface Login {
  readonly user: string
  readonly password: string
}

/** As a step gets a login from its inputs. */
const given = ({ user, password }: Login): Record<string, string> => ({ FERRY_REGISTRY_USERNAME: user, FERRY_REGISTRY_PASSWORD: password })

/** As `docker login` keeps one. */
const kept = (host: string, { user, password }: Login): Record<string, string> => ({
  DOCKER_AUTH_CONFIG: JSON.stringify({ auths: { [host]: { auth: Buffer.from(`${user}:${password}`).toString('base64') } } }),
})

const run = (args: readonly string[], env: Record<string, string> = {}): Promise<Run> => ferry(args, { home: place, env: { FERRY_KEY_PASSWORD: 'x', ...env } })

const expectRefused = ({ exit, stdout, stderr }: Run, code: string): void => {
  expect(stderr).toContain(code)
  expect(exit).toBe(4)
  for (const secret of [PASSWORD, 'not the password']) expect(stdout + stderr).not.toContain(secret)
}

for (const peer of ['distribution-2', 'distribution-3'] as const) {
  describePeers([peer], `${peer} with htpasswd`, (peers) => {
    let server: Server
    beforeAll(async () => {
      await writeFile(join(place, 'htpasswd'), HTPASSWD)
      server = await startDistribution(peers[peer].bin, { auth: { htpasswd: { realm: 'the test', path: join(place, 'htpasswd') } } })
    })
    afterAll(async () => {
      await server.stop()
    })

    test('lets in who has the password, and nobody else', { timeout: LONG }, async () => {
      const dev = `${server.host}/team/hello:dev-v1.0-1`
      const push = ['push', `oci:${hello.directory}:multi`, dev]
      const login = { user: 'robot$pay+ci', password: PASSWORD }
      expectRefused(await run(push), 'AUTH_REQUIRED')
      expectRefused(await run(push, given({ ...login, password: 'not the password' })), 'AUTH_')
      expectRefused(await run(push, kept('127.0.0.1:1', login)), 'AUTH_REQUIRED')
      expect(await run(push, given(login))).toMatchObject({ exit: 0, outputs: { digest: hello.index.digest, changed: true } })
      expect(await run(push, kept(server.host, login))).toMatchObject({ exit: 0, outputs: { changed: false } })
      const promote = ['promote', dev, '--to', 'staging', '--apply']
      expect(await run(promote, kept(server.host, login))).toMatchObject({ exit: 0, outputs: { digest: hello.index.digest, changed: true } })
    })
  })
}

const USERS: Readonly<Record<string, User>> = {
  ci: { password: PASSWORD, may: { 'team/': ['pull', 'push'], 'public/': ['pull', 'push'], 'prod/': ['pull', 'push'] } },
  reader: { password: PASSWORD, may: { 'team/': ['pull'] } },
}
const CI: Login = { user: 'ci', password: PASSWORD }
const READER: Login = { user: 'reader', password: PASSWORD }

if (!hasOpenssl) {
  const why = 'openssl is not available: tokens and TLS are not tested'
  test(why, (context) => {
    if (process.env['FERRY_PEERS_STRICT'] === '1') throw new Error(why)
    context.skip(why)
  })
}

describe.runIf(hasOpenssl)('tokens', () => {
  for (const peer of ['distribution-2', 'distribution-3'] as const) {
    describePeers([peer], `${peer} with a token server`, (peers) => {
      let tokens: TokenServer
      let server: Server
      let image: string
      beforeAll(async () => {
        const authority = await makeAuthority(place, 'tokens')
        tokens = await startTokenServer(authority, USERS, { 'public/': ['pull'] })
        const token = { realm: tokens.realm, service: SERVICE, issuer: ISSUER, rootcertbundle: authority.certificate }
        server = await startDistribution(peers[peer].bin, { auth: { token } })
        image = `${server.host}/team/hello:dev-v1.0-1`
        const first = await run(['push', `oci:${hello.directory}:multi`, image], given(CI))
        expect(first.stderr).not.toContain('AUTH')
        expect(first).toMatchObject({ exit: 0, outputs: { digest: hello.index.digest } })
      })
      beforeEach(() => {
        tokens.granted.length = 0
      })
      afterAll(async () => {
        await server.stop()
        await tokens.close()
      })

      test('who may push signs and promotes: a token to read and one to write for each step', { timeout: LONG }, async () => {
        expect(await run(['sign', image, '--key', 'signer.key'], kept(server.host, CI))).toMatchObject({ exit: 0 })
        const promote = ['promote', image, '--to', 'staging', '--key', 'signer.pub', '--apply']
        expect(await run(promote, given(CI))).toMatchObject({ exit: 0, outputs: { changed: true } })
        const asked = tokens.granted.map(({ user, scopes }) => `${user} ${scopes.join(' ')}`)
        // Never the catalog, never another repository.
        expect(new Set(asked)).toEqual(new Set(['ci repository:team/hello:pull', 'ci repository:team/hello:pull,push']))
        expect(asked).toHaveLength(4)
      })

      test('who may only pull verifies, and writes nothing', { timeout: LONG }, async () => {
        expect(await run(['verify', `${server.host}/team/hello:staging-v1.0-1`, '--key', 'signer.pub'], given(READER))).toMatchObject({ exit: 0 })
        const taken = await run(['promote', `${server.host}/team/hello:staging-v1.0-1`, '--to', 'prod', '--apply'], given(READER))
        expectRefused(taken, 'AUTH_DENIED')
        expect(await run(['verify', `${server.host}/team/hello:prod-v1.0-1`, '--key', 'signer.pub'], given(CI))).toMatchObject({ exit: 2 })
      })

      test('nobody and a wrong password are told apart', { timeout: LONG }, async () => {
        const verify = ['verify', image, '--key', 'signer.pub']
        expectRefused(await run(verify), 'AUTH_REQUIRED')
        expect(new Set(tokens.granted.map(({ user }) => user))).toEqual(new Set(['']))
        tokens.granted.length = 0
        expectRefused(await run(verify, given({ ...CI, password: 'not the password' })), 'AUTH_DENIED')
        // A refused login is not tried again as nobody: the answer could be another one.
        expect(tokens.granted).toEqual([])
      })

      test('what is public is read without a login, and not written', { timeout: LONG }, async () => {
        const open = `${server.host}/public/hello:dev-v1.0-1`
        expect(await run(['push', `oci:${hello.directory}:single`, open], given(CI))).toMatchObject({ exit: 0 })
        tokens.granted.length = 0
        const back = join(place, `public ${peer}`)
        expect(await run(['push', open, `oci:${back}:dev-v1.0-1`])).toMatchObject({ exit: 0, outputs: { digest: hello.image.digest } })
        expect(tokens.granted).toEqual([{ user: '', scopes: ['repository:public/hello:pull'] }])
        expectRefused(await run(['promote', open, '--to', 'staging', '--apply']), 'AUTH_REQUIRED')
      })

      test('a token that has run out is replaced, and one for two repositories mounts', { timeout: LONG }, async () => {
        const explicit = [{ registry: server.host, username: CI.user, password: new Secret(CI.password), from: 'the test' }]
        const credentials: CredentialSources = { ...ANONYMOUS, explicit }
        const opener = createOpener({ credentials, userAgent: 'kubeferry-test', timing: { backoff: () => 20 } })
        try {
          tokens.giveOldToken()
          const { target } = opener.open(image)
          expect((await target.resolve(parseTag('dev-v1.0-1'), call))?.digest).toBe(hello.index.digest)
          expect(tokens.granted).toHaveLength(2)
          const report = await copy(target, opener.open(`${server.host}/prod/hello`).target, hello.index, { tag: parseTag('v1') }, call)
          // Two layers and two configs, three signatures and their common config; nothing was sent.
          expect(report.blobs).toMatchObject({ stored: 0, mounted: 8, present: 0 })
          expect(tokens.granted.some(({ scopes }) => scopes.includes('repository:team/hello:pull') && scopes.includes('repository:prod/hello:pull,push'))).toBe(
            true,
          )
        } finally {
          opener.close()
        }
      })
    })
  }
})

describe.runIf(hasOpenssl)('TLS', () => {
  describePeers(['distribution-3'], 'with an authority of our own', (peers) => {
    let certificates: string
    let server: Server
    beforeEach(async () => {
      certificates = join(place, `tls ${(await readdir(place)).length}`)
      await mkdir(certificates)
    })
    afterEach(async () => {
      await server.stop()
    })
    const start = async (subject: string): Promise<OpenerOptions> => {
      const authority = await makeAuthority(certificates, 'authority')
      const { certificate, key } = await makeServerCertificate(certificates, 'server', authority, subject)
      server = await startDistribution(peers['distribution-3'].bin, { http: { tls: { certificate, key } } })
      return { credentials: ANONYMOUS, userAgent: 'kubeferry-test', tls: [server.host], caFiles: [authority.certificate], timing: { backoff: () => 20 } }
    }
    const push = async (options: OpenerOptions): Promise<void> => {
      const opener = createOpener(options)
      try {
        const { target } = opener.open(`${server.host}/team/hello`)
        await copy(openLayout(hello.directory), target, hello.index, { tag: parseTag('v1') }, call)
        expect((await target.resolve(parseTag('v1'), call))?.digest).toBe(hello.index.digest)
      } finally {
        opener.close()
      }
    }

    test('is trusted when its authority is, and not otherwise', { timeout: LONG }, async () => {
      const options = await start('IP:127.0.0.1')
      await push(options)
      await expect(push({ ...options, caFiles: [] })).rejects.toMatchObject({ code: 'TLS_UNTRUSTED' })
      await expect(push({ ...options, caFiles: [join(certificates, 'nothing.pem')] })).rejects.toMatchObject({ code: 'FILE_UNREADABLE' })
    })

    test('is not trusted under a name that is not its own', { timeout: LONG }, async () => {
      const options = await start('DNS:registry.example.com')
      await expect(push(options)).rejects.toMatchObject({ code: 'TLS_UNTRUSTED' })
    })

    test('says so when it is asked without TLS', { timeout: LONG }, async () => {
      const options = await start('IP:127.0.0.1')
      const refused: unknown = await push({ ...options, tls: [] }).catch((error: unknown) => error)
      expect(refused).toMatchObject({ code: 'PROTOCOL_ERROR' })
      expect(reasons(refused).join()).toContain('HTTP request to an HTTPS server')
    })
  })
})
