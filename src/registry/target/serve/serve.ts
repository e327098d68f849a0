/**
 * The embedded registry: OCI layouts over HTTP, distribution-spec v1.1. Plain HTTP, on loopback unless told otherwise.
 * What does not belong here: what the single requests do (manifests.ts, blobs.ts, uploads.ts, listings.ts).
 */
import type { IncomingMessage } from 'node:http'
import { asFailure, Failure, isFailure } from '../../../kit/failure.ts'
import type { FaultPlan } from '../faults/plan.ts'
import { systemCode } from '../layout/trouble.ts'
import { type AccessLine, logAccess } from './access.ts'
import { type Answer, answerFailure, refuse } from './answer.ts'
import { createAttendant } from './attend.ts'
import { createGate, type Gate, type ServeAuth } from './auth.ts'
import { dispatch } from './dispatch.ts'
import { createHistory, type HistoryEntry } from './history.ts'
import type { Violation } from './invariant.ts'
import { openRepositories } from './repositories.ts'
import { openSessions } from './sessions.ts'

export type { AccessLine } from './access.ts'
export type { ServeAuth } from './auth.ts'
export type { HistoryEntry } from './history.ts'
export type { Violation } from './invariant.ts'

export interface ServeOptions {
  /** Where the repositories are; made when it is not there. */
  readonly directory: string
  /** Default 127.0.0.1. */
  readonly host?: string
  /** Default 0: any free port. */
  readonly port?: number
  readonly onAccess?: (line: AccessLine) => void
  readonly auth?: ServeAuth
  /** Milliseconds after which an upload that nobody goes on with is dropped. Default 24 hours. */
  readonly uploadIdle?: number
  /** What goes wrong on purpose; see readFaultPlan and parseFaultPlan. */
  readonly faults?: FaultPlan
  /** Asserts after each request that writes that no tag of its repository names an incomplete graph. */
  readonly invariant?: boolean
  /** Called when a request has come and before anything is done about it. */
  readonly onRequest?: (entry: HistoryEntry) => void | Promise<void>
  readonly onViolation?: (violation: Violation) => void
}

export interface RunningRegistry {
  /** `http://127.0.0.1:5055` */
  readonly url: string
  /** `127.0.0.1:5055`, as it stands before a repository in a reference. */
  readonly host: string
  /** The requests so far, the latest 10,000 of them. */
  readonly history: readonly HistoryEntry[]
  /** What `invariant` found. */
  readonly violations: readonly Violation[]
  /** Takes no more requests, lets those that run finish for two seconds, then cuts them off. */
  close(): Promise<void>
}

const UPLOAD_IDLE_MS = 24 * 60 * 60 * 1000
const EXPIRE_EVERY_MS = 10 * 60 * 1000
const GRACE_MS = 2000
/** A connection on which nothing moves for this long is given up; a large upload may take as long as it needs. */
const SOCKET_IDLE_MS = 120_000

/** @throws Failure INPUT_INVALID when the port is taken, FILE_UNREADABLE when the directory is of no use */
export async function serveRegistry(options: ServeOptions): Promise<RunningRegistry> {
  const repositories = await openRepositories(options.directory)
  const sessions = openSessions(options.directory)
  const gate = createGate(options.auth)
  const stop = new AbortController()
  const base = { call: { signal: stop.signal }, repositories, sessions }
  const history = createHistory()
  const violations: Violation[] = []
  const disturbed = options.faults ? (await import('../faults/disturb.ts')).createDisturbance(options.faults) : undefined
  const violated = (violation: Violation): void => {
    violations.push(violation)
    options.onViolation?.(violation)
  }
  const attend = createAttendant(
    (message) => answerOf(message, gate, base),
    history,
    { ...(disturbed ? { disturbed } : {}), ...(options.onRequest ? { onRequest: options.onRequest } : {}) },
    options.invariant ? { repositories, violated } : undefined,
  )
  const { createServer } = process.getBuiltinModule('node:http')
  const server = createServer((message, response) => {
    const count = options.onAccess ? logAccess(message, response, options.onAccess) : (): void => undefined
    void attend(message, response, count).catch(() => response.destroy())
  })
  server.requestTimeout = 0
  server.headersTimeout = 30_000
  server.keepAliveTimeout = 65_000
  server.timeout = SOCKET_IDLE_MS

  const idle = options.uploadIdle ?? UPLOAD_IDLE_MS
  await sessions.expire(idle)
  const timer = setInterval(() => void sessions.expire(idle), Math.min(EXPIRE_EVERY_MS, Math.max(idle, 100)))
  timer.unref()

  const host = options.host ?? '127.0.0.1'
  const port = await new Promise<number>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port ?? 0, host, () => {
      const address = server.address()
      resolve(typeof address === 'object' && address ? address.port : 0)
    })
  }).catch((error: unknown) => {
    clearInterval(timer)
    throw cannotListen(error, `${host}:${options.port ?? 0}`)
  })
  const shown = `${host.includes(':') ? `[${host}]` : host}:${port}`
  return {
    url: `http://${shown}`,
    host: shown,
    history: history.entries,
    violations,
    async close() {
      clearInterval(timer)
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      server.closeIdleConnections()
      const cut = setTimeout(() => {
        stop.abort()
        server.closeAllConnections()
      }, GRACE_MS)
      await closed
      clearTimeout(cut)
    },
  }
}

async function answerOf(message: IncomingMessage, gate: Gate, base: Parameters<typeof dispatch>[2]): Promise<Answer> {
  try {
    return await dispatch(message, gate, base)
  } catch (error) {
    // The client went away in the middle of its body: there is nobody to answer.
    if (!isFailure(error) && message.destroyed && !message.complete) return refuse(400, 'SIZE_INVALID', 'the body ended too early')
    return answerFailure(asFailure(error))
  }
}

function cannotListen(error: unknown, where: string): Failure {
  const code = systemCode(error)
  return new Failure('INPUT_INVALID', `cannot listen on ${where}`, {
    cause: error,
    hint:
      code === 'EADDRINUSE'
        ? 'Another program has this port: name another one, or 0 for any that is free.'
        : 'Name an address of this machine and a port above 1023.',
  })
}
