/** One installation at a time per folder. */

import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

const patience = 30 * 60_000

export async function withLock<T>(root: string, work: () => Promise<T>): Promise<T> {
  const file = join(root, 'lock')
  const until = Date.now() + patience
  while (!taken(file)) {
    const holder = holderOf(file)
    if (holder === undefined || Date.now() > until) rmSync(file, { force: true })
    else await sleep(500)
  }
  const release = (): void => rmSync(file, { force: true })
  process.once('exit', release)
  try {
    return await work()
  } finally {
    process.off('exit', release)
    release()
  }
}

function taken(file: string): boolean {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' })
    return true
  } catch {
    return false
  }
}

/** The process that holds the lock, if it still lives. */
function holderOf(file: string): number | undefined {
  try {
    const pid = Number(readFileSync(file, 'utf8'))
    process.kill(pid, 0)
    return pid
  } catch {
    return undefined
  }
}
