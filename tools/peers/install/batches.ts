/** Which peers are made together, and how many of those batches run at once. */

import type { DebSource, GoSource, MavenSource, Pin, PinOf, ScriptSource, Source } from '../pin.ts'
import { makeDebPeers } from './deb.ts'
import { makeGoPeers } from './go.ts'
import { type Made, missing } from './made.ts'
import { makeMavenPeers } from './maven.ts'
import type { Place } from './place.ts'
import { makeScriptPeers } from './script.ts'

type Batch = {
  readonly pins: readonly Pin[]
  readonly heavy: boolean
  readonly make: (place: Place) => Promise<Made[]>
}

/** A Go build takes all cores it finds; two at once keep them busy while one of them waits for downloads. */
const heavyAtOnce = 2

export function batchesOf(pins: readonly Pin[]): Batch[] {
  const groups = Map.groupBy(pins, ({ source }) => [source.kind, source.kind === 'go' ? source.module : source.kind === 'deb' ? source.suite : ''].join(' '))
  return [...groups.values()].map((group) => {
    const heavy = group.every((pin) => pin.source.kind === 'go')
    return { pins: group, heavy, make: (place) => make(group, place) }
  })
}

async function make(pins: readonly Pin[], place: Place): Promise<Made[]> {
  const of = <S extends Source>(kind: S['kind']): PinOf<S>[] => pins.filter((pin): pin is PinOf<S> => pin.source.kind === kind)
  const made = await Promise.all([
    makeGoPeers(of<GoSource>('go'), place),
    makeDebPeers(of<DebSource>('deb'), place),
    makeMavenPeers(of<MavenSource>('maven'), place),
    makeScriptPeers(of<ScriptSource>('script'), place),
  ])
  return made.flat()
}

/** Runs every batch; `done` hears of each peer as soon as it is known. A batch that breaks takes no other with it. */
export async function runBatches(batches: readonly Batch[], place: Place, done: (made: Made, seconds: number) => Promise<void>): Promise<void> {
  const runOne = async (batch: Batch): Promise<void> => {
    const start = performance.now()
    const results = await batch.make(place).catch((error: unknown) => batch.pins.map((pin) => missing(pin, error)))
    const seconds = (performance.now() - start) / 1000
    for (const made of results) await done(made, seconds)
  }
  const heavy = batches.filter((batch) => batch.heavy)
  const lane = async (): Promise<void> => {
    for (let batch = heavy.shift(); batch !== undefined; batch = heavy.shift()) await runOne(batch)
  }
  const light = batches.filter((batch) => !batch.heavy).map(runOne)
  await Promise.all([...light, ...Array.from({ length: heavyAtOnce }, lane)])
}
