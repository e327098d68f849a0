/**
 * `oci-archive:FILE.tar:tag`: an OCI layout in a tar, as a Target. Read where it is, without unpacking. What is written is collected beside
 * it and becomes a new tar when the work is finished, by one rename: until then, and when it fails, the file is what it was.
 */
import { type Call, throwIfStopped } from '../../../kit/call.ts'
import type { Descriptor } from '../../oci/descriptor.ts'
import { missing } from '../layout/blobs.ts'
import { createGraph } from '../layout/graph.ts'
import type { LayoutTarget } from '../layout/layout.ts'
import { type ReadBlobs, type Reading, readingOf } from '../layout/reading.ts'
import type { Deletes, Finishes, ListsReferrers, ListsTags, Mounts, Rewrites, Target } from '../target.ts'
import { finishArchive } from './finish-archive.ts'
import { type ReadArchive, readArchive } from './read-archive.ts'
import { openStage, type Stage } from './stage.ts'
import { createTurns } from './turns.ts'

export interface ArchiveTarget extends Target, ListsTags, ListsReferrers, Mounts, Deletes, Rewrites, Finishes {
  readonly file: string
}

/** Nothing is touched before the first call. A file that does not exist holds nothing; one that is no archive is a Failure. */
export function openArchive(file: string): ArchiveTarget {
  const name = `oci-archive:${file}`
  let base: Promise<ReadArchive | undefined> | undefined
  let stage: Promise<Stage> | undefined

  const turns = createTurns()
  const retired: ReadArchive[] = []

  const opened = (call: Call): Promise<ReadArchive | undefined> => {
    base ??= readArchive(file, name, call).catch((error: unknown) => {
      base = undefined
      throw error
    })
    return base
  }
  const reading = async (call: Call): Promise<Reading> => {
    if (stage) return (await stage).target
    const archive = await opened(call)
    return archive ? readingOf(archive) : nothingAt(name)
  }
  /** From where the bytes are by then: what was being written may have been finished since. */
  async function* bytesOf(descriptor: Descriptor, from: number | undefined, call: Call): AsyncIterable<Uint8Array> {
    yield* (await (await reading(call)).fetch(descriptor, call)).open(from)
  }
  const writing = async (call: Call): Promise<LayoutTarget> => {
    throwIfStopped(call)
    stage ??= opened(call)
      .then((archive) => openStage(file, name, archive))
      .catch((error: unknown) => {
        stage = undefined
        throw error
      })
    return (await stage).target
  }
  const change = <T>(call: Call, work: (target: LayoutTarget) => Promise<T>): Promise<T> => turns.together(async () => work(await writing(call)))
  /** Lets go of what was finished. Somebody may still be reading from the old file, so it is closed at the end. */
  const forget = async (): Promise<void> => {
    const [had, added] = [base, stage]
    base = undefined
    stage = undefined
    // What could not be opened needs no closing.
    await added?.then((open) => open.discard()).catch(() => undefined)
    await had?.then((archive) => archive && retired.push(archive)).catch(() => undefined)
  }

  return {
    name,
    file,
    resolve: async (ref, call) => (await reading(call)).resolve(ref, call),
    has: async (descriptor, call) => (await reading(call)).has(descriptor, call),
    async fetch(descriptor, call) {
      const { size } = await (await reading(call)).fetch(descriptor, call)
      return { size, open: (from) => bytesOf(descriptor, from, call) }
    },
    async *tags(call) {
      yield* (await reading(call)).tags(call)
    },
    async *referrers(subject, call) {
      yield* (await reading(call)).referrers(subject, call)
    },
    async push(descriptor, body, call) {
      if (await (await reading(call)).has(descriptor, call)) return 'present'
      return change(call, (target) => target.push(descriptor, body, call))
    },
    rewrite: (descriptor, body, call) => change(call, (target) => target.rewrite(descriptor, body, call)),
    async tag(descriptor, tag, call) {
      if ((await (await reading(call)).resolve(tag, call))?.digest === descriptor.digest) return
      await change(call, (target) => target.tag(descriptor, tag, call))
    },
    async mount(descriptor, from, call) {
      // Only what is being written has files that can be linked to.
      return stage === undefined ? false : change(call, (target) => target.mount(descriptor, from, call))
    },
    async untag(tag, call) {
      if (stage === undefined && (await opened(call)) === undefined) return
      await change(call, (target) => target.untag(tag, call))
    },
    async remove(descriptor, call) {
      if (stage === undefined && (await opened(call)) === undefined) return
      await change(call, (target) => target.remove(descriptor, call))
    },
    finish: (call) =>
      turns.alone(async () => {
        const staged = await stage
        if (!staged) return
        await finishArchive(file, name, staged, await opened(call), call)
        await forget()
      }),
    discard: () =>
      turns.alone(async () => {
        await forget()
        await Promise.all(retired.splice(0).map(({ tar }) => tar.close()))
      }),
  }
}

/** What a file holds that is not there. */
function nothingAt(name: string): Reading {
  const blobs: ReadBlobs = { size: async () => undefined, raw: async (digest) => Promise.reject(missing(digest, name)), read: () => noChunks() }
  return readingOf({ name, blobs, graph: createGraph(blobs), index: async () => undefined })
}

async function* noChunks(): AsyncIterable<Uint8Array> {}
