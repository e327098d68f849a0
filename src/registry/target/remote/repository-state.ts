/**
 * What one run has learnt about one repository: what it put there, upload sessions that stand open, what the registry can do.
 * Advice only: every claim is proven again by the registry before a tag is written.
 */

import type { RegistryClient } from '../../http/client.ts'
import type { Digest } from '../../oci/digest.ts'
import { printRepository, type Repository } from '../../oci/reference.ts'
import { dialectAt } from '../find-dialect.ts'
import type { Flights } from './flights.ts'
import { createManifestCache, type KnownManifest, type ManifestCache } from './manifest-cache.ts'
import { createReadManners, type ReadManners } from './read-manners.ts'
import { createUploadManners, type UploadManners } from './upload-manners.ts'

/** An upload that stands open. */
export interface Session {
  /** Absolute address. */
  readonly location: string
  /** Bytes that each of several requests but the last must have (`OCI-Chunk-Min-Length`). */
  readonly leastChunk: number
}

export interface RepositoryState {
  readonly repository: Repository
  readonly client: RegistryClient
  /** `host/team/app`. */
  readonly name: string
  /** Manifests by digest, shared by all repositories of the client. */
  readonly manifests: ManifestCache
  /** Manifests that are stored together with their name, which comes next. */
  readonly held: Map<Digest, KnownManifest>
  /** Blobs that are there because we saw or put them there in this run. */
  readonly present: Set<Digest>
  /** Content that was asked for a moment ago and is not there: no need to ask again before pushing. */
  readonly absent: Set<Digest>
  /** Content the registry says it has and refuses to build on (oras-go#1212): pushed again without asking. */
  readonly doubted: Set<Digest>
  /** Uploads that a refused mount left open, by blob. */
  readonly sessions: Map<Digest, Session>
  /** How the registry takes uploads. */
  readonly uploads: UploadManners
  /** How large blobs of the registry are read. */
  readonly reads: ReadManners
  /** Whether a blob of any registry is read in several ranges right now: one at a time, for the sake of memory and of the others. */
  readonly ahead: { busy: boolean }
  /** Blobs that are on their way here right now. */
  readonly flights: Flights
  /** Repositories that blobs cannot be mounted from. */
  readonly noMount: Set<string>
  /** Whether the registry answers the referrers API here; undefined until it was asked. */
  listsReferrers: boolean | undefined
  /** Another repository of this registry that has the blob, because this run saw or put it there, and that may be mounted from. */
  neighbour(digest: Digest): Repository | undefined
}

interface Shared {
  readonly manifests: ManifestCache
  readonly states: Map<string, RepositoryState>
  /** By registry. */
  readonly manners: Map<string, { readonly uploads: UploadManners; readonly reads: ReadManners }>
  readonly ahead: { busy: boolean }
}

const shared = new WeakMap<RegistryClient, Shared>()

export function stateOf(repository: Repository, client: RegistryClient): RepositoryState {
  const common: Shared = shared.get(client) ?? {
    manifests: createManifestCache(),
    states: new Map(),
    manners: new Map(),
    ahead: { busy: false },
  }
  shared.set(client, common)
  const name = printRepository(repository)
  const known = common.states.get(name)
  if (known) return known
  const { registry, path } = repository
  const manners = common.manners.get(registry) ?? { uploads: createUploadManners(dialectAt(client, registry)), reads: createReadManners() }
  common.manners.set(registry, manners)
  const state: RepositoryState = {
    repository: { registry, path },
    client,
    name,
    manifests: common.manifests,
    held: new Map(),
    present: new Set(),
    absent: new Set(),
    doubted: new Set(),
    sessions: new Map(),
    ...manners,
    ahead: common.ahead,
    flights: new Map(),
    noMount: new Set(),
    listsReferrers: undefined,
    neighbour(digest) {
      for (const other of common.states.values()) {
        const has = other !== state && other.repository.registry === registry && other.present.has(digest) && !other.doubted.has(digest)
        if (has && !state.noMount.has(other.repository.path)) return other.repository
      }
      return undefined
    },
  }
  common.states.set(name, state)
  return state
}
