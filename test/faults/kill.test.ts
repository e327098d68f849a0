/**
 * kill -9 at every request that a step makes [case 54]: one run counts them, then each is the last thing one process ever asks.
 * Half of the kills come before the registry acts on the request, half after. Then the same step runs again and ends well, and
 * a third time and writes nothing; at no moment does a tag name an image of which something is missing, and no file is torn.
 */
import { randomBytes } from 'node:crypto'
import { cp, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createKeyPair } from '../../src/evidence/trust/keys/key-pair.ts'
import { freeCall } from '../../src/kit/call.ts'
import { Secret } from '../../src/kit/secret.ts'
import { copy } from '../../src/registry/copy/copy.ts'
import type { Digest } from '../../src/registry/oci/digest.ts'
import { MEDIA } from '../../src/registry/oci/media-types.ts'
import { parseTag } from '../../src/registry/oci/reference.ts'
import { openLayout } from '../../src/registry/target/layout/layout.ts'
import { type RunningRegistry, serveRegistry } from '../../src/registry/target/serve/serve.ts'
import { indexOf, manifestOf, piece, put } from '../contracts/content.ts'
import { checkLayout, type Found } from '../registry/target/layout/check.ts'
import { writesOf } from './fault-world.ts'
import { startWorker, type Worker } from './workers.ts'

const TAG = 'dev-v1.0-1'
const PASSWORD = 'kill-test'
let place: string
/** A served directory in which team/hello is, signed. */
let seed: string
let root: Digest
/** What the torn repository lacks. */
let lost: readonly Digest[]
let home: Record<string, string>
let steady: Worker

beforeAll(async () => {
  place = await mkdtemp(join(tmpdir(), 'ferry-kill-'))
  seed = join(place, 'seed')
  home = { HOME: place, FERRY_KEY_PASSWORD: PASSWORD }
  await writeFile(join(place, 'signer.key'), createKeyPair(new Secret(PASSWORD)).privatePem.reveal())
  const layout = openLayout(join(seed, 'team+hello'))
  const config = piece(JSON.stringify({ os: 'linux', architecture: 'amd64', rootfs: { type: 'layers', diff_ids: [] } }), MEDIA.config)
  const layer = piece(randomBytes(20_000), MEDIA.layer)
  const child = manifestOf({ config, layers: [layer] })
  const index = indexOf([{ ...child, descriptor: { ...child.descriptor, platform: { os: 'linux', architecture: 'amd64' } } }])
  await put(layout, config, layer, child, index)
  await layout.tag(index.descriptor, parseTag(TAG), freeCall())
  root = index.descriptor.digest
  lost = [child.descriptor.digest, layer.descriptor.digest]
  steady = startWorker(home)
  expect(await steady.run('sign', `oci:${seed}/team+hello:${TAG}`, '--key', join(place, 'signer.key')), steady.said()).toBe(0)
})
afterAll(async () => {
  await steady.kill()
  await rm(place, { recursive: true, force: true })
})

interface Scenario {
  /** Registries that the step talks to; the first begins with the content of the seed when `seeded`. */
  readonly registries: number
  readonly seeded?: boolean
  readonly unsigned?: boolean
  /** A platform and a layer of it are lost before the step begins. */
  readonly torn?: boolean
  /** The tag is gone when the step ended well. */
  readonly removes?: boolean
  argv(hosts: readonly string[], work: string): string[]
  /** Where the result is: a layout directory and its tag. */
  result(work: string): { directory: string; tag: string }
}

const scenarios: Record<string, Scenario> = {
  'push, layout → registry': {
    registries: 1,
    argv: ([host = '']) => ['push', `oci:${seed}/team+hello:${TAG}`, `${host}/team/app:${TAG}`],
    result: (work) => ({ directory: join(work, '0', 'team+app'), tag: TAG }),
  },
  'push, registry → registry': {
    registries: 2,
    seeded: true,
    argv: ([from = '', to = '']) => ['push', `${from}/team/hello:${TAG}`, `${to}/team/app:${TAG}`],
    result: (work) => ({ directory: join(work, '1', 'team+app'), tag: TAG }),
  },
  'push, registry → layout': {
    registries: 1,
    seeded: true,
    argv: ([from = ''], work) => ['push', `${from}/team/hello:${TAG}`, `oci:${work}/out:${TAG}`],
    result: (work) => ({ directory: join(work, 'out'), tag: TAG }),
  },
  'promote, repository → repository': {
    registries: 1,
    seeded: true,
    argv: ([host = ''], work) => ['promote', `${host}/team/hello:${TAG}`, '--to', 'staging', '--apply', '--config', join(work, 'ferry.yaml')],
    result: (work) => ({ directory: join(work, '0', 'team+staging'), tag: 'staging-v1.0-1' }),
  },
  'copy, registry → registry': {
    registries: 2,
    seeded: true,
    argv: ([from = '', to = '']) => ['copy', `${from}/team/hello:${TAG}`, `${to}/team/app:${TAG}`],
    result: (work) => ({ directory: join(work, '1', 'team+app'), tag: TAG }),
  },
  'copy, repository → repository': {
    registries: 1,
    seeded: true,
    argv: ([host = '']) => ['copy', `${host}/team/hello:${TAG}`, `${host}/team/app:v1`],
    result: (work) => ({ directory: join(work, '0', 'team+app'), tag: 'v1' }),
  },
  'sign, in the registry': {
    registries: 1,
    seeded: true,
    unsigned: true,
    argv: ([host = '']) => ['sign', `${host}/team/hello:${TAG}`, '--key', join(place, 'signer.key')],
    result: (work) => ({ directory: join(work, '0', 'team+hello'), tag: TAG }),
  },
  'delete, a tag': {
    registries: 1,
    seeded: true,
    removes: true,
    argv: ([host = '']) => ['delete', `${host}/team/hello:${TAG}`, '--apply'],
    result: (work) => ({ directory: join(work, '0', 'team+hello'), tag: TAG }),
  },
  'delete, an image with all that hangs on it': {
    registries: 1,
    seeded: true,
    removes: true,
    argv: ([host = '']) => ['delete', `${host}/team/hello@${root}`, '--with-tags', '--apply'],
    result: (work) => ({ directory: join(work, '0', 'team+hello'), tag: TAG }),
  },
  'repair, layout → registry': {
    registries: 1,
    seeded: true,
    torn: true,
    argv: ([host = '']) => ['repair', `${host}/team/hello:${TAG}`, '--from', `oci:${seed}/team+hello`, '--apply'],
    result: (work) => ({ directory: join(work, '0', 'team+hello'), tag: TAG }),
  },
}

type OnRequest = (number: number) => Promise<boolean>

/** Runs `body` with fresh registries; `onRequest` is told of each request before anything is done and says whether it is dropped. */
async function inWorld(
  scenario: Scenario,
  body: (argv: string[], registries: readonly RunningRegistry[], work: string, watch: (on?: OnRequest) => void) => Promise<void>,
) {
  const work = await mkdtemp(join(place, 'work-'))
  let watching: OnRequest | undefined
  let count = 0
  const onRequest = async (): Promise<void> => {
    count += 1
    if (await watching?.(count)) throw new Error('dropped')
  }
  const registries: RunningRegistry[] = []
  for (let at = 0; at < scenario.registries; at += 1) {
    const directory = join(work, String(at))
    if (at === 0 && scenario.seeded) await cp(seed, directory, { recursive: true })
    registries.push(await serveRegistry({ directory, invariant: true, onRequest }))
  }
  const hosts = registries.map(({ host }) => host)
  if (scenario.unsigned) {
    await rm(join(work, '0'), { recursive: true })
    await unsignedSeed(join(work, '0'))
  }
  if (scenario.torn) for (const digest of lost) await rm(join(work, '0', 'team+hello', 'blobs', ...digest.split(':')))
  await writeFile(join(work, 'ferry.yaml'), `environments: [dev, { name: staging, image: "${hosts[0]}/team/staging" }]\n`)
  try {
    await body(scenario.argv(hosts, work), registries, work, (on) => {
      watching = on
      count = 0
    })
  } finally {
    for (const registry of registries) await registry.close()
    await rm(work, { recursive: true })
  }
}

/** The image alone: copied tag by tag into a fresh layout, without what is attached. */
async function unsignedSeed(directory: string): Promise<void> {
  const signed = openLayout(join(seed, 'team+hello'))
  const image = await signed.resolve(parseTag(TAG), freeCall())
  if (image === undefined) throw new Error('the seed is gone')
  await copy(signed, openLayout(join(directory, 'team+hello')), image, { tag: parseTag(TAG), referrers: false }, freeCall())
}

async function lookAt(directory: string): Promise<Found | undefined> {
  if ((await stat(join(directory, 'index.json')).catch(() => undefined)) === undefined) return undefined
  return checkLayout(directory)
}

/** A registry goes on with the last request of the dead: until it is done with all it was asked, nothing can be said of its files. */
async function quiet(registries: readonly RunningRegistry[], dropped: number): Promise<void> {
  const open = (): number => registries.flatMap(({ history }) => history).filter(({ status }) => status === undefined).length
  await expect.poll(open, { timeout: 10_000 }).toBe(dropped)
}

/** The tag of a repository of which parts are missing: nobody may move it. */
async function namedIn(directory: string): Promise<unknown> {
  const { manifests } = JSON.parse(await readFile(join(directory, 'index.json'), 'utf8')) as {
    manifests: Array<{ digest: string; annotations?: Record<string, string> }>
  }
  return manifests.find(({ annotations }) => annotations?.['org.opencontainers.image.ref.name'] === TAG)?.digest
}

describe.each(Object.entries(scenarios))('%s', (_name, scenario) => {
  let calls = 0
  const ends = (): string | undefined => (scenario.removes ? undefined : root)

  test('counts its requests', { timeout: 30_000 }, async () => {
    await inWorld(scenario, async (argv, registries, work) => {
      expect(await steady.run(...argv), steady.said()).toBe(0)
      calls = registries.reduce((sum, { history }) => sum + history.length, 0)
      const { directory, tag } = scenario.result(work)
      expect((await checkLayout(directory)).tags.get(tag)).toBe(ends())
    })
    expect(calls).toBeGreaterThan(3)
  })

  test('killed at each of them: the next run ends well, the one after that writes nothing, nothing is half [case 54]', { timeout: 180_000 }, async () => {
    const spare = [startWorker(home), startWorker(home)]
    for (let kill = 1; kill <= calls; kill += 1) {
      await inWorld(scenario, async (argv, registries, work, watch) => {
        const victim = spare.shift() ?? startWorker(home)
        if (kill + spare.length < calls) spare.push(startWorker(home))
        let dropped = 0
        watch(async (number) => {
          if (number === kill) await victim.kill()
          // Every other time the last request still reaches the registry.
          const drops = number >= kill && kill % 2 === 0
          if (drops) dropped += 1
          return drops
        })
        const ended = await victim.run(...argv)
        expect(ended, `request ${kill} of ${calls}: ${victim.said()}`).toBeUndefined()
        watch()
        await quiet(registries, dropped)
        const { directory, tag } = scenario.result(work)
        const named = scenario.torn ? await namedIn(directory) : (await lookAt(directory))?.tags.get(tag)
        expect(scenario.torn ? [root] : [undefined, root], `after request ${kill}`).toContain(named)
        expect(await steady.run(...argv), `again after request ${kill}: ${steady.said()}`).toBe(0)
        const after = await checkLayout(directory)
        expect(after.tags.get(tag)).toBe(ends())
        const before = registries.map(({ history }) => history.length)
        expect(await steady.run(...argv), steady.said()).toBe(0)
        expect(registries.flatMap(({ history }, at) => writesOf(history.slice(before[at])))).toEqual([])
        expect(await checkLayout(directory)).toEqual(after)
        // A torn repository is not whole before it is mended.
        if (!scenario.torn) expect(registries.flatMap(({ violations }) => violations)).toEqual([])
      })
    }
    for (const one of spare) await one.kill()
  })
})
