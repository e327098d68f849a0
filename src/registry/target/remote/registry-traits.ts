/** What one run knows of a registry as a whole: which product it is, and what it has shown to be able to do. Shared by all its repositories. */
import type { RegistryClient } from '../../http/client.ts'
import type { Dialect } from './dialect.ts'
import { dialectNamed, dialectOf } from './find-dialect.ts'

export interface RegistryTraits {
  /** The product, when it is known. */
  dialect: Dialect | undefined
  /** Mounting without a source was refused once. */
  mountRefused: boolean
  /** Uploads in chunks came to nothing. */
  chunksFail: boolean
  /** Several tags in one request were not confirmed. */
  manyTagsIgnored: boolean
  /** A condition on writing a tag was obeyed: only 412 proves that. */
  obeysConditions: boolean
}

/** @param named what the user says it is, which is believed @throws Failure INPUT_INVALID when there is no such product */
export function createRegistryTraits(registry: string, named: string | undefined): RegistryTraits {
  return {
    dialect: named === undefined ? dialectOf(registry) : dialectNamed(named),
    mountRefused: false,
    chunksFail: false,
    manyTagsIgnored: false,
    obeysConditions: false,
  }
}

/** A client that recognises the product by the headers of its answers, as long as it is not known. Asks for nothing. */
export function observing(client: RegistryClient, registry: string, traits: RegistryTraits): Pick<RegistryClient, 'send' | 'originOf' | 'timing' | 'warn'> {
  return {
    async send(request, call) {
      const answer = await client.send(request, call)
      if (!traits.dialect && answer.url.startsWith(client.originOf(registry).origin)) traits.dialect = dialectOf(registry, answer.headers)
      return answer
    },
    originOf: (host) => client.originOf(host),
    timing: client.timing,
    warn: (text) => client.warn(text),
  }
}
