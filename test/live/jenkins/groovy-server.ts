/**
 * The warm JVM that runs vars and Jenkinsfiles for tests: Jenkins' own Groovy (plain, or transformed and driven by
 * JenkinsPipelineUnit) and our harness, whose `sh` really starts the command line.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { javaClassPath } from '../../../tools/peers/peers.ts'

export const ROOT = fileURLToPath(new URL('../../..', import.meta.url))
const HARNESS = fileURLToPath(new URL('harness', import.meta.url))

export type StoredCredential =
  | { readonly kind: 'usernamePassword'; readonly username: string; readonly password: string }
  | { readonly kind: 'string'; readonly secret: string }
  | { readonly kind: 'file'; readonly name?: string; readonly content: string }

export interface PipelineRun {
  /** The Jenkinsfile. `theArgs` is what `args` says. */
  readonly text: string
  /**
   * `plain`: Groovy as it is; `cps`: through JenkinsPipelineUnit, transformed as Jenkins does; `cps-saved`: and what a var holds is
   * written and read back after each of its steps, as when Jenkins restarts.
   */
  readonly mode: 'plain' | 'cps' | 'cps-saved'
  readonly workspace: string
  readonly args?: Readonly<Record<string, unknown>>
  readonly variables?: Readonly<Record<string, string>>
  readonly credentials?: Readonly<Record<string, StoredCredential>>
  /** What `checkout scm` puts into the workspace. */
  readonly source?: string
  /** A signal to the process that `sh` started, this many milliseconds later; with `abort` the build is stopped too. */
  readonly interrupt?: { readonly after: number; readonly signal: 'TERM' | 'INT'; readonly abort: boolean }
  /** Root of the shared library; ours when not given. */
  readonly library?: string
}

export interface PipelineOutcome {
  /** What the Jenkinsfile returned, when that was text, a list or a map. */
  readonly value: unknown
  readonly error: string | null
  readonly result: 'SUCCESS' | 'UNSTABLE' | 'FAILURE' | 'ABORTED'
  /** Of the last `sh`. */
  readonly exitCode: number | null
  /** The console, masked as Jenkins does, and without masks. */
  readonly log: string
  readonly raw: string
  readonly trace: readonly string[]
  /** What would break on a real controller. */
  readonly problems: readonly string[]
}

export interface GroovyServer {
  /** When the JVM is up; seconds on a busy machine. */
  ready(): Promise<void>
  run(run: PipelineRun): Promise<PipelineOutcome>
  /** Why Jenkins' transformation refuses a source; undefined when it accepts it. */
  lint(source: { readonly name: string; readonly text: string }): Promise<string | undefined>
  close(): Promise<void>
}

interface Reply {
  readonly id: number
  readonly answer?: unknown
  readonly broken?: string
}

/** Ends with this process, when its stdin closes, and takes the agent's directory with it. */
export function startGroovyServer(): GroovyServer {
  const agent = mkdtempSync(join(tmpdir(), 'ferry-agent-'))
  const path = installFerry(agent)
  const classPath = [javaClassPath(), HARNESS].join(delimiter)
  const child = spawn('java', ['-Xmx512m', '-XX:TieredStopAtLevel=1', '-cp', classPath, 'groovy.ui.GroovyMain', join(HARNESS, 'server.groovy'), agent], {
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  const waiting = new Map<number, { resolve: (reply: Reply) => void; reject: (error: Error) => void }>()
  let said = ''
  child.stderr.on('data', (chunk: Buffer) => (said = (said + chunk.toString()).slice(-8000)))
  child.on('close', () => {
    for (const { reject } of waiting.values()) reject(new Error(`the JVM ended: ${said}`))
  })
  createInterface({ input: child.stdout }).on('line', (line) => {
    const reply = JSON.parse(line) as Reply
    waiting.get(reply.id)?.resolve(reply)
    waiting.delete(reply.id)
    hold(child, waiting.size > 0)
  })
  hold(child, false)
  let count = 0
  const ask = async (request: object): Promise<unknown> => {
    count += 1
    const id = count
    const reply = await new Promise<Reply>((resolve, reject) => {
      waiting.set(id, { resolve, reject })
      hold(child, true)
      child.stdin.write(`${JSON.stringify({ id, ...request })}\n`)
    })
    if (reply.broken !== undefined) throw new Error(reply.broken)
    return reply.answer
  }
  return {
    ready: async () => void (await ask({ kind: 'lint', name: 'ready', text: '', classPath: [] })),
    run: async ({ variables = {}, library = join(ROOT, 'jenkins'), ...run }) =>
      (await ask({ kind: 'run', ...run, library, variables: { PATH: path, HOME: agent, WORKSPACE: run.workspace, ...variables } })) as PipelineOutcome,
    lint: async ({ name, text }) => ((await ask({ kind: 'lint', name, text, classPath: [join(ROOT, 'jenkins', 'src')] })) ?? undefined) as string | undefined,
    close: () =>
      new Promise((resolve) => {
        child.on('close', () => resolve())
        hold(child, true)
        child.stdin.end()
      }),
  }
}

/** A JVM that nobody waits for must not keep the test run from ending. */
function hold(child: ChildProcess, needed: boolean): void {
  for (const part of [child, child.stdin, child.stdout, child.stderr] as readonly object[]) {
    const { ref, unref } = part as { ref?: () => void; unref?: () => void }
    if (needed) ref?.call(part)
    else unref?.call(part)
  }
}

/** `ferry` on the agent's PATH. It notes its argv and environment where FERRY_TEST_NOTES says. @returns the PATH */
function installFerry(agent: string): string {
  const bin = join(agent, 'bin')
  mkdirSync(bin)
  const file = join(bin, 'ferry')
  writeFileSync(
    file,
    [
      '#!/bin/sh',
      // In one write, so that notes of parallel calls do not run into each other.
      'if [ -n "$FERRY_TEST_NOTES" ]; then printf "%s\\n%s\\n%s\\n" "$*" "$FERRY_EXCHANGE" "$(cat "$FERRY_EXCHANGE/in.json")" >> "$FERRY_TEST_NOTES"; fi',
      `exec '${process.execPath}' '${join(ROOT, 'dist/ferry.cjs')}' "$@"`,
      '',
    ].join('\n'),
  )
  chmodSync(file, 0o755)
  return [bin, dirname(process.execPath), '/usr/local/bin', '/usr/bin', '/bin'].join(delimiter)
}
