/**
 * What one run has learnt about one repository: what it put there, upload sessions that stand open, what the registry can do.
 * Advice only: every claim is proven again by the registry before a tag is written.
 */

import type { RegistryClient } from '../../http/client.ts'
import type { Digest } from '../../oci/digest.ts'
import { printRepository, type Repository } from '../../oci/reference.ts'
import type { Flights } from './flights.ts'
import { createManifestCache, type ManifestCache } from './manifest-cache.ts'

export interface RepositoryState {
  readonly repository: Repository
  readonly client: RegistryClient
  /** `host/team/app`. */
  readonly name: string
  /** Manifests by digest, shared by all repositories of the client. */
  readonly manifests: ManifestCache
  /** Blobs that are there because we saw or put them there in this run. */
  readonly present: Set<Digest>
  /** Content that was asked for a moment ago and is not there: no need to ask again before pushing. */
  readonly absent: Set<Digest>
  /** Content the registry says it has and refuses to build on (oras-go#1212): pushed again without asking. */
  readonly doubted: Set<Digest>
  /** Upload sessions that a refused mount left open, by blob: their Location. */
  readonly sessions: Map<Digest, string>
  /** Blobs that are on their way here right now. */
  readonly flights: Flights
  /** Repositories that blobs cannot be mounted from. */
  readonly noMount: Set<string>
  /** Whether the registry answers the referrers API here; undefined until it was asked. */
  listsReferrers: boolean | undefined
}

interface Shared {
  readonly manifests: ManifestCache
  readonly states: Map<string, RepositoryState>
}

const shared = new WeakMap<RegistryClient, Shared>()

export function stateOf(repository: Repository, client: RegistryClient): RepositoryState {
  const common = shared.get(client) ?? { manifests: createManifestCache(), states: new Map<string, RepositoryState>() }
  shared.set(client, common)
  const name = printRepository(repository)
  const known = common.states.get(name)
  if (known) return known
  const state: RepositoryState = {
    repository: { registry: repository.registry, path: repository.path },
    client,
    name,
    manifests: common.manifests,
    present: new Set(),
    absent: new Set(),
    doubted: new Set(),
    sessions: new Map(),
    flights: new Map(),
    noMount: new Set(),
    listsReferrers: undefined,
  }
  common.states.set(name, state)
  return state
}
