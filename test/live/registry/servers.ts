/** The registries of these tests, each a process of its own on a free port of loopback, and stopped by whoever started it. */
import { type ChildProcess, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import type { AccessLine } from '../../../src/registry/target/serve/access.ts'
import { serveRegistry } from '../../../src/registry/target/serve/serve.ts'
import { COMPILED, FERRY, type FerryOptions } from './ferry.ts'

export interface Server {
  /** `127.0.0.1:PORT` */
  readonly host: string
  stop(): Promise<void>
}

/** One that tells what it was asked, in order. */
export interface WatchedServer extends Server {
  readonly asked: AccessLine[]
  /** Waits until everything that was answered is in the log. */
  settled(): Promise<void>
}

export type Section = Readonly<Record<string, unknown>>

/**
 * CNCF distribution 2 or 3, in memory unless `storage` says otherwise, with deletes.
 * @param more `auth` and the like; `http` is added to what is said here
 */
export async function startDistribution(
  bin: string,
  { http = {}, storage: kept = { inmemory: {} }, ...more }: { readonly http?: Section; readonly auth?: Section; readonly storage?: Section } = {},
): Promise<Server> {
  const place = await mkdtemp(join(tmpdir(), 'ferry-distribution-'))
  const storage = { ...kept, delete: { enabled: true }, maintenance: { uploadpurging: { enabled: false } } }
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
    settled: () => settle(running.host, asked),
    async stop() {
      await running.close()
      await rm(directory, { recursive: true })
    },
  }
}

/** Ours, as users start it: `ferry registry serve`. */
export async function startFerryServe(directory: string, { node = [], env = {}, program = FERRY }: Omit<FerryOptions, 'home'> = {}): Promise<WatchedServer> {
  const asked: AccessLine[] = []
  const words = [...node, program, 'registry', 'serve', directory]
  const onLine = (line: string): void => {
    if (line.startsWith('{')) asked.push(JSON.parse(line) as AccessLine)
  }
  const server = await startProgram(process.execPath, words, /url=http:\/\/127\.0\.0\.1:(\d+)/, { onLine, env })
  return { ...server, asked, settled: () => settle(server.host, asked) }
}

/** A request that can be told apart is sent last, and taken out of the log when it is there. */
async function settle(host: string, asked: AccessLine[]): Promise<void> {
  const mark = randomUUID()
  await (await fetch(`http://${host}/v2/`, { headers: { 'user-agent': mark } })).arrayBuffer()
  for (let tries = 0; tries < 500; tries += 1) {
    const found = asked.findIndex(({ userAgent }) => userAgent === mark)
    if (found >= 0) return void asked.splice(found, 1)
    await setTimeout(10)
  }
  throw new Error(`the access log of ${host} does not go on`)
}

/** Starts a program that says its port on stdout or stderr, and reads what it says until it is stopped. */
export async function startProgram(
  bin: string,
  args: readonly string[],
  port: RegExp,
  { onLine, env = {} }: { readonly onLine?: (line: string) => void; readonly env?: Readonly<Record<string, string>> } = {},
): Promise<Server> {
  const child = spawn(bin, args, { stdio: ['ignore', 'pipe', 'pipe'], env: { OTEL_TRACES_EXPORTER: 'none', HOME: tmpdir(), ...COMPILED, ...env } })
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
          onLine?.(line)
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
