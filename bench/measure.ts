/** One run of one contestant: wall time, CPU of the process and its children, peak memory. */
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import type { Command } from './row.ts'

export interface Sample {
  /** Seconds. */
  readonly wall: number
  /** Seconds, user and system. */
  readonly cpu: number
  /** MiB, of the largest process. */
  readonly memory: number
}

// bash's own `time` is on every machine that has bash; the words go in as arguments, never as text of the script.
const TIMED = 'TIMEFORMAT="%R %U %S"; time "$@" >/dev/null 2>&3'

export async function measure({ words: command, environment }: Command): Promise<Sample> {
  const child = spawn('bash', ['-c', TIMED, 'timed', ...command], {
    env: { PATH: process.env['PATH'], ...environment },
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
  })
  let times = ''
  let words = ''
  child.stderr?.on('data', (chunk: Buffer) => (times += chunk.toString()))
  child.stdio[3]?.on('data', (chunk: Buffer) => (words += chunk.toString()))
  let memory = 0
  const watch = setInterval(() => (memory = Math.max(memory, peakBelow(child.pid ?? 0))), 20)
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve))
  clearInterval(watch)
  if (code !== 0) throw new Error(`exit ${code}: ${command.join(' ')}\n${words}`)
  const [wall = 0, user = 0, system = 0] = times.trim().split('\n').at(-1)?.split(' ').map(Number) ?? []
  return { wall, cpu: user + system, memory }
}

/** VmHWM of the children of a process, in MiB; 0 when they are gone. */
function peakBelow(parent: number): number {
  try {
    const children = readFileSync(`/proc/${parent}/task/${parent}/children`, 'utf8')
      .trim()
      .split(' ')
      .filter((id) => id !== '')
    return Math.max(0, ...children.map((id) => Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${id}/status`, 'utf8'))?.[1] ?? 0) / 1024))
  } catch {
    return 0
  }
}
