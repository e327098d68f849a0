/**
 * TLS to a host through a proxy: CONNECT (RFC 9110 §9.3.6), then TLS with the host itself, so that the proxy sees a name and a port and nothing else.
 * What does not belong here: which proxy (proxy), and what goes through.
 */
import type { Agent, AgentOptions } from 'node:https'
import type { Socket } from 'node:net'
import type { ConnectionOptions, TLSSocket } from 'node:tls'
import type { Proxy } from './proxy.ts'
import { toWireError, WireError } from './wire-error.ts'

/** Codes of a WireError about the proxy itself. */
export const PROXY_WANTS_LOGIN = 'EPROXYAUTH'
export const PROXY_REFUSED = 'EPROXYREFUSED'
export const PROXY_UNREACHABLE = 'EPROXYDOWN'

/** Milliseconds for the way through the proxy; reliability-ux.md §7, as for any connection. */
const PATIENCE = 10_000

/** A pool of connections that each lead through a tunnel. @param authorities PEM texts, for a proxy that speaks TLS */
export function createTunnelAgent(proxy: Proxy, options: AgentOptions, authorities: string[] | undefined): Agent {
  const { Agent: SecureAgent } = process.getBuiltinModule('node:https')
  const agent = new SecureAgent(options)
  // Those that nobody got yet: the pool does not know them, but ends with them.
  const pending = new Set<Ends>()
  const hand = async (target: ConnectionOptions, done: NonNullable<Parameters<Agent['createConnection']>[1]>): Promise<void> => {
    let socket: TLSSocket
    try {
      socket = await openTunnel(proxy, target, authorities, pending)
    } catch (error) {
      // The pool looks at the error alone.
      return done(toWireError(error), new (process.getBuiltinModule('node:net').Socket)())
    }
    done(null, socket)
  }
  agent.createConnection = (target: ConnectionOptions, done) => {
    if (done) void hand(target, done)
    return undefined
  }
  agent.destroy = () => {
    for (const one of pending) one.destroy(new WireError('ECONNABORTED', 'the connection is no longer needed'))
    SecureAgent.prototype.destroy.call(agent)
  }
  return agent
}

interface Ends {
  destroy(error: Error): unknown
}

async function openTunnel(proxy: Proxy, target: ConnectionOptions, authorities: string[] | undefined, pending: Set<Ends>): Promise<TLSSocket> {
  const host = String(target.host ?? '')
  const socket = await askWay(proxy, `${host.includes(':') ? `[${host}]` : host}:${target.port ?? 443}`, authorities, pending)
  const { path: _none, ...rest } = target
  const secured = process.getBuiltinModule('node:tls').connect({ ...rest, socket })
  return await within(secured, pending, 'the connection through the proxy took too long', (resolve, reject) => {
    secured.once('error', (error) => {
      socket.destroy()
      reject(error)
    })
    secured.once('secureConnect', () => resolve(secured))
  })
}

/** @throws WireError about the proxy */
function askWay(proxy: Proxy, authority: string, ca: string[] | undefined, pending: Set<Ends>): Promise<Socket> {
  const secure = proxy.url.protocol === 'https:'
  const { request: open } = process.getBuiltinModule(secure ? 'node:https' : 'node:http')
  const request = open(proxy.url, {
    method: 'CONNECT',
    path: authority,
    agent: false,
    headers: { host: authority, ...(proxy.authorization ? { 'proxy-authorization': proxy.authorization.reveal() } : {}) },
    ...(secure && ca ? { ca } : {}),
  })
  return within(request, pending, 'there was no answer in time', (resolve, reject) => {
    request.once('connect', (answer, socket, head) => {
      if (answer.statusCode !== 200) {
        socket.destroy()
        return reject(refusalOf(proxy, answer.statusCode ?? 0))
      }
      if (head.length > 0) socket.unshift(head)
      resolve(socket)
    })
    request.once('error', (error) => reject(unreachable(proxy, error)))
    request.end()
  })
}

/** Waits for something that can be ended, for ten seconds at most. */
async function within<T>(
  ends: Ends,
  pending: Set<Ends>,
  late: string,
  start: (resolve: (value: T) => void, reject: (error: Error) => void) => void,
): Promise<T> {
  pending.add(ends)
  const timer = setTimeout(() => ends.destroy(new WireError('ETIMEDOUT', late)), PATIENCE)
  try {
    return await new Promise<T>(start)
  } finally {
    clearTimeout(timer)
    pending.delete(ends)
  }
}

/** What a proxy says instead of a way through. */
export function refusalOf(proxy: Proxy, status: number): WireError {
  if (status === 407) {
    const given = proxy.authorization ? 'refuses the user and password it was given' : 'wants a user and password'
    return new WireError(PROXY_WANTS_LOGIN, `the proxy ${proxy.url.host} ${given} (407)`)
  }
  return new WireError(PROXY_REFUSED, `the proxy ${proxy.url.host} answered ${status} instead of opening a way through`)
}

/** A proxy that cannot be reached, so that nobody looks for the fault at the registry. */
export function unreachable(proxy: Proxy, error: unknown): WireError {
  return new WireError(PROXY_UNREACHABLE, `the proxy ${proxy.url.host} cannot be reached: ${toWireError(error).message}`, { cause: error })
}
