/**
 * Sockets: keep-alive pools per scheme and per rule of where they may lead. HTTP/1.1 only: HTTP/2 windows make uploads slow (ggcr#799, buildkit#1420).
 * A pool for places that a registry named is apart from the others, so that no open socket goes around the address check.
 */

import { readFileSync } from 'node:fs'
import type { Agent, request } from 'node:http'
import { Failure } from '../../kit/failure.ts'
import { guardedLookup, mayReach, refused } from './addresses.ts'
import { toWireError } from './wire-error.ts'

export interface Line {
  readonly request: typeof request
  readonly agent: Agent
}

export interface Connections {
  /** @param guard address of the registry that named the place; absent when the user named it */
  to(url: URL, guard: string | undefined): Line
  close(): void
}

// Idle sockets kept per host: as many as there are lanes in both directions.
const IDLE_SOCKETS = 12

/** @param caFiles PEM files with further authorities to trust */
export function createConnections(caFiles: readonly string[]): Connections {
  const agents = new Map<string, Agent>()
  let authorities: string[] | undefined

  const create = (secure: boolean, guard: string | undefined): Agent => {
    const common = {
      keepAlive: true,
      maxFreeSockets: IDLE_SOCKETS,
      scheduling: 'lifo' as const,
      ...(guard === undefined ? {} : { lookup: guardedLookup(guard) }),
    }
    if (!secure) return new (process.getBuiltinModule('node:http').Agent)(common)
    if (caFiles.length > 0) authorities ??= readAuthorities(caFiles)
    return new (process.getBuiltinModule('node:https').Agent)({ ...common, ...(authorities === undefined ? {} : { ca: authorities }) })
  }

  return {
    to(url, guard) {
      const secure = url.protocol === 'https:'
      const hostname = url.hostname.replace(/^\[|\]$/g, '')
      // Node asks no lookup for a literal address, so it is judged here.
      if (guard !== undefined && process.getBuiltinModule('node:net').isIP(hostname) !== 0 && !mayReach(hostname, guard))
        throw toWireError(refused(url.hostname))
      const key = `${url.protocol}${guard ?? ''}`
      const agent = agents.get(key) ?? create(secure, guard)
      agents.set(key, agent)
      return { request: secure ? process.getBuiltinModule('node:https').request : process.getBuiltinModule('node:http').request, agent }
    },
    close() {
      for (const agent of agents.values()) agent.destroy()
      agents.clear()
    },
  }
}

function readAuthorities(files: readonly string[]): string[] {
  const own = files.map((file) => {
    try {
      return readFileSync(file, 'utf8')
    } catch (error) {
      throw new Failure('FILE_UNREADABLE', `cannot read the certificate authority ${file}`, { cause: error, hint: 'Name a PEM file that this user may read.' })
    }
  })
  const tls = process.getBuiltinModule('node:tls')
  // `default` holds what NODE_EXTRA_CA_CERTS adds too; Node 20 does not know the function.
  const usual = typeof tls.getCACertificates === 'function' ? tls.getCACertificates('default') : tls.rootCertificates
  return [...usual, ...own]
}
