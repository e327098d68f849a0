/**
 * `docker-archive:FILE.tar:name:tag`: what `docker save` writes, to be read. New files of docker are OCI layouts inside; of older ones, and those
 * of skopeo and crane, docker-saved.ts makes a layout. What does not belong here: writing one; an oci-archive carries more.
 */
import { type Call, throwIfStopped } from '../../../kit/call.ts'
import { Failure } from '../../../kit/failure.ts'
import type { LayoutIndex } from '../layout/entries.ts'
import { type Readable, type Reading, readingOf } from '../layout/reading.ts'
import type { ListsReferrers, ListsTags, Target } from '../target.ts'
import { named, onlyDigest } from './docker-names.ts'
import { readSaved } from './docker-saved.ts'
import { layoutIn } from './read-archive.ts'
import { openTar, type TarFile } from './tar-file.ts'

export interface DockerArchiveTarget extends Target, ListsTags, ListsReferrers {
  readonly file: string
  /** Closes the file; it is opened again when it is needed. */
  discard(): Promise<void>
}

/** @param repository in full, `docker.io/library/nginx`; undefined: all that is in the file */
export function openDockerArchive(file: string, repository?: string): DockerArchiveTarget {
  const name = `docker-archive:${file}`
  let opened: Promise<{ readonly tar: TarFile; readonly reading: Reading; readonly index: LayoutIndex }> | undefined

  const open = async (call: Call): Promise<{ tar: TarFile; reading: Reading; index: LayoutIndex }> => {
    const tar = await openTar(file, name, call)
    if (!tar) throw new Failure('FILE_UNREADABLE', `there is no ${name}`, { hint: 'Name a file that docker save wrote.' })
    try {
      const place: Readable = tar.table.has('oci-layout') ? await layoutIn(tar, name) : await readSaved(tar, name, call)
      const index = named((await place.index()) ?? { frame: {}, entries: [] }, repository)
      return { tar, index, reading: readingOf({ ...place, index: async () => index }) }
    } catch (error) {
      await tar.close()
      throw error
    }
  }
  const reading = async (call: Call): Promise<{ reading: Reading; index: LayoutIndex }> => {
    throwIfStopped(call)
    opened ??= open(call).catch((error: unknown) => {
      opened = undefined
      throw error
    })
    return opened
  }

  return {
    name,
    file,
    async resolve(ref, call) {
      const { reading: place, index } = await reading(call)
      const found = await place.resolve(ref, call)
      // As podman and docker load do: a file with one image and no name asked for means that image.
      const only = found === undefined && repository === undefined && ref === 'latest' ? onlyDigest(index) : undefined
      return only === undefined ? found : place.resolve(only, call)
    },
    has: async (descriptor, call) => (await reading(call)).reading.has(descriptor, call),
    fetch: async (descriptor, call) => (await reading(call)).reading.fetch(descriptor, call),
    async *tags(call) {
      yield* (await reading(call)).reading.tags(call)
    },
    async *referrers(subject, call) {
      yield* (await reading(call)).reading.referrers(subject, call)
    },
    push: () => Promise.reject(readOnly(name)),
    tag: () => Promise.reject(readOnly(name)),
    async discard() {
      const had = opened
      opened = undefined
      await had?.then(({ tar }) => tar.close()).catch(() => undefined)
    },
  }
}

function readOnly(name: string): Failure {
  return new Failure('UNSUPPORTED', `${name} is only read: nothing is written in the form of docker save`, {
    hint: 'Write oci-archive:FILE.tar:tag, which keeps digests and signatures; docker load reads it since version 25, podman load always.',
  })
}
