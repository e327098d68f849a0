/**
 * Uploads in progress. A session is a file, DIR/.ferry/uploads/REPOSITORY/ID; what was received is what is in the file, so it
 * goes on after a restart. The hash is kept along in memory and made anew from the file when it is not at hand.
 */
import { createHash, type Hash, randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open, readdir, rm, rmdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { type Digest, type DigestAlgorithm, finishDigest } from '../../oci/digest.ts'
import { makeDirectories } from '../layout/directories.ts'
import { writeAll } from '../layout/durable.ts'
import { fileTrouble, systemCode } from '../layout/trouble.ts'
import { flatName } from './repositories.ts'

export interface Session {
  readonly id: string
  readonly file: string
  /** Bytes received so far; undefined when the session is over. */
  received(): Promise<number | undefined>
  /** Adds to the end. What arrived before a broken connection stays. */
  append(chunks: AsyncIterable<Uint8Array>): Promise<void>
  digest(algorithm: DigestAlgorithm): Promise<Digest>
  /** Ends it; the file goes unless it was moved away. */
  end(): Promise<void>
  /** Runs one request of the session at a time. */
  alone<T>(work: () => Promise<T>): Promise<T>
}

export interface Sessions {
  begin(repository: string, algorithm?: DigestAlgorithm): Promise<Session>
  find(repository: string, id: string): Promise<Session | undefined>
  /** Removes sessions that nobody has written to for `idle` milliseconds. */
  expire(idle: number): Promise<void>
}

const ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

export function openSessions(directory: string): Sessions {
  const place = join(directory, '.ferry', 'uploads')
  const live = new Map<string, Session>()
  const remember = (file: string, id: string, algorithm: DigestAlgorithm | undefined): Session => {
    const session = openSession(file, id, algorithm, () => live.delete(file))
    live.set(file, session)
    return session
  }
  return {
    async begin(repository, algorithm = 'sha256') {
      const id = randomUUID()
      const folder = join(place, flatName(repository))
      try {
        await makeDirectories(folder)
        await (await open(join(folder, id), 'wx', 0o600)).close()
      } catch (error) {
        throw fileTrouble(error, `cannot start an upload in ${directory}`)
      }
      return remember(join(folder, id), id, algorithm)
    },
    async find(repository, id) {
      if (!ID.test(id)) return undefined
      const file = join(place, flatName(repository), id)
      const session = live.get(file) ?? remember(file, id, undefined)
      if ((await session.received()) !== undefined) return session
      live.delete(file)
      return undefined
    },
    async expire(idle) {
      for (const folder of await readdir(place).catch(() => [])) {
        for (const id of await readdir(join(place, folder)).catch(() => [])) {
          const file = join(place, folder, id)
          const age = Date.now() - ((await stat(file).catch(() => undefined))?.mtimeMs ?? Date.now())
          if (age <= idle) continue
          await rm(file, { force: true })
          live.delete(file)
        }
        // Only succeeds when it is empty.
        await rmdir(join(place, folder)).catch(() => undefined)
      }
    },
  }
}

function openSession(file: string, id: string, algorithm: DigestAlgorithm | undefined, forget: () => void): Session {
  let running: { readonly algorithm: DigestAlgorithm; readonly hash: Hash; length: number } | undefined
  if (algorithm !== undefined) running = { algorithm, hash: createHash(algorithm), length: 0 }
  let queue: Promise<unknown> = Promise.resolve()
  const session: Session = {
    id,
    file,
    async received() {
      try {
        return (await stat(file)).size
      } catch (error) {
        if (systemCode(error) === 'ENOENT' || systemCode(error) === 'ENOTDIR') return undefined
        throw fileTrouble(error, `cannot read upload ${id}`)
      }
    },
    async append(chunks) {
      const handle = await open(file, 'a').catch((error: unknown) => {
        throw fileTrouble(error, `cannot go on with upload ${id}`)
      })
      try {
        for await (const chunk of chunks) {
          await writeAll(handle, chunk).catch((error: unknown) => {
            running = undefined
            throw fileTrouble(error, `cannot store what was received of upload ${id}`)
          })
          running?.hash.update(chunk)
          if (running) running.length += chunk.length
        }
      } finally {
        await handle.close()
      }
    },
    async digest(wanted) {
      if (running?.algorithm === wanted && running.length === (await session.received())) return finishDigest(running.hash.copy(), wanted)
      const hash = createHash(wanted)
      for await (const chunk of createReadStream(file, { highWaterMark: 256 * 1024 }) as AsyncIterable<Uint8Array>) hash.update(chunk)
      return finishDigest(hash, wanted)
    },
    async end() {
      forget()
      await rm(file, { force: true })
    },
    async alone(work) {
      const turn = queue.then(work, work)
      queue = turn.catch(() => undefined)
      return turn
    },
  }
  return session
}
