/**
 * Finds the credential of a repository over all sources, in their order. Files are read once, helpers asked once per host.
 * What does not belong here: where those files are (hosts know), and what a credential is used for.
 */
import { readFile } from 'node:fs/promises'
import type { Call } from '../../../kit/call.ts'
import { isFailure } from '../../../kit/failure.ts'
import type { Repository } from '../../oci/reference.ts'
import type { Credential, CredentialSources, ExplicitCredential, FoundCredential } from './credential.ts'
import { type DockerConfig, matchAuth, parseDockerConfig, readAuth, registryKeys, serverName } from './docker-config.ts'
import { askNativeStore } from './native-store.ts'

interface ReadConfig {
  readonly from: string
  readonly config: DockerConfig | undefined
  readonly note?: string
}

/** Bytes. */
const LARGEST_CONFIG = 1024 * 1024

export type CredentialFinder = (repository: Repository, call: Call) => Promise<FoundCredential>

/** @param findImplied asked last, when nothing is configured: the identity of the run or machine */
export function createCredentialFinder(sources: CredentialSources, findImplied?: CredentialFinder): CredentialFinder {
  const found = new Map<string, Promise<FoundCredential>>()
  const answers = new Map<string, Promise<Credential | undefined>>()
  let configs: Promise<ReadConfig[]> | undefined

  const ask = (name: string, repository: Repository, call: Call): Promise<Credential | undefined> => {
    const server = serverName(repository.registry)
    return remembered(answers, `${name} ${server}`, () => askNativeStore(name, server, sources.environment, call))
  }

  async function search(repository: Repository, call: Call): Promise<FoundCredential> {
    const explicit = sources.explicit?.find(({ registry }) => registryKeys(repository.registry).includes(registry))
    if (explicit) return { credential: given(explicit), notes: [] }
    configs ??= readConfigs(sources)
    const notes: string[] = []
    for (const { from, config, note } of await configs) {
      if (note !== undefined) notes.push(note)
      if (!config) continue
      const key = registryKeys(repository.registry).find((name) => config.credHelpers.has(name))
      const helper = key === undefined ? config.credsStore : config.credHelpers.get(key)
      const kept = helper === undefined ? undefined : await ask(helper, repository, call)
      if (kept) return { credential: { ...kept, from: `${kept.from} (named in ${from})` }, notes }
      const match = matchAuth(config, repository)
      const read = match === undefined ? undefined : readAuth(match.entry, match.key, from)
      if (typeof read === 'string') notes.push(read)
      else if (read) return { credential: read, notes }
    }
    const implied = await findImplied?.(repository, call)
    return { credential: implied?.credential, notes: [...notes, ...(implied?.notes ?? [])] }
  }

  return async (repository, call) => {
    const key = `${repository.registry}/${repository.path}`
    const held = remembered(found, key, () => search(repository, call))
    const answer = await held
    if (answer.credential?.lease?.fresh() !== false) return answer
    if (found.get(key) === held) found.delete(key)
    return await remembered(found, key, () => search(repository, call))
  }
}

function given(explicit: ExplicitCredential): Credential {
  const known = { id: explicit.from, from: explicit.from }
  if ('token' in explicit) return { kind: 'bearer', token: explicit.token, ...known }
  return { kind: 'basic', username: explicit.username, password: explicit.password, ...known }
}

/** Another credential in place of one that was refused and can run out; undefined when its source has no other. */
export async function renewCredential(find: CredentialFinder, repository: Repository, old: Credential, call: Call): Promise<Credential | undefined> {
  if (!old.lease) return undefined
  // Of many who were refused together, the first ends it; all get the same new one.
  if (old.lease.fresh()) old.lease.end()
  const { credential } = await find(repository, call)
  return credential === old ? undefined : credential
}

/** One answer for all who ask the same; a failure is not remembered. */
function remembered<T>(known: Map<string, Promise<T>>, key: string, work: () => Promise<T>): Promise<T> {
  const running = known.get(key)
  if (running) return running
  const started = work()
  known.set(key, started)
  started.catch(() => known.delete(key))
  return started
}

async function readConfigs(sources: CredentialSources): Promise<ReadConfig[]> {
  const inline = sources.dockerAuthConfig === undefined ? [] : [parsed(sources.dockerAuthConfig, 'DOCKER_AUTH_CONFIG')]
  const files = await Promise.all(
    sources.dockerConfigFiles.map(async (path): Promise<ReadConfig[]> => {
      try {
        const bytes = await readFile(path)
        if (bytes.length > LARGEST_CONFIG) return [{ from: path, config: undefined, note: `${path} is larger than 1 MiB and was skipped` }]
        return [parsed(bytes.toString('utf8'), path)]
      } catch (error) {
        if (isFailure(error)) throw error
        const code = error instanceof Error && 'code' in error ? String(error.code) : ''
        // Missing is the normal case; anything else matters when access is refused later.
        if (code === 'ENOENT' || code === 'ENOTDIR') return []
        return [{ from: path, config: undefined, note: `${path} could not be read (${code}) and was skipped` }]
      }
    }),
  )
  return [...inline, ...files.flat()]
}

function parsed(text: string, from: string): ReadConfig {
  const config = parseDockerConfig(text)
  return config ? { from, config } : { from, config, note: `${from} is not JSON and was skipped` }
}
