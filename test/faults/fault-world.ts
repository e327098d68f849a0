/** The fault registry with a client whose waits are short: tests are about what happens, not about how long. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createRegistryClient, type RegistryClient, type RegistryClientOptions } from '../../src/registry/http/client.ts'
import { ANONYMOUS } from '../../src/registry/http/credentials/credential.ts'
import { parseFaultPlan } from '../../src/registry/target/faults/read-plan.ts'
import { openRemote, type RemoteTarget } from '../../src/registry/target/remote/remote.ts'
import { type HistoryEntry, type RunningRegistry, type ServeOptions, serveRegistry } from '../../src/registry/target/serve/serve.ts'

export interface FaultWorld {
  /** A registry over a directory of its own, or over the one named; it always asserts the invariant. */
  start(rules?: readonly object[], options?: Partial<ServeOptions> & { seed?: number }): Promise<RunningRegistry & { readonly directory: string }>
  repository(registry: RunningRegistry, path?: string, client?: RegistryClient): RemoteTarget
  client(options?: Partial<RegistryClientOptions>): RegistryClient
  directory(): Promise<string>
  close(): Promise<void>
}

const QUICK = { backoff: () => 1, scale: 0.001, headers: 5000, idle: 2000 }

export function createFaultWorld(): FaultWorld {
  const closing: Array<() => Promise<void> | void> = []
  const world: FaultWorld = {
    async start(rules, { seed, ...options } = {}) {
      const directory = options.directory ?? (await world.directory())
      const faults = rules === undefined || rules.length === 0 ? {} : { faults: parseFaultPlan({ rules, ...(seed === undefined ? {} : { seed }) }) }
      const registry = await serveRegistry({ directory, invariant: true, ...faults, ...options })
      closing.unshift(() => registry.close())
      return { ...registry, directory }
    },
    client(options = {}) {
      const client = createRegistryClient({ credentials: ANONYMOUS, userAgent: 'kubeferry-test', timing: QUICK, ...options })
      closing.unshift(() => client.close())
      return client
    },
    repository: (registry, path = 'team/app', client = world.client()) => openRemote({ registry: registry.host, path }, client),
    async directory() {
      const directory = await mkdtemp(join(tmpdir(), 'ferry-faults-'))
      closing.push(() => rm(directory, { recursive: true, force: true }))
      return directory
    },
    async close() {
      for (const close of closing.splice(0)) await close()
    },
  }
  return world
}

export function writesOf(history: readonly HistoryEntry[]): string[] {
  return history.filter(({ method }) => method !== 'GET' && method !== 'HEAD').map(({ method, path }) => `${method} ${path}`)
}
