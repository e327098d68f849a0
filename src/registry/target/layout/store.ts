/**
 * Everything that belongs to one layout directory, put together. `layout.ts` makes a Target of it, `serve/` a repository.
 */
import type { Call } from '../../../kit/call.ts'
import { Failure } from '../../../kit/failure.ts'
import type { Descriptor } from '../../oci/descriptor.ts'
import type { Digest } from '../../oci/digest.ts'
import type { Tag } from '../../oci/reference.ts'
import { type Blobs, openBlobs } from './blobs.ts'
import { createLayout, isLayout } from './create.ts'
import type { LayoutIndex } from './entries.ts'
import { createGraph, type Graph } from './graph.ts'
import { openIncoming } from './incoming.ts'
import { openIndexFile } from './index-file.ts'
import { type Manifests, manifestsOf } from './manifests.ts'
import { type Beneath, overlay } from './overlay.ts'
import { resolveIn, tagsIn } from './reading.ts'

export interface LayoutOptions {
  /** Whether writing to a directory that is not there makes a layout of it. Default true. */
  readonly create?: boolean
  /** Milliseconds to wait for another writer. Default 30,000. */
  readonly patience?: number
}

export interface StoreOptions extends LayoutOptions {
  /** How messages call it. Default `oci:DIRECTORY`. */
  readonly name?: string
  /** Content that counts as there although it is elsewhere. */
  readonly beneath?: Beneath
}

export interface LayoutStore {
  readonly directory: string
  readonly name: string
  readonly blobs: Blobs
  readonly graph: Graph
  readonly manifests: Manifests
  /** index.json as it is now; undefined when the directory does not exist. */
  index(): Promise<LayoutIndex | undefined>
  resolve(ref: Tag | Digest): Promise<Descriptor | undefined>
  tags(): Promise<readonly Tag[]>
  /** To be called before anything is written. */
  ready(call: Call): Promise<void>
}

export function openStore(path: string, options: StoreOptions = {}): LayoutStore {
  const directory = path.length > 1 ? path.replace(/\/+$/, '') : path
  const name = options.name ?? `oci:${directory}`
  const incoming = openIncoming(directory)
  const own = openBlobs(directory, incoming, name)
  const blobs = options.beneath ? overlay(own, options.beneath) : own
  const graph = createGraph(blobs)
  const file = openIndexFile(directory, incoming, options.patience)
  const manifests = manifestsOf(name, blobs, graph, file)
  // Once known the mark is not read again; that the directory went away shows by its index.json.
  let known = false

  const store: LayoutStore = {
    directory,
    name,
    blobs,
    graph,
    manifests,
    async index() {
      known ||= await isLayout(directory)
      if (!known) return undefined
      const index = await file.read()
      if (index) return index
      known = false
      if (!(await isLayout(directory))) return undefined
      throw new Failure('CONTENT_INVALID', `${name} has no index.json, so it is not a complete OCI layout`)
    },
    resolve: (ref) => resolveIn(store, ref),
    tags: () => tagsIn(store),
    async ready(call) {
      if (await store.index()) return
      if (options.create === false) {
        throw new Failure('FILE_UNREADABLE', `there is no OCI layout at ${directory}`, {
          hint: 'Name the directory of a layout that exists.',
          facts: { directory },
        })
      }
      await createLayout(directory, incoming, call)
      known = true
    },
  }
  return store
}
