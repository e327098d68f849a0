/** inspect and list: what is there is shown, what is broken is said, and an unfinished listing is never a short one. */
import { execFile } from 'node:child_process'
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { freeCall } from '../../src/kit/call.ts'
import { walk } from '../../src/registry/copy/walk.ts'
import type { Descriptor } from '../../src/registry/oci/descriptor.ts'
import { MEDIA } from '../../src/registry/oci/media-types.ts'
import { parseTag } from '../../src/registry/oci/reference.ts'
import { openLayout } from '../../src/registry/target/layout/layout.ts'
import { imageOf, indexOf, manifestOf, piece, put } from '../contracts/content.ts'
import { COMPILED, FERRY, ferry, mustFerry, type Run } from '../live/registry/ferry.ts'
import { buildHello, type Hello } from '../live/registry/images.ts'
import { json, startScripted } from '../registry/scripted.ts'

const call = freeCall()

let place: string
let hello: Hello

const run = (...args: readonly string[]): Promise<Run> => ferry(args, { home: place })
const must = (...args: readonly string[]): Promise<Run['outputs']> => mustFerry(args, { home: place, env: { FERRY_KEY_PASSWORD: 'of the test' } })
const file = ({ digest }: Pick<Descriptor, 'digest'>, layout = 'out'): string => join(place, layout, 'blobs', ...digest.split(':'))

beforeAll(async () => {
  place = await mkdtemp(join(tmpdir(), 'ferry-inspect-'))
  hello = await buildHello(join(place, 'out'))
})

afterAll(async () => {
  await rm(place, { recursive: true })
})

/** A fresh layout with hello in it. */
async function layoutOf(name: string): Promise<ReturnType<typeof openLayout>> {
  await buildHello(join(place, name))
  return openLayout(join(place, name))
}

async function configOf(layout: ReturnType<typeof openLayout>, root: Descriptor): Promise<Descriptor> {
  for await (const { descriptor } of walk(layout, root, call)) if (descriptor.mediaType === MEDIA.config) return descriptor
  throw new Error('no config')
}

describe('inspect', () => {
  test('an index: its platforms, its layers once, and what is attached to it and to them', async () => {
    await layoutOf('signed')
    await must('key', 'create', '--out', 'signer')
    await must('sign', 'oci:signed:multi', '--key', 'signer.key')
    const { outputs, stdout } = await run('inspect', 'oci:signed:multi')
    expect(outputs).toMatchObject({ digest: hello.index.digest, mediaType: MEDIA.index, platforms: ['linux/amd64', 'linux/arm64'], referrers: 3, layers: 2 })
    expect(stdout).toContain('dev.sigstore.bundle')
    expect(await must('inspect', 'oci:signed:multi', '--without-referrers')).toMatchObject({ referrers: 0 })
  })

  test('one image: how it starts, as people and as machines read it', async () => {
    const { stdout } = await run('inspect', 'oci:out:single')
    expect(stdout).toMatch(/"entrypoint": ?\[\s*"\/hello"/)
    const { stdout: text } = await promisify(execFile)(process.execPath, [FERRY, 'inspect', 'oci:out:single'], {
      cwd: place,
      env: { HOME: place, ...COMPILED },
    })
    expect(text).toMatch(/entrypoint +\["\/hello"\]/)
    expect(text).toMatch(/label alone +yes/)
    expect(text).toContain(hello.image.digest)
  })

  test('an index in an index, and an artifact that no runtime can start', async () => {
    const layout = openLayout(join(place, 'nested'))
    const { manifest, blobs } = imageOf('deep')
    const chart = piece('a chart', 'application/vnd.cncf.helm.chart.content.v1.tar+gzip')
    const artifact = manifestOf({ layers: [chart], more: { artifactType: 'application/vnd.example.thing', annotations: { title: 'thing' } } })
    const inner = indexOf([manifest])
    const outer = indexOf([inner, artifact])
    // Children first; the empty config is one of them.
    await put(layout, ...blobs, chart, piece('{}', MEDIA.empty), manifest, artifact, inner, outer)
    await layout.tag(outer.descriptor, parseTag('outer'), call)
    await layout.tag(artifact.descriptor, parseTag('thing'), call)
    expect(await must('inspect', 'oci:nested:outer')).toMatchObject({ platforms: ['linux/amd64'], layers: 2 })
    const { outputs, stdout } = await run('inspect', 'oci:nested:thing')
    expect(outputs).toMatchObject({ platforms: [], layers: 1, digest: artifact.descriptor.digest })
    expect(stdout).toContain('application/vnd.example.thing')
  })

  test('a config that is gone or damaged is said, and all the rest is shown', async () => {
    const layout = await layoutOf('broken')
    const config = await configOf(layout, hello.image)
    await chmod(file(config, 'broken'), 0o644)
    await writeFile(file(config, 'broken'), Buffer.alloc(config.size, 'x'))
    const damaged = await run('inspect', 'oci:broken:single')
    expect(damaged).toMatchObject({ exit: 0, outputs: { digest: hello.image.digest, layers: 1, platforms: [] } })
    expect(damaged.stdout).toMatch(/"broken": ?"/)
    expect(damaged.stdout).toContain(config.digest)
    await rm(file(config, 'broken'))
    const gone = await run('inspect', 'oci:broken:single')
    expect(gone).toMatchObject({ exit: 0, outputs: { digest: hello.image.digest, layers: 1 } })
    expect(gone.stdout).toContain(config.digest)
    expect(gone.stdout).toMatch(/"broken": ?"/)
  })

  test('a platform that is gone is missing, and the others are shown; a tag that names nothing is an error', async () => {
    const layout = await layoutOf('sparse')
    const children: Descriptor[] = []
    for await (const { descriptor } of walk(layout, hello.index, call)) if (descriptor.mediaType === MEDIA.manifest) children.push(descriptor)
    const [first] = children
    if (first === undefined) throw new Error('no child')
    await rm(file(first, 'sparse'))
    const { exit, outputs, stdout } = await run('inspect', 'oci:sparse:multi')
    expect({ exit, outputs }).toMatchObject({ exit: 0, outputs: { digest: hello.index.digest, layers: 1 } })
    expect(stdout).toMatch(/"missing": ?true/)
    await rm(file(hello.index, 'sparse'))
    const lost = await run('inspect', 'oci:sparse:multi')
    expect(lost.exit).not.toBe(0)
    expect(lost.stderr).toContain(hello.index.digest)
  })
})

describe('list', () => {
  test('the scheme comes first, builds are numbers, and lists of attachments are no tags', async () => {
    const layout = await layoutOf('tags')
    for (const tag of ['dev-v1.2-1000', 'dev-v1.2-999', 'prod-v1.2-5', 'latest', `sha256-${'a'.repeat(64)}`]) {
      await layout.tag(hello.image, parseTag(tag), call)
    }
    const all = await run('list', 'oci:tags', '--digests')
    expect(all.outputs).toMatchObject({ count: 6, tags: ['dev-v1.2-999', 'dev-v1.2-1000', 'prod-v1.2-5'] })
    expect(all.stdout).toContain(hello.index.digest)
    expect(await must('list', 'oci:tags', '--env', 'dev')).toMatchObject({ count: 2, newest: 'dev-v1.2-1000' })
    expect(await must('list', 'oci:tags', '--env', 'staging')).toMatchObject({ count: 0, newest: '', tags: [] })
  })

  test('100,000 tags on pages of a MiB, within 96 MiB of heap; a page that fails is an error and no shorter list [case 65]', { timeout: 120_000 }, async () => {
    const pages = 10
    let fails = false
    const server = await startScripted(({ path }, response) => {
      const url = new URL(path, 'http://x')
      if (!url.pathname.endsWith('/tags/list')) return false
      const page = Number(url.searchParams.get('page') ?? '0')
      if (fails && page === pages - 1) return json(response, 500, { errors: [] })
      const tags = Array.from({ length: 10_000 }, (_, at) => {
        const number = page * 10_000 + at
        return number % 2 === 0 ? `dev-v1.0-${number}` : `${'nightly-'.repeat(14)}${number}`
      })
      const link = page + 1 < pages ? { link: `</v2/team/app/tags/list?page=${page + 1}>; rel="next"` } : {}
      // The other half of the MiB is white space.
      response.writeHead(200, { 'content-type': 'application/json', ...link })
      response.end(JSON.stringify({ name: 'team/app', tags }).padEnd(1024 * 1024))
      return true
    })
    const words = ['--max-old-space-size=96', FERRY, 'list', `${server.host}/team/app`]
    try {
      const { stdout } = await promisify(execFile)(process.execPath, words, { cwd: place, env: { HOME: place, ...COMPILED }, maxBuffer: 64 * 1024 * 1024 })
      expect(stdout).toContain('100000 tags')
      expect(stdout).toContain('and 99000 more')
      expect(stdout).toMatch(/newest +dev-v1\.0-99998/)
      const whole = await promisify(execFile)(process.execPath, [...words, '--output', 'json'], {
        cwd: place,
        env: { HOME: place, ...COMPILED },
        maxBuffer: 64 * 1024 * 1024,
      })
      expect([...whole.stdout.matchAll(/"tag": ?"/g)]).toHaveLength(100_000)
      fails = true
      const failed = await run('list', `${server.host}/team/app`, '--timeout', '5s')
      expect(failed.exit).not.toBe(0)
      expect(failed.outputs).toEqual({})
    } finally {
      await server.close()
    }
  })
})
