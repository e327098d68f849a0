/** The terminal: the real command line in a process of its own, with flags spelt as help spells them. */
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { flagOf } from '../../src/hosts/terminal/arguments.ts'
import { inputsOf } from '../../src/step/common-inputs.ts'
import { kebab } from '../../src/step/names.ts'
import type { HostRunner, InputValue, Outcome, Run } from './host-runner.ts'

const FERRY = fileURLToPath(new URL('../../dist/ferry.cjs', import.meta.url))

export const terminalRunner: HostRunner = {
  host: 'terminal',
  async run(run) {
    const secrets = mkdtempSync(join(tmpdir(), 'ferry-parity-'))
    try {
      return await start(run, wordsOf(run, secrets))
    } finally {
      rmSync(secrets, { recursive: true, force: true })
    }
  },
}

/** Flags for everything: what is positional may be given as one too. */
function wordsOf({ step, inputs }: Run, secrets: string): string[] {
  const known = inputsOf(step)
  return Object.entries(inputs).flatMap(([name, value]) => {
    const field = known[name]
    const flag = field === undefined ? `--${kebab(name)}` : flagOf(name, field)
    if (field?.shape === 'secret') {
      const file = join(secrets, name)
      writeFileSync(file, String(value), { mode: 0o600 })
      return [`${flag}=${file}`]
    }
    return textsOf(value).map((text) => `${flag}=${text}`)
  })
}

/** A value as the texts it is given in, one flag each. */
function textsOf(value: InputValue): readonly string[] {
  if (Array.isArray(value)) return value
  if (typeof value === 'object') return Object.entries(value).map(([key, item]) => `${key}=${String(item)}`)
  return [String(value)]
}

function start({ step, directory, variables = {}, interruptAfter }: Run, words: readonly string[]): Promise<Outcome> {
  const child = spawn(process.execPath, [FERRY, step.name, ...words, '--output=json'], {
    cwd: directory,
    env: { PATH: process.env['PATH'], HOME: directory, CI: 'true', ...variables },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  if (interruptAfter !== undefined) setTimeout(() => child.kill('SIGINT'), interruptAfter)
  let data = ''
  let said = ''
  child.stdout.on('data', (chunk: Buffer) => (data += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()))
  return new Promise((resolve) => {
    child.on('close', (code, signal) => {
      const report = data === '' ? { outputs: {} } : (JSON.parse(data) as { outputs: Outcome['outputs'] })
      resolve({ exitCode: code ?? (signal === 'SIGINT' ? 130 : 143), outputs: report.outputs, log: data + said })
    })
  })
}
