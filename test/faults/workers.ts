/** Processes that carry ferry out (ferry-worker.ts), one of them ready in advance. */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

export interface Worker {
  /** The exit code of ferry; undefined when the process was killed. */
  run(...argv: string[]): Promise<number | undefined>
  /** SIGKILL, and waits until the process is gone. */
  kill(): Promise<void>
  /** Everything that was said on stderr. */
  readonly said: () => string
}

export function startWorker(env: Readonly<Record<string, string>>): Worker {
  const child: ChildProcessWithoutNullStreams = spawn(process.execPath, [join(import.meta.dirname, 'ferry-worker.ts')], {
    env: { PATH: process.env['PATH'], ...env },
    cwd: env['HOME'],
  })
  let stderr = ''
  let stdout = ''
  let heard = (): void => undefined
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()))
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk.toString()
    heard()
  })
  // A line may be written to a process that was killed.
  child.stdin.on('error', () => undefined)
  const gone = once(child, 'exit')
  const line = (pattern: RegExp): Promise<RegExpExecArray | undefined> =>
    new Promise((resolve) => {
      heard = () => {
        const found = pattern.exec(stdout)
        if (!found) return
        stdout = stdout.slice(found.index + found[0].length)
        resolve(found)
      }
      heard()
      void gone.then(() => resolve(undefined))
    })
  const ready = line(/^ready\n/m)
  return {
    async run(...argv) {
      await ready
      child.stdin.write(`${JSON.stringify(argv)}\n`)
      const code = (await line(/^exit (\d+)\n/m))?.[1]
      return code === undefined ? undefined : Number(code)
    },
    async kill() {
      child.kill('SIGKILL')
      await gone
    },
    said: () => stderr,
  }
}
