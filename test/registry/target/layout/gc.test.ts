/** Collecting: all that anything needs stays, also while others push and when the collector is killed; what nothing names goes. */
import { spawn } from 'node:child_process'
import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { freeCall } from '../../../../src/kit/call.ts'
import { hexOf } from '../../../../src/registry/oci/digest.ts'
import { MEDIA } from '../../../../src/registry/oci/media-types.ts'
import { parseTag } from '../../../../src/registry/oci/reference.ts'
import { collectLayout } from '../../../../src/registry/target/layout/gc/collect.ts'
import { mentionsIn } from '../../../../src/registry/target/layout/gc/mentions.ts'
import { surveyLayout } from '../../../../src/registry/target/layout/gc/survey.ts'
import { type LayoutTarget, openLayout } from '../../../../src/registry/target/layout/layout.ts'
import { thisProcess } from '../../../../src/registry/target/layout/owner.ts'
import { emptyConfig, imageOf, indexOf, manifestOf, type Piece, piece, put, putImage } from '../../../contracts/content.ts'
import { checkLayout } from './check.ts'
import { makePlace } from './place.ts'

const call = freeCall()
/** Milliseconds; longer than a busy machine needs between two lines of a test. */
const GRACE = 3000

async function layout(): Promise<LayoutTarget> {
  return openLayout(join(await makePlace(), 'out'))
}

/** Waits until everything that is there is older than 0 ms, then collects. */
async function collect(directory: string, age = 0): Promise<string[]> {
  await sleep(5)
  const survey = await surveyLayout(directory, age, call)
  if (survey.refused) throw survey.refused
  return (await collectLayout(survey, age, call)).flatMap(({ digest }) => digest ?? [])
}

const digests = (...pieces: readonly Piece[]): string[] => pieces.map(({ descriptor }) => descriptor.digest).toSorted()

/** Puts bytes into blobs/ as another tool would, without an entry. */
async function drop(directory: string, { descriptor, bytes }: Piece): Promise<void> {
  await writeFile(join(directory, 'blobs/sha256', hexOf(descriptor.digest)), bytes)
}

describe('what stays', () => {
  test('tags, entries without tag, children, blobs, referrers of referrers, and everything young', async () => {
    const target = await layout()
    const [tagged, child] = [await putImage(target, 'tagged'), await putImage(target, 'child')]
    await target.tag(tagged.descriptor, parseTag('v1'), call)
    const index = indexOf([child])
    const signature = manifestOf({ more: { subject: child.descriptor, artifactType: 'application/vnd.example.signature' } })
    const ofSignature = manifestOf({ more: { subject: signature.descriptor, artifactType: 'application/vnd.example.timestamp' } })
    const garbage = piece('nobody names this')
    await put(target, index, emptyConfig, signature, ofSignature, garbage)
    expect(await collect(target.directory, 60_000)).toEqual([])
    expect(await collect(target.directory)).toEqual(digests(garbage))
    expect((await checkLayout(target.directory)).blobs).toBe(10)
    expect(await collect(target.directory)).toEqual([])
  })

  test('what is removed or loses its tag: content that another image has stays', async () => {
    const target = await layout()
    const shared = piece('shared')
    const [one, two] = ['one', 'two'].map((name) => manifestOf({ layers: [shared, piece(name)], more: { annotations: { name } } }))
    if (!one || !two) throw new Error('no images')
    await put(target, emptyConfig, shared, piece('one'), piece('two'), one, two)
    await target.tag(one.descriptor, parseTag('v1'), call)
    await target.untag(parseTag('v1'), call)
    expect(await collect(target.directory)).toEqual([])
    await target.remove(one.descriptor, call)
    expect(await collect(target.directory)).toEqual(digests(piece('one')))
    await target.remove(two.descriptor, call)
    expect(await collect(target.directory)).toEqual(digests(emptyConfig, shared, piece('two')))
  })

  test('what only documents of unknown kinds mention, with escapes too', async () => {
    const target = await layout()
    await putImage(target, 'v1')
    const [hidden, below, plain] = [piece('hidden'), piece('below'), piece('plain')]
    const inner = piece(JSON.stringify({ anything: [below.descriptor.digest] }))
    const unknown = piece(
      `{"new":{"field":"${inner.descriptor.digest.replace(':', '\\u003a')}","other":"${hidden.descriptor.digest}"}}`,
      'application/vnd.example.next+json',
    )
    await put(target, hidden, below, plain, inner, unknown)
    const file = join(target.directory, 'index.json')
    const index = JSON.parse(await readFile(file, 'utf8')) as { manifests: object[] }
    await writeFile(file, JSON.stringify({ ...index, manifests: [...index.manifests, unknown.descriptor] }))
    expect(await collect(target.directory)).toEqual(digests(plain))
  })

  test('a referrer without an entry of its own, with what it needs, as long as its subject is there', async () => {
    const target = await layout()
    const subject = await putImage(target, 'subject')
    const blob = piece('signed', 'application/vnd.example.signature')
    const signature = manifestOf({ layers: [blob], more: { subject: subject.descriptor } })
    await put(target, emptyConfig, blob)
    await drop(target.directory, signature)
    expect(await collect(target.directory)).toEqual([])
    await target.remove(subject.descriptor, call)
    expect(await collect(target.directory)).toContain(signature.descriptor.digest)
  })

  test('files that are no blobs, and algorithms that are not known', async () => {
    const target = await layout()
    await putImage(target, 'v1')
    await writeFile(join(target.directory, 'blobs/sha256/README'), 'x')
    expect(await collect(target.directory)).toEqual([])
    expect((await surveyLayout(target.directory, 0, call)).strange).toBe(1)
    expect(await readdir(join(target.directory, 'blobs/sha256'))).toContain('README')
  })

  test('mentions are found wherever they stand', () => {
    const digest = fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: 64, maxLength: 64 }).map((hex) => `sha256:${hex}`)
    fc.assert(
      fc.property(fc.array(digest), fc.array(fc.string()), (all, keys) => {
        const nested = all.reduce<unknown>((inner, one, at) => ({ [keys[at] ?? 'x']: [one, inner], [one]: at }), null)
        expect([...mentionsIn(Buffer.from(JSON.stringify({ nested, all }))).digests].toSorted()).toEqual([...new Set(all)].toSorted())
      }),
    )
  })
})

describe('when something is not understood nothing goes', () => {
  const cases: [string, (directory: string, image: Piece) => Promise<void>][] = [
    ['a damaged manifest', (directory, image) => replaceBlob(directory, image, `${image.bytes.toString()} `)],
    ['a manifest that is not there', (directory, image) => rm(join(directory, 'blobs/sha256', hexOf(image.descriptor.digest)))],
    ['an entry with an unknown algorithm', (directory) => addEntry(directory, { mediaType: MEDIA.manifest, digest: 'blake3:abcd', size: 1 })],
    ['an index.json that is no JSON', (directory) => writeFile(join(directory, 'index.json'), '{')],
  ]
  test.each(cases)('%s', async (_what, damage) => {
    const target = await layout()
    const image = await putImage(target, 'v1')
    await put(target, piece('garbage'))
    await damage(target.directory, image)
    const before = await readdir(join(target.directory, 'blobs/sha256'))
    await sleep(5)
    const survey = await surveyLayout(target.directory, 0, call)
    expect(survey.refused?.code).toMatch(/CONTENT_INVALID|DIGEST_MISMATCH/)
    expect(await collectLayout(survey, 0, call)).toEqual([])
    expect(await readdir(join(target.directory, 'blobs/sha256'))).toEqual(before)
  })

  async function replaceBlob(directory: string, image: Piece, text: string): Promise<void> {
    const file = join(directory, 'blobs/sha256', hexOf(image.descriptor.digest))
    await rm(file)
    await writeFile(file, text)
  }

  async function addEntry(directory: string, entry: object): Promise<void> {
    const index = JSON.parse(await readFile(join(directory, 'index.json'), 'utf8')) as { manifests: object[] }
    await writeFile(join(directory, 'index.json'), JSON.stringify({ ...index, manifests: [...index.manifests, entry] }))
  }
})

describe('while others write', () => {
  test('a blob that somebody found present after the survey stays; so does what was named since', { timeout: 60_000 }, async () => {
    const target = await layout()
    await putImage(target, 'v1')
    const [wanted, named, garbage] = [piece('wanted'), piece('named'), piece('garbage')]
    await put(target, emptyConfig, wanted, named, garbage)
    await sleep(GRACE + 100)
    const survey = await surveyLayout(target.directory, GRACE, call)
    expect(survey.garbage.flatMap(({ digest }) => digest ?? [])).toEqual(digests(emptyConfig, wanted, named, garbage))
    await put(target, wanted, emptyConfig, manifestOf({ layers: [named] }))
    expect((await collectLayout(survey, GRACE, call)).flatMap(({ digest }) => digest ?? [])).toEqual(digests(garbage))
    expect(await target.has(wanted.descriptor, call)).toBe(true)
    await checkLayout(target.directory)
  })

  test('four pushers and a collector: nothing that was confirmed is lost', { timeout: 120_000 }, async () => {
    const directory = join(await makePlace(), 'out')
    await putImage(openLayout(directory), 'first')
    const collector = start('gc-runner.ts', directory, '150')
    const pushers = ['a', 'b', 'c', 'd'].map((prefix) => start('gc-writer.ts', directory, prefix, '40'))
    for (const pusher of pushers) expect(await pusher.ended).toBe('')
    await sleep(400)
    collector.child.kill('SIGKILL')
    expect(await collector.ended).toBe('')
    const { tags } = await checkLayout(directory)
    expect([...tags.keys()].toSorted()).toEqual(pushers.flatMap(({ lines }) => lines).toSorted())
    expect(pushers.flatMap(({ lines }) => lines)).toHaveLength(80)
    expect(collector.lines.reduce((sum, line) => sum + Number(line), 0)).toBeGreaterThan(80)
  })

  test('kill -9 of the collector: the layout is whole, and the next one finishes the work', { timeout: 120_000 }, async () => {
    const directory = join(await makePlace(), 'out')
    const target = openLayout(directory)
    await target.tag((await putImage(target, 'kept')).descriptor, parseTag('kept'), call)
    for (let round = 0; round < 8; round += 1) {
      await put(target, ...Array.from({ length: 60 }, (_, at) => piece(`garbage ${round} ${at}`)))
      const collector = start('gc-runner.ts', directory, '0')
      while ((await readdir(join(directory, 'blobs/sha256'))).length > 60 - round * 6) await sleep(1)
      collector.child.kill('SIGKILL')
      expect(await collector.ended).toBe('')
      expect([...(await checkLayout(directory)).tags.keys()]).toEqual(['kept'])
    }
    await collect(directory)
    expect((await checkLayout(directory)).blobs).toBe(3)
    expect(await readdir(join(directory, '.ferry/incoming'))).toEqual([])
  })

  test('a collector that lost its lock removes nothing more', async () => {
    const target = await layout()
    await putImage(target, 'v1')
    await put(target, piece('garbage'))
    await sleep(5)
    const survey = await surveyLayout(target.directory, 0, call)
    const place = join(target.directory, '.ferry/lock')
    const stealing = {
      ...survey,
      reach: {
        from: async (...args: Parameters<typeof survey.reach.from>) => {
          const [held = ''] = await readdir(place)
          await rename(join(place, held), join(place, 'free.other'))
          return survey.reach.from(...args)
        },
      },
    }
    await expect(collectLayout(stealing, 0, call)).rejects.toMatchObject({ code: 'LAYOUT_BUSY' })
    expect(await target.has(piece('garbage').descriptor, call)).toBe(true)
  })
})

test('what ended processes left goes, what living ones write stays', async () => {
  const target = await layout()
  await putImage(target, 'v1')
  const incoming = join(target.directory, '.ferry/incoming')
  const { host, pid, started } = thisProcess()
  await writeFile(join(incoming, `${host}-9999999-1.dead`), 'left')
  await writeFile(join(incoming, `${host}-${pid}-${started}.alive`), 'ours')
  const survey = await surveyLayout(target.directory, 60_000, call)
  expect(survey.garbage.map(({ path }) => path)).toEqual([`.ferry/incoming/${host}-9999999-1.dead`])
  expect(await collectLayout(survey, 60_000, call)).toHaveLength(1)
  expect(await readdir(incoming)).toEqual([`${host}-${pid}-${started}.alive`])
})

test('any graph: exactly what can be reached stays', { timeout: 120_000 }, async () => {
  const place = await makePlace()
  let round = 0
  const images = ['a', 'b', 'c'].map((name) => imageOf(name))
  const parents = images.map(({ manifest }, at) =>
    indexOf(
      images.slice(0, at + 1).map((one) => one.manifest),
      { annotations: { of: manifest.descriptor.digest } },
    ),
  )
  await fc.assert(
    fc.asyncProperty(fc.subarray([0, 1, 2]), fc.subarray([0, 1, 2]), fc.subarray([0, 1, 2]), async (pushed, indexes, removed) => {
      round += 1
      const target = openLayout(join(place, String(round)))
      await put(target, piece('always garbage'), ...images.flatMap((image) => image.blobs))
      for (const at of pushed) await put(target, images[at]?.manifest ?? emptyConfig)
      for (const at of indexes) await put(target, parents[at] ?? emptyConfig).catch(() => undefined)
      for (const at of removed) await target.remove((images[at]?.manifest ?? emptyConfig).descriptor, call).catch(() => undefined)
      await collect(target.directory)
      // The oracle knows only the files: everything that index.json reaches, and no more.
      const { blobs } = await checkLayout(target.directory)
      expect(blobs).toBe(await reachable(target.directory))
    }),
    { numRuns: 30 },
  )
})

async function reachable(directory: string): Promise<number> {
  const seen = new Set<string>()
  const open = [...JSON.stringify(JSON.parse(await readFile(join(directory, 'index.json'), 'utf8'))).matchAll(/sha256:[0-9a-f]{64}/g)].map(([found]) => found)
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (seen.has(next)) continue
    const text = await readFile(join(directory, 'blobs', next.replace(':', '/')), 'latin1').catch(() => undefined)
    if (text === undefined) continue
    seen.add(next)
    open.push(...[...text.matchAll(/sha256:[0-9a-f]{64}/g)].map(([found]) => found))
  }
  return seen.size
}

function start(script: string, ...args: string[]) {
  const child = spawn(process.execPath, [join(import.meta.dirname, script), ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  const lines: string[] = []
  let errors = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => lines.push(...text.split('\n').filter((line) => line !== '')))
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors += text
  })
  return { child, lines, ended: new Promise<string>((resolve) => child.once('close', () => resolve(errors))) }
}
