/**
 * 2 GiB go through, and the process that carries them stays small: whatever comes is sent on, nothing is gathered. Measured
 * in the bundle, which is what people run.
 */
import { mkdir, mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freeCall } from '../../src/kit/call.ts'
import { parseTag } from '../../src/registry/oci/reference.ts'
import { openLayout } from '../../src/registry/target/layout/layout.ts'
import { emptyConfig, put } from '../contracts/content.ts'
import { BUNDLE, ferry } from '../live/registry/ferry.ts'
import { type Server, startFerryServe, startProgram } from '../live/registry/servers.ts'
import { freightImage, imageWith, ZEROS } from './freight-image.ts'

/** MiB of resident memory, node itself included (42 of them). The bound of the product's promise. */
const MOST = 180

const FREIGHT = join(import.meta.dirname, 'freight.ts')
/** Loaded before the program, as JavaScript since reading TypeScript costs memory of its own: at the end it writes down the most KiB. */
const REPORTER = `import { writeFileSync } from 'node:fs'
process.on('exit', () => writeFileSync(process.env.MEMORY_REPORT, String(process.resourceUsage().maxRSS)))`
const REPORTING = ['--import', `data:text/javascript,${encodeURIComponent(REPORTER)}`]

let place: string
/** A directory of the embedded registry with one image of zeros. */
let served: string
const servers: Server[] = []

const start = async (role: 'source' | 'sink'): Promise<Server> => {
  const server = await startProgram(process.execPath, [FREIGHT, role], /listening 127\.0\.0\.1:(\d+)/)
  servers.push(server)
  return server
}

beforeAll(async () => {
  place = await mkdtemp(join(tmpdir(), 'ferry-memory-'))
  served = join(place, 'served')
  const layout = openLayout(join(served, 'team+heavy'))
  const image = imageWith(ZEROS)
  await put(layout, emptyConfig)
  const [algorithm = '', hex = ''] = ZEROS.digest.split(':')
  const file = join(served, 'team+heavy', 'blobs', algorithm, hex)
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, '')
  await truncate(file, ZEROS.size)
  await put(layout, image)
  await layout.tag(image.descriptor, parseTag('dev-v1.0-1'), freeCall())
})

afterAll(async () => {
  await Promise.all(servers.map((server) => server.stop()))
  await rm(place, { recursive: true })
})

async function mebibytes(report: string): Promise<number> {
  return Number(await readFile(report, 'utf8')) / 1024
}

/** Pushes from one place to another and says how many MiB the process had at most. */
async function carry(from: string, to: string, digest: string): Promise<number> {
  const report = join(place, 'memory')
  const done = await ferry(['push', from, to], { home: place, env: { MEMORY_REPORT: report }, node: REPORTING, program: BUNDLE })
  expect(done).toMatchObject({ exit: 0, outputs: { digest, changed: true } })
  return mebibytes(report)
}

test('from a registry to a registry', { timeout: 60_000 }, async () => {
  const [source, sink] = [await start('source'), await start('sink')]
  const { image } = freightImage()
  const peak = await carry(`${source.host}/team/heavy:dev-v1.0-1`, `${sink.host}/team/heavy:dev-v1.0-1`, image.descriptor.digest)
  expect(peak).toBeLessThan(MOST)
  expect(peak).toBeGreaterThan(20)
})

test('from a layout to a registry', { timeout: 60_000 }, async () => {
  const sink = await start('sink')
  const from = `oci:${join(served, 'team+heavy')}:dev-v1.0-1`
  expect(await carry(from, `${sink.host}/team/heavy:dev-v1.0-1`, imageWith(ZEROS).descriptor.digest)).toBeLessThan(MOST)
})

test('from our own registry, which stays small as well', { timeout: 60_000 }, async () => {
  const sink = await start('sink')
  const report = join(place, 'memory of the server')
  const server = await startFerryServe(served, { node: REPORTING, env: { MEMORY_REPORT: report }, program: BUNDLE })
  const image = `${server.host}/team/heavy:dev-v1.0-1`
  expect(await carry(image, `${sink.host}/team/heavy:dev-v1.0-1`, imageWith(ZEROS).descriptor.digest)).toBeLessThan(MOST)
  await server.stop()
  expect(await mebibytes(report)).toBeLessThan(MOST)
})
