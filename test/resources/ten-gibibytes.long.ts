/**
 * 10 GiB in one layer through a process with a heap of 128 MiB, in the bundle as it is shipped: within the bound, and flat. Takes a minute;
 * part of `npm run test:long` and of CI.
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { BUNDLE, ferry } from '../live/registry/ferry.ts'
import { type Server, startProgram } from '../live/registry/servers.ts'
import { freightImage } from '../numbers/freight-image.ts'

/** MiB of resident memory, node itself included: the product's promise. */
const MOST = 180
/** MiB by which the second half may be above the first: what the allocator keeps, not what grows with the bytes. */
const DRIFT = 24

const FREIGHT = join(import.meta.dirname, '../numbers/freight.ts')
/** Writes down the resident MiB of every half second, and the most there was. */
const REPORTER = `import { writeFileSync } from 'node:fs'
const seen = []
setInterval(() => seen.push(process.memoryUsage.rss() / 1048576), 500).unref()
process.on('exit', () => writeFileSync(process.env.MEMORY_REPORT, JSON.stringify({ seen, peak: process.resourceUsage().maxRSS / 1024 })))`

let place: string
const servers: Server[] = []

beforeAll(async () => {
  place = await mkdtemp(join(tmpdir(), 'ferry-long-'))
  for (const role of ['source', 'sink']) {
    servers.push(await startProgram(process.execPath, [FREIGHT, role], /listening 127\.0\.0\.1:(\d+)/, { env: { FREIGHT_GIB: '10' } }))
  }
})

afterAll(async () => {
  await Promise.all(servers.map((server) => server.stop()))
  await rm(place, { recursive: true })
})

test('10 GiB with 128 MiB of heap stay within 180 MiB of memory, and flat [case 57]', { timeout: 600_000 }, async () => {
  const report = join(place, 'memory')
  const [source, sink] = servers.map(({ host }) => `${host}/team/heavy:dev-v1.0-1`)
  const node = ['--max-old-space-size=128', '--import', `data:text/javascript,${encodeURIComponent(REPORTER)}`]
  const done = await ferry(['push', source ?? '', sink ?? ''], { home: place, env: { MEMORY_REPORT: report }, node, program: BUNDLE, timeout: 590_000 })
  expect(done, done.stderr).toMatchObject({ exit: 0, outputs: { digest: freightImage(10).image.descriptor.digest, changed: true } })
  const { seen, peak } = JSON.parse(await readFile(report, 'utf8')) as { readonly seen: readonly number[]; readonly peak: number }
  expect(peak).toBeLessThan(MOST)
  expect(seen.length).toBeGreaterThan(20)
  const middle = Math.floor(seen.length / 2)
  const most = (some: readonly number[]): number => Math.max(...some)
  expect(most(seen.slice(middle)) - most(seen.slice(4, middle))).toBeLessThan(DRIFT)
})
