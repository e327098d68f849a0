/** Java peers: one class path under java/, got by Maven with a repository of its own. */

import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import type { MavenSource, Pin, PinOf } from '../pin.ts'
import { pins as allPins } from '../pins.ts'
import { run, Unavailable } from './child.ts'
import { childEnvironment } from './environment.ts'
import { type Made, missing, ready } from './made.ts'
import type { Place } from './place.ts'
import { writeWrapper } from './wrapper.ts'

type MavenPin = PinOf<MavenSource>

const copyDependencies = 'org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy-dependencies'

export async function makeMavenPeers(pins: readonly MavenPin[], place: Place): Promise<Made[]> {
  if (pins.length === 0) return []
  const work = join(place.work, 'maven')
  mkdirSync(work, { recursive: true })
  // All of them, whichever was asked for: Maven has to choose one version of what several bring along.
  writeFileSync(join(work, 'pom.xml'), pom(mavenPins()))
  const jars = join(work, 'jars')
  // A company's mirror is said in the user's settings, which a private home hides.
  const settings = join(homedir(), '.m2/settings.xml')
  const args = ['-B', '-q', '-f', join(work, 'pom.xml'), ...(existsSync(settings) ? ['-s', settings] : [])]
  args.push(`-Dmaven.repo.local=${join(work, 'repository')}`, `-Duser.home=${place.home}`, '-Daether.connector.connectTimeout=30000')
  args.push(copyDependencies, `-DoutputDirectory=${jars}`)
  await run('mvn', args, { cwd: work, env: childEnvironment(place) })
  rmSync(place.java, { recursive: true })
  mkdirSync(place.java)
  for (const jar of readdirSync(jars)) renameSync(join(jars, jar), join(place.java, jar))
  rmSync(work, { recursive: true })
  return pins.map((pin) => {
    const jar = join('java', `${pin.source.artifact}-${pin.version}.jar`)
    if (!existsSync(join(place.root, jar))) return missing(pin, new Unavailable(`Maven brought no ${jar}`))
    const { main } = pin.source
    if (main === undefined) return ready(pin, jar)
    return ready(pin, writeWrapper(place, pin.name, ['java', '-cp', { at: join(place.java, '*') }, main]))
  })
}

export function mavenPins(): MavenPin[] {
  return (allPins as readonly Pin[]).filter((pin): pin is MavenPin => pin.source.kind === 'maven')
}

function pom(pins: readonly MavenPin[]): string {
  const dependencies = pins.map(
    ({ source, version }) =>
      `<dependency><groupId>${source.group}</groupId><artifactId>${source.artifact}</artifactId><version>${version}</version></dependency>`,
  )
  return `<project><modelVersion>4.0.0</modelVersion>
<groupId>dev.kubeferry</groupId><artifactId>peers</artifactId><version>1</version>
<dependencies>${dependencies.join('')}</dependencies></project>\n`
}
