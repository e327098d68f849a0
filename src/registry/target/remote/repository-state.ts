/**
 * What one run has learnt about one repository: what it put there, upload sessions that stand open, what the registry can do.
 * Advice only: every claim is proven again by the registry before a tag is written.
 */

import type { RegistryClient } from '../../http/client.ts'
import type { Digest } from '../../oci/digest.ts'
import { printRepository, type Repository } from '../../oci/reference.ts'
import type { Facts } from './dialect.ts'
import { createManifestCache, type ManifestCache } from './manifest-cache.ts'
import { createRegistryTraits, observing, type RegistryTraits } from './registry-traits.ts'

/** An upload that stands open. */
export interface UploadSession {
  /** Absolute address. */
  readonly location: string
  /** Bytes that a chunk must have at least (`OCI-Chunk-Min-Length`). */
  readonly leastChunk: number
}

export interface RepositoryState {
  readonly repository: Repository
  readonly client: Pick<RegistryClient, 'send' | 'originOf' | 'timing' | 'warn'>
  /** What is known of the registry as a whole. */
  readonly traits: RegistryTraits
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
  /** Uploads that a refused mount left open, by blob. */
  readonly sessions: Map<Digest, UploadSession>
  /** Repositories that blobs cannot be mounted from. */
  readonly noMount: Set<string>
  /** Whether the registry answers the referrers API here; undefined until it was asked. */
  listsReferrers: boolean | undefined
  /** What is known of the product that the registry is. */
  facts(): Facts
  /** Another repository of this registry that has the blob because this run saw or put it there. */
  neighbour(digest: Digest): Repository | undefined
}

interface Shared {
  readonly manifests: ManifestCache
  readonly states: Map<string, RepositoryState>
  readonly traits: Map<string, RegistryTraits>
}

const shared = new WeakMap<RegistryClient, Shared>()

/** @param named the product that the user says this registry is; counts when the registry is met for the first time */
export function stateOf(repository: Repository, client: RegistryClient, named?: string): RepositoryState {
  const common = shared.get(client) ?? {
    manifests: createManifestCache(),
    states: new Map<string, RepositoryState>(),
    traits: new Map<string, RegistryTraits>(),
  }
  shared.set(client, common)
  const name = printRepository(repository)
  const known = common.states.get(name)
  if (known) return known
  const { registry, path } = repository
  const traits = common.traits.get(registry) ?? createRegistryTraits(registry, named)
  common.traits.set(registry, traits)
  const state: RepositoryState = {
    repository: { registry, path },
    client: observing(client, registry, traits),
    traits,
    name,
    manifests: common.manifests,
    present: new Set(),
    absent: new Set(),
    doubted: new Set(),
    sessions: new Map(),
    noMount: new Set(),
    listsReferrers: undefined,
    facts: () => traits.dialect?.facts ?? {},
    neighbour(digest) {
      for (const other of common.states.values()) {
        if (other !== state && other.traits === traits && other.present.has(digest) && !other.doubted.has(digest) && !state.noMount.has(other.repository.path))
          return other.repository
      }
      return undefined
    },
  }
  common.states.set(name, state)
  return state
}
