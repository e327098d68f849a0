/** Real clients push to the embedded registry and pull from it, and read and write the same layouts; digests are equal. */
import { execFile } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { freeCall } from '../../../../src/kit/call.ts'
import { parseTag } from '../../../../src/registry/oci/reference.ts'
import { openLayout } from '../../../../src/registry/target/layout/layout.ts'
import { describePeers } from '../../../../tools/peers/with-peers.ts'
import { all, emptyConfig, get, imageOf, indexOf, manifestOf, piece, put, putImage } from '../../../contracts/content.ts'
import { checkLayout } from '../layout/check.ts'
import { ask, makeDirectory, serve } from './http.ts'

const run = promisify(execFile)
const call = freeCall()

/** A layout with one index of two platforms under `multi`, one image under `v1`, and a signature attached to it. */
async function sample(): Promise<{ directory: string; image: string; index: string; signature: string }> {
  const directory = join(await makeDirectory(), 'out')
  const target = openLayout(directory)
  const image = await putImage(target, 'single')
  await target.tag(image.descriptor, parseTag('v1'), call)
  const children = ['amd64', 'arm64'].map((architecture) => {
    const config = piece(
      JSON.stringify({ architecture, os: 'linux', rootfs: { type: 'layers', diff_ids: [] }, config: {} }),
      'application/vnd.oci.image.config.v1+json',
    )
    return { config, manifest: manifestOf({ config }) }
  })
  for (const { config, manifest } of children) await put(target, config, manifest)
  const index = indexOf(children.map(({ manifest }) => manifest))
  const layer = piece('signed', 'application/vnd.example.signature')
  const signature = manifestOf({ layers: [layer], more: { subject: image.descriptor, artifactType: 'application/vnd.example.signature' } })
  await put(target, index, emptyConfig, layer, signature)
  await target.tag(index.descriptor, parseTag('multi'), call)
  return { directory, image: image.descriptor.digest, index: index.descriptor.digest, signature: signature.descriptor.digest }
}

/** A home of its own, so that nothing of the machine's configuration matters. */
async function home(): Promise<{ env: Record<string, string>; cwd: string }> {
  const cwd = await makeDirectory()
  await mkdir(join(cwd, '.docker'))
  await writeFile(join(cwd, '.docker', 'config.json'), '{}')
  return { cwd, env: { HOME: cwd, PATH: '/usr/bin:/bin', TMPDIR: cwd } }
}

describePeers(['skopeo'], 'skopeo', (peers) => {
  test('copies from our layout to the registry and from there to a layout that we read', { timeout: 120_000 }, async () => {
    const { directory, index, image } = await sample()
    const registry = await serve()
    const options = await home()
    const skopeo = (...args: string[]): Promise<unknown> =>
      run(peers.skopeo.bin, ['--insecure-policy', 'copy', '--all', '--preserve-digests', ...args], options)
    const remote = `docker://${registry.host}/team/app`
    for (const tag of ['multi', 'v1']) await skopeo('--dest-tls-verify=false', `oci:${directory}:${tag}`, `${remote}:${tag}`)
    expect((await ask(registry, 'HEAD /v2/team/app/manifests/multi')).headers['docker-content-digest']).toBe(index)
    const back = join(options.cwd, 'back')
    for (const tag of ['multi', 'v1']) await skopeo('--src-tls-verify=false', `${remote}:${tag}`, `oci:${back}:${tag}`)
    const layout = openLayout(back)
    expect((await layout.resolve(parseTag('multi'), call))?.digest).toBe(index)
    expect((await layout.resolve(parseTag('v1'), call))?.digest).toBe(image)
    // The repository itself is a layout to skopeo, and skopeo may write to it.
    const served = join(registry.directory, 'team+app')
    await skopeo(`oci:${served}:multi`, `oci:${served}:copied`)
    expect((await ask(registry, 'HEAD /v2/team/app/manifests/copied')).headers['docker-content-digest']).toBe(index)
  })
})

describePeers(['crane'], 'crane', (peers) => {
  test('pushes a layout, copies, validates and lists', { timeout: 120_000 }, async () => {
    const registry = await serve()
    const options = await home()
    const crane = async (...args: string[]): Promise<string> => (await run(peers.crane.bin, ['--insecure', ...args], options)).stdout.trim()
    const remote = `${registry.host}/team/app`
    // crane pushes the one image that a layout holds.
    const single = join(options.cwd, 'single')
    const target = openLayout(single)
    const { descriptor } = await putImage(target, 'for crane')
    await crane('push', single, `${remote}:v1`)
    expect(await crane('digest', `${remote}:v1`)).toBe(descriptor.digest)
    await crane('copy', `${remote}:v1`, `${registry.host}/other/app:v2`)
    expect(await crane('digest', `${registry.host}/other/app:v2`)).toBe(descriptor.digest)
    expect((await crane('ls', remote)).split('\n')).toEqual(['v1'])
    expect((await crane('catalog', registry.host)).split('\n')).toEqual(['other/app', 'team/app'])
    await crane('pull', '--format', 'oci', `${remote}:v1`, join(options.cwd, 'pulled'))
    const pulled = openLayout(join(options.cwd, 'pulled'))
    expect(await pulled.resolve(descriptor.digest, call)).toMatchObject(descriptor)
    for (const blob of imageOf('for crane').blobs) expect(Buffer.compare(await get(pulled, blob.descriptor), blob.bytes)).toBe(0)
    await crane('delete', `${remote}@${descriptor.digest}`)
    expect((await ask(registry, 'HEAD /v2/team/app/manifests/v1')).status).toBe(404)
  })
})

describePeers(['oras'], 'oras', (peers) => {
  test('copies with referrers between our layout, the registry and a layout of its own', { timeout: 120_000 }, async () => {
    const { directory, image, signature } = await sample()
    const registry = await serve()
    const options = await home()
    const oras = async (...args: string[]): Promise<string> => (await run(peers.oras.bin, args, options)).stdout.trim()
    const remote = `${registry.host}/team/app:v1`
    await oras('cp', '-r', '--from-oci-layout', `${directory}:v1`, '--to-plain-http', remote)
    const tree = JSON.parse(await oras('discover', '--plain-http', '--format', 'json', remote)) as { referrers: Array<{ digest: string }> }
    expect(tree.referrers.map((one) => one.digest)).toEqual([signature])
    const back = join(options.cwd, 'back')
    await oras('cp', '-r', '--from-plain-http', remote, '--to-oci-layout', `${back}:v1`)
    const layout = openLayout(back)
    expect((await layout.resolve(parseTag('v1'), call))?.digest).toBe(image)
    const subject = await layout.resolve(parseTag('v1'), call)
    expect((await all(layout.referrers(subject?.digest ?? emptyConfig.descriptor.digest, call))).map((one) => one.digest)).toEqual([signature])
    await writeFile(join(options.cwd, 'note.txt'), 'attached by oras')
    await oras('attach', '--plain-http', '--artifact-type', 'application/vnd.example.note', remote, 'note.txt:text/plain')
    const { referrers } = JSON.parse(await oras('discover', '--plain-http', '--format', 'json', remote)) as { referrers: unknown[] }
    expect(referrers).toHaveLength(2)
    await oras('tag', '--oci-layout', `${directory}:v1`, 'by-oras')
    expect((await openLayout(directory).resolve(parseTag('by-oras'), call))?.digest).toBe(image)
    await checkLayout(join(registry.directory, 'team+app'))
  })
})

describePeers(['regctl'], 'regctl', (peers) => {
  test('copies with referrers, and reads our layout', { timeout: 120_000 }, async () => {
    const { directory, image, index } = await sample()
    const registry = await serve()
    const options = await home()
    const regctl = async (...args: string[]): Promise<string> => (await run(peers.regctl.bin, args, options)).stdout.trim()
    await regctl('registry', 'set', '--tls', 'disabled', registry.host)
    const remote = `${registry.host}/team/app`
    for (const tag of ['v1', 'multi']) await regctl('image', 'copy', '--referrers', `ocidir://${directory}:${tag}`, `${remote}:${tag}`)
    expect(await regctl('image', 'digest', `${remote}:multi`)).toBe(index)
    expect(await regctl('image', 'digest', `${remote}:v1`)).toBe(image)
    expect((await regctl('tag', 'ls', remote)).split('\n')).toEqual(['multi', 'v1'])
    await writeFile(join(options.cwd, 'note.txt'), 'attached by regctl')
    await regctl('artifact', 'put', '--subject', `${remote}:v1`, '--artifact-type', 'application/vnd.example.note', '--file', 'note.txt')
    const attached = await regctl('artifact', 'list', '--format', '{{range .Descriptors}}{{.Digest}}{{end}}', `${remote}:v1`)
    expect(attached).toMatch(/^sha256:[0-9a-f]{64}$/)
    await regctl('image', 'copy', '--referrers', `${remote}:v1`, `${registry.host}/mounted/app:v1`)
    expect((await ask(registry, `HEAD /v2/mounted/app/manifests/${attached}`)).status).toBe(200)
    await regctl('tag', 'delete', `${remote}:v1`)
    expect((await ask(registry, 'HEAD /v2/team/app/manifests/v1')).status).toBe(404)
    expect((await ask(registry, `HEAD /v2/team/app/manifests/${image}`)).status).toBe(200)
  })
})
