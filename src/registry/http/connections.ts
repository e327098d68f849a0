/**
 * Sockets: keep-alive pools per scheme, proxy, certificates and rule of where they may lead. HTTP/1.1 only: HTTP/2 windows make uploads slow
 * (ggcr#799, buildkit#1420). A pool for places that a registry named is apart from the others, so that no open socket goes around the address check.
 */

import type { Agent, request } from 'node:http'
import { guardedLookup, mayReach, refused } from './addresses.ts'
import type { HostCertificates } from './certificates.ts'
import type { NetworkSettings } from './network-settings.ts'
import { createProxyChoice, type Proxy } from './proxy.ts'
import { createTunnelAgent } from './tunnel.ts'
import { toWireError } from './wire-error.ts'

export interface Line {
  readonly request: typeof request
  readonly agent: Agent
  /** Present when the next machine on the way is this proxy; its address says nothing of the host. */
  readonly proxy?: Proxy
  /** Whether the proxy is handed the whole request (plain HTTP), not asked for a tunnel. */
  readonly handsOver: boolean
}

export interface Connections {
  /** @param guard address of the registry that named the place; absent when the user named it */
  to(url: URL, guard: string | undefined): Line
  close(): void
}

// Idle sockets kept per host: as many as there can be exchanges at once (limiter).
const IDLE_SOCKETS = 16

/** @param certificatesFor what to trust and to show, by host */
export function createConnections(certificatesFor: (url: URL) => HostCertificates, network: NetworkSettings): Connections {
  const agents = new Map<string, Agent>()
  const proxyFor = createProxyChoice(network)

  const agentFor = (url: URL, guard: string | undefined, proxy: Proxy | undefined): Agent => {
    const secure = url.protocol === 'https:'
    const certificates: HostCertificates = secure ? certificatesFor(url) : proxy?.url.protocol === 'https:' ? certificatesFor(proxy.url) : { key: '' }
    const key = [secure, guard ?? 'named', proxy?.url.href ?? '', certificates.key].join(' ')
    const known = agents.get(key)
    if (known) return known
    const options = {
      keepAlive: true,
      maxFreeSockets: IDLE_SOCKETS,
      scheduling: 'lifo' as const,
      // Through a proxy the proxy looks names up.
      ...(guard === undefined || proxy ? {} : { lookup: guardedLookup(guard) }),
      ...(certificates.authorities ? { ca: certificates.authorities } : {}),
      ...certificates.client,
      ...(certificates.unverified === true ? { rejectUnauthorized: false } : {}),
    }
    const { Agent: Plain } = process.getBuiltinModule('node:http')
    const { Agent: Secure } = process.getBuiltinModule('node:https')
    const agent =
      secure && proxy
        ? createTunnelAgent(proxy, options, certificatesFor(proxy.url).authorities)
        : new ((proxy?.url ?? url).protocol === 'https:' ? Secure : Plain)(options)
    agents.set(key, agent)
    return agent
  }

  return {
    to(url, guard) {
      const hostname = url.hostname.replace(/^\[|\]$/g, '')
      // Node asks no lookup for a literal address, so it is judged here.
      if (guard !== undefined && process.getBuiltinModule('node:net').isIP(hostname) !== 0 && !mayReach(hostname, guard))
        throw toWireError(refused(url.hostname))
      const proxy = proxyFor(url)
      const agent = agentFor(url, guard, proxy)
      const handsOver = proxy !== undefined && url.protocol === 'http:'
      const next = handsOver ? proxy.url : url
      return {
        request: next.protocol === 'https:' ? process.getBuiltinModule('node:https').request : process.getBuiltinModule('node:http').request,
        agent,
        handsOver,
        ...(proxy ? { proxy } : {}),
      }
    },
    close() {
      for (const agent of agents.values()) agent.destroy()
      agents.clear()
    },
  }
}
