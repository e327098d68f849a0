/** Real registries on loopback, with images to move; gone when the run is over. */
import { type ChildProcess, spawn } from 'node:child_process'
import { createHash, randomFillSync } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import { freeCall } from '../src/kit/call.ts'
import { digestOf } from '../src/registry/oci/digest.ts'
import { MEDIA } from '../src/registry/oci/media-types.ts'
import { parseTag } from '../src/registry/oci/reference.ts'
import { bytesBody } from '../src/registry/target/body.ts'
import { createOpener } from '../src/registry/target/open.ts'
import type { Body, Target } from '../src/registry/target/target.ts'
import { findPeer } from '../tools/peers/peers.ts'
import type { Peer, World } from './row.ts'

export interface OpenWorld extends World {
  close(): Promise<void>
}

function peer(name: 'skopeo' | 'crane' | 'distribution-3'): Peer {
  const found = findPeer(name)
  if (found.state === 'missing') throw new Error(`${name} is not available: ${found.why}`)
  return found
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise<void>((resolve) => server.close(() => resolve()))
  return typeof address === 'object' && address !== null ? address.port : 0
}

async function registry(directory: string, name: string): Promise<{ host: string; child: ChildProcess }> {
  const port = await freePort()
  const config = join(directory, `${name}.yml`)
  writeFileSync(
    config,
    `version: 0.1\nlog: {level: error, accesslog: {disabled: true}}\nstorage: {filesystem: {rootdirectory: ${JSON.stringify(join(directory, name))}}, delete: {enabled: true}}\nhttp: {addr: "127.0.0.1:${port}", secret: bench}\n`,
  )
  const child = spawn(peer('distribution-3').bin, ['serve', config], {
    env: { PATH: process.env['PATH'], HOME: directory, OTEL_TRACES_EXPORTER: 'none' },
    stdio: 'ignore',
  })
  for (let tries = 0; tries < 100; tries += 1) {
    const up = await fetch(`http://127.0.0.1:${port}/v2/`).catch(() => undefined)
    if (up) return { host: `127.0.0.1:${port}`, child }
    await wait(50)
  }
  throw new Error('the registry did not start')
}

async function end(registry: { child: ChildProcess } | undefined): Promise<void> {
  if (!registry) return
  const closed = new Promise<void>((resolve) => registry.child.on('close', () => resolve()))
  registry.child.kill('SIGTERM')
  await closed
}

/** Random bytes in a stored gzip stream: nothing that a contestant could compress or skip. */
function layer(size: number): Buffer {
  return gzipSync(randomFillSync(Buffer.alloc(size)), { level: 0 })
}

async function pushImage(target: Target, tag: string, layerBytes: readonly Buffer[]): Promise<void> {
  const call = freeCall()
  const push = async (mediaType: string, bytes: Buffer, body: Body = bytesBody(bytes)) => {
    const descriptor = { mediaType, digest: digestOf(bytes), size: bytes.length }
    await target.push(descriptor, body, call)
    return descriptor
  }
  const layers = []
  for (const bytes of layerBytes) layers.push(await push(MEDIA.layerGzip, bytes))
  const diffIds = layerBytes.map((bytes) => `sha256:${createHash('sha256').update(bytes).digest('hex')}`)
  const config = await push(
    MEDIA.config,
    Buffer.from(JSON.stringify({ os: 'linux', architecture: 'amd64', config: {}, rootfs: { type: 'layers', diff_ids: diffIds } })),
  )
  const root = await push(MEDIA.manifest, Buffer.from(JSON.stringify({ schemaVersion: 2, mediaType: MEDIA.manifest, config, layers })))
  await target.tag(root, parseTag(tag), call)
}

export async function openWorld(): Promise<OpenWorld> {
  const directory = mkdtempSync(join(tmpdir(), 'ferry-bench-'))
  mkdirSync(join(directory, 'home'))
  const source = await registry(directory, 'source')
  let other: { host: string; child: ChildProcess } | undefined
  let count = 0
  const opener = createOpener({ credentials: { dockerConfigFiles: [], environment: {} }, userAgent: 'kubeferry-bench' })
  await pushImage(opener.open(`${source.host}/bench/small`).target, 'dev-v1.0-1', [layer(64 * 1024), layer(64 * 1024), layer(64 * 1024)])
  await pushImage(opener.open(`${source.host}/bench/large`).target, 'dev-v1.0-1', [layer(512 * 1024 * 1024)])
  opener.close()
  return {
    directory,
    source: source.host,
    async empty() {
      await end(other)
      count += 1
      rmSync(join(directory, `target-${count - 1}`), { recursive: true, force: true })
      other = await registry(directory, `target-${count}`)
      return other.host
    },
    peers: { skopeo: peer('skopeo'), crane: peer('crane') },
    async digest(host, repository, tag) {
      const answer = await fetch(`http://${host}/v2/${repository}/manifests/${tag}`, { method: 'HEAD', headers: { accept: MEDIA.manifest } })
      return answer.headers.get('docker-content-digest') ?? undefined
    },
    async close() {
      await Promise.all([end(source), end(other)])
      rmSync(directory, { recursive: true, force: true })
    },
  }
}
