/**
 * `describe` for tests that run real peers. Where a peer is missing they are one skipped test that says so, so that a
 * run without it never looks like a run with it; FERRY_PEERS_STRICT=1 makes that one fail instead. The names also go
 * into the tests' meta, from which reporter.ts counts.
 */

import { describe, test } from 'vitest'
import { findPeer, type ReadyPeer } from './peers.ts'
import type { PeerName } from './pins.ts'

declare module 'vitest' {
  interface TaskMeta {
    peers?: PeerName[]
  }
}

export type Peers<Name extends PeerName> = { readonly [name in Name]: ReadyPeer }

export function describePeers<const Name extends PeerName>(names: readonly Name[], title: string, tests: (peers: Peers<Name>) => void): void {
  const found = names.map(findPeer)
  const missing = found.filter((peer) => peer.state === 'missing')
  describe(title, { meta: { peers: [...names] } }, () => {
    if (missing.length === 0) {
      tests(Object.fromEntries(found.map((peer) => [peer.name, peer])) as Peers<Name>)
      return
    }
    const why = missing.map((peer) => `${peer.name} is not available: ${peer.why}`).join('; ')
    test(why, (context) => {
      if (process.env.FERRY_PEERS_STRICT === '1') throw new Error(why)
      context.skip(why)
    })
  })
}
