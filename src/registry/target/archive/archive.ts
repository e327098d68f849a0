/**
 * `oci-archive:FILE.tar:tag`: an OCI layout in a tar, as a Target. Read where it is, without unpacking. What is written is collected beside
 * it and becomes a new tar when the work is finished, by one rename: until then, and when it fails, the file is what it was.
 */
import { rm } from 'node:fs/promises'
import { type Call, throwIfStopped } from '../../../kit/call.ts'
import { Failure } from '../../../kit/failure.ts'
import type { Descriptor } from '../../oci/descriptor.ts'
import { missing } from '../layout/blobs.ts'
import { EMPTY_INDEX, type LayoutIndex } from '../layout/entries.ts'
import { createGraph } from '../layout/graph.ts'
import type { LayoutTarget } from '../layout/layout.ts'
import { type ReadBlobs, type Reading, readingOf } from '../layout/reading.ts'
import { fileTrouble } from '../layout/trouble.ts'
import type { Deletes, Finishes, ListsReferrers, ListsTags, Mounts, Rewrites, Target } from '../target.ts'
import { mergeIndexes } from './merge.ts'
import { putInPlace } from './place.ts'
import { type ReadArchive, readArchive } from './read-archive.ts'
import { beside, openStage, type Stage } from './stage.ts'
import { keyOf } from './tar-file.ts'
import { createTurns } from './turns.ts'
import { type Contents, writeArchive } from './write-archive.ts'

export interface ArchiveTarget extends Target, ListsTags, ListsReferrers, Mounts, Deletes, Rewrites, Finishes {
  readonly file: string
}

/** How often the tar is made again because another process finished its own in the meantime. */
const MOST_TRIES = 100

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

async function finishArchive(file: string, name: string, stage: Stage, base: ReadArchive | undefined, call: Call): Promise<void> {
  const ours = await stage.index()
  const added = await stage.added()
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    throwIfStopped(call)
    const current = (await keyOf(file)) === base?.tar.key ? base : await readArchive(file, name, call)
    try {
      const same = current === base
      const kept = [current, base].flatMap((archive) => archive ?? [])
      const index = mergeIndexes(base?.layout ?? EMPTY_INDEX, ours, same ? (base?.layout ?? EMPTY_INDEX) : indexOf(current), name)
      // Somebody else may need again what was removed here.
      if (await replaced(file, { index, added, kept, without: same ? stage.removed : new Set() }, current?.tar.key, name, call)) return
    } finally {
      if (current !== base) await current?.tar.close()
    }
  }
  throw new Failure('LAYOUT_BUSY', `${name} is changed again and again by other processes`, { hint: 'Wait for them and run the same command again.' })
}

function indexOf(archive: ReadArchive | undefined): LayoutIndex {
  return archive?.layout ?? { ...EMPTY_INDEX }
}

async function replaced(file: string, contents: Contents, seen: string | undefined, name: string, call: Call): Promise<boolean> {
  const written = beside(file)
  try {
    await writeArchive(written, contents, name, call)
    throwIfStopped(call)
    return await putInPlace(written, file, seen, call)
  } catch (error) {
    throw fileTrouble(error, `cannot write ${name}`)
  } finally {
    await rm(written, { force: true })
  }
}

/** What a file holds that is not there. */
function nothingAt(name: string): Reading {
  const blobs: ReadBlobs = { size: async () => undefined, raw: async (digest) => Promise.reject(missing(digest, name)), read: () => noChunks() }
  return readingOf({ name, blobs, graph: createGraph(blobs), index: async () => undefined })
}

async function* noChunks(): AsyncIterable<Uint8Array> {}
