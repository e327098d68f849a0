/**
 * Runs an action as GitHub's runner does, without one: variables out of action.yml, fresh command files, Node with nothing
 * else in its environment, and then what the runner reads back. Test doubles of ours are not involved.
 */
import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type ActionFile, inputVariables } from './action-file.ts'
import { parseEnvironmentFile } from './environment-file.ts'
import { type Interpreted, interpret } from './workflow-commands.ts'

export interface ActionRun {
  readonly action: ActionFile
  readonly with?: Readonly<Record<string, string>>
  /** GITHUB_WORKSPACE and the working directory. */
  readonly directory: string
  /** On top of what the runner sets; undefined takes a variable away. */
  readonly variables?: Readonly<Record<string, string | undefined>>
  /** SIGINT, as for a cancelled run, after this many milliseconds. */
  readonly interruptAfter?: number
  /** The same, at the moment when this is fulfilled. */
  readonly interrupt?: Promise<void>
}

export interface ActionOutcome extends Interpreted {
  readonly exitCode: number
  readonly outputs: Readonly<Record<string, string>>
  /** The words that ended the values in $GITHUB_OUTPUT. */
  readonly delimiters: readonly string[]
  /** Bytes of $GITHUB_STEP_SUMMARY as text. */
  readonly summary: string
  /** Everything printed, before the runner looks at it. */
  readonly printed: string
  /** What was written to the files that no step of ours writes to. */
  readonly others: Readonly<Record<'GITHUB_ENV' | 'GITHUB_PATH' | 'GITHUB_STATE', string>>
}

const FILES = ['GITHUB_OUTPUT', 'GITHUB_STEP_SUMMARY', 'GITHUB_ENV', 'GITHUB_PATH', 'GITHUB_STATE'] as const

export async function runAction(run: ActionRun): Promise<ActionOutcome> {
  const temporary = mkdtempSync(join(tmpdir(), 'ferry-github-'))
  try {
    const file = (name: string): string => join(temporary, name.toLowerCase())
    for (const name of FILES) writeFileSync(file(name), '')
    const home = join(temporary, 'home')
    mkdirSync(home)
    const variables = {
      PATH: process.env['PATH'],
      HOME: home,
      CI: 'true',
      GITHUB_ACTIONS: 'true',
      GITHUB_WORKSPACE: run.directory,
      RUNNER_OS: 'Linux',
      RUNNER_TEMP: temporary,
      ...Object.fromEntries(FILES.map((name) => [name, file(name)])),
      ...inputVariables(run.action, run.with ?? {}),
      ...run.variables,
    }
    const { exitCode, printed } = await start(run, variables)
    const read = (name: (typeof FILES)[number]): string => readFileSync(file(name), 'utf8')
    return {
      ...interpret(printed),
      exitCode,
      printed,
      outputs: parseEnvironmentFile(read('GITHUB_OUTPUT')),
      delimiters: [...read('GITHUB_OUTPUT').matchAll(/^[^=<\n]+<<(.+)$/gm)].map((match) => match[1] ?? ''),
      summary: read('GITHUB_STEP_SUMMARY'),
      others: { GITHUB_ENV: read('GITHUB_ENV'), GITHUB_PATH: read('GITHUB_PATH'), GITHUB_STATE: read('GITHUB_STATE') },
    }
  } finally {
    rmSync(temporary, { recursive: true, force: true })
  }
}

function start(run: ActionRun, env: Readonly<Record<string, string | undefined>>): Promise<{ exitCode: number; printed: string }> {
  const child = spawn(process.execPath, [run.action.main], { cwd: run.directory, env, stdio: ['ignore', 'pipe', 'pipe'] })
  const timer = run.interruptAfter === undefined ? undefined : setTimeout(() => child.kill('SIGINT'), run.interruptAfter)
  void run.interrupt?.then(() => child.kill('SIGINT'))
  let printed = ''
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (chunk: string) => (printed += chunk))
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code, signal) => {
      clearTimeout(timer)
      resolve({ exitCode: code ?? (signal === 'SIGINT' ? 130 : 143), printed })
    })
  })
}
