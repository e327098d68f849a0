/** `docker save` files in their forms: old ones, ones with links, with packed layers, with an OCI layout inside; and damaged ones. */
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, onTestFinished, test } from 'vitest'
import { freeCall } from '../../../../src/kit/call.ts'
import { check } from '../../../../src/registry/copy/check.ts'
import { copy } from '../../../../src/registry/copy/copy.ts'
import { hexOf } from '../../../../src/registry/oci/digest.ts'
import { parseManifest } from '../../../../src/registry/oci/manifest.ts'
import { parseTag } from '../../../../src/registry/oci/reference.ts'
import { type DockerArchiveTarget, openDockerArchive } from '../../../../src/registry/target/archive/docker-archive.ts'
import { createMemoryTarget } from '../../../../src/registry/target/memory.ts'
import { all, get } from '../../../contracts/content.ts'
import { realImage } from './image.ts'
import { makePlace, type TarPart, tarFile } from './place.ts'

const call = freeCall()
const [latest, v1] = [parseTag('latest'), parseTag('v1')]

function docker(file: string, repository?: string): DockerArchiveTarget {
  const archive = openDockerArchive(file, repository)
  onTestFinished(() => archive.discard())
  return archive
}

/** The old form: a folder for each layer, the second a link to the first when the layers are shared. */
async function saved(names: Readonly<Record<string, readonly string[] | null>>, packed = false): Promise<TarPart[]> {
  const parts = new Map<string, TarPart>()
  const list: object[] = []
  for (const [name, tags] of Object.entries(names)) {
    const { config, layers } = await realImage(name, packed)
    const file = `${hexOf(config.descriptor.digest)}.json`
    parts.set(file, { name: file, bytes: config.bytes })
    const paths = layers.map((_layer, at) => `${name}-${at}/layer.tar`)
    for (const [at, layer] of layers.entries()) {
      const path = paths[at] ?? ''
      const link = at === 0 && list.length > 0
      parts.set(path, link ? { name: path, type: 'symlink', linkname: `../${Object.keys(names)[0]}-0/layer.tar` } : { name: path, bytes: layer.bytes })
    }
    list.push({ Config: file, RepoTags: tags, Layers: paths })
  }
  return [...parts.values(), { name: 'manifest.json', bytes: JSON.stringify(list) }, { name: 'repositories', bytes: '{}' }]
}

test('an old file: layers keep their bytes, digests are those of the configs', async () => {
  const place = await makePlace()
  const file = await tarFile(join(place, 'a.tar'), await saved({ one: ['app:v1', 'localhost:5000/other:v2'], two: ['harbor.example.com/pay/api:v3'] }))
  const archive = docker(file)
  expect(await all(archive.tags(call))).toEqual(['v1', 'v2', 'v3'])
  const memory = createMemoryTarget()
  for (const [tag, name] of [
    ['v1', 'one'],
    ['v3', 'two'],
  ] as const) {
    const root = await archive.resolve(parseTag(tag), call)
    if (!root) throw new Error(`no ${tag}`)
    await copy(archive, memory, root, { tag: parseTag(tag) }, call)
    const manifest = parseManifest(await get(memory, root), root.mediaType)
    const image = await realImage(name, false)
    if (manifest.kind !== 'image') throw new Error('an index')
    expect(manifest.config.digest).toBe(image.config.descriptor.digest)
    expect(manifest.layers.map((layer) => layer.digest)).toEqual(image.layers.map((layer) => layer.descriptor.digest))
    expect((await check(memory, root, {}, call)).faults).toEqual([])
  }
  // By name: the same tag elsewhere is another image.
  expect(await docker(file, 'docker.io/library/app').resolve(v1, call)).toBeDefined()
  expect(await docker(file, 'docker.io/library/other').resolve(v1, call)).toBeUndefined()
  expect(await all(docker(file, 'localhost:5000/other').tags(call))).toEqual(['v2'])
  expect(await archive.resolve(latest, call)).toBeUndefined()
})

test('one image needs no name; the same file gives the same digest; gzip is unpacked', async () => {
  const place = await makePlace()
  const file = await tarFile(join(place, 'a.tar'), await saved({ one: null }))
  await writeFile(join(place, 'a.tgz'), gzipSync(await readFile(file)))
  const root = await docker(file).resolve(latest, call)
  expect(root?.mediaType).toBe('application/vnd.docker.distribution.manifest.v2+json')
  expect(await docker(join(place, 'a.tgz')).resolve(latest, call)).toEqual(root)
})

test('packed layers keep their bytes, and what is in them is proven', async () => {
  const place = await makePlace()
  const parts = await saved({ one: ['app:v1'] }, true)
  const archive = docker(await tarFile(join(place, 'a.tar'), parts))
  const root = await archive.resolve(v1, call)
  if (!root) throw new Error('no v1')
  const manifest = parseManifest(await get(archive, root), root.mediaType)
  const { layers } = await realImage('one', true)
  expect(manifest.kind === 'image' && manifest.layers.map((layer) => layer.digest)).toEqual(layers.map((layer) => layer.descriptor.digest))
  const swapped = parts.map((part) => (part.name === 'one-1/layer.tar' ? { ...part, bytes: gzipSync('something else') } : part))
  await expect(docker(await tarFile(join(place, 'b.tar'), swapped)).resolve(v1, call)).rejects.toMatchObject({ code: 'DIGEST_MISMATCH' })
})

test('a layer that is not what the config says is refused when it is read', async () => {
  const place = await makePlace()
  const parts = await saved({ one: ['app:v1'] })
  const changed = parts.map((part) => (part.name === 'one-1/layer.tar' ? { ...part, bytes: Buffer.from(part.bytes ?? '').fill(1, 520, 521) } : part))
  const archive = docker(await tarFile(join(place, 'a.tar'), changed))
  const root = await archive.resolve(v1, call)
  if (!root) throw new Error('no v1')
  await expect(copy(archive, createMemoryTarget(), root, { tag: v1 }, call)).rejects.toMatchObject({ code: 'DIGEST_MISMATCH' })
})

const configName = async (): Promise<string> => `${hexOf((await realImage('one', false)).config.descriptor.digest)}.json`

test.each<[string, (parts: TarPart[], config: string) => TarPart[], RegExp]>([
  ['a link that leads out', (parts) => [...parts, { name: 'x/layer.tar', type: 'symlink', linkname: '../../etc/passwd' }], /leads out of the archive/],
  ['an absolute link', (parts) => [...parts, { name: 'x', type: 'link', linkname: '/etc/passwd' }], /leads out of the archive/],
  [
    'links in a circle',
    (parts) => parts.map((part) => (part.name === 'one-0/layer.tar' ? { name: part.name, type: 'symlink', linkname: 'layer.tar' } : part)),
    /leads to itself/,
  ],
  ['a layer that is missing', (parts) => parts.filter(({ name }) => name !== 'one-1/layer.tar'), /is not in the archive/],
  [
    'a config of another name',
    (parts, config) => parts.map((part) => (part.name === config ? { ...part, bytes: `${String(part.bytes)} ` } : part)),
    /not what its name says/,
  ],
  ['a name that is there twice', (parts) => [...parts, { name: './manifest.json', bytes: '[]' }], /is in it twice/],
  ['a list of something else', (parts) => parts.map((part) => (part.name === 'manifest.json' ? { ...part, bytes: '{}' } : part)), /is not a list of images/],
  ['no manifest.json', (parts) => parts.filter(({ name }) => name !== 'manifest.json'), /manifest\.json.*is not in the archive/],
])('%s is refused', async (_what, change, message) => {
  const place = await makePlace()
  const file = await tarFile(join(place, 'a.tar'), change(await saved({ one: ['app:v1'] }), await configName()))
  const failure: unknown = await docker(file)
    .resolve(v1, call)
    .catch((error: unknown) => error)
  expect(`${String(failure)} ${failure instanceof Error ? String(failure.cause) : ''}`).toMatch(message)
})

test('the form of docker 25: an OCI layout inside, with full names', async () => {
  const place = await makePlace()
  const { config, layers, manifest } = await realImage('one', false)
  const entry = { ...manifest.descriptor, annotations: { 'io.containerd.image.name': 'docker.io/library/app:v1', 'org.opencontainers.image.ref.name': 'v1' } }
  const file = await tarFile(join(place, 'a.tar'), [
    { name: 'blobs/', type: 'directory' },
    ...[config, ...layers, manifest].map(({ descriptor, bytes }) => ({ name: `blobs/sha256/${hexOf(descriptor.digest)}`, bytes })),
    { name: 'index.json', bytes: JSON.stringify({ schemaVersion: 2, manifests: [entry] }) },
    { name: 'manifest.json', bytes: '[]' },
    { name: 'oci-layout', bytes: '{"imageLayoutVersion":"1.0.0"}' },
  ])
  expect((await docker(file, 'docker.io/library/app').resolve(v1, call))?.digest).toBe(manifest.descriptor.digest)
  expect(await docker(file, 'docker.io/library/api').resolve(v1, call)).toBeUndefined()
  expect((await docker(file).resolve(latest, call))?.digest).toBe(manifest.descriptor.digest)
})

test('writing one is refused with the next move, and a file that is not there is no absent image', async () => {
  const place = await makePlace()
  const file = await tarFile(join(place, 'a.tar'), await saved({ one: ['app:v1'] }))
  const { manifest } = await realImage('one', false)
  await expect(docker(file).tag(manifest.descriptor, v1, call)).rejects.toMatchObject({ code: 'UNSUPPORTED', hint: expect.stringContaining('oci-archive:') })
  await expect(docker(join(place, 'absent.tar')).resolve(v1, call)).rejects.toMatchObject({ code: 'FILE_UNREADABLE' })
})
