/** Peers that are built from Go modules: all of one module by one command. */

import { mkdirSync, readFileSync, renameSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { GoSource, PinOf } from '../pin.ts'
import { run, Unavailable, Unreachable } from './child.ts'
import { goEnvironment } from './environment.ts'
import { type Made, missing, ready } from './made.ts'
import type { Place } from './place.ts'
import { sourceFolder } from './sources.ts'

type GoPin = PinOf<GoSource>

export async function makeGoPeers(pins: readonly GoPin[], place: Place): Promise<Made[]> {
  const results: Made[] = []
  const wanted: GoPin[] = []
  for (const pin of pins) {
    const mismatch = versionMismatch(pin)
    if (mismatch === undefined) wanted.push(pin)
    else results.push(missing(pin, new Unavailable(mismatch)))
  }
  if (wanted.length === 0) return results
  try {
    await build(wanted, place)
    return [...results, ...wanted.map((pin) => put(pin, place))]
  } catch (error) {
    // One program that does not build must not cost the others: once more, one by one; what was compiled is kept.
    if (wanted.length === 1 || error instanceof Unreachable) return [...results, ...wanted.map((pin) => missing(pin, error))]
    for (const pin of wanted) results.push(...(await makeGoPeers([pin], place)))
    return results
  }
}

/** The version is written twice, here for the table and in go.mod for Go; they may not part. */
function versionMismatch(pin: GoPin): string | undefined {
  const { of, module } = pin.source
  if (of === undefined) return undefined
  const lines = readFileSync(join(sourceFolder(module), 'go.mod'), 'utf8').split('\n')
  const line = lines.map((text) => text.replace(/^\s*(require\s+)?/, '')).find((text) => text.startsWith(`${of} v`))
  const found = line?.split(' ')[1]?.replace(/^v/, '')
  return found === pin.version ? undefined : `pins.ts says ${pin.version}, go/${module}/go.mod says ${found ?? 'nothing'}`
}

async function build(pins: readonly GoPin[], place: Place): Promise<void> {
  const [first] = pins
  if (first === undefined) return
  const { module, tags = [] } = first.source
  const out = outFolder(module, place)
  mkdirSync(out, { recursive: true })
  const args = ['build', '-ldflags=-s -w', `-tags=${tags.join(',')}`, '-o', `${out}/`, ...pins.map((pin) => pin.source.package)]
  await run('go', args, { cwd: sourceFolder(module), env: goEnvironment(place) })
}

function put(pin: GoPin, place: Place): Made {
  const { module, package: path } = pin.source
  // Go names a program after the last part of its package's path, and "." after the module's, which ours end alike.
  const built = join(outFolder(module, place), path === '.' ? module : basename(path))
  renameSync(built, join(place.bin, pin.name))
  return ready(pin, join('bin', pin.name))
}

function outFolder(module: string, place: Place): string {
  return join(place.work, `go-${module}`)
}
