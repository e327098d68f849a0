/**
 * Installs the real peers of pins.ts and writes down in peers.json what is there and why the rest is not.
 *
 *   node tools/peers/install.ts [--dir DIR] [--only NAME,…] [--strict]
 *
 * DIR is $FERRY_PEERS_DIR or .cache/peers, and nothing outside it changes. --strict exits 1 when a peer is missing.
 */

import { setPriority } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { batchesOf, runBatches } from './install/batches.ts'
import { run } from './install/child.ts'
import { childEnvironment } from './install/environment.ts'
import { withLock } from './install/lock.ts'
import { type Made, missing } from './install/made.ts'
import { defaultRoot, makePlace, type Place } from './install/place.ts'
import { readStamp, writeStamp } from './install/stamps.ts'
import { lacking } from './install/toolchains.ts'
import { trim } from './install/trim.ts'
import { type PeerRecord, readLedger, writeLedger } from './ledger.ts'
import type { Pin } from './pin.ts'
import { pins as allPins } from './pins.ts'

const pins: readonly Pin[] = allPins

async function install(place: Place, selected: readonly Pin[]): Promise<PeerRecord[]> {
  const records = new Map(readLedger(place.root)?.map((record) => [record.name, record]))
  const note = (pin: Pin, made: Made, seconds?: number): void => {
    const record = made.state === 'ready' ? made : { ...made, version: pin.version }
    records.set(pin.name, record)
    writeLedger(place.root, [...records.values()])
    const text = record.state === 'ready' ? `${record.name} ${record.version}` : `${record.name} ${record.version}: ${record.why}`
    process.stdout.write(`${record.state.padEnd(8)} ${text}  (${seconds === undefined ? 'kept' : `${seconds.toFixed(1)} s`})\n`)
  }
  const toMake: Pin[] = []
  for (const pin of selected) {
    const stamp = readStamp(place, pin)
    const lack = stamp === undefined ? lacking(pin.needs) : undefined
    if (stamp !== undefined) note(pin, { name: pin.name, state: 'ready', version: stamp.version, bin: stamp.bin })
    else if (lack !== undefined) note(pin, missing(pin, lack), 0)
    else toMake.push(pin)
  }
  await runBatches(batchesOf(toMake), place, async (made, seconds) => {
    const pin = pins.find((one) => one.name === made.name)
    if (pin === undefined) return
    const tried = await probe(place, pin, made)
    if (tried.state === 'ready') writeStamp(place, pin, tried)
    note(pin, tried, seconds)
  })
  if (toMake.length > 0) await trim(place)
  return pins.map((pin) => records.get(pin.name) ?? { ...missing(pin, 'not asked for yet'), version: pin.version }) as PeerRecord[]
}

/** A peer that does not start is no peer. */
async function probe(place: Place, pin: Pin, made: Made): Promise<Made> {
  if (made.state === 'missing' || pin.probe === undefined) return made
  try {
    await run(join(place.root, made.bin), pin.probe, { env: childEnvironment(place), cwd: place.home, seconds: 60 })
    return made
  } catch (error) {
    return missing(pin, error)
  }
}

function chosen(only: string | undefined): readonly Pin[] {
  if (only === undefined) return pins
  const names = only.split(',').map((name) => name.trim())
  const unknown = names.filter((name) => !pins.some((pin) => pin.name === name))
  if (unknown.length > 0) throw new Error(`no such peer: ${unknown.join(', ')}; there are ${pins.map((pin) => pin.name).join(', ')}`)
  return pins.filter((pin) => names.includes(pin.name))
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: { dir: { type: 'string' }, only: { type: 'string' }, strict: { type: 'boolean' } },
  })
  const selected = chosen(values.only)
  // Children are process groups of their own and end with this process only when it exits in order.
  process.once('SIGINT', () => process.exit(130))
  process.once('SIGTERM', () => process.exit(143))
  // Builds may take a while on a machine where somebody works.
  setPriority(10)
  const place = makePlace(resolve(values.dir ?? defaultRoot()))
  return withLock(place.root, async () => {
    const start = performance.now()
    const records = await install(place, selected)
    writeLedger(place.root, records)
    const missed = records.filter((record) => record.state === 'missing' && selected.some((pin) => pin.name === record.name))
    const seconds = ((performance.now() - start) / 1000).toFixed(1)
    process.stdout.write(`${selected.length - missed.length} of ${selected.length} peers ready in ${seconds} s\n`)
    return values.strict && missed.length > 0 ? 1 : 0
  })
}

process.exitCode = await main().catch((error: unknown) => {
  process.stderr.write(`install.ts: ${error instanceof Error ? error.message : String(error)}\n`)
  return 2
})
