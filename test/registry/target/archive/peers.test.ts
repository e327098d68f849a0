/** Archives of real tools read here, and ours read by them: digests are equal both ways. */
import { execFile } from 'node:child_process'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, onTestFinished, test } from 'vitest'
import { freeCall } from '../../../../src/kit/call.ts'
import { check } from '../../../../src/registry/copy/check.ts'
import { copy } from '../../../../src/registry/copy/copy.ts'
import type { Descriptor } from '../../../../src/registry/oci/descriptor.ts'
import { parseManifest } from '../../../../src/registry/oci/manifest.ts'
import { parseTag } from '../../../../src/registry/oci/reference.ts'
import { openDockerArchive } from '../../../../src/registry/target/archive/docker-archive.ts'
import { openLayout } from '../../../../src/registry/target/layout/layout.ts'
import { serveRegistry } from '../../../../src/registry/target/serve/serve.ts'
import type { Source, Target } from '../../../../src/registry/target/target.ts'
import { describePeers } from '../../../../tools/peers/with-peers.ts'
import { emptyConfig, get, indexOf, put } from '../../../contracts/content.ts'
import { type RealImage, realImage } from './image.ts'
import { archiveAt, makePlace } from './place.ts'

const run = promisify(execFile)
const call = freeCall()
const TIMEOUT = { timeout: 120_000 }

async function push(target: Target, name: string, packed = true): Promise<RealImage> {
  const image = await realImage(name, packed)
  await put(target, image.config, ...image.layers, image.manifest)
  await target.tag(image.manifest.descriptor, parseTag(name), call)
  return image
}

async function home(): Promise<{ env: Record<string, string>; cwd: string }> {
  const cwd = await makePlace()
  await mkdir(join(cwd, '.docker'))
  await writeFile(join(cwd, '.docker', 'config.json'), '{}')
  return { cwd, env: { HOME: cwd, PATH: '/usr/bin:/bin', TMPDIR: cwd } }
}

async function named(source: Source, tag: string): Promise<Descriptor> {
  const found = await source.resolve(parseTag(tag), call)
  if (!found) throw new Error(`no ${tag} in ${source.name}`)
  return found
}

/** Config and layers of an image, by digest. */
async function partsOf(source: Source, root: Descriptor): Promise<string[]> {
  const manifest = parseManifest(await get(source, root), root.mediaType)
  return manifest.kind === 'image' ? [manifest.config.digest, ...manifest.layers.map((layer) => layer.digest)] : []
}

/** Of what skopeo wrote as `dir:`. */
async function readParts(directory: string): Promise<string[]> {
  const { config, layers } = JSON.parse(await readFile(join(directory, 'manifest.json'), 'utf8')) as { config: Descriptor; layers: Descriptor[] }
  return [config.digest, ...layers.map((layer) => layer.digest)]
}

function docker(file: string, repository?: string) {
  const archive = openDockerArchive(file, repository)
  onTestFinished(() => archive.discard())
  return archive
}

describePeers(['skopeo'], 'skopeo', (peers) => {
  const skopeo = (options: { cwd: string }, ...args: string[]): Promise<unknown> => run(peers.skopeo.bin, ['--insecure-policy', 'copy', ...args], options)

  test('oci-archive: what we write it reads, what it writes we read, an index with all its platforms included', TIMEOUT, async () => {
    const options = await home()
    const ours = archiveAt(join(options.cwd, 'ours.tar'))
    const image = await push(ours, 'v1')
    const index = indexOf([image.manifest])
    await put(ours, index)
    await ours.tag(index.descriptor, parseTag('multi'), call)
    await ours.finish(call)
    for (const [tag, digest] of [
      ['v1', image.manifest.descriptor.digest],
      ['multi', index.descriptor.digest],
    ]) {
      await skopeo(options, '--all', '--preserve-digests', `oci-archive:${ours.file}:${tag}`, `oci:${join(options.cwd, 'layout')}:${tag}`)
      expect((await named(openLayout(join(options.cwd, 'layout')), tag ?? '')).digest).toBe(digest)
      await skopeo(options, '--all', '--preserve-digests', `oci:${join(options.cwd, 'layout')}:${tag}`, `oci-archive:${join(options.cwd, `${tag}.tar`)}:${tag}`)
      const theirs = archiveAt(join(options.cwd, `${tag}.tar`))
      const root = await named(theirs, tag ?? '')
      expect(root.digest).toBe(digest)
      expect((await check(theirs, root, {}, call)).faults).toEqual([])
    }
    // Adding to an archive of skopeo keeps what it has, for skopeo too.
    const theirs = archiveAt(join(options.cwd, 'v1.tar'))
    const added = await push(theirs, 'added')
    await theirs.finish(call)
    for (const [tag, digest] of [
      ['v1', image.manifest.descriptor.digest],
      ['added', added.manifest.descriptor.digest],
    ]) {
      await skopeo(options, '--preserve-digests', `oci-archive:${theirs.file}:${tag}`, `oci:${join(options.cwd, 'again')}:${tag}`)
      expect((await named(openLayout(join(options.cwd, 'again')), tag ?? '')).digest).toBe(digest)
    }
  })

  test.each([true, false])('docker-archive: config and layers are what they were (packed at the source: %s)', TIMEOUT, async (packed) => {
    const options = await home()
    const layout = openLayout(join(options.cwd, 'layout'))
    await push(layout, 'v1', packed)
    const file = join(options.cwd, 'saved.tar')
    await skopeo(options, `oci:${layout.directory}:v1`, `docker-archive:${file}:harbor.example.com/pay/api:v1`)
    const plain = await realImage('v1', false)
    const archive = docker(file, 'harbor.example.com/pay/api')
    const root = await named(archive, 'v1')
    const [config, ...layers] = await partsOf(archive, root)
    expect(layers).toEqual(plain.layers.map((layer) => layer.descriptor.digest))
    const ours = archiveAt(join(options.cwd, 'ours.tar'))
    await copy(archive, ours, root, { tag: parseTag('v1') }, call)
    await ours.finish(call)
    // skopeo wrote the config anew in Docker's form; read by itself and by us it is the same.
    await skopeo(options, '--preserve-digests', `oci-archive:${ours.file}:v1`, `dir:${join(options.cwd, 'ours')}`)
    await skopeo(options, `docker-archive:${file}`, `dir:${join(options.cwd, 'theirs')}`)
    expect(await readParts(join(options.cwd, 'ours'))).toEqual([config, ...layers])
    expect(await readParts(join(options.cwd, 'theirs'))).toEqual([config, ...layers])
  })
})

describePeers(['crane'], 'crane', (peers) => {
  test('its tarballs are read with packed layers as they are, and its layouts become archives', TIMEOUT, async () => {
    const options = await home()
    const registry = await serveRegistry({ directory: join(options.cwd, 'reg') })
    onTestFinished(() => registry.close())
    const crane = async (...args: string[]): Promise<string> => (await run(peers.crane.bin, ['--insecure', ...args], options)).stdout.trim()
    const image = await push(openLayout(join(options.cwd, 'reg', 'team+app')), 'v1')
    const remote = `${registry.host}/team/app:v1`
    await crane('pull', remote, join(options.cwd, 'saved.tar'))
    const archive = docker(join(options.cwd, 'saved.tar'))
    const root = await named(archive, 'v1')
    expect(await partsOf(archive, root)).toEqual([image.config, ...image.layers].map(({ descriptor }) => descriptor.digest))
    // And crane pushes the same file with the same config and layers.
    await crane('push', join(options.cwd, 'saved.tar'), `${registry.host}/team/pushed:v1`)
    const pushed = openLayout(join(options.cwd, 'reg', 'team+pushed'))
    expect(await partsOf(pushed, await named(pushed, 'v1'))).toEqual(await partsOf(archive, root))
    await crane('pull', '--format', 'oci', remote, join(options.cwd, 'pulled'))
    const ours = archiveAt(join(options.cwd, 'ours.tar'))
    await copy(openLayout(join(options.cwd, 'pulled')), ours, image.manifest.descriptor, { tag: parseTag('v1') }, call)
    await ours.finish(call)
    expect((await named(archiveAt(ours.file), 'v1')).digest).toBe(image.manifest.descriptor.digest)
  })
})

describePeers(['regctl'], 'regctl', (peers) => {
  test('image export and import, both ways', TIMEOUT, async () => {
    const options = await home()
    const registry = await serveRegistry({ directory: join(options.cwd, 'reg') })
    onTestFinished(() => registry.close())
    const regctl = async (...args: string[]): Promise<string> => (await run(peers.regctl.bin, args, options)).stdout.trim()
    await regctl('registry', 'set', '--tls', 'disabled', registry.host)
    const image = await push(openLayout(join(options.cwd, 'reg', 'team+app')), 'v1')
    await regctl('image', 'export', `${registry.host}/team/app:v1`, join(options.cwd, 'exported.tar'))
    const exported = archiveAt(join(options.cwd, 'exported.tar'))
    expect((await exported.resolve(image.manifest.descriptor.digest, call))?.digest).toBe(image.manifest.descriptor.digest)
    expect((await check(exported, image.manifest.descriptor, {}, call)).faults).toEqual([])
    expect((await named(docker(exported.file), 'latest')).digest).toBe(image.manifest.descriptor.digest)
    const ours = archiveAt(join(options.cwd, 'ours.tar'))
    const second = await push(ours, 'v2')
    await put(ours, emptyConfig)
    await ours.finish(call)
    await regctl('image', 'import', '--name', 'v2', `${registry.host}/team/app:v2`, ours.file)
    expect(await regctl('image', 'digest', `${registry.host}/team/app:v2`)).toBe(second.manifest.descriptor.digest)
  })
})
