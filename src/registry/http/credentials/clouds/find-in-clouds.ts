/**
 * Asks the source that a registry belongs to, once for all who need the same login, and again when it runs out.
 * What does not belong here: what users configured (find-credential).
 */
import { type Call, throwIfStopped } from '../../../../kit/call.ts'
import { isFailure, reasons } from '../../../../kit/failure.ts'
import type { Transport } from '../../one-hop.ts'
import type { FoundCredential } from '../credential.ts'
import type { CredentialFinder } from '../find-credential.ts'
import { amazon, amazonPublic } from './amazon.ts'
import { createCloudAsk } from './ask.ts'
import { azure } from './azure.ts'
import type { CloudSource, Surroundings } from './cloud.ts'
import { google } from './google.ts'
import { github, gitlab } from './runs.ts'

const CLOUD_SOURCES: readonly CloudSource[] = [amazon, amazonPublic, azure, google, github, gitlab]

/** Stops of whoever asked first, which are no answer for the others. */
const STOPS = new Set(['INTERRUPTED', 'TERMINATED', 'DEADLINE'])

export function createCloudFinder(given: Omit<Surroundings, 'ask'>, transport: Transport): CredentialFinder {
  const surroundings: Surroundings = { ...given, ask: createCloudAsk(transport) }
  const logins = new Map<string, Promise<FoundCredential>>()

  const login = (key: string, source: CloudSource, registry: string, call: Call): Promise<FoundCredential> => {
    const started = search(source, registry, surroundings, call)
    logins.set(key, started)
    started.catch(() => {
      if (logins.get(key) === started) logins.delete(key)
    })
    return started
  }

  return async ({ registry }, call) => {
    for (const source of CLOUD_SOURCES) {
      const own = source.keyOf(registry, surroundings.variables)
      if (own === undefined) continue
      const key = `${source.name} ${own}`
      for (;;) {
        throwIfStopped(call)
        const running = logins.get(key)
        if (!running) return await login(key, source, registry, call)
        try {
          const found = await running
          if (found.credential?.lease?.fresh() !== false) return found
          // Whoever sees first that it ran out asks anew; the others wait for that.
          if (logins.get(key) === running) logins.delete(key)
        } catch (error) {
          if (!isFailure(error) || !STOPS.has(error.code)) throw error
        }
      }
    }
    return { credential: undefined, notes: [] }
  }
}

async function search(source: CloudSource, registry: string, surroundings: Surroundings, call: Call): Promise<FoundCredential> {
  try {
    const found = await source.find(registry, surroundings, call)
    if ('credential' in found) return { credential: { ...found.credential, implied: true }, notes: [] }
    return { credential: undefined, notes: [`nothing is configured for ${registry}, and no ${source.name} identity was found: ${found.looked.join(', ')}`] }
  } catch (error) {
    if (!source.showsPublic || !isFailure(error) || STOPS.has(error.code)) throw error
    return { credential: undefined, notes: [`${error.message}: ${reasons(error).join(': ')}`] }
  }
}
