/**
 * What one run shares over all registries: sockets, lanes, tokens, counters. One client per process is the rule.
 * What does not belong here: a particular repository (target/remote).
 */
import type { Call } from '../../kit/call.ts'
import { isLoopbackHost } from './addresses.ts'
import { createAuthorizer } from './auth/authorizer.ts'
import { createCertificates, hasOwnCertificates, withOwn } from './certificates.ts'
import { type Connections, createConnections } from './connections.ts'
import type { Counters } from './counters.ts'
import { lazyCloudFinder } from './credentials/clouds/load.ts'
import type { CredentialSources } from './credentials/credential.ts'
import { createCredentialFinder } from './credentials/find-credential.ts'
import { createEngine, type Engine } from './engine.ts'
import { createLanes } from './lanes.ts'
import { createMirrorAccess, type MirrorAccess } from './mirrors/mirror-access.ts'
import type { Place } from './mirrors/place.ts'
import type { NetworkSettings } from './network-settings.ts'
import type { Shown, Transport } from './one-hop.ts'
import type { RateLimit } from './rate-limit.ts'
import type { Answer, Request } from './request.ts'
import type { RequestLine } from './request-line.ts'
import { DEFAULT_TIMING, type Timing } from './timing.ts'

export interface RegistryClientOptions {
  readonly credentials: CredentialSources
  /** `kubeferry/0.1.0`. */
  readonly userAgent: string
  /** Registries (`host` or `host:port`) that are spoken to without TLS; loopback ones are anyway. */
  readonly plainHttp?: readonly string[]
  /** Loopback registries that do speak TLS; those with certificates of their own in `network.certificateDirectories` do anyway. */
  readonly tls?: readonly string[]
  /** PEM files of authorities to trust besides the usual ones. */
  readonly caFiles?: readonly string[]
  /** Proxies and certificates of this machine. Without it no proxy is used. */
  readonly network?: NetworkSettings
  /** Registries whose product is known to whoever asks: `host` → its name in the support table. Otherwise host and answers tell. */
  readonly dialects?: Readonly<Record<string, string>>
  /** For tests: shorter waits. */
  readonly timing?: Partial<Timing>
  /** Called after each exchange, token requests included. */
  onRequest?(line: RequestLine): void
  /** Oddities of registries that were overcome; each text is given once. */
  onWarning?(text: string): void
}

export interface RegistryClient {
  send(request: Request, call: Call): Promise<Answer>
  /** Scheme, host and port of a registry. */
  originOf(registry: string): URL
  readonly counters: Readonly<Counters>
  /** What a registry last said of its allowance (`RateLimit-*`); undefined when it said nothing. */
  rateLimitOf(registry: string): RateLimit | undefined
  /** What the user says of the product of a registry. */
  dialectOf(registry: string): string | undefined
  /** Headers of its answers so far that tell one product from another, names in lower case. */
  shownBy(registry: string): Shown
  readonly timing: Timing
  /** Other places that may have content by digest. */
  readonly mirrors: MirrorAccess
  warn(text: string): void
  /** Ends idle and running connections. */
  close(): void
}

// Names of registries that are reached under another one. Docker's own convention.
const CONNECT_TO = new Map([['docker.io', 'registry-1.docker.io']])

const MOST_WARNINGS = 100

export function createRegistryClient(options: RegistryClientOptions): RegistryClient {
  const { credentials, userAgent, plainHttp = [], tls = [], caFiles = [], network = {}, dialects = {}, onRequest, onWarning } = options
  const counters: Counters = { requests: 0, bytesIn: 0, bytesOut: 0 }
  const timing: Timing = { ...DEFAULT_TIMING, ...options.timing }
  const warned = new Set<string>()
  const warn = (text: string): void => {
    if (warned.has(text) || warned.size >= MOST_WARNINGS) return
    warned.add(text)
    onWarning?.(text)
  }
  const origins = new Map<string, URL>()

  const originOf = (registry: string): URL => {
    const known = origins.get(registry)
    if (known) return known
    const host = CONNECT_TO.get(registry) ?? registry
    const hostname = new URL(`http://${host}`).hostname
    const plain =
      plainHttp.includes(registry) ||
      (isLoopbackHost(hostname) && !tls.includes(registry) && !hasOwnCertificates(new URL(`https://${host}`), network.certificateDirectories ?? []))
    const origin = new URL(`${plain ? 'http' : 'https'}://${host}`)
    origins.set(registry, origin)
    return origin
  }

  const certificatesFor = createCertificates(caFiles, network.certificateDirectories ?? [])
  const open: Connections[] = []
  const transportWith = (certificates: typeof certificatesFor): Transport => {
    const connections = createConnections(certificates, network)
    open.push(connections)
    return {
      connections,
      timing,
      counters,
      userAgent,
      lane: createLanes(timing.scale, warn),
      addresses: new Map(),
      shown: new Map(),
      warn,
      ...(onRequest ? { onRequest } : {}),
    }
  }
  const transport = transportWith(certificatesFor)
  const { clouds } = credentials
  const find = createCredentialFinder(credentials, clouds && lazyCloudFinder(clouds, transport, originOf))
  const engine = createEngine(transport, createAuthorizer(transport, originOf, find), originOf)
  /** A mirror has sockets, tokens and pace of its own, so that nothing of a registry can reach it. */
  const engineOf = ({ origin, trust }: Place): Engine => {
    const own = transportWith(withOwn({ origin: origin.origin, ...trust }, certificatesFor))
    return createEngine(
      own,
      createAuthorizer(own, () => origin, find),
      () => origin,
    )
  }
  const mirrors = createMirrorAccess(network.mirrors, { originOf, engineOf, scale: timing.scale, warn })
  return {
    async send(request, call) {
      await mirrors.allow(request.repository, request.what)
      return await engine.send(request, call)
    },
    originOf,
    counters,
    rateLimitOf: (registry) => transport.lane(originOf(registry).host).rateLimit,
    dialectOf: (registry) => (Object.hasOwn(dialects, registry) ? dialects[registry] : undefined),
    shownBy: (registry) => transport.shown.get(originOf(registry).origin) ?? {},
    timing,
    mirrors,
    warn,
    close() {
      for (const connections of open) connections.close()
    },
  }
}
