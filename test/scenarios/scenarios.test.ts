/**
 * The command line as people meet it: each .txt file is a session. `$` lines are typed, then come what stdout said, what stderr
 * said (`! `), and the exit code when it is not 0. PORT is a registry of ours; `#` explains.
 * FERRY_UPDATE=1 writes what really came out; read the diff.
 */
import { spawn } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { serveRegistry } from '../../src/registry/target/serve/serve.ts'
import { ROOT } from '../house/source.ts'

const HERE = join(ROOT, 'test/scenarios')
const FERRY = join(ROOT, 'dist/ferry.cjs')

interface Typed {
  readonly text: string
  readonly stdout: string
  readonly stderr: string
  readonly exit: number
}

/** Words of a line; single quotes keep spaces together. */
function wordsOf(line: string): string[] {
  return [...line.matchAll(/'([^']*)'|(\S+)/g)].map((match) => match[1] ?? match[2] ?? '')
}

function type(line: string, directory: string): Promise<Typed> {
  const [first = '', ...words] = wordsOf(line)
  const variables = Object.fromEntries(
    [first, ...words].filter((word) => /^[A-Z_]+=/.test(word)).map((word) => [word.slice(0, word.indexOf('=')), word.slice(word.indexOf('=') + 1)]),
  )
  const args = [first, ...words].filter((word) => !/^[A-Z_]+=/.test(word)).slice(1)
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [FERRY, ...args], {
      cwd: directory,
      env: { PATH: process.env['PATH'], HOME: directory, SOURCE_DATE_EPOCH: '0', ...variables },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let stdout = ''
    let stderr = ''
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()))
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()))
    child.on('close', (exit) => resolve({ text: line, stdout, stderr, exit: exit ?? -1 }))
  })
}

function written({ text, stdout, stderr, exit }: Typed, comment: string): string {
  const lines = (part: string, mark: string): string =>
    part
      .replace(/\n$/, '')
      .split('\n')
      .map((line) => `${mark}${line}`.trimEnd())
      .join('\n')
  return [
    `${comment}$ ${text}`,
    ...(stdout === '' ? [] : [lines(stdout, '')]),
    ...(stderr === '' ? [] : [lines(stderr, '! ')]),
    ...(exit === 0 ? [] : [`exit ${exit}`]),
  ].join('\n')
}

/** Without what depends on the length and number of the port: widths of columns, and hashes of plans, names of temporary files. */
function settled(text: string): string {
  return text
    .replaceAll(/(?<=\S) {2,}(?=\S)/g, '  ')
    .replaceAll(/(Plan |hash: )sha256:[0-9a-f]+/g, '$1HASH')
    .replaceAll(/\.ferry-new-[^']+/g, '.ferry-new')
}

describe('sessions', () => {
  let registry: Awaited<ReturnType<typeof serveRegistry>>
  const top = mkdtempSync(join(tmpdir(), 'ferry-sessions-'))

  beforeAll(async () => {
    registry = await serveRegistry({ directory: join(top, 'reg') })
  })
  afterAll(async () => {
    await registry.close()
    rmSync(top, { recursive: true, force: true })
  })

  test.each(readdirSync(HERE).filter((file) => file.endsWith('.txt')))('%s', async (file) => {
    const session = readFileSync(join(HERE, file), 'utf8')
    const directory = join(top, file)
    cpSync(join(ROOT, 'examples/hello'), join(directory, 'app'), { recursive: true })
    writeFileSync(join(directory, 'garbage.key'), 'not a key\n')
    const came: string[] = []
    let comment = ''
    for (const line of session.split('\n')) {
      if (line.startsWith('# ')) comment += `${line}\n`
      if (!line.startsWith('$ ')) continue
      const text = line.slice(2)
      const typed = await type(text.replaceAll('PORT', registry.host), directory)
      came.push(
        settled(
          written({ ...typed, text }, comment)
            .replaceAll(registry.host, 'PORT')
            .replaceAll(directory, 'HERE'),
        ),
      )
      comment = ''
    }
    const text = `${came.join('\n')}\n`
    if (process.env['FERRY_UPDATE'] === '1') writeFileSync(join(HERE, file), text)
    else expect(text).toBe(session)
  })
})
