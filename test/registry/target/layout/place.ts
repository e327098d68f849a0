/** A directory for one test, gone after it; children that write to a layout. */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

export async function makePlace(): Promise<string> {
  const place = await mkdtemp(join(tmpdir(), 'ferry-layout-'))
  onTestFinished(() => rm(place, { recursive: true, force: true }))
  return place
}

export interface Writer {
  readonly child: ChildProcess
  /** Tags whose writing was confirmed so far. */
  readonly confirmed: string[]
  readonly ended: Promise<{ readonly code: number | null; readonly errors: string }>
}

/** Starts writer.ts: pushes and tags `PREFIX-0`, `PREFIX-1`, … and says each one when it is done. */
export function startWriter(directory: string, prefix: string, count: number): Writer {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'writer.ts'), directory, prefix, String(count)], { stdio: ['ignore', 'pipe', 'pipe'] })
  const confirmed: string[] = []
  let rest = ''
  let errors = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    const lines = (rest + text).split('\n')
    rest = lines.pop() ?? ''
    confirmed.push(...lines)
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors += text
  })
  const ended = new Promise<{ code: number | null; errors: string }>((resolve) => child.once('close', (code) => resolve({ code, errors })))
  return { child, confirmed, ended }
}
