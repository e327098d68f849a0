/**
 * Authorities and client certificates in docker's certs.d layout, against servers that do ask for them (moby#certs.d, reliability-ux.md case 12).
 * The files in tls/ were made with openssl: an authority, a certificate for registry.test, localhost and 127.0.0.1, one for a client; good for 100 years.
 */
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TLSSocket } from 'node:tls'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { parseTag } from '../../../src/registry/oci/reference.ts'
import { openRemote } from '../../../src/registry/target/remote/remote.ts'
import { get, piece } from '../../contracts/content.ts'
import { call, createWorld, type World } from '../scripted.ts'

const TLS = join(import.meta.dirname, 'tls')

interface Strict {
  readonly host: string
  /** The name in each client certificate that was shown; undefined for a request without. */
  readonly clients: Array<string | undefined>
}

let world: World
let directory: string
let servers: Server[]
beforeEach(async () => {
  world = createWorld()
  servers = []
  directory = await mkdtemp(join(tmpdir(), 'ferry-certs-'))
})
afterEach(async () => {
  await world.close()
  for (const server of servers) {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
  await rm(directory, { recursive: true })
})

/** @param demand whether a client without a certificate is turned away @param location where blobs are said to be */
async function start({ demand = true, location }: { demand?: boolean; location?: string } = {}): Promise<Strict> {
  const clients: Array<string | undefined> = []
  const [cert, key, ca] = await Promise.all(['registry.pem', 'registry-key.pem', 'authority.pem'].map((name) => readFile(join(TLS, name))))
  const server = createServer(
    { ...(cert ? { cert } : {}), ...(key ? { key } : {}), ...(ca ? { ca } : {}), requestCert: true, rejectUnauthorized: demand },
    (message, response) => {
      const { subject } = (message.socket as TLSSocket).getPeerCertificate()
      clients.push(typeof subject?.CN === 'string' ? subject.CN : undefined)
      if (location !== undefined) response.writeHead(307, { location }).end()
      else response.writeHead(404, { 'content-type': 'application/json' }).end('{"errors":[{"code":"NAME_UNKNOWN"}]}')
    },
  )
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { host: `127.0.0.1:${(server.address() as AddressInfo).port}`, clients }
}

async function place(host: string, files: Record<string, string>): Promise<string> {
  const own = join(directory, host)
  await mkdir(own, { recursive: true })
  for (const [name, from] of Object.entries(files)) await copyFile(join(TLS, from), join(own, name))
  return own
}

const ALL = { 'ca.crt': 'authority.pem', 'client.cert': 'client.pem', 'client.key': 'client-key.pem' }
const clientOf = (...hosts: string[]): ReturnType<World['another']> =>
  world.another({ tls: hosts, network: { certificateDirectories: [join(directory, 'none'), directory] } })
const resolve = (host: string, client = clientOf(host)): Promise<unknown> =>
  openRemote({ registry: host, path: 'team/app' }, client).resolve(parseTag('v1'), call)

test('the authority of one registry is trusted there and nowhere else', async () => {
  const [one, other] = [await start({ demand: false }), await start({ demand: false })]
  await place(one.host, { 'ca.crt': 'authority.pem' })
  const client = clientOf(one.host, other.host)
  expect(await resolve(one.host, client)).toBeUndefined()
  expect(one.clients[0]).toBeUndefined()
  await expect(resolve(other.host, client)).rejects.toMatchObject({ code: 'TLS_UNTRUSTED' })
  expect(other.clients).toEqual([])
})

test('a client certificate opens a registry that wants one', async () => {
  const strict = await start()
  await expect(resolve(strict.host)).rejects.toMatchObject({ code: 'TLS_UNTRUSTED' })
  await place(strict.host, ALL)
  expect(await resolve(strict.host)).toBeUndefined()
  expect(new Set(strict.clients)).toEqual(new Set(['client']))
})

test('a client certificate is not shown to where the registry sends us', async () => {
  const elsewhere = await start({ demand: false })
  const registry = await start({ location: `https://${elsewhere.host}/blob` })
  await place(registry.host, ALL)
  await place(elsewhere.host, { 'ca.crt': 'authority.pem' })
  const client = clientOf(registry.host, elsewhere.host)
  await get(openRemote({ registry: registry.host, path: 'team/app' }, client), piece('x').descriptor).catch(() => undefined)
  expect(registry.clients).toContain('client')
  expect(elsewhere.clients.length).toBeGreaterThan(0)
  expect(elsewhere.clients.every((name) => name === undefined)).toBe(true)
})

test('authorities for all registries stay trusted beside those of one', async () => {
  const strict = await start()
  await place(strict.host, { 'client.cert': 'client.pem', 'client.key': 'client-key.pem' })
  const client = world.another({ tls: [strict.host], caFiles: [join(TLS, 'authority.pem')], network: { certificateDirectories: [directory] } })
  expect(await resolve(strict.host, client)).toBeUndefined()
})

test('a certificate without its key is said, as docker says it', async () => {
  const strict = await start()
  await place(strict.host, { 'ca.crt': 'authority.pem', 'client.cert': 'client.pem' })
  await expect(resolve(strict.host)).rejects.toMatchObject({ code: 'CONFIG_INVALID', cause: 'its key client.key is missing' })
})

test('a file that is no certificate, and one that cannot be read', async () => {
  const strict = await start()
  const own = await place(strict.host, ALL)
  await writeFile(join(own, 'client.cert'), 'no certificate')
  await expect(resolve(strict.host)).rejects.toMatchObject({ code: 'CONFIG_INVALID' })
  await rm(join(own, 'client.cert'))
  await mkdir(join(own, 'other.crt'))
  await expect(resolve(strict.host)).rejects.toMatchObject({ code: 'FILE_UNREADABLE' })
})
