/** Many writers, and writers that are killed. oras#1888, containers/image#1028, oras-go#286, registry.md §14 no. 23. */
import { readdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { freeCall } from '../../../../src/kit/call.ts'
import type { Descriptor } from '../../../../src/registry/oci/descriptor.ts'
import { parseTag } from '../../../../src/registry/oci/reference.ts'
import { withTag } from '../../../../src/registry/target/layout/changes.ts'
import { openIncoming } from '../../../../src/registry/target/layout/incoming.ts'
import { openIndexFile } from '../../../../src/registry/target/layout/index-file.ts'
import { openLayout } from '../../../../src/registry/target/layout/layout.ts'
import { acquireLock } from '../../../../src/registry/target/layout/lock.ts'
import { thisProcess } from '../../../../src/registry/target/layout/owner.ts'
import { all, piece, put, putImage } from '../../../contracts/content.ts'
import { checkLayout } from './check.ts'
import { makePlace, startWriter } from './place.ts'

const call = freeCall()

describe('a layout', { timeout: 30_000 }, () => {
  test('takes eight processes at once, and every tag is there (oras#1888, containers/image#1028)', { timeout: 120_000 }, async () => {
    const directory = join(await makePlace(), 'out')
    const writers = Array.from({ length: 8 }, (_, at) => startWriter(directory, `p${at}`, 8))
    for (const writer of writers) expect(await writer.ended).toEqual({ code: 0, errors: '' })
    const wanted = writers.flatMap((writer) => writer.confirmed)
    expect(wanted).toHaveLength(64)
    const found = await checkLayout(directory)
    expect([...found.tags.keys()].toSorted()).toEqual(wanted.toSorted())
    expect((await all(openLayout(directory).tags(call))).length).toBe(64)
    expect(await readdir(join(directory, '.ferry', 'incoming'))).toEqual([])
  })

  test('keeps what it confirmed when writers are killed at any moment, and nothing is torn [case 54]', { timeout: 120_000 }, async () => {
    const directory = join(await makePlace(), 'out')
    const confirmed: string[] = []
    for (let round = 0; round < 6; round += 1) {
      const pair = [startWriter(directory, `r${round}a`, 1000), startWriter(directory, `r${round}b`, 1000)]
      // The first round is killed while the layout comes into being.
      if (round > 0) await Promise.race(pair.map((writer) => started(writer.confirmed)))
      await sleep(round === 0 ? 150 : Math.random() * 60)
      for (const writer of pair) writer.child.kill('SIGKILL')
      for (const writer of pair) await writer.ended
      confirmed.push(...pair.flatMap((writer) => writer.confirmed))
      const tags = (await checkLayout(directory).catch((error: unknown) => orNothing(error))).tags
      expect(confirmed.filter((tag) => !tags.has(tag))).toEqual([])
    }
    expect(confirmed.length).toBeGreaterThanOrEqual(5)
    // The next writer gets the lock of the killed one at once and clears up behind all of them.
    const since = performance.now()
    const target = openLayout(directory)
    const { descriptor } = await putImage(target, 'after')
    await target.tag(descriptor, parseTag('after'), call)
    expect(performance.now() - since).toBeLessThan(15_000)
    expect(await readdir(join(directory, '.ferry', 'incoming'))).toEqual([])
    expect((await checkLayout(directory)).tags.has('after')).toBe(true)
  })

  test('takes over the lock of a process that ended, without waiting', async () => {
    const { directory, place, baton } = await locked(`${thisProcess().host}-9999999-1`)
    const since = performance.now()
    await tagSomething(directory, 'v2')
    expect(performance.now() - since).toBeLessThan(15_000)
    expect(await readdir(place)).not.toContain(baton)
  })

  test('says who is busy when a process that may live keeps the lock', async () => {
    const { directory } = await locked('0123456789ab-1-1')
    const target = openLayout(directory, { patience: 300 })
    const descriptor = await imageIn(directory)
    await expect(target.tag(descriptor, parseTag('v2'), call)).rejects.toMatchObject({ code: 'LAYOUT_BUSY', hint: expect.stringContaining('.ferry/lock') })
    // Reading needs no lock.
    expect(await all(target.tags(call))).toEqual(['v1'])
  })

  test('stops waiting for the lock when the call is stopped', async () => {
    const { directory } = await locked('0123456789ab-1-1')
    const target = openLayout(directory)
    const descriptor = await imageIn(directory)
    const stop = new AbortController()
    setTimeout(() => stop.abort(), 50)
    await expect(target.tag(descriptor, parseTag('v2'), { signal: stop.signal })).rejects.toMatchObject({ code: 'INTERRUPTED' })
    // Nothing goes on behind the back of the caller: what is removed now stays removed.
    await rm(directory, { recursive: true })
    await sleep(100)
    await expect(stat(directory)).rejects.toMatchObject({ code: 'ENOENT' })
  })

  test('two that find a dead lock do not both get it', async () => {
    const { directory } = await locked(`${thisProcess().host}-9999999-1`)
    const first = await acquireLock(directory, call)
    await expect(acquireLock(directory, call, 200)).rejects.toMatchObject({ code: 'LAYOUT_BUSY' })
    expect(await first.held()).toBe(true)
    await first.release()
    const second = await acquireLock(directory, call, 200)
    expect(second.previous).toBe(first.token)
    expect(await first.held()).toBe(false)
    await second.release()
  })

  test('a writer that lost the lock while it slept writes nothing over the others', async () => {
    const directory = join(await makePlace(), 'out')
    const lock = await lockIn(directory)
    // Somebody took it for dead and finished.
    const [held = ''] = await readdir(join(directory, '.ferry', 'lock'))
    await rename(join(directory, '.ferry', 'lock', held), join(directory, '.ferry', 'lock', 'free.other'))
    expect(await lock.held()).toBe(false)
    await lock.release()
    expect(await readdir(join(directory, '.ferry', 'lock'))).toEqual(['free.other'])
  })

  test('a change whose lock is lost before it is written is made again on what others wrote', async () => {
    const directory = join(await makePlace(), 'out')
    await tagSomething(directory, 'v1')
    const descriptor = await imageIn(directory)
    const place = join(directory, '.ferry', 'lock')
    let calls = 0
    await openIndexFile(directory, openIncoming(directory)).edit(async (index) => {
      calls += 1
      if (calls === 1) {
        const [held = ''] = await readdir(place)
        await rename(join(place, held), join(place, 'free.other'))
        await tagSomething(directory, 'theirs')
      }
      return withTag(index, descriptor, parseTag('mine'))
    }, call)
    expect(calls).toBe(2)
    expect([...(await checkLayout(directory)).tags.keys()].toSorted()).toEqual(['mine', 'theirs', 'v1'])
  })

  test('what a killed writer left is removed, what a living one writes is not', async () => {
    const directory = join(await makePlace(), 'out')
    await putImage(openLayout(directory), 'a')
    const incoming = join(directory, '.ferry', 'incoming')
    const { host, pid, started: since } = thisProcess()
    await writeFile(join(incoming, `${host}-9999999-1.dead`), 'left')
    await writeFile(join(incoming, `${host}-${pid}-1.reused`), 'another process with our pid left this')
    await writeFile(join(incoming, `${host}-${pid}-${since}.alive`), 'ours')
    await writeFile(join(incoming, '0123456789ab-1-1.elsewhere'), 'of another machine')
    await put(openLayout(directory), piece('next'))
    expect((await readdir(incoming)).toSorted()).toEqual(['0123456789ab-1-1.elsewhere', `${host}-${pid}-${since}.alive`].toSorted())
  })
})

async function started(confirmed: readonly string[]): Promise<void> {
  while (confirmed.length === 0) await sleep(5)
}

function orNothing(error: unknown): { tags: Map<string, string> } {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return { tags: new Map() }
  throw error
}

async function tagSomething(directory: string, tag: string): Promise<void> {
  const target = openLayout(directory)
  await target.tag((await putImage(target, tag)).descriptor, parseTag(tag), call)
}

async function imageIn(directory: string): Promise<Descriptor> {
  const descriptor = await openLayout(directory).resolve(parseTag('v1'), call)
  if (!descriptor) throw new Error('v1 is not there')
  return descriptor
}

/** A layout with the tag v1 whose lock is in the hand of the owner. */
async function locked(owner: string): Promise<{ directory: string; place: string; baton: string }> {
  const directory = join(await makePlace(), 'out')
  await tagSomething(directory, 'v1')
  const place = join(directory, '.ferry', 'lock')
  const [free = ''] = await readdir(place)
  const baton = `held.${owner}.0123456789abcdef`
  await rename(join(place, free), join(place, baton))
  return { directory, place, baton }
}

async function lockIn(directory: string): ReturnType<typeof acquireLock> {
  await tagSomething(directory, 'v1')
  return acquireLock(directory, call)
}
