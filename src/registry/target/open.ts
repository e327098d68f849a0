/**
 * From a location as a user writes it to the target it names. All remote targets of an opener share one client: sockets, lanes, tokens;
 * and all that goes into one archive is written at once, at the end.
 */

import { resolve } from 'node:path'
import type { Call } from '../../kit/call.ts'
import { createRegistryClient, type RegistryClient, type RegistryClientOptions } from '../http/client.ts'
import type { CredentialSources } from '../http/credentials/credential.ts'
import { type ArchiveTarget, openArchive } from './archive/archive.ts'
import { type DockerArchiveTarget, openDockerArchive } from './archive/docker-archive.ts'
import { type LayoutTarget, openLayout } from './layout/layout.ts'
import { type Location, parseLocation } from './location.ts'
import { openRemote, type RemoteTarget } from './remote/remote.ts'

export interface OpenerOptions extends RegistryClientOptions {
  readonly credentials: CredentialSources
}

export interface Opened {
  readonly target: LayoutTarget | RemoteTarget | ArchiveTarget | DockerArchiveTarget
  readonly location: Location
}

export interface Opener {
  /** Costs nothing yet: the first request or file is touched when the target is used. @throws Failure REFERENCE_INVALID */
  open(location: Location | string): Opened
  readonly client: RegistryClient
  /**
   * Puts in place what was written to archives. To be called when all went well; until then their files are what they were.
   * @throws Failure when one cannot be written; the others are written
   */
  finish(call: Call): Promise<void>
  /** Forgets what was not finished: nothing of it is left on the disk after that. */
  discard(): Promise<void>
  /** Ends connections, and begins to forget what was not finished. */
  close(): void
}

export function createOpener(options: OpenerOptions): Opener {
  const client = createRegistryClient(options)
  // One for each file, so that several images go into one archive.
  const archives = new Map<string, ArchiveTarget>()
  const saved: DockerArchiveTarget[] = []
  const archiveAt = (file: string): ArchiveTarget => {
    const path = resolve(file)
    const archive = archives.get(path) ?? openArchive(file)
    archives.set(path, archive)
    return archive
  }
  const savedAt = (file: string, repository: string | undefined): DockerArchiveTarget => {
    const archive = openDockerArchive(file, repository)
    saved.push(archive)
    return archive
  }
  const targetOf = (location: Location): Opened['target'] => {
    if (location.kind === 'remote') return openRemote(location, client)
    if (location.kind === 'layout') return openLayout(location.directory)
    return location.kind === 'archive' ? archiveAt(location.file) : savedAt(location.file, location.repository)
  }
  const discard = async (): Promise<void> => {
    await Promise.all([...archives.values(), ...saved.splice(0)].map((archive) => archive.discard()))
  }
  return {
    client,
    open(where) {
      const location = typeof where === 'string' ? parseLocation(where) : where
      return { location, target: targetOf(location) }
    },
    async finish(call) {
      const outcomes = await Promise.allSettled([...archives.values()].map((archive) => archive.finish(call)))
      for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason
    },
    discard,
    close() {
      client.close()
      void discard()
    },
  }
}
