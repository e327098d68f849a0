/** The documents: config, manifest, index; on scratch and on a base; read back and checked against the layers. */
import { createHash } from 'node:crypto'
import { gunzipSync, gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { buildImage } from '../../src/build/build.ts'
import type { Base } from '../../src/build/builder.ts'
import { freeCall } from '../../src/kit/call.ts'
import { isObject } from '../../src/kit/json.ts'
import type { Descriptor } from '../../src/registry/oci/descriptor.ts'
import { digestOf } from '../../src/registry/oci/digest.ts'
import { parseImageConfig } from '../../src/registry/oci/image-config.ts'
import { parseManifest } from '../../src/registry/oci/manifest.ts'
import { bytesBody, readBody } from '../../src/registry/target/body.ts'
import { createMemoryTarget } from '../../src/registry/target/memory.ts'
import type { Source, Target } from '../../src/registry/target/target.ts'
import { build, configOf, contextOf, entriesOf, layerTar, readJson, refusal } from './images.ts'

async function put(into: Target, mediaType: string, content: string | Uint8Array): Promise<Descriptor> {
  const bytes = Buffer.from(content)
  const descriptor = { mediaType, digest: digestOf(bytes), size: bytes.length }
  await into.push(descriptor, bytesBody(bytes), freeCall())
  return descriptor
}

/** Every image below a root: its config's diff_ids are the digests of its unpacked layers. */
async function checkImage(source: Source, root: Descriptor): Promise<number> {
  const manifest = parseManifest(await readBody(await source.fetch(root, freeCall()), 1e7), root.mediaType)
  if (manifest.kind === 'index') {
    let images = 0
    for (const child of manifest.manifests) images += await checkImage(source, child)
    return images
  }
  const config = parseImageConfig(await readBody(await source.fetch(manifest.config, freeCall()), 1e7))
  const history = config.json['history']
  expect(Array.isArray(history) ? history.filter((story) => JSON.stringify(story).includes('empty_layer') === false) : []).toHaveLength(manifest.layers.length)
  const unpacked = await Promise.all(
    manifest.layers.map(async (layer) => {
      const bytes = await readBody(await source.fetch(layer, freeCall()), 1e7)
      return `sha256:${createHash('sha256').update(gunzipSync(bytes)).digest('hex')}`
    }),
  )
  expect(config.diffIds).toEqual(unpacked)
  return 1
}

async function dockerBase(config: Record<string, unknown> = {}): Promise<Base> {
  const source = createMemoryTarget('base')
  const tar = Buffer.alloc(1024)
  const layer = await put(source, 'application/vnd.docker.image.rootfs.diff.tar.gzip', gzipSync(tar))
  const json = {
    architecture: 'arm64',
    variant: 'v8',
    os: 'linux',
    author: 'someone',
    docker_version: '20.10',
    container_config: { Cmd: ['x'] },
    config: {
      Env: ['PATH=/usr/bin', 'LANG=C', 'EMPTY='],
      Entrypoint: ['/entry'],
      Cmd: ['serve'],
      WorkingDir: '/home/app',
      User: '10001',
      ExposedPorts: { '80/tcp': {} },
      Labels: { base: 'yes', both: 'base' },
      OnBuild: ['RUN x'],
      Healthcheck: { Test: ['NONE'] },
      Volumes: null,
      ...config,
    },
    rootfs: { type: 'layers', diff_ids: [digestOf(tar)] },
    history: [{ created_by: 'FROM' }, { created_by: 'ENV', empty_layer: true }],
  }
  const configured = await put(source, 'application/vnd.docker.container.image.v1+json', JSON.stringify(json))
  const manifest = { schemaVersion: 2, mediaType: 'application/vnd.docker.distribution.manifest.v2+json', config: configured, layers: [layer] }
  return { source, name: 'docker.io/library/base:1', descriptor: await put(source, manifest.mediaType, JSON.stringify(manifest)) }
}

test('everything a recipe says is in the image', async () => {
  const context = await contextOf({ app: 'x' })
  const built = await build({
    context,
    layers: [{ from: 'app', to: '/usr/bin/app', owner: '7:8', mode: '0755' }],
    entrypoint: ['/usr/bin/app'],
    cmd: ['--serve'],
    env: { B: '2', A: 'x=y\nz' },
    user: '7:8',
    workdir: '/srv//dir/',
    ports: ['8080', '53/udp', '8000-8010'],
    labels: { z: '1', a: '2', ['__proto__']: 'kept' },
    volumes: ['/data'],
    stopSignal: 'SIGQUIT',
    annotations: { 'org.opencontainers.image.version': 'v1' },
    created: new Date('2026-01-02T03:04:05Z'),
  })
  const { root, into, images } = built
  const manifest = await readJson(into, root)
  expect(Object.keys(manifest)).toEqual(['schemaVersion', 'mediaType', 'config', 'layers', 'annotations'])
  expect(manifest['annotations']).toEqual({ 'org.opencontainers.image.created': '2026-01-02T03:04:05Z', 'org.opencontainers.image.version': 'v1' })
  expect(await configOf(built)).toEqual({
    created: '2026-01-02T03:04:05Z',
    architecture: 'amd64',
    os: 'linux',
    config: {
      User: '7:8',
      ExposedPorts: { '8080/tcp': {}, '53/udp': {}, '8000-8010/tcp': {} },
      Env: ['B=2', 'A=x=y\nz'],
      Entrypoint: ['/usr/bin/app'],
      Cmd: ['--serve'],
      Volumes: { '/data': {} },
      WorkingDir: '/srv/dir',
      Labels: JSON.parse('{"__proto__":"kept","a":"2","z":"1"}'),
      StopSignal: 'SIGQUIT',
    },
    rootfs: { type: 'layers', diff_ids: [images[0]?.layers[0]?.diffId] },
    history: [{ created: '2026-01-02T03:04:05Z', created_by: 'ferry build: app to /usr/bin/app' }],
  })
  expect(await checkImage(into, root)).toBe(1)
})

test('several platforms: an index, each with its own binary, shared layers packed once', async () => {
  const context = await contextOf({ 'bin/app-linux-amd64': 'AMD', 'bin/app-linux-arm-v7': 'ARM', 'etc/conf': 'c' })
  const platforms = [
    { os: 'linux', architecture: 'amd64' },
    { os: 'linux', architecture: 'arm', variant: 'v7' },
  ]
  const layers = [
    { from: 'etc', to: '/etc' },
    { from: 'bin/app-{platform}', to: '/app' },
  ]
  const built = await build({ context, platforms, layers, annotations: { a: 'b' } })
  const index = await readJson(built.into, built.root)
  expect(built.root.mediaType).toBe('application/vnd.oci.image.index.v1+json')
  expect(index['manifests']).toEqual(built.images.map(({ descriptor, platform }) => ({ ...descriptor, platform })))
  expect(index['annotations']).toEqual({ 'org.opencontainers.image.created': '1970-01-01T00:00:00Z', a: 'b' })
  expect(await checkImage(built.into, built.root)).toBe(2)
  const [amd64, arm] = built.images
  expect(amd64?.layers[0]).toEqual(arm?.layers[0])
  expect(amd64?.layers[1]).not.toEqual(arm?.layers[1])
  expect((await entriesOf(await layerTar(built, 1)))[0]?.text).toBe('AMD')
  expect(built.files).toBe(3)
  const missing = await refusal(build({ context, platforms: [...platforms, { os: 'linux', architecture: 's390x' }], layers }))
  expect(missing.message).toBe(`there is no bin/app-linux-s390x in ${context}`)
})

test('on a base: its layers come along by digest, its config is joined', async () => {
  const context = await contextOf({ 'dist/app': 'x' })
  const base = await dockerBase()
  const built = await build({
    context,
    base,
    env: { LANG: 'de', NEW: '1' },
    labels: { both: 'own' },
    ports: ['81'],
    entrypoint: ['/app'],
    layers: [{ from: 'dist' }],
  })
  const manifest = await readJson(built.into, built.root)
  expect(manifest['layers']).toMatchObject([
    { mediaType: 'application/vnd.oci.image.layer.v1.tar+gzip' },
    { mediaType: 'application/vnd.oci.image.layer.v1.tar+gzip' },
  ])
  expect(manifest['annotations']).toMatchObject({
    'org.opencontainers.image.base.name': 'docker.io/library/base:1',
    'org.opencontainers.image.base.digest': base.descriptor.digest,
  })
  const config = await configOf(built)
  expect(config).toMatchObject({ architecture: 'arm64', variant: 'v8', os: 'linux', author: 'someone' })
  expect(config).not.toHaveProperty('container_config')
  expect(config['config']).toEqual({
    Env: ['PATH=/usr/bin', 'LANG=de', 'EMPTY=', 'NEW=1'],
    Entrypoint: ['/app'],
    WorkingDir: '/home/app',
    User: '10001',
    ExposedPorts: { '80/tcp': {}, '81/tcp': {} },
    Labels: { base: 'yes', both: 'own' },
    Healthcheck: { Test: ['NONE'] },
  })
  // The working directory is the base's, with its owner: it is not named again.
  expect((await entriesOf(await layerTar(built))).map(({ name }) => name)).toEqual(['home/app/app'])
  expect(await checkImage(built.into, built.root)).toBe(1)
  expect(built.base).toEqual({ digest: base.descriptor.digest, name: 'docker.io/library/base:1' })
})

test('an own cmd keeps the entrypoint of the base; an own entrypoint resets its cmd', async () => {
  const context = await contextOf({ f: '' })
  const runtime = async (own: { cmd?: string[]; entrypoint?: string[] }): Promise<unknown> => {
    const { config } = await configOf(await build({ context, base: await dockerBase(), ...own }))
    return isObject(config) ? [config['Entrypoint'], config['Cmd']] : undefined
  }
  expect(await runtime({})).toEqual([['/entry'], ['serve']])
  expect(await runtime({ cmd: ['other'] })).toEqual([['/entry'], ['other']])
  expect(await runtime({ entrypoint: ['/mine'] })).toEqual([['/mine'], undefined])
  expect(await runtime({ entrypoint: ['/mine'], cmd: ['x'] })).toEqual([['/mine'], ['x']])
})

test('on a base, directories of the system are left as they are', async () => {
  const context = await contextOf({ 'root/bin/tool': '', 'root/tmp/x': '', 'root/etc/nginx/conf.d/a': '', 'root/app/f': '', 'over/home/app/x': '', file: '' })
  const names = async (to: string, from: string, owner?: string): Promise<string[]> => {
    const built = await build({ context, base: await dockerBase(), layers: [{ from, to, ...(owner === undefined ? {} : { owner }) }] })
    return (await entriesOf(await layerTar(built))).map(({ name }) => name)
  }
  expect(await names('/', 'root')).toEqual(['app/', 'app/f', 'bin/tool', 'etc/nginx/', 'etc/nginx/conf.d/', 'etc/nginx/conf.d/a', 'tmp/x'])
  expect(await names('/', 'over')).toEqual(['home/app/x'])
  expect(await names('/', 'over', '5:5')).toEqual(['home/app/', 'home/app/x'])
  expect(await names('/var/lib/postgresql/init.sql', 'file')).toEqual(['var/lib/postgresql/init.sql'])
  expect(await names('/srv/www/file', 'file')).toEqual(['srv/www/', 'srv/www/file'])
  expect(await names('/home/app', 'root/app', '5:5')).toEqual(['home/app/', 'home/app/f'])
})

test('a base with several platforms gives the wanted one, or says what it has', async () => {
  const into = createMemoryTarget('bases')
  const context = await contextOf({ f: '' })
  const platforms = [
    { os: 'linux', architecture: 'amd64' },
    { os: 'linux', architecture: 'arm64' },
  ]
  const made = await build({ context, platforms, env: { FROM: 'base' } }, into)
  const base = { source: into, descriptor: made.root }
  const child = await build({ context, base, platforms })
  expect(await checkImage(child.into, child.root)).toBe(2)
  const index = await readJson(child.into, child.root)
  expect(index['annotations']).toMatchObject({ 'org.opencontainers.image.base.digest': made.root.digest })
  const [image] = child.images
  if (!image) throw new Error('no image was built')
  const first = await readJson(child.into, image.descriptor)
  expect(first['annotations']).toMatchObject({ 'org.opencontainers.image.base.digest': made.images[0]?.descriptor.digest })
  // Without a wish it is linux/amd64 on every machine.
  expect((await build({ context, base })).images[0]?.platform).toEqual({ os: 'linux', architecture: 'amd64' })
  expect((await build({ context, base, platforms: [{ os: 'linux', architecture: 'arm64', variant: 'v8' }] })).images).toHaveLength(1)
  const failure = await refusal(
    build({
      context,
      base,
      platforms: [
        { os: 'linux', architecture: 's390x' },
        { os: 'windows', architecture: 'amd64' },
      ],
    }),
  )
  expect(failure).toMatchObject({ code: 'INPUT_INVALID', message: 'the base bases has no image for linux/s390x', hint: 'It has linux/amd64, linux/arm64.' })
  expect(failure.more).toHaveLength(1)
})

test('layers of the base are mounted where the place can', async () => {
  const context = await contextOf({ f: '' })
  const base = await dockerBase()
  const inner = createMemoryTarget()
  const fetched: string[] = []
  const source: Source = { ...base.source, fetch: (descriptor, call) => (fetched.push(descriptor.mediaType), base.source.fetch(descriptor, call)) }
  const into = {
    ...inner,
    async mount(descriptor: Descriptor, from: Source): Promise<boolean> {
      expect(from).toBe(source)
      await inner.push(descriptor, await base.source.fetch(descriptor, freeCall()), freeCall())
      return true
    },
  }
  await build({ context, base: { ...base, source } }, into)
  expect(fetched.filter((mediaType) => mediaType.includes('layer'))).toEqual([])
})

test('bases that are no images, lie about their layers or may not be passed on are refused', async () => {
  const context = await contextOf({ f: '' })
  const source = createMemoryTarget('odd')
  const config = await put(source, 'application/vnd.oci.image.config.v1+json', '{"os":"linux","architecture":"amd64","rootfs":{"diff_ids":[]}}')
  const chart = await put(source, 'application/vnd.cncf.helm.config.v1+json', '{}')
  const layer = await put(source, 'application/vnd.oci.image.layer.v1.tar+gzip', 'x')
  const image = async (value: object): Promise<Base> => ({
    source,
    descriptor: await put(source, 'application/vnd.oci.image.manifest.v1+json', JSON.stringify({ schemaVersion: 2, ...value })),
  })
  const foreign = { mediaType: 'application/vnd.docker.image.rootfs.foreign.diff.tar.gzip', digest: digestOf(Buffer.from('w')), size: 1 }
  expect(await refusal(build({ context, base: await image({ config: chart, layers: [] }) }))).toMatchObject({ code: 'UNSUPPORTED' })
  expect(await refusal(build({ context, base: await image({ config, layers: [foreign] }) }))).toMatchObject({ code: 'UNSUPPORTED' })
  expect(await refusal(build({ context, base: await image({ config, layers: [layer] }) }))).toMatchObject({ code: 'CONTENT_INVALID' })
})

test('no layer of its own: only the config changes', async () => {
  const built = await build({ context: await contextOf({}), base: await dockerBase(), layers: [], cmd: ['new'] })
  expect(built.images[0]?.layers).toEqual([])
  expect(await checkImage(built.into, built.root)).toBe(1)
})

test('an unknown builder gets the known ones', async () => {
  const failure = await refusal(buildImage({ context: '.' }, 'file', createMemoryTarget(), freeCall()))
  expect(failure).toMatchObject({ code: 'INPUT_INVALID', hint: 'Did you mean files? Known: files.' })
})
