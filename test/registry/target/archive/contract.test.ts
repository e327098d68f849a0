/** What holds for every Target holds for an archive: while it is written, and when each change is made a new tar at once. */
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'vitest'
import { type ArchiveTarget, openArchive } from '../../../../src/registry/target/archive/archive.ts'
import { targetContract } from '../../../contracts/target-contract.ts'

async function place(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'ferry-archive-'))
}

targetContract('archive, being written', async () => {
  const directory = await place()
  const target = openArchive(join(directory, 'out.tar'))
  return {
    target,
    async cleanup() {
      await target.discard()
      expect(await readdir(directory)).toEqual([])
      await rm(directory, { recursive: true })
    },
  }
})

/** Finishes after each change, so that all that is read comes out of a tar. */
function finishing(archive: ArchiveTarget): ArchiveTarget {
  return {
    ...archive,
    async push(descriptor, body, call) {
      const result = await archive.push(descriptor, body, call)
      await archive.finish(call)
      return result
    },
    async rewrite(descriptor, body, call) {
      await archive.rewrite(descriptor, body, call)
      await archive.finish(call)
    },
    async tag(descriptor, tag, call) {
      await archive.tag(descriptor, tag, call)
      await archive.finish(call)
    },
    async untag(tag, call) {
      await archive.untag(tag, call)
      await archive.finish(call)
    },
    async remove(descriptor, call) {
      await archive.remove(descriptor, call)
      await archive.finish(call)
    },
  }
}

targetContract('archive, finished after each change', async () => {
  const directory = await place()
  const archive = openArchive(join(directory, 'out.tar'))
  return {
    target: finishing(archive),
    async cleanup() {
      await archive.discard()
      expect((await readdir(directory)).filter((name) => name !== 'out.tar')).toEqual([])
      await rm(directory, { recursive: true })
    },
  }
})
