/** From a location as a user writes it to the target it names. All remote targets of an opener share one client: sockets, lanes, tokens. */

import { createRegistryClient, type RegistryClient, type RegistryClientOptions } from '../http/client.ts'
import type { CredentialSources } from '../http/credentials/credential.ts'
import { type LayoutTarget, openLayout } from './layout/layout.ts'
import { type Location, parseLocation } from './location.ts'
import { openRemote, type RemoteTarget } from './remote/remote.ts'

export interface OpenerOptions extends RegistryClientOptions {
  readonly credentials: CredentialSources
}

export interface Opened {
  readonly target: LayoutTarget | RemoteTarget
  readonly location: Location
}

export interface Opener {
  /** Costs nothing yet: the first request or file is touched when the target is used. @throws Failure REFERENCE_INVALID */
  open(location: Location | string): Opened
  readonly client: RegistryClient
  /** Ends connections. */
  close(): void
}

export function createOpener(options: OpenerOptions): Opener {
  const client = createRegistryClient(options)
  return {
    client,
    open(where) {
      const location = typeof where === 'string' ? parseLocation(where) : where
      return { location, target: location.kind === 'remote' ? openRemote(location, client) : openLayout(location.directory) }
    },
    close: () => client.close(),
  }
}
