/** The kinds of registries that a client meets here, and a `describe` for each. */
import { describe } from 'vitest'
import type { PeerName } from '../../../tools/peers/pins.ts'
import { describePeers } from '../../../tools/peers/with-peers.ts'
import { type Server, startDistribution, startOurs, startReferrersRegistry } from './servers.ts'

interface Kind {
  /** Whose program it is; ours is always there. */
  readonly peer: PeerName | undefined
  readonly start: (bin: string) => Promise<Server>
  /** Whether it has the referrers API; else the fallback tag stands in. */
  readonly referrersApi: boolean
}

export const KINDS = {
  'our own': { peer: undefined, start: startOurs, referrersApi: true },
  'distribution 2': { peer: 'distribution-2', start: startDistribution, referrersApi: false },
  'distribution 3': { peer: 'distribution-3', start: startDistribution, referrersApi: false },
  'go-containerregistry': { peer: 'referrers-registry', start: startReferrersRegistry, referrersApi: true },
} as const satisfies Readonly<Record<string, Kind>>

export type KindName = keyof typeof KINDS

export const KIND_NAMES = Object.keys(KINDS) as KindName[]

/** A `describe` for tests that want one server of this kind; without its program they say so (describePeers). */
export function describeKind(name: KindName, tests: (start: () => Promise<Server>) => void): void {
  const { peer, start }: Kind = KINDS[name]
  if (peer === undefined) describe(name, () => tests(() => start('')))
  else describePeers([peer], name, (peers) => tests(() => start(peers[peer].bin)))
}
