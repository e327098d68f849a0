/**
 * `npm run bench [row …]`: every row, contestants interleaved on the same registries and data, and the table in RESULTS.md.
 * Ratios are peer ÷ ferry: above 1 we are ahead. A row we lose stays in the table.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { cpus, release } from 'node:os'
import { fileURLToPath } from 'node:url'
import { PRODUCT } from '../src/kit/product.ts'
import { markdownTable } from '../src/step/table.ts'
import { measure, type Sample } from './measure.ts'
import type { Row, World } from './row.ts'
import { copyLarge } from './rows/copy-large.ts'
import { promoteAgain } from './rows/promote-again.ts'
import { promoteCold } from './rows/promote-cold.ts'
import { start } from './rows/start.ts'
import { openWorld } from './world.ts'

const ROWS: readonly Row[] = [start, promoteAgain, promoteCold, copyLarge]
const RESULTS = fileURLToPath(new URL('RESULTS.md', import.meta.url))

const median = (values: readonly number[]): number => values.toSorted((left, right) => left - right)[Math.floor(values.length / 2)] ?? 0

/** The middle half, as a share of the median: how far single runs are to be trusted. */
function spread(values: readonly number[]): number {
  const sorted = values.toSorted((left, right) => left - right)
  return ((sorted[Math.floor(sorted.length * 0.75)] ?? 0) - (sorted[Math.floor(sorted.length * 0.25)] ?? 0)) / median(values)
}

/** A process that was over before it could be looked at has no peak. */
function memoryText(mebibytes: number): string {
  return mebibytes === 0 ? '–' : mebibytes.toFixed(0)
}

async function runRow(row: Row, world: World): Promise<ReadonlyMap<string, readonly Sample[]>> {
  const samples = new Map<string, Sample[]>()
  for (let run = 0; run <= row.runs; run += 1) {
    const contestants = await row.contestants(world, run)
    // Another one begins in each round, so that none always runs on what the one before it left warm.
    const order = contestants.map((_, index) => contestants[(index + run) % contestants.length]).filter((contestant) => contestant !== undefined)
    for (const contestant of order) {
      await contestant.prepare?.()
      const sample = await measure(contestant.start())
      await contestant.check?.()
      // The first round warms caches and is not counted.
      if (run > 0) samples.set(contestant.name, [...(samples.get(contestant.name) ?? []), sample])
    }
  }
  return samples
}

function tableOf(row: Row, samples: ReadonlyMap<string, readonly Sample[]>): string {
  const ours = samples.get('ferry') ?? []
  const rows = [...samples].map(([name, all]) => {
    const wall = median(all.map((sample) => sample.wall))
    const cpu = median(all.map((sample) => sample.cpu))
    const ratio = (theirs: number, own: number): string => (name === 'ferry' ? '1' : (theirs / own).toFixed(2))
    return [
      name,
      String(all.length),
      wall.toFixed(3),
      `${(spread(all.map((sample) => sample.wall)) * 100).toFixed(0)} %`,
      cpu.toFixed(3),
      memoryText(Math.max(...all.map((sample) => sample.memory))),
      ratio(wall, median(ours.map((sample) => sample.wall))),
      ratio(cpu, median(ours.map((sample) => sample.cpu))),
    ]
  })
  return `## ${row.name}\n\n${row.about}.\n\n${markdownTable({ columns: ['contestant', 'n', 'wall s', 'spread', 'CPU s', 'peak MiB', 'wall ÷ ferry', 'CPU ÷ ferry'], rows })}\n`
}

const wanted = process.argv.slice(2)
const world = await openWorld()
const parts: string[] = []
try {
  for (const row of ROWS.filter(({ name }) => wanted.length === 0 || wanted.some((word) => name.includes(word)))) {
    process.stderr.write(`bench: ${row.name}\n`)
    const table = tableOf(row, await runRow(row, world))
    parts.push(table)
    process.stdout.write(`${table}\n`)
  }
} finally {
  await world.close()
}
if (wanted.length === 0) {
  const intro = [
    '# Measurements',
    'Printed by `npm run bench`: contestants interleaved on the same registries (distribution 3.1.2) on loopback, medians of n runs, one warm-up round not counted. `÷ ferry` above 1: ferry is ahead. `spread` is the middle half of the wall times as a share of their median; differences smaller than it mean nothing. Absolute times depend on the machine; ratios of one run are what counts.',
    `Machine: ${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, Linux ${release()}. Versions: kubeferry ${PRODUCT.version} on Node ${process.versions.node}, skopeo ${world.peers.skopeo.version}, crane ${world.peers.crane.version}.`,
  ].join('\n\n')
  const notes = readFileSync(fileURLToPath(new URL('NOTES.md', import.meta.url)), 'utf8')
  writeFileSync(RESULTS, `${intro}\n\n${parts.join('\n')}\n${notes}`)
}
