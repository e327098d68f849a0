/**
 * index.json on disk: read through a cache, changed only under the lock. Changes that wait for the lock at the same time
 * are written together. What the changes are does not belong here (entries.ts, manifests.ts).
 */
import { open, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { type Call, stopReason, throwIfStopped } from '../../../kit/call.ts'
import { Failure } from '../../../kit/failure.ts'
import { syncDirectory, writeAll } from './durable.ts'
import { type LayoutIndex, parseIndex, printIndex } from './entries.ts'
import type { Incoming } from './incoming.ts'
import { acquireLock, type Lock } from './lock.ts'
import { fileTrouble, systemCode } from './trouble.ts'

/** Bytes. About 250,000 entries; more is not read into memory. */
const LARGEST_INDEX = 64 * 1024 * 1024
/** How often a batch is begun again because the lock was lost (the machine slept) or a caller stopped. */
const MOST_TRIES = 5

/** Makes the next index from the current one; may look at files; is called again when the lock was lost. */
export type Change = (index: LayoutIndex) => Promise<LayoutIndex>

export interface IndexFile {
  /** Undefined when there is no such file. */
  read(): Promise<LayoutIndex | undefined>
  /**
   * Runs the change under the lock and writes its result unless it is the same index.
   * @param after what is to be done under the same lock when the index is written
   */
  edit(change: Change, call: Call, after?: () => Promise<void>): Promise<void>
}

interface Waiting {
  readonly change: Change
  readonly call: Call
  readonly after: (() => Promise<void>) | undefined
  readonly done: () => void
  readonly failed: (error: unknown) => void
  stopped: boolean
}

interface Outcome {
  readonly done: readonly Waiting[]
  /** Has to be done again: the lock was lost, or somebody stopped. */
  readonly again: readonly Waiting[]
}

export function openIndexFile(directory: string, incoming: Incoming, patience?: number): IndexFile {
  const file = join(directory, 'index.json')
  const what = `oci:${directory}`
  let cached: { key: string; index: LayoutIndex } | undefined
  let released = ''
  let waiting: Waiting[] = []
  let draining = false
  /** What the lock is waited for, and how to stop that when nobody is left who wants it. */
  let current: { readonly batch: readonly Waiting[]; readonly wait: AbortController } | undefined

  const read = async (): Promise<LayoutIndex | undefined> => {
    try {
      const stats = await stat(file, { bigint: true })
      if (cached?.key === keyOf(stats)) return cached.index
      const handle = await open(file, 'r')
      try {
        const opened = await handle.stat({ bigint: true })
        if (opened.size > LARGEST_INDEX) throw new Failure('LIMIT_REACHED', `index.json of ${what} is larger than 64 MiB`)
        const index = parseIndex(await handle.readFile(), `index.json of ${what}`)
        cached = { key: keyOf(opened), index }
        return index
      } finally {
        await handle.close()
      }
    } catch (error) {
      if (systemCode(error) === 'ENOENT') return undefined
      throw fileTrouble(error, `cannot read index.json of ${what}`)
    }
  }

  const write = async (index: LayoutIndex, lock: Lock): Promise<boolean> => {
    const { path, handle } = await incoming.create()
    try {
      await writeAll(handle, Buffer.from(printIndex(index)))
      await handle.chmod(0o644)
      await handle.sync()
      if (!(await lock.held())) {
        await rm(path, { force: true })
        return false
      }
      await rename(path, file)
      await syncDirectory(directory)
      cached = { key: keyOf(await handle.stat({ bigint: true })), index }
      return true
    } catch (error) {
      await rm(path, { force: true })
      throw error
    } finally {
      await handle.close()
    }
  }

  /** One try under the lock. What failed was told so. */
  const commit = async (batch: readonly Waiting[], lock: Lock): Promise<Outcome> => {
    const before = await read()
    if (!before) throw new Failure('CONTENT_INVALID', `${what} has lost its index.json`)
    let index = before
    const applied: Waiting[] = []
    for (const one of batch) {
      if (one.stopped) continue
      try {
        throwIfStopped(one.call)
        index = await one.change(index)
        applied.push(one)
      } catch (error) {
        one.failed(error)
      }
    }
    // A stop that came in the meantime: nothing of it may be written.
    if (applied.some((one) => one.call.signal.aborted)) return { done: [], again: applied }
    if (index !== before && !(await write(index, lock))) return { done: [], again: applied }
    for (const one of applied) await one.after?.().catch(one.failed)
    return { done: applied, again: [] }
  }

  const drain = async (): Promise<void> => {
    while (waiting.length > 0) {
      let batch: readonly Waiting[] = waiting
      waiting = []
      const wait = new AbortController()
      current = { batch, wait }
      try {
        for (let tries = 0; batch.length > 0; tries += 1) {
          if (tries === MOST_TRIES) throw new Failure('LAYOUT_BUSY', `cannot keep the lock of ${what} long enough to write index.json`)
          const lock = await acquireLock(directory, { signal: wait.signal }, patience)
          // Another writer was in between. Its file can look like ours: time stamps are coarse and inode numbers come again.
          if (lock.previous !== released) cached = undefined
          released = lock.token
          let outcome: Outcome
          try {
            outcome = await commit(batch, lock)
          } finally {
            await lock.release()
          }
          // Told after the lock is free: a process may end as soon as its last change is done.
          for (const one of outcome.done) one.done()
          batch = outcome.again
        }
      } catch (error) {
        for (const one of batch) one.failed(fileTrouble(error, `cannot write index.json of ${what}`))
      }
    }
    draining = false
  }

  return {
    read,
    async edit(change, call, after) {
      throwIfStopped(call)
      await new Promise<void>((resolve, reject) => {
        const stop = (): void => {
          one.stopped = true
          one.failed(stopReason(call.signal))
          if (current?.batch.every((other) => other.stopped)) current.wait.abort()
        }
        const settle = (): void => call.signal.removeEventListener('abort', stop)
        const one: Waiting = {
          change,
          call,
          after,
          stopped: false,
          done() {
            settle()
            resolve()
          },
          failed(error) {
            settle()
            reject(error instanceof Error ? error : new Error(String(error)))
          },
        }
        call.signal.addEventListener('abort', stop, { once: true })
        waiting.push(one)
        if (draining) return
        draining = true
        void drain()
      })
    },
  }
}

function keyOf(stats: { ino: bigint; size: bigint; mtimeNs: bigint; ctimeNs: bigint }): string {
  return `${stats.ino}:${stats.size}:${stats.mtimeNs}:${stats.ctimeNs}`
}
