/** Many writers of one archive, and writers that are killed: the file is whole at every moment, and what was confirmed is in it. */
import { type ChildProcess, spawn } from 'node:child_process'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { freeCall } from '../../../../src/kit/call.ts'
import { check } from '../../../../src/registry/copy/check.ts'
import { parseTag } from '../../../../src/registry/oci/reference.ts'
import { openArchive } from '../../../../src/registry/target/archive/archive.ts'
import { all, get, imageOf, putImage } from '../../../contracts/content.ts'
import { makePlace } from './place.ts'

const call = freeCall()

function startWriter(file: string, prefix: string, count: number): { child: ChildProcess; confirmed: string[]; ended: Promise<string> } {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'writer.ts'), file, prefix, String(count)], { stdio: ['ignore', 'pipe', 'pipe'] })
  const confirmed: string[] = []
  let errors = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => confirmed.push(...text.split('\n').filter((line) => line !== '')))
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors += text
  })
  return { child, confirmed, ended: new Promise((resolve) => child.once('close', () => resolve(errors))) }
}

/** Every tag, after all of its image was looked at and its layer read. */
async function tagsWhole(file: string): Promise<string[]> {
  const archive = openArchive(file)
  try {
    const tags = await all(archive.tags(call))
    for (const tag of tags) {
      const root = await archive.resolve(tag, call)
      expect(root && (await check(archive, root, {}, call)).faults).toEqual([])
      for (const blob of imageOf(tag).blobs) expect(Buffer.compare(await get(archive, blob.descriptor), blob.bytes)).toBe(0)
    }
    return tags
  } finally {
    await archive.discard()
  }
}

test('eight processes at once: what each of them confirmed is there', { timeout: 120_000 }, async () => {
  const place = await makePlace()
  const file = join(place, 'a.tar')
  const writers = Array.from({ length: 8 }, (_, at) => startWriter(file, `w${at}`, 3))
  for (const writer of writers) expect(await writer.ended).toBe('')
  expect(await tagsWhole(file)).toEqual(writers.flatMap((writer) => writer.confirmed).toSorted())
  expect(writers.flatMap((writer) => writer.confirmed)).toHaveLength(24)
  expect(await readdir(place)).toEqual(['a.tar'])
})

test('kill -9 at any moment: the file is whole, and the next writer clears up', { timeout: 180_000 }, async () => {
  const place = await makePlace()
  const file = join(place, 'a.tar')
  const first = openArchive(file)
  await first.tag((await putImage(first, 'first')).descriptor, parseTag('first'), call)
  await first.finish(call)
  await first.discard()
  const confirmed = ['first']
  for (let round = 0; round < 12; round += 1) {
    const writer = startWriter(file, `r${round}`, 1000)
    while (writer.confirmed.length === 0) await sleep(2)
    await sleep(round * 3)
    writer.child.kill('SIGKILL')
    await writer.ended
    confirmed.push(...writer.confirmed)
    const tags = await tagsWhole(file)
    for (const tag of confirmed) expect(tags).toContain(tag)
  }
  const last = startWriter(file, 'last', 1)
  expect(await last.ended).toBe('')
  expect(await tagsWhole(file)).toContain('last-0')
  expect(await readdir(place)).toEqual(['a.tar'])
})
