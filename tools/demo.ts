/**
 * `npm run demo`: one image from a directory to production, with the real commands against our own registry, on loopback.
 * Uses a folder of its own below the system's temporary folder, leaves nothing running and nothing behind.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { plainTable } from '../src/step/table.ts'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const FERRY = join(ROOT, 'dist', 'ferry.cjs')
const work = mkdtempSync(join(tmpdir(), 'ferry demo '))
// A password for this run only; it opens a key that is deleted at the end.
const environment = { ...process.env, FERRY_KEY_PASSWORD: 'only-for-the-demo', DOCKER_CONFIG: work, NO_COLOR: '1' }

interface Report {
  readonly exitCode: number
  readonly outputs: Readonly<Record<string, string>>
  readonly error?: { readonly message: string; readonly hint?: string }
}

let count = 0

/** Runs one command, prints it as it is typed, how long it took and what came out. */
async function ferry(what: string, ...words: string[]): Promise<Report['outputs']> {
  count += 1
  const started = performance.now()
  process.stdout.write(`${count}. ${what}\n   $ ferry ${words.map((word) => word.replace(work, '.')).join(' ')}\n`)
  const child = spawn(process.execPath, [FERRY, ...words, '--output', 'json', '--quiet'], { cwd: ROOT, env: environment, stdio: ['ignore', 'pipe', 'inherit'] })
  let text = ''
  child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()))
  await new Promise<void>((resolve) => child.on('close', () => resolve()))
  const report = JSON.parse(text) as Report
  if (report.exitCode !== 0) throw new Error(`exit ${report.exitCode}: ${report.error?.message ?? ''} ${report.error?.hint ?? ''}`)
  process.stdout.write(`   ${(performance.now() - started).toFixed(0)} ms${report.outputs['digest'] === undefined ? '' : `  ${report.outputs['digest']}`}\n`)
  return report.outputs
}

/** Starts the registry on a free port and waits until it says where it is. */
async function serve(): Promise<{ registry: ChildProcess; host: string }> {
  const registry = spawn(process.execPath, [FERRY, 'registry', 'serve', join(work, 'reg'), '--listen', '127.0.0.1:0'], {
    env: environment,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const stop = setTimeout(() => registry.kill(), 20_000)
  for await (const line of createInterface({ input: registry.stderr })) {
    const url = /serving\s+url=http:\/\/(\S+)/.exec(line)?.[1]
    if (url === undefined) continue
    clearTimeout(stop)
    registry.stderr.resume()
    return { registry, host: url }
  }
  throw new Error('the registry did not start')
}

async function story(host: string): Promise<void> {
  const repository = `${host}/team/hello`
  const key = join(work, 'signer')
  await ferry('A key pair for signing', 'key', 'create', '--out', key)
  await ferry('A directory becomes an image, for two platforms', 'build', 'examples/hello', '--to', `oci:${join(work, 'out')}:dev-v1.0-1`)
  await ferry('Into the registry, under a dev tag', 'push', `oci:${join(work, 'out')}:dev-v1.0-1`, `${repository}:dev-v1.0-1`)
  await ferry('Signed: the digest, not the tag', 'sign', `${repository}:dev-v1.0-1`, '--key', `${key}.key`)
  const environments = ['dev', 'staging', 'prod']
  for (const to of environments.slice(1)) {
    const from = environments[environments.indexOf(to) - 1] ?? ''
    await ferry(
      `Promoted to ${to}: verified, same digest, signature included`,
      'promote',
      repository,
      '--from',
      from,
      '--to',
      to,
      '--key',
      `${key}.pub`,
      '--apply',
    )
  }
  const rows: string[][] = []
  for (const environment of environments) {
    const tag = `${environment}-v1.0-1`
    const { digest = '' } = await ferry(`What ${environment} has is what was signed`, 'verify', `${repository}:${tag}`, '--key', `${key}.pub`)
    rows.push([environment, tag, digest, 'yes'])
  }
  if (new Set(rows.map((row) => row[2])).size !== 1) throw new Error('the digests of the environments differ')
  process.stdout.write(`\n${plainTable({ columns: ['env', 'tag', 'digest', 'signed'], rows })}\n\n`)
  process.stdout.write(`${count} commands. Scanning and retention are not steps of this version, so the demo has neither.\n`)
}

process.stdout.write(`kubeferry: one image from a directory to production, against our own registry on loopback\n\n`)
const { registry, host } = await serve()
try {
  await story(host)
} catch (error) {
  process.stderr.write(`demo: ${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
} finally {
  registry.kill('SIGTERM')
  await new Promise<void>((resolve) => registry.on('close', () => resolve()))
  rmSync(work, { recursive: true, force: true })
}
