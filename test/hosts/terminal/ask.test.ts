/** The prompt for a password, on a real pseudo-terminal of util-linux' `script`, where there is one. */
import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { ROOT } from '../../house/source.ts'

const directory = mkdtempSync(join(tmpdir(), 'ferry-ask-'))
afterAll(() => rmSync(directory, { recursive: true, force: true }))
const terminal = spawnSync('script', ['--version']).status === 0

/** Types into the prompt once it stands there. */
function typed(keys: string, name: string): Promise<{ code: number | null; screen: string }> {
  const command = [process.execPath, join(ROOT, 'dist/ferry.cjs'), 'key', 'create', '--out', name].map((word) => `'${word}'`).join(' ')
  const child = spawn('script', ['-qec', command, '/dev/null'], {
    cwd: directory,
    env: { PATH: process.env['PATH'], TERM: 'xterm', HOME: directory },
    stdio: ['pipe', 'pipe', 'ignore'],
  })
  let screen = ''
  child.stdout.on('data', (chunk: Buffer) => {
    screen += chunk.toString()
    if (screen.includes('private key: ') && child.stdin.writable) child.stdin.end(keys)
  })
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, screen })))
}

describe('at a terminal', () => {
  if (!terminal) {
    const why = 'the program script (bsdutils) is not available'
    test(why, (context) => {
      if (process.env['FERRY_PEERS_STRICT'] === '1') throw new Error(why)
      context.skip(why)
    })
    return
  }

  test('a password is asked for, and not shown', async () => {
    const { code, screen } = await typed('not to be seen\r', 'asked')
    expect({ code, seen: screen.includes('not to be seen') }).toEqual({ code: 0, seen: false })
    expect(statSync(join(directory, 'asked.key')).mode & 0o777).toBe(0o600)
  })

  test('Ctrl-C ends the run with 130 and nothing is written', async () => {
    const { code, screen } = await typed('half a pass\u0003', 'stopped')
    expect(code).toBe(130)
    expect(screen).toContain('interrupted at the prompt')
    expect(readdirSync(directory).filter((name) => name.startsWith('stopped'))).toEqual([])
  })

  test('Ctrl-D means no password', async () => {
    expect((await typed('\u0004', 'none')).code).toBe(2)
  })
})
