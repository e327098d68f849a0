/** Repositories for the tests of this room, reached by our own client: in our own registry and in peers'. */
import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createRegistryClient } from '../../src/registry/http/client.ts'
import { ANONYMOUS } from '../../src/registry/http/credentials/credential.ts'
import { parseReference } from '../../src/registry/oci/reference.ts'
import { openRemote, type RemoteTarget } from '../../src/registry/target/remote/remote.ts'
import { serveRegistry } from '../../src/registry/target/serve/serve.ts'

export interface Registry {
  open(repository: string): RemoteTarget
  stop(): Promise<void>
}

function reach(host: string, stop: () => Promise<void>): Registry {
  const client = createRegistryClient({ credentials: ANONYMOUS, userAgent: 'kubeferry-test' })
  return {
    open: (repository) => openRemote(parseReference(`${host}/${repository}`), client),
    async stop() {
      client.close()
      await stop()
    },
  }
}

/** The embedded registry. */
export async function startOurs(): Promise<Registry> {
  const directory = await mkdtemp(join(tmpdir(), 'ferry evidence '))
  const running = await serveRegistry({ directory })
  return reach(running.host, async () => {
    await running.close()
    await rm(directory, { recursive: true })
  })
}

/** A peer on a free port of loopback that says so, as `listening 127.0.0.1:PORT` (ours) or `serving on port PORT` (crane). */
export async function startPeer(bin: string, args: readonly string[] = []): Promise<Registry> {
  const child = spawn(bin, args, { stdio: ['ignore', 'pipe', 'pipe'], env: {} })
  const host = await new Promise<string>((resolve, reject) => {
    let said = ''
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`${bin} ended with ${code}: ${said}`)))
    const listen = (chunk: Buffer): void => {
      said += chunk.toString()
      const found = /(?:listening \S*:|serving on port )(\d+)\n/.exec(said)
      if (found?.[1]) resolve(`127.0.0.1:${found[1]}`)
    }
    child.stdout.on('data', listen)
    child.stderr.on('data', listen)
  })
  return reach(host, async () => {
    if (child.exitCode !== null) return
    const ended = new Promise((resolve) => child.once('exit', resolve))
    child.kill()
    await ended
  })
}
