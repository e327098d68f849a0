/** The commands of the README, run as they stand there (the port alone is a free one), each with `--output json` too. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ROOT } from '../house/source.ts'

const block = /```sh\n(ferry registry serve[\s\S]*?)```/.exec(readFileSync(join(ROOT, 'README.md'), 'utf8'))?.[1] ?? ''
const lines = block
  .split('\n')
  .map((line) => line.replace(/\s+#.*$/, '').trim())
  .filter((line) => line.startsWith('ferry '))

describe('the lines of the README', () => {
  const directory = mkdtempSync(join(tmpdir(), 'ferry readme '))
  const environment = { PATH: process.env['PATH'], HOME: directory, FERRY_KEY_PASSWORD: 'a password' }
  const ferry = [join(ROOT, 'dist/ferry.cjs')]
  let server: ChildProcess
  let port = 0

  beforeAll(async () => {
    cpSync(join(ROOT, 'examples'), join(directory, 'examples'), { recursive: true })
    const probe = createServer()
    await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve))
    const address = probe.address()
    port = typeof address === 'object' && address !== null ? address.port : 0
    await new Promise<void>((resolve) => probe.close(() => resolve()))
    server = spawn(process.execPath, [...ferry, ...wordsOf(lines[0] ?? '')], { cwd: directory, env: environment, stdio: 'ignore' })
    for (let tries = 0; tries < 100; tries += 1) {
      const up = await fetch(`http://127.0.0.1:${port}/v2/`).catch(() => undefined)
      if (up) return
      await wait(50)
    }
    throw new Error('the registry did not start')
  })
  afterAll(async () => {
    const ended = new Promise((resolve) => server.on('close', resolve))
    server.kill('SIGINT')
    expect(await ended).toBe(0)
    rmSync(directory, { recursive: true, force: true })
  })

  function wordsOf(line: string): string[] {
    return line.replaceAll('5055', String(port)).split(/\s+/).slice(1)
  }

  test('all of them are found', () => expect(lines).toHaveLength(16))

  test.each(lines.slice(1))('%s', (line) => {
    const plain = spawnSync(process.execPath, [...ferry, ...wordsOf(line)], { cwd: directory, env: environment, encoding: 'utf8' })
    expect({ status: plain.status, stderr: plain.status === 0 ? '' : plain.stderr }).toEqual({ status: 0, stderr: '' })
    expect(plain.stdout).not.toBe('')
    // A key pair is never written over another one; everything else says the same when asked again.
    const again = line.startsWith('ferry key create') ? line.replace('./signer', './second') : line
    const report = spawnSync(process.execPath, [...ferry, ...wordsOf(again), '--output', 'json'], { cwd: directory, env: environment, encoding: 'utf8' })
    expect(JSON.parse(report.stdout)).toMatchObject({ exitCode: 0, step: line.startsWith('ferry key') ? 'key create' : line.split(' ')[1] })
  })
})
