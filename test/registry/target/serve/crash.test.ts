/** kill -9 at any moment: what was answered 201 is there, and no tag names something incomplete. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { imageOf, indexOf, type Piece } from '../../../contracts/content.ts'
import { checkLayout } from '../layout/check.ts'
import { ask, makeDirectory, serve } from './http.ts'

interface Started {
  readonly url: string
  kill(): Promise<void>
}

async function start(directory: string): Promise<Started> {
  const child: ChildProcess = spawn(process.execPath, [join(import.meta.dirname, 'server.ts'), directory], { stdio: ['ignore', 'pipe', 'inherit'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  const [text] = (await once(child.stdout ?? child, 'data')) as [Buffer]
  return {
    url: text.toString().trim(),
    async kill() {
      const ended = once(child, 'exit')
      child.kill('SIGKILL')
      await ended
    },
  }
}

/** Pushes image after image until the server is gone. */
async function pushUntilKilled(server: Started, prefix: string, confirmed: Map<string, string>): Promise<void> {
  const put = async (path: string, type: string, { bytes }: Piece): Promise<void> => {
    const reply = await ask(server, path, { 'content-type': type }, bytes)
    if (reply.status !== 201) throw new Error(`${path}: ${reply.status} ${reply.body.toString()}`)
  }
  for (let at = 0; ; at += 1) {
    const tag = `${prefix}-${at}`
    const { manifest, blobs } = imageOf(tag)
    const index = indexOf([manifest])
    try {
      for (const blob of blobs) await put(`POST /v2/team/app/blobs/uploads/?digest=${blob.descriptor.digest}`, 'application/octet-stream', blob)
      await put(`PUT /v2/team/app/manifests/${manifest.descriptor.digest}`, manifest.descriptor.mediaType, manifest)
      await put(`PUT /v2/team/app/manifests/${tag}`, index.descriptor.mediaType, index)
      confirmed.set(tag, index.descriptor.digest)
    } catch (error) {
      // Node says ECONNRESET, ECONNREFUSED or "socket hang up" when the other side is killed.
      if (error instanceof Error && 'code' in error) return
      throw error
    }
  }
}

test('a registry that is killed keeps every push that it confirmed', { timeout: 120_000 }, async () => {
  const directory = await makeDirectory()
  const confirmed = new Map<string, string>()
  for (let round = 0; round < 5; round += 1) {
    const server = await start(directory)
    const pushing = [0, 1, 2].map((at) => pushUntilKilled(server, `r${round}w${at}`, confirmed))
    // Not before something was confirmed in this round.
    const before = confirmed.size
    while (confirmed.size === before) await sleep(5)
    await sleep(Math.random() * 100)
    await server.kill()
    await Promise.all(pushing)
    const found = await checkLayout(join(directory, 'team+app'))
    expect([...confirmed].filter(([tag, digest]) => found.tags.get(tag) !== digest)).toEqual([])
  }
  expect(confirmed.size).toBeGreaterThanOrEqual(5)
  const registry = await serve({ directory })
  for (const [tag, digest] of confirmed) expect((await ask(registry, `HEAD /v2/team/app/manifests/${tag}`)).headers['docker-content-digest']).toBe(digest)
  const after = imageOf('after')
  for (const blob of after.blobs)
    expect((await ask(registry, `POST /v2/team/app/blobs/uploads/?digest=${blob.descriptor.digest}`, {}, blob.bytes)).status).toBe(201)
  expect((await ask(registry, 'PUT /v2/team/app/manifests/after', { 'content-type': after.manifest.descriptor.mediaType }, after.manifest.bytes)).status).toBe(
    201,
  )
  expect(await readdir(join(directory, 'team+app', '.ferry', 'incoming'))).toEqual([])
})
