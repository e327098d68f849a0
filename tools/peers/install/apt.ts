/** apt with a state of its own, for one suite: the system's apt and what it has installed are neither read nor changed. */

import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { run } from './child.ts'
import { childEnvironment } from './environment.ts'
import { debianMirror, type Mirror } from './mirror.ts'
import type { Place } from './place.ts'

export type Apt = {
  /** Names of all packages that the package needs, itself included. */
  closure(name: string): Promise<string[]>
  /** Downloads packages into the folder and returns the files. */
  download(names: readonly string[], folder: string): Promise<string[]>
}

export async function openApt(suite: string, place: Place): Promise<Apt> {
  const mirror = debianMirror()
  const root = join(place.work, `apt-${suite}`)
  for (const folder of ['etc/parts', 'etc/preferences', 'etc/sources', 'state', 'lists/partial', 'cache/archives/partial']) {
    mkdirSync(join(root, folder), { recursive: true })
  }
  // Empty: apt then says the whole of what a package needs, not only what this system lacks.
  writeFileSync(join(root, 'state/status'), '')
  writeFileSync(join(root, 'etc/sources/suite.sources'), sourcesOf(mirror, suite))
  const base = childEnvironment(place)
  const { stdout: network } = await run('apt-config', ['dump', '--format', '%F "%v";%n', 'Acquire::http', 'Acquire::https'], { env: base })
  writeFileSync(join(root, 'apt.conf'), network + configuration(root))
  const env = { ...base, APT_CONFIG: join(root, 'apt.conf') }
  await run('apt-get', ['update', '-qq', '-o', 'APT::Update::Error-Mode=any'], { env, seconds: 180 })
  return {
    closure: async (name) => {
      const { stdout } = await run('apt-get', ['install', '-qq', '-y', '--print-uris', name], { env, seconds: 60 })
      return stdout.split('\n').flatMap((line) => line.match(/^'.*' ([^_\s]+)_/)?.[1] ?? [])
    },
    download: async (names, folder) => {
      mkdirSync(folder, { recursive: true })
      await run('apt-get', ['download', '-qq', ...names], { cwd: folder, env, seconds: 300 })
      return readdirSync(folder).map((file) => join(folder, file))
    },
  }
}

function sourcesOf({ uri, keyring }: Mirror, suite: string): string {
  const signedBy = keyring === undefined ? '' : `Signed-By: ${keyring}\n`
  return `Types: deb\nURIs: ${uri}\nSuites: ${suite}\nComponents: main\n${signedBy}`
}

function configuration(root: string): string {
  const at = (path: string): string => `"${join(root, path)}"`
  // Valid-Until: a mirror that lags is no attack on a tool for tests, and signatures are checked all the same.
  return `
Dir::Etc::parts ${at('etc/parts')};
Dir::Etc::sourcelist "/dev/null";
Dir::Etc::sourceparts ${at('etc/sources')};
Dir::Etc::preferences "/dev/null";
Dir::Etc::preferencesparts ${at('etc/preferences')};
Dir::State ${at('state')};
Dir::State::lists ${at('lists')};
Dir::State::status ${at('state/status')};
Dir::Cache ${at('cache')};
APT::Sandbox::User "root";
APT::Install-Recommends "false";
Acquire::Languages "none";
Acquire::Check-Valid-Until "false";
Acquire::Retries "2";
Acquire::http::Timeout "30";
Acquire::https::Timeout "30";
`
}
