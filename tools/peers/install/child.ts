/** Runs a program: no shell, a time limit, a small environment, and one line of why when it fails. */

import { spawn } from 'node:child_process'
import { stripVTControlCharacters } from 'node:util'

export type Outcome = { readonly stdout: string; readonly stderr: string }

export type ChildOptions = {
  readonly cwd?: string
  readonly env: Readonly<Record<string, string>>
  readonly seconds?: number
}

/** A build on two busy cores takes minutes; one that takes longer than this hangs. */
const longest = 15 * 60

/** Why a peer cannot be had, in one line; the message is what peers.json records. */
export class Unavailable extends Error {}

/** The registry cannot be reached: trying once more would only take time. */
export class Unreachable extends Unavailable {}

export function run(program: string, args: readonly string[], options: ChildOptions): Promise<Outcome> {
  const seconds = options.seconds ?? longest
  return new Promise((resolve, reject) => {
    // In a process group of its own, so that a compiler's children end with it.
    const child = spawn(program, args, {
      cwd: options.cwd,
      env: options.env,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    })
    let stdout = ''
    let stderr = ''
    let late = false
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
    const stop = (): void => {
      try {
        if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL')
      } catch {
        // it has just ended
      }
    }
    const timer = setTimeout(() => {
      late = true
      stop()
    }, seconds * 1000)
    process.once('exit', stop)
    const settle = (): void => {
      clearTimeout(timer)
      process.off('exit', stop)
    }
    child.on('error', (error) => {
      settle()
      reject(new Unavailable(`${program}: ${error.message}`))
    })
    child.on('close', (code, signal) => {
      settle()
      if (code === 0) resolve({ stdout, stderr })
      else if (late) reject(new Unavailable(`${program} ${args[0] ?? ''}: no end after ${seconds} s`))
      else reject(explain(`${program} ${args[0] ?? ''}`, `${stderr}\n${stdout}`, `exit ${code ?? signal}`))
    })
  })
}

const offline = /dial (tcp|udp)|failure resolving|could not resolve|unknown host|unreachable|could not connect|connection timed out/i

function explain(what: string, output: string, otherwise: string): Unavailable {
  if (offline.test(output)) return new Unreachable(`${what}: the package registry cannot be reached`)
  return new Unavailable(`${what}: ${gist(output) || otherwise}`)
}

/** The first line that looks like the reason: go, apt and mvn all print progress before it. */
function gist(output: string): string {
  const lines = stripVTControlCharacters(output)
    .split('\n')
    .map((line) => line.trim())
  const telling = lines.filter((line) => line !== '' && !/^(go: downloading|# |\[INFO\]|Get:|W: )/.test(line))
  const reason = telling.find((line) => /^E: |\[ERROR\]|error|denied|forbidden|cannot|no such|undefined|refused|not /i.test(line))
  // Hosts are this machine's business: the line may end up in a log that others read.
  return (reason ?? telling[0] ?? '').replace(/\bhttps?:\/\/[^\s/"]+/g, '<registry>').slice(0, 200)
}
