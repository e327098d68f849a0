/** Peers out of Debian packages, unpacked without installing. */

import { mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { DebSource, PinOf } from '../pin.ts'
import { type Apt, openApt } from './apt.ts'
import { run, Unavailable } from './child.ts'
import { childEnvironment } from './environment.ts'
import { type Made, missing, ready } from './made.ts'
import type { Place } from './place.ts'
import { type Word, writeWrapper } from './wrapper.ts'

type DebPin = PinOf<DebSource>

/** All of one suite. */
export async function makeDebPeers(pins: readonly DebPin[], place: Place): Promise<Made[]> {
  const [first] = pins
  if (first === undefined) return []
  const apt = await openApt(first.source.suite, place)
  const results: Made[] = []
  for (const pin of pins) results.push(await makeOne(pin, apt, place).catch((error: unknown) => missing(pin, error)))
  return results
}

async function makeOne(pin: DebPin, apt: Apt, place: Place): Promise<Made> {
  const { source } = pin
  const libraries = source.libraries === undefined ? [] : await librariesOf(source, apt)
  const files = await apt.download([source.package, ...libraries], join(place.work, `debs-${pin.name}`))
  const unpacked = join(place.work, `tree-${pin.name}`)
  for (const file of files) await run('dpkg-deb', ['-x', file, unpacked], { env: childEnvironment(place), seconds: 60 })
  rmSync(join(unpacked, 'usr/share'), { recursive: true, force: true })
  const tree = join(place.trees, pin.name)
  rmSync(tree, { recursive: true, force: true })
  renameSync(unpacked, tree)
  const bin = writeWrapper(place, pin.name, [...starter(source, tree), ...argumentsOf(source, place)])
  return ready(pin, bin, upstreamVersion(source.package, files))
}

async function librariesOf({ package: name, libraries = [] }: DebSource, apt: Apt): Promise<string[]> {
  const needed = await apt.closure(name)
  return needed.filter((needs) => needs !== name && libraries.some((prefix) => needs.startsWith(prefix)))
}

/** A program that brought its libraries also runs under the loader that belongs to them: libc and loader are one release. */
function starter({ path, libraries }: DebSource, tree: string): Word[] {
  const program = { at: join(tree, path) }
  if (libraries === undefined) return [program]
  const folders = ['lib', 'usr/lib'].flatMap((parent) => {
    const folder = join(tree, parent)
    return listed(folder)
      .filter((name) => name.endsWith('-linux-gnu'))
      .map((name) => join(folder, name))
  })
  const loader = folders.flatMap((folder) =>
    listed(folder)
      .filter((name) => /^ld-linux.*\.so\.\d+$/.test(name))
      .map((name) => join(folder, name)),
  )[0]
  if (loader === undefined) throw new Unavailable('its libc6 brought no loader')
  return [{ at: loader }, '--library-path', { paths: folders }, program]
}

function argumentsOf({ arguments: given = [] }: DebSource, place: Place): Word[] {
  if (given.length > 0) writePolicy(place)
  return given.map((word) => (word.startsWith('{etc}/') ? { at: join(place.etc, word.slice('{etc}/'.length)) } : word))
}

/** skopeo refuses to run without a policy, and would read the machine's. */
function writePolicy(place: Place): void {
  mkdirSync(join(place.etc, 'registries.d'), { recursive: true })
  writeFileSync(join(place.etc, 'policy.json'), '{"default":[{"type":"insecureAcceptAnything"}]}\n')
}

function listed(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

/** skopeo_1.22.0+ds1-1_amd64.deb → 1.22.0 */
function upstreamVersion(name: string, files: readonly string[]): string {
  const file = files.map((path) => basename(path)).find((path) => path.startsWith(`${name}_`)) ?? ''
  const version = decodeURIComponent(file.split('_')[1] ?? '').replace(/^\d+:/, '')
  return version.replace(/-[^-]*$/, '').replace(/[+~](ds|dfsg|really|repack).*$/, '')
}
