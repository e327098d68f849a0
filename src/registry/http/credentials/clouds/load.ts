/**
 * What is loaded when: the finder when nothing is configured for a registry, a cloud's own client when a host of it wants a login.
 * All imports stand here, above what they import, so that no bundle has a circle that keeps what nobody uses.
 */
import type { Transport } from '../../one-hop.ts'
import type { CredentialFinder } from '../find-credential.ts'
import type { CloudClients, Surroundings, Variables } from './cloud.ts'

export function lazyCloudFinder(variables: Variables, transport: Transport, originOf: Surroundings['originOf']): CredentialFinder {
  const clients: CloudClients = { amazon: () => import('./amazon-client.ts'), google: () => import('./google-client.ts') }
  let loading: Promise<CredentialFinder> | undefined
  const load = async (): Promise<CredentialFinder> => {
    const { createCloudFinder } = await import('./find-in-clouds.ts')
    return createCloudFinder({ variables, originOf, clients }, transport)
  }
  return async (repository, call) => {
    loading ??= load()
    return await (await loading)(repository, call)
  }
}
