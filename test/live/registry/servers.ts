/** The registries of these tests, each a process of its own on a free port of loopback, and stopped by whoever started it. */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { AccessLine } from '../../../src/registry/target/serve/access.ts'
import { serveRegistry } from '../../../src/registry/target/serve/serve.ts'
import { FERRY } from './ferry.ts'

export interface Server {
  /** `127.0.0.1:PORT` */
  readonly host: string
  stop(): Promise<void>
}

/** One that tells what it was asked, in order. */
export interface WatchedServer extends Server {
  readonly asked: AccessLine[]
}

export type Section = Readonly<Record<string, unknown>>

/**
 * CNCF distribution 2 or 3, in memory, with deletes.
 * @param more `auth` and the like; `http` is added to what is said here
 */
export async function startDistribution(bin: string, { http = {}, ...more }: { readonly http?: Section; readonly auth?: Section } = {}): Promise<Server> {
  const place = await mkdtemp(join(tmpdir(), 'ferry-distribution-'))
  const storage = { inmemory: {}, delete: { enabled: true }, maintenance: { uploadpurging: { enabled: false } } }
  // JSON is YAML.
  const config = { version: '0.1', log: { level: 'info' }, storage, http: { addr: '127.0.0.1:0', secret: 'of the test', ...http }, ...more }
  await writeFile(join(place, 'config.yml'), JSON.stringify(config))
  const server = await startProgram(bin, ['serve', join(place, 'config.yml')], /listening on 127\.0\.0\.1:(\d+)/)
  return {
    host: server.host,
    async stop() {
      await server.stop()
      await rm(place, { recursive: true })
    },
  }
}

/** go-containerregistry's own, with the referrers API. */
export function startReferrersRegistry(bin: string): Promise<Server> {
  return startProgram(bin, [], /listening \S*:(\d+)/)
}

/** Ours, in this process. */
export async function startOurs(): Promise<WatchedServer> {
  const directory = await mkdtemp(join(tmpdir(), 'ferry-registry-'))
  const asked: AccessLine[] = []
  const running = await serveRegistry({ directory, onAccess: (line) => asked.push(line) })
  return {
    host: running.host,
    asked,
    async stop() {
      await running.close()
      await rm(directory, { recursive: true })
    },
  }
}

/** Ours, as users start it: `ferry registry serve`. */
export async function startFerryServe(directory: string): Promise<WatchedServer> {
  const asked: AccessLine[] = []
  const server = await startProgram(process.execPath, [FERRY, 'registry', 'serve', directory], /url=http:\/\/127\.0\.0\.1:(\d+)/, (line) => {
    if (line.startsWith('{')) asked.push(JSON.parse(line) as AccessLine)
  })
  return { ...server, asked }
}

/** Starts a program that says its port on stdout or stderr, and reads what it says until it is stopped. */
export async function startProgram(bin: string, args: readonly string[], port: RegExp, onLine: (line: string) => void = () => undefined): Promise<Server> {
  const child = spawn(bin, args, { stdio: ['ignore', 'pipe', 'pipe'], env: { OTEL_TRACES_EXPORTER: 'none', HOME: tmpdir() } })
  const host = await new Promise<string>((resolve, reject) => {
    let said = ''
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`${bin} ended with ${code}: ${said}`)))
    for (const stream of [child.stdout, child.stderr]) {
      let rest = ''
      stream.setEncoding('utf8').on('data', (chunk: string) => {
        const lines = `${rest}${chunk}`.split('\n')
        rest = lines.pop() ?? ''
        for (const line of lines) {
          said = `${said}${line}\n`.slice(-20_000)
          const found = port.exec(line)?.[1]
          if (found !== undefined) resolve(`127.0.0.1:${found}`)
          onLine(line)
        }
      })
    }
  })
  return { host, stop: () => stopProgram(child) }
}

async function stopProgram(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.kill()
  await ended
}
