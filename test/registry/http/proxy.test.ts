/** Proxies (reliability-ux.md case 13): a real one, that the client has to go through because only it knows where the names lead. */
import { copyFile, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer as createPlain, request as onward, type RequestListener } from 'node:http'
import { createServer as createSecure } from 'node:https'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { networkSettings } from '../../../src/hosts/network.ts'
import { createProxyChoice } from '../../../src/registry/http/proxy.ts'
import { parseTag } from '../../../src/registry/oci/reference.ts'
import { openRemote, type RemoteTarget } from '../../../src/registry/target/remote/remote.ts'
import { get, piece, put, putImage } from '../../contracts/content.ts'
import { bytes, call, createWorld, type World } from '../scripted.ts'

const TLS = join(import.meta.dirname, 'tls')
const AUTHORITY = join(TLS, 'authority.pem')

interface Proxy {
  readonly host: string
  readonly port: number
  /** `CONNECT registry.test:443`, `GET http://registry.test/v2/…`. */
  readonly seen: string[]
  /** Every Proxy-Authorization that came. */
  readonly logins: Array<string | undefined>
  close(): Promise<void>
}

/** @param leads where names lead: `registry.test:5000` → port of this machine @param answer instead of doing its work, a status */
async function startProxy(
  leads: Map<string, number>,
  { login, answer, secure = false }: { login?: string; answer?: number; secure?: boolean } = {},
): Promise<Proxy> {
  const seen: string[] = []
  const logins: Array<string | undefined> = []
  const sockets = new Set<{ destroy(): unknown }>()
  const refusal = (given: string | undefined): number | undefined =>
    answer ?? (login !== undefined && given !== `Basic ${Buffer.from(login).toString('base64')}` ? 407 : undefined)
  const plain: RequestListener = (message, response) => {
    seen.push(`${message.method} ${message.url}`)
    const { 'proxy-authorization': given, ...headers } = message.headers
    logins.push(given)
    const refused = refusal(given)
    if (refused !== undefined) return void response.writeHead(refused).end()
    const url = new URL(message.url ?? '')
    const port = leads.get(url.host)
    if (port === undefined) return void response.writeHead(502).end()
    const next = onward({ host: '127.0.0.1', port, method: message.method, path: `${url.pathname}${url.search}`, headers }, (back) => {
      response.writeHead(back.statusCode ?? 500, back.headers)
      back.pipe(response)
    })
    message.pipe(next)
  }
  const server = secure
    ? createSecure({ cert: await readFile(join(TLS, 'registry.pem')), key: await readFile(join(TLS, 'registry-key.pem')) }, plain)
    : createPlain(plain)
  server.on('connect', (message, socket) => {
    seen.push(`CONNECT ${message.url}`)
    logins.push(message.headers['proxy-authorization'])
    expect(message.headers.authorization).toBeUndefined()
    const refused = refusal(message.headers['proxy-authorization'])
    const port = leads.get(message.url ?? '')
    if (refused !== undefined || port === undefined) return void socket.end(`HTTP/1.1 ${refused ?? 502} No\r\ncontent-length: 0\r\n\r\n`)
    const far = connect(port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n')
      far.pipe(socket).pipe(far)
    })
    sockets.add(far)
    for (const end of [far, socket]) end.on('error', () => end.destroy())
  })
  server.on('connection', (socket: Socket) => sockets.add(socket))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    host: `127.0.0.1:${port}`,
    port,
    seen,
    logins,
    async close() {
      for (const socket of sockets) socket.destroy()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}

/** TLS with the certificate of registry.test before a plain server. */
async function startTls(behind: number): Promise<{ port: number; close(): Promise<void> }> {
  const server = createSecure({ cert: await readFile(join(TLS, 'registry.pem')), key: await readFile(join(TLS, 'registry-key.pem')) }, (message, response) => {
    const next = onward({ host: '127.0.0.1', port: behind, method: message.method, path: message.url, headers: message.headers }, (back) => {
      response.writeHead(back.statusCode ?? 500, back.headers)
      back.pipe(response)
    })
    message.pipe(next)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}

let world: World
const closing: Array<() => Promise<void>> = []
beforeEach(() => {
  world = createWorld()
})
afterEach(async () => {
  await world.close()
  for (const close of closing.splice(0)) await close()
})

const portOf = (host: string): number => Number(host.split(':')[1])

async function proxyTo(leads: Record<string, number>, options: Parameters<typeof startProxy>[1] = {}): Promise<Proxy> {
  const proxy = await startProxy(new Map(Object.entries(leads)), options)
  closing.push(proxy.close)
  return proxy
}

async function secured(behind: string): Promise<number> {
  const server = await startTls(portOf(behind))
  closing.push(server.close)
  return server.port
}

type Options = Parameters<World['another']>[0]
const target = (registry: string, options: Options): RemoteTarget => openRemote({ registry, path: 'team/app' }, world.another(options))
const failureOf = async (of: RemoteTarget): Promise<Error> =>
  of.resolve(parseTag('v1'), call).then(
    () => new Error('no failure'),
    (error: Error) => error,
  )
const told = (error: Error): string => JSON.stringify([error.message, String(error.cause), error])

describe('HTTPS through a tunnel [case 13]', () => {
  test('everything works over few tunnels, the registry certificate is checked, the proxy sees names only', async () => {
    const registry = await world.start()
    const proxy = await proxyTo({ 'registry.test:443': await secured(registry.host) }, { login: 'bob:p@ss word' })
    const settings = { caFiles: [AUTHORITY], network: { httpsProxy: `http://bob:p%40ss%20word@${proxy.host}` } }
    const through = target('registry.test', settings)
    const image = await putImage(through, 'a')
    const big = piece(Buffer.alloc(300_000, 'x'))
    await put(through, big)
    expect(Buffer.compare(await get(through, big.descriptor), big.bytes)).toBe(0)
    expect(image).toBeDefined()
    expect(new Set(proxy.seen)).toEqual(new Set(['CONNECT registry.test:443']))
    expect(proxy.seen.length).toBeLessThanOrEqual(6)
    expect(registry.seen.length).toBeGreaterThan(3)
    expect(registry.seen.every(({ headers }) => headers['proxy-authorization'] === undefined)).toBe(true)
    expect(await failureOf(target('registry.test', { network: settings.network }))).toMatchObject({ code: 'TLS_UNTRUSTED' })
  })

  test('the proxy itself may speak TLS', async () => {
    const registry = await world.start()
    const proxy = await proxyTo({ 'registry.test:443': await secured(registry.host) }, { secure: true })
    const through = target('registry.test', { caFiles: [AUTHORITY], network: { httpsProxy: `https://localhost:${proxy.port}` } })
    expect(await through.resolve(parseTag('v1'), call)).toBeUndefined()
    expect(proxy.seen[0]).toBe('CONNECT registry.test:443')
  })
})

test('plain HTTP is handed over whole; a tunnel is not asked for', async () => {
  const registry = await world.start()
  const proxy = await proxyTo({ 'registry.test:5000': portOf(registry.host) }, { login: 'bob:secret' })
  const through = target('registry.test:5000', { plainHttp: ['registry.test:5000'], network: { httpProxy: `bob:secret@${proxy.host}` } })
  await putImage(through, 'a')
  expect(proxy.seen.every((line) => / http:\/\/registry\.test:5000\/v2\//.test(line))).toBe(true)
  expect(registry.seen[0]?.headers.host).toBe('registry.test:5000')
  expect(registry.seen.every(({ headers }) => headers['proxy-authorization'] === undefined)).toBe(true)
})

describe('a proxy that refuses [case 13]', () => {
  test.each([
    ['https', undefined, /wants a user and password \(407\)/],
    ['https', 'eve:hunter22', /refuses the user and password it was given \(407\)/],
    ['http', undefined, /wants a user and password \(407\)/],
    ['http', 'eve:hunter22', /refuses the user and password it was given \(407\)/],
  ])('407 (%s, %s) is said once, names the proxy and shows no password', async (scheme, login, words) => {
    const proxy = await proxyTo({ 'registry.test:5000': 1 }, { login: 'bob:secret' })
    const url = `http://${login === undefined ? '' : `${login}@`}${proxy.host}`
    const failure = await failureOf(
      target('registry.test:5000', {
        plainHttp: scheme === 'http' ? ['registry.test:5000'] : [],
        network: { httpProxy: url, httpsProxy: url },
      }),
    )
    expect(failure).toMatchObject({ code: 'AUTH_DENIED', exitCode: 4 })
    expect(String(failure.cause)).toMatch(words)
    expect(String(failure.cause)).toContain(proxy.host)
    expect(told(failure)).not.toMatch(/hunter22|aHVudGVyMjI|ZXZlOm/)
    expect(proxy.seen.length).toBe(1)
  })

  test('403 and an unreachable proxy are blamed on the proxy, not on the registry', async () => {
    const proxy = await proxyTo({}, { answer: 403 })
    const settings = { network: { httpsProxy: `http://${proxy.host}`, httpProxy: `http://${proxy.host}` }, plainHttp: ['plain.test'] }
    expect(String((await failureOf(target('registry.test', settings))).cause)).toContain(`the proxy ${proxy.host} answered 403`)
    await proxy.close()
    closing.splice(0)
    for (const registry of ['registry.test', 'plain.test']) {
      const failure = await failureOf(target(registry, settings))
      expect(failure).toMatchObject({ code: 'REGISTRY_UNAVAILABLE' })
      expect(String(failure.cause)).toContain(`the proxy ${proxy.host} cannot be reached`)
    }
  })

  test('a proxy that is no URL, or of an unknown kind, is refused without being shown', async () => {
    for (const httpsProxy of ['http://bob:hunter22@', 'socks5://bob:hunter22@proxy.test:1080']) {
      const failure = await failureOf(target('registry.test', { network: { httpsProxy } }))
      expect(failure).toMatchObject({ code: 'CONFIG_INVALID' })
      expect(told(failure)).not.toContain('hunter22')
    }
  })
})

test('behind a proxy a registry is not taken for a private one because the proxy is: no way to inside addresses', async () => {
  const registry = await world.start((seen, response) => seen.path.includes('/blobs/') && bytes(response, 307, '', { location: 'http://10.0.0.7/secret' }))
  const proxy = await proxyTo({ 'registry.test:5000': portOf(registry.host), '10.0.0.7': portOf(registry.host) })
  const through = target('registry.test:5000', { plainHttp: ['registry.test:5000'], network: { httpProxy: `http://${proxy.host}` } })
  await expect(get(through, piece('x').descriptor)).rejects.toMatchObject({ code: 'REDIRECT_REFUSED' })
  expect(proxy.seen.some((line) => line.includes('10.0.0.7'))).toBe(false)
})

describe('NO_PROXY', () => {
  const through = (url: string, noProxy: string): boolean =>
    createProxyChoice({ httpProxy: 'http://p.test:1', httpsProxy: 'http://p.test:2', noProxy })(new URL(url)) !== undefined
  test.each([
    ['https://a.example.com', '', true],
    ['https://a.example.com', '*', false],
    ['https://a.example.com', 'example.com', false],
    ['https://example.com', 'example.com', false],
    ['https://badexample.com', 'example.com', true],
    ['https://a.example.com', '.example.com', false],
    ['https://example.com', '.example.com', true],
    ['https://a.example.com', '*.example.com', false],
    ['https://A.Example.com.', 'x, EXAMPLE.com', false],
    ['https://a.example.com', 'x a.example.com', false],
    ['https://a.example.com:5000', 'a.example.com:5000', false],
    ['https://a.example.com', 'a.example.com:5000', true],
    ['https://a.example.com', 'a.example.com:443', false],
    ['http://a.example.com', 'a.example.com:80', false],
    ['https://10.1.2.3', '10.0.0.0/8', false],
    ['https://11.1.2.3', '10.0.0.0/8', true],
    ['https://10.1.2.3', '10.1.2.3', false],
    ['https://10.1.2.30', '10.1.2.3', true],
    ['https://[fd00::1]:5000', 'fd00::/8', false],
    ['https://[fd00::1]', '[fd00::1]', false],
    ['https://[fd00::1]:5000', '[fd00::1]:5000', false],
    ['https://a.example.com', '10.0.0.0/99', true],
    ['http://localhost:5000', '', false],
    ['http://127.0.0.1:5000', '', false],
  ])('%s with "%s": through the proxy %s', (url, noProxy, expected) => {
    expect(through(url, noProxy)).toBe(expected)
  })
})

describe('the environment [case 13]', () => {
  test('both spellings, the lower-case one first; empty is unset', () => {
    expect(networkSettings({ HTTPS_PROXY: 'http://upper', https_proxy: 'http://lower', HTTP_PROXY: 'http://plain', no_proxy: 'x' })).toMatchObject({
      httpsProxy: 'http://lower',
      httpProxy: 'http://plain',
      noProxy: 'x',
    })
    expect(networkSettings({ HTTPS_PROXY: '', NO_PROXY: '' })).toMatchObject({ certificateDirectories: ['/etc/containers/certs.d', '/etc/docker/certs.d'] })
    expect(networkSettings({ ALL_PROXY: 'http://all', http_proxy: 'http://own' })).toMatchObject({ httpProxy: 'http://own', httpsProxy: 'http://all' })
  })
  test('HTTP_PROXY in a CGI program is a header of the visitor (httpoxy, CVE-2016-5385)', () => {
    expect(networkSettings({ REQUEST_METHOD: 'GET', HTTP_PROXY: 'http://evil' }).httpProxy).toBeUndefined()
  })
  test('reaches the command line: https_proxy, certificates of the user, no password in what it prints', async () => {
    const registry = await world.start()
    const proxy = await proxyTo({ 'registry.test:443': await secured(registry.host) }, { login: 'bob:hunter22' })
    const home = await mkdtemp(join(tmpdir(), 'ferry-home-'))
    closing.push(() => rm(home, { recursive: true }))
    await mkdir(join(home, '.docker/certs.d/registry.test'), { recursive: true })
    await copyFile(AUTHORITY, join(home, '.docker/certs.d/registry.test/ca.crt'))
    const run = (login: string): Promise<{ stderr: string; exitCode?: number }> =>
      execa(process.execPath, ['src/entry/cli.ts', 'promote', 'registry.test/team/app:dev-v1.0-1', '--to', 'staging'], {
        env: { HOME: home, https_proxy: `http://${login}@${proxy.host}` },
        extendEnv: false,
        reject: false,
      })
    const through = await run('bob:hunter22')
    expect(through.stderr).toContain('IMAGE_NOT_FOUND')
    expect(proxy.seen[0]).toBe('CONNECT registry.test:443')
    expect(registry.seen.length).toBeGreaterThan(0)
    const refused = await run('eve:other33')
    expect(refused).toMatchObject({ exitCode: 4, stderr: expect.stringContaining(proxy.host) })
    expect(`${through.stderr}${refused.stderr}`).not.toMatch(/hunter22|other33/)
  })
})
