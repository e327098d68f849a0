/** Mirrors between real registries: who is asked for what, in which order, with which headers; and what happens when a mirror is no good. */
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { networkSettings } from '../../../../src/hosts/network.ts'
import { Secret } from '../../../../src/kit/secret.ts'
import { check } from '../../../../src/registry/copy/check.ts'
import { copy } from '../../../../src/registry/copy/copy.ts'
import type { RegistryClient, RegistryClientOptions } from '../../../../src/registry/http/client.ts'
import { parseTag } from '../../../../src/registry/oci/reference.ts'
import { createMemoryTarget } from '../../../../src/registry/target/memory.ts'
import { openRemote, type RemoteTarget } from '../../../../src/registry/target/remote/remote.ts'
import { emptyConfig, get, imageOf, manifestOf, type Piece, piece, put, putImage } from '../../../contracts/content.ts'
import { bytes, CERTIFICATE, call, createWorld, json, type Script, type Scripted, type World } from '../../scripted.ts'

let world: World
let directory: string
beforeEach(async () => {
  world = createWorld()
  directory = await mkdtemp(join(tmpdir(), 'ferry-mirrors-'))
})
afterEach(async () => {
  await world.close()
  await rm(directory, { recursive: true })
})

async function write(name: string, text: string): Promise<string> {
  const file = join(directory, name)
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, text)
  return file
}

const hostsToml = (registry: string, text: string): Promise<string> => write(`hosts/${registry}/hosts.toml`, text)
const registriesConf = (text: string, name = 'registries.conf'): Promise<string> => write(name, text)
const mirrored = (registry: string, mirror: string, more = ''): string =>
  `[[registry]]\nlocation = "${registry}"\n${more}\n[[registry.mirror]]\nlocation = "${mirror}"\n`

/** A client that reads the files written so far. */
const clientOf = (options: Partial<RegistryClientOptions> = {}): RegistryClient =>
  world.another({
    network: {
      mirrors: {
        hostsDirectories: [join(directory, 'hosts')],
        registries: [join(directory, 'registries.conf')],
        registriesDirectories: [join(directory, 'd')],
      },
    },
    ...options,
  })
const at = (server: Scripted, client = clientOf(), path = 'team/app'): RemoteTarget => openRemote({ registry: server.host, path }, client)
const asked = ({ seen }: Scripted): string[] => seen.map(({ method, path }) => `${method} ${path.replace(/[0-9a-f]{60}/, '')}`)

/** Origin and mirror with the same image; what was asked so far is forgotten. */
async function pair(script?: Script): Promise<{ origin: Scripted; mirror: Scripted; image: Piece }> {
  const [origin, mirror] = [await world.start(), await world.start(script)]
  await putImage(world.repository(mirror), 'one').catch(() => {})
  const image = await putImage(world.repository(origin), 'one')
  await world.repository(origin).tag(image.descriptor, parseTag('v1'), call)
  origin.seen.length = 0
  mirror.seen.length = 0
  return { origin, mirror, image }
}

async function pull(source: RemoteTarget, image: Piece): Promise<void> {
  const target = createMemoryTarget()
  await copy(source, target, image.descriptor, { referrers: false }, call)
  for (const part of [image, ...imageOf('one').blobs]) expect(await get(target, part.descriptor)).toEqual(Buffer.from(part.bytes))
}

const BOTH: ReadonlyArray<[string, (origin: string, mirror: string) => Promise<string>]> = [
  ['hosts.toml', (origin, mirror) => hostsToml(origin, `[host."http://${mirror}"]\ncapabilities = ["pull"]`)],
  ['registries.conf', (origin, mirror) => registriesConf(mirrored(origin, mirror))],
]

describe.each(BOTH)('a mirror by %s', (kind, place) => {
  test('saves the registry every read by digest', async () => {
    const { origin, mirror, image } = await pair()
    await place(origin.host, mirror.host)
    await pull(at(origin), image)
    expect(asked(origin)).toEqual([])
    expect(mirror.seen.map(({ method }) => method)).toEqual(['GET', 'GET', 'GET'])
    expect(mirror.seen.every(({ path }) => path.includes(`ns=${encodeURIComponent(origin.host)}`) === (kind === 'hosts.toml'))).toBe(true)
  })

  test('is never asked for a tag, a listing, referrers, what is there, or a write [case 11]', async () => {
    const { origin, mirror, image } = await pair()
    await place(origin.host, mirror.host)
    const target = at(origin)
    expect((await target.resolve(parseTag('v1'), call))?.digest).toBe(image.descriptor.digest)
    expect((await target.read(parseTag('v1'), call))?.descriptor.digest).toBe(image.descriptor.digest)
    expect((await target.resolve(image.descriptor.digest, call))?.digest).toBe(image.descriptor.digest)
    for await (const _tag of target.tags(call)) break
    for await (const _referrer of target.referrers(image.descriptor.digest, call)) break
    const more = piece('more')
    expect(await target.has(more.descriptor, call)).toBe(false)
    await put(target, emptyConfig, more, manifestOf({ layers: [more] }))
    await target.tag(image.descriptor, parseTag('v2'), call)
    await target.untag(parseTag('v2'), call)
    expect((await check(target, image.descriptor, { deep: true }, call)).faults).toEqual([])
    expect(asked(mirror)).toEqual([])
  })

  test('that lacks it, or does not listen, costs nothing but the question', async () => {
    const origin = await world.start()
    const mirror = await world.start()
    const image = await putImage(world.repository(origin), 'one')
    await place(origin.host, mirror.host)
    await pull(at(origin), image)
    await mirror.close()
    await pull(at(origin), image)
    expect(world.warnings).toEqual([expect.stringMatching(/^the mirror .* is left alone for a while: .*ECONNREFUSED/)])
  })
})

test.each([404, 429, 500, 503, 403, 302])('a mirror that answers %i is passed over, and is left alone when it is in trouble', async (status) => {
  const { origin, mirror, image } = await pair((_seen, response) =>
    status === 302 ? bytes(response, 302, '', { location: 'http://127.0.0.1:1/' }) : json(response, status, {}, { 'retry-after': '3600' }),
  )
  await registriesConf(mirrored(origin.host, mirror.host))
  await pull(at(origin, clientOf({ timing: { backoff: () => 1, scale: 1 } })), image)
  expect(mirror.seen).toHaveLength(status === 404 ? 3 : 1)
})

test('a mirror that lies is caught, said once and not asked again', async () => {
  const { origin, mirror, image } = await pair((seen, response) => seen.method === 'GET' && bytes(response, 200, 'x'.repeat(17), { 'content-type': 'text/x' }))
  await registriesConf(mirrored(origin.host, mirror.host))
  await pull(at(origin), image)
  expect(mirror.seen).toHaveLength(1)
  expect(world.warnings).toEqual([expect.stringContaining('sent something else')])
})

test.each([1000, 3_000_000])('a layer of %i bytes that the mirror changed comes from the registry', async (size) => {
  const layer = piece(Buffer.alloc(size, 'a'))
  const image = manifestOf({ layers: [layer] })
  const origin = await world.start()
  const mirror = await world.start((seen, response) => seen.path.includes(layer.descriptor.digest) && bytes(response, 200, Buffer.alloc(size, 'b')))
  for (const server of [origin, mirror]) await put(world.repository(server), emptyConfig, layer).catch(() => {})
  await put(world.repository(origin), image)
  await registriesConf(mirrored(origin.host, mirror.host))
  const target = await world.start()
  await copy(at(origin), world.repository(target), image.descriptor, { referrers: false }, call)
  expect(await get(world.repository(target), layer.descriptor)).toEqual(layer.bytes)
  expect(world.warnings.filter((text) => text.includes('sent something else'))).toHaveLength(1)
})

test('a mirror that breaks off in the middle: the registry gives the rest', async () => {
  const layer = piece(Buffer.alloc(3_000_000, 'a'))
  const origin = await world.start()
  await put(world.repository(origin), layer)
  const mirror = await world.start((seen, response) => {
    if (!seen.path.includes('/blobs/')) return false
    response.writeHead(200, { 'content-length': String(layer.bytes.length) })
    response.write(layer.bytes.subarray(0, 2_000_000), () => setTimeout(() => response.destroy(), 50))
    return true
  })
  await registriesConf(mirrored(origin.host, mirror.host))
  origin.seen.length = 0
  expect(await get(at(origin), layer.descriptor)).toEqual(layer.bytes)
  expect(origin.seen.map(({ headers }) => headers.range)).toEqual([expect.stringMatching(/^bytes=[1-9]\d*-2999999$/)])
})

test('only the registry says that something is absent; nothing of a mirror makes it so', async () => {
  const { origin, mirror } = await pair()
  const missing = piece('nowhere', 'application/vnd.oci.image.manifest.v1+json')
  await registriesConf(mirrored(origin.host, mirror.host))
  expect(await at(origin).read(missing.descriptor.digest, call)).toBeUndefined()
  expect(asked(origin)).toHaveLength(1)
  await origin.close()
  await expect(at(origin).read(missing.descriptor.digest, call)).rejects.toMatchObject({ code: 'REGISTRY_UNAVAILABLE' })
})

test('what a mirror gave is no proof that the registry has it: check says it is missing', async () => {
  const [origin, mirror] = [await world.start(), await world.start()]
  const image = await putImage(world.repository(mirror), 'one')
  await putImage(world.repository(origin), 'other')
  await registriesConf(mirrored(origin.host, mirror.host))
  const target = at(origin)
  expect(await target.read(image.descriptor.digest, call)).toBeDefined()
  expect((await check(target, image.descriptor, {}, call)).faults).toMatchObject([{ kind: 'missing' }])
})

test('credentials of the registry never reach a mirror; its own do, and so do its headers, which go nowhere else', async () => {
  const wants: Script = (seen, response) =>
    seen.headers.authorization === undefined && json(response, 401, { errors: [{ code: 'UNAUTHORIZED' }] }, { 'www-authenticate': 'Basic realm="x"' })
  const [origin, mirror] = [await world.start(wants), await world.start(wants)]
  const explicit = [origin, mirror].map(({ host }, index) => ({
    registry: host,
    username: `user${index}`,
    password: new Secret(`pass-${index}`),
    from: 'test',
  }))
  const credentials = { explicit, dockerConfigFiles: [], environment: {} }
  const image = await putImage(openRemote({ registry: origin.host, path: 'team/app' }, world.another({ credentials })), 'one')
  await hostsToml(origin.host, `[host."http://${mirror.host}"]\n[host."http://${mirror.host}".header]\nX-Key = "hunter22"`)
  origin.seen.length = 0
  await pull(at(origin, clientOf({ credentials })), image)
  const ofMirror = new Set(mirror.seen.map(({ headers }) => headers.authorization))
  expect(ofMirror).toEqual(new Set([undefined, `Basic ${Buffer.from('user1:pass-1').toString('base64')}`]))
  expect(new Set(mirror.seen.map(({ headers }) => headers['x-key']))).toEqual(new Set(['hunter22']))
  expect(new Set(origin.seen.map(({ headers }) => headers['x-key']))).toEqual(new Set([undefined]))
  mirror.seen.length = 0
  await pull(at(origin, clientOf({ credentials: { ...credentials, explicit: explicit.slice(0, 1) } })), image)
  expect(new Set(mirror.seen.map(({ headers }) => headers.authorization))).toEqual(new Set([undefined]))
  expect(world.warnings.join()).not.toContain('hunter22')
})

test('mirrors for tags only are not used; both kinds of files are, hosts.toml first', async () => {
  const order: string[] = []
  const note: Script = ({ method, headers }) => {
    if (method === 'GET') order.push(headers.host ?? '')
    return false
  }
  const [origin, first, second, third] = [await world.start(note), await world.start(note), await world.start(note), await world.start(note)]
  const image = await putImage(world.repository(origin), 'one')
  await hostsToml(origin.host, `[host."http://${first.host}"]`)
  await registriesConf(`${mirrored(origin.host, second.host)}pull-from-mirror = "tag-only"\n[[registry.mirror]]\nlocation = "${third.host}"\n`)
  await get(at(origin), image.descriptor)
  expect(order).toEqual([first.host, third.host, origin.host])
})

test('a prefix is rewritten, by a mirror and by the location itself; drop-ins replace what came before', async () => {
  const [origin, mirror, moved] = [await world.start(), await world.start(), await world.start()]
  const image = await putImage(world.repository(origin), 'one')
  await registriesConf(`[[registry]]\nprefix = "${origin.host}/team"\nlocation = "127.0.0.1:1/never"`)
  await registriesConf(`[[registry]]\nprefix = "${origin.host}/team"\nblocked = true\nlocation = "127.0.0.1:1/never"`, 'd/10-a.conf')
  await registriesConf(
    `[[registry]]\nprefix = "${origin.host}/team"\nlocation = "${moved.host}/hub"\n[[registry.mirror]]\nlocation = "${mirror.host}/proxy/cache"`,
    'd/20-b.conf',
  )
  await registriesConf('not toml at all', 'd/ignored.txt')
  await get(at(origin), image.descriptor)
  expect(mirror.seen.map(({ path }) => path)).toEqual([`/v2/proxy/cache/app/manifests/${image.descriptor.digest}`])
  expect(moved.seen.map(({ path }) => path)).toEqual([`/v2/hub/app/manifests/${image.descriptor.digest}`])
})

test('override_path: the path of the mirror is used as it is', async () => {
  const { origin, mirror, image } = await pair(
    (seen, response) =>
      seen.path.startsWith('/odd/api/team/app/manifests/') &&
      bytes(response, 200, imageOf('one').manifest.bytes, { 'content-type': imageOf('one').manifest.descriptor.mediaType }),
  )
  await hostsToml('_default', `[host."http://${mirror.host}/odd/api"]\noverride_path = true`)
  expect(await get(at(origin), image.descriptor)).toEqual(image.bytes)
  expect(asked(origin)).toEqual([])
})

test.each(['read', 'write'])('a blocked registry: a clear failure before anything is sent (%s)', async (what) => {
  const { origin, image } = await pair()
  const file = await registriesConf(`[[registry]]\nlocation = "${origin.host}"\nblocked = true`)
  const target = at(origin)
  const work = what === 'read' ? target.resolve(parseTag('v1'), call) : put(target, piece('new'))
  await expect(work).rejects.toMatchObject({ code: 'CONFIG_INVALID', cause: `${origin.host} is blocked in ${file}` })
  await expect(get(target, image.descriptor)).rejects.toMatchObject({ code: 'CONFIG_INVALID' })
  expect(asked(origin)).toEqual([])
})

test('a file that is no TOML stops the run, with file, line and column; an unknown key is only said', async () => {
  const { origin, image } = await pair()
  const file = await hostsToml(origin.host, 'colour = "red"\n')
  await get(at(origin), image.descriptor)
  expect(world.warnings).toEqual([`${file}: colour is not known here and is passed over`])
  await registriesConf('[[registry]]\nlocation = ')
  await expect(get(at(origin), image.descriptor)).rejects.toMatchObject({ code: 'CONFIG_INVALID', facts: { line: 2 } })
})

test('TLS of a mirror: its own authority, or none where the file says so, and that is said', async () => {
  const image = imageOf('one').manifest
  const origin = await world.start()
  const mirror = await world.start((_seen, response) => bytes(response, 200, image.bytes, { 'content-type': image.descriptor.mediaType }), { secure: true })
  await putImage(world.repository(origin), 'one')
  origin.seen.length = 0
  await hostsToml(origin.host, `[host."https://${mirror.host}"]`)
  await get(at(origin), image.descriptor)
  expect(asked(origin)).toHaveLength(1)
  expect(mirror.seen).toEqual([])
  await copyFile(CERTIFICATE, await hostsToml(origin.host, '').then((file) => join(dirname(file), 'ca.crt')))
  await hostsToml(origin.host, `[host."https://${mirror.host}"]\nca = "ca.crt"`)
  await get(at(origin), image.descriptor)
  await hostsToml(origin.host, `[host."https://${mirror.host}"]\nskip_verify = true`)
  await get(at(origin), image.descriptor)
  await rm(join(directory, 'hosts'), { recursive: true })
  await registriesConf(`${mirrored(origin.host, mirror.host)}insecure = true`)
  await get(at(origin), image.descriptor)
  expect(asked(origin)).toHaveLength(1)
  expect(mirror.seen).toHaveLength(3)
  expect(world.warnings.filter((text) => text.includes('without a look at its certificate'))).toHaveLength(2)
})

test('a loopback registry with certificates of its own is spoken to with TLS', async () => {
  const origin = await world.start(undefined, { secure: true })
  await copyFile(CERTIFICATE, await write(`certs/${origin.host}/x`, '').then((file) => join(dirname(file), 'ca.crt')))
  const client = world.another({ network: { certificateDirectories: [join(directory, 'certs')] } })
  const image = await putImage(at(origin, client), 'one')
  expect(await get(at(origin, client), image.descriptor)).toEqual(image.bytes)
})

test('the environment says which files; FERRY_MIRRORS=off says none', () => {
  expect(networkSettings({ HOME: '/home/bob' }).mirrors).toEqual({
    hostsDirectories: ['/etc/containerd/certs.d'],
    registries: ['/home/bob/.config/containers/registries.conf', '/etc/containers/registries.conf'],
    registriesDirectories: ['/etc/containers/registries.conf.d', '/home/bob/.config/containers/registries.conf.d'],
  })
  expect(networkSettings({ HOME: '/home/bob', CONTAINERS_REGISTRIES_CONF: '/x.conf', FERRY_HOSTS_DIR: '/y' }).mirrors).toMatchObject({
    hostsDirectories: ['/y'],
    registries: ['/x.conf'],
  })
  expect(networkSettings({ FERRY_MIRRORS: 'off' }).mirrors).toBeUndefined()
})
