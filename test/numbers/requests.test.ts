/**
 * What each command asks of a registry, counted in the access log of our own: exact, so that a request more is seen in review. The image is
 * examples/hello, an index of two platforms: 3 manifests and 4 blobs, with a signature on each manifest.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freeCall } from '../../src/kit/call.ts'
import { walk } from '../../src/registry/copy/walk.ts'
import { ANONYMOUS } from '../../src/registry/http/credentials/credential.ts'
import { parseTag } from '../../src/registry/oci/reference.ts'
import { createOpener } from '../../src/registry/target/open.ts'
import type { AccessLine } from '../../src/registry/target/serve/serve.ts'
import { get } from '../contracts/content.ts'
import { mustFerry } from '../live/registry/ferry.ts'
import { buildHello } from '../live/registry/images.ts'
import { startOurs, type WatchedServer } from '../live/registry/servers.ts'

const call = freeCall()

type Counts = Readonly<Record<string, number>>

/** Requests of each command, in the order in which they run here. `tag` is a manifest by its tag, `manifest` one by its digest. */
const NUMBERS = {
  // What stays is what proves: the tag is free before and after the work, no build is higher, what was written is read back.
  // The index itself comes with its tag.
  'push, nothing is there': {
    'HEAD tag': 3,
    'GET list of tags': 2,
    'HEAD manifest': 3,
    'HEAD blob': 2,
    'POST upload': 4,
    'PUT upload': 4,
    'PUT manifest': 2,
    'PUT tag': 1,
  },
  'push again': { 'HEAD tag': 1 },
  // For each of the three digests: both places where signatures are listed, the signature's manifest and its bundle.
  verify: { 'GET tag': 1, 'GET referrers': 3, 'GET fallback tag': 3, 'GET manifest': 3, 'GET blob': 3 },
  'promote, the plan alone': { 'HEAD tag': 2, 'GET list of tags': 1 },
  promote: { 'HEAD tag': 4, 'GET list of tags': 1, 'GET manifest': 1, 'PUT tag': 1 },
  'promote again': { 'HEAD tag': 2 },
  // Planned and carried out in one run, nothing is looked at twice but what others may have written meanwhile.
  // Six manifests, of which three are signatures, and their eight blobs: mounted.
  'promote to another repository': {
    'HEAD tag': 4,
    'GET list of tags': 2,
    'GET manifest': 6,
    'HEAD manifest': 6,
    'GET referrers': 12,
    'GET fallback tag': 9,
    'POST mount': 8,
    'PUT manifest': 6,
    'PUT tag': 1,
  },
  'promote to another repository again': { 'HEAD tag': 2 },
  // A key adds what `verify` reads, at the source and once more at the target before the tag is written there.
  'promote with a key': {
    'HEAD tag': 4,
    'GET list of tags': 1,
    'GET referrers': 3,
    'GET fallback tag': 3,
    'GET manifest': 4,
    'GET blob': 3,
    'PUT tag': 1,
  },
  'promote with a key again': { 'HEAD tag': 2 },
  'promote with a key to another repository': {
    'HEAD tag': 4,
    'GET list of tags': 2,
    'GET manifest': 6,
    'HEAD manifest': 6,
    'GET referrers': 18,
    'GET fallback tag': 15,
    'GET blob': 6,
    'POST mount': 8,
    'PUT manifest': 6,
    'PUT tag': 1,
  },
} satisfies Record<string, Counts>

type Name = keyof typeof NUMBERS

const NAMES = Object.keys(NUMBERS) as Name[]

const KINDS: ReadonlyArray<readonly [RegExp, string]> = [
  [/\/manifests\/sha256-/, 'fallback tag'],
  [/\/manifests\/sha256:/, 'manifest'],
  [/\/manifests\//, 'tag'],
  [/\/blobs\/uploads\/\?mount=/, 'mount'],
  [/\/blobs\/uploads\//, 'upload'],
  [/\/blobs\//, 'blob'],
  [/\/referrers\//, 'referrers'],
  [/\/tags\/list/, 'list of tags'],
]

function count(lines: readonly AccessLine[]): Counts {
  const counts: Record<string, number> = {}
  for (const { method, path } of lines) {
    const kind = `${method} ${KINDS.find(([pattern]) => pattern.test(path))?.[1] ?? path}`
    counts[kind] = (counts[kind] ?? 0) + 1
  }
  return counts
}

let place: string
let registry: WatchedServer
const found = new Map<Name, readonly AccessLine[]>()

beforeAll(async () => {
  place = await mkdtemp(join(tmpdir(), 'ferry-requests-'))
  const hello = await buildHello(join(place, 'built'))
  registry = await startOurs()
  const options = { home: place, env: { FERRY_KEY_PASSWORD: 'x' } }
  const run = async (name: Name | undefined, ...args: readonly string[]): Promise<void> => {
    await registry.settled()
    registry.asked.length = 0
    await mustFerry(args, options)
    await registry.settled()
    if (name !== undefined) found.set(name, [...registry.asked])
  }
  const dev = `${registry.host}/team/hello:dev-v1.0-1`
  const staging = `${registry.host}/team/hello:staging-v1.0-1`
  const push = ['push', `oci:${hello.directory}:multi`, dev]
  await run(undefined, 'key', 'create', '--out', 'signer')
  await run('push, nothing is there', ...push)
  await run('push again', ...push)
  await run(undefined, 'sign', dev, '--key', 'signer.key')
  await run('verify', 'verify', dev, '--key', 'signer.pub')
  await run('promote, the plan alone', 'promote', dev, '--to', 'staging')
  await run('promote', 'promote', dev, '--to', 'staging', '--apply')
  await run('promote again', 'promote', dev, '--to', 'staging', '--apply')
  const across = ['promote', staging, '--to', 'prod', '--target', `${registry.host}/prod/hello`, '--apply']
  await run('promote to another repository', ...across)
  await run('promote to another repository again', ...across)
  const keyed = ['promote', staging, '--to', 'prod', '--key', 'signer.pub', '--apply']
  await run('promote with a key', ...keyed)
  await run('promote with a key again', ...keyed)
  await run('promote with a key to another repository', ...keyed, '--target', `${registry.host}/verified/hello`)
}, 60_000)

afterAll(async () => {
  await registry.stop()
  await rm(place, { recursive: true })
})

const linesOf = (name: Name): readonly AccessLine[] => found.get(name) ?? []

test.each(NAMES)('%s', (name) => {
  expect(count(linesOf(name))).toEqual(NUMBERS[name])
})

test.each(NAMES.filter((name) => name.endsWith('again')))('%s: at most two requests, nothing written', (name) => {
  expect(linesOf(name).length).toBeLessThanOrEqual(2)
  expect(linesOf(name).filter(({ method }) => method !== 'HEAD' && method !== 'GET')).toEqual([])
})

test.each(NAMES.filter((name) => name.startsWith('promote')))('%s: no blob of the image moves', async (name) => {
  const blobs = linesOf(name).filter(({ path }) => path.includes('/blobs/'))
  const reads = blobs.filter(({ method, path }) => method === 'GET' && !path.includes('/uploads/'))
  const mounts = blobs.filter(({ method, path, status }) => method === 'POST' && path.includes('?mount=') && status === 201)
  expect(reads.length + mounts.length).toBe(blobs.length)
  if (!name.includes('key')) return expect(reads).toEqual([])
  // With a key the signatures are read, and nothing else: three bundles of a few kilobytes.
  const bundles = await signatureBundles()
  for (const { path, bytes } of reads) {
    expect(bundles).toContain(path.slice(path.indexOf('sha256:')))
    expect(bytes).toBeLessThan(4096)
  }
  expect(bundles).toHaveLength(3)
})

/** Digests of the bundles in the signatures of the image and its platforms. */
async function signatureBundles(): Promise<string[]> {
  const opener = createOpener({ credentials: ANONYMOUS, userAgent: 'kubeferry-test' })
  try {
    const { target } = opener.open(`${registry.host}/team/hello`)
    const root = await target.resolve(parseTag('staging-v1.0-1'), call)
    if (!root) throw new Error('the image is not there')
    const digests: string[] = []
    for await (const { manifest } of walk(target, root, call)) {
      if (!manifest) continue
      for await (const referrer of target.referrers(manifest.descriptor.digest, call)) {
        const { layers } = JSON.parse(Buffer.from(await get(target, referrer)).toString()) as { layers: Array<{ digest: string; mediaType: string }> }
        digests.push(...layers.filter(({ mediaType }) => mediaType.startsWith('application/vnd.dev.sigstore.bundle')).map(({ digest }) => digest))
      }
    }
    return digests
  } finally {
    opener.close()
  }
}
