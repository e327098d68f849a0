/**
 * Which process wrote a lock or a temporary file, so that the next one can tell whether it is still at work.
 * "Gone" is only said of a process that this one can see: same machine, same boot, same pid namespace.
 */
import { createHash } from 'node:crypto'
import { readFileSync, readlinkSync } from 'node:fs'
import { hostname } from 'node:os'

export interface Owner {
  /** Hex digits that stand for machine, boot and pid namespace together. */
  readonly host: string
  readonly pid: number
  /** When the process started, in clock ticks since boot (`/proc/PID/stat`, field 22); `0` where the system does not tell. */
  readonly started: string
}

let own: Owner | undefined

export function thisProcess(): Owner {
  own ??= { host: thisHost(), pid: process.pid, started: statOf(process.pid)?.started ?? '0' }
  return own
}

function thisHost(): string {
  const marks = [hostname(), attempt(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8')), attempt(() => readlinkSync('/proc/self/ns/pid'))]
  return createHash('sha256').update(marks.join('\n')).digest('hex').slice(0, 12)
}

function attempt(read: () => string): string {
  try {
    return read()
  } catch {
    return ''
  }
}

/** Reads state and start time; the name in between may contain anything, also `)`. */
function statOf(pid: number): { state: string; started: string } | undefined {
  const text = attempt(() => readFileSync(`/proc/${pid}/stat`, 'latin1'))
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
  const [state, started] = [fields[0], fields[19]]
  return state === undefined || started === undefined ? undefined : { state, started }
}

/** As a part of a file name: `HOST-PID-STARTED`. */
export function printOwner(owner: Owner): string {
  return `${owner.host}-${owner.pid}-${owner.started}`
}

/** The inverse of printOwner; undefined for names that are not ours. */
export function parseOwner(text: string): Owner | undefined {
  const match = /^([0-9a-f]{12})-([0-9]{1,10})-([0-9]{1,20})$/.exec(text)
  const [, host, pid, started] = match ?? []
  return host === undefined || pid === undefined || started === undefined ? undefined : { host, pid: Number(pid), started }
}

/** Whether the process lives where this one can see processes. */
export function isNear(owner: Owner): boolean {
  return owner.host === thisProcess().host
}

/** True when the process is proven to have ended: it is not there, is a zombie, or its pid went to another process. */
export function isGone(owner: Owner): boolean {
  if (!isNear(owner)) return false
  try {
    process.kill(owner.pid, 0)
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ESRCH'
  }
  const stat = statOf(owner.pid)
  if (!stat || owner.started === '0') return false
  return stat.state === 'Z' || stat.state === 'X' || stat.started !== owner.started
}
