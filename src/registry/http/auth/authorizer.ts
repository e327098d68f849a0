/**
 * Which Authorization header a request gets. Nothing is sent before a registry asks (no ping); what it asked is remembered per
 * origin; tokens live in memory, per credential and scope, are fetched once by whoever needs them first, and renewed in time.
 */
import type { Call } from '../../../kit/call.ts'
import type { Failure } from '../../../kit/failure.ts'
import type { Repository } from '../../oci/reference.ts'
import type { Credential } from '../credentials/credential.ts'
import { type CredentialFinder, renewCredential } from '../credentials/find-credential.ts'
import type { Transport } from '../one-hop.ts'
import type { Answer, Request } from '../request.ts'
import { statusFailure } from '../status-failure.ts'
import { parseChallenges } from './challenge.ts'
import { readRealm } from './realm.ts'
import { covers, mergeScopes, parseScopes, type Scope } from './scope.ts'
import { askToken, basicHeader, type Token } from './token.ts'
import { createTokenStore } from './token-store.ts'

export interface Authorizer {
  /** The header for a request, by what the registry asked before; undefined when it asked nothing. */
  header(request: Request, call: Call): Promise<string | undefined>
  /** Takes in a 401. True when the request has a better chance now. @param used the header it was sent with */
  learn(request: Request, answer: Answer, used: string | undefined, call: Call): Promise<boolean>
  /** How requests of a repository are authorised, in words. */
  identity(repository: Repository, call: Call): Promise<{ words: string; anonymous: boolean; notes: readonly string[] }>
}

interface Demand {
  readonly scheme: 'basic' | 'bearer'
  readonly realm: string | undefined
  readonly service: string | undefined
}

// Beyond what a request needs; a registry that keeps asking for more is not followed for ever.
const MOST_EXTRA_SCOPES = 16

/**
 * @param originOf where a registry is
 * @param find credentials for a repository; called when a registry asks, once per repository
 */
export function createAuthorizer(transport: Transport, originOf: (registry: string) => URL, find: CredentialFinder): Authorizer {
  const demands = new Map<string, Demand>()
  const tokens = createTokenStore()
  const extraScopes = new Map<string, Scope[]>()
  const withheld = new Map<string, string>()

  const repositoryKey = (repository: Repository): string => `${repository.registry}/${repository.path}`

  const needed = (request: Request): Scope[] => mergeScopes(request.scopes, extraScopes.get(repositoryKey(request.repository)) ?? [])

  async function bearer(request: Request, demand: Demand, credential: Credential | undefined, call: Call): Promise<string> {
    if (credential?.kind === 'bearer') return `Bearer ${credential.token.reveal()}`
    const registry = originOf(request.repository.registry)
    const realm = readRealm(demand.realm, registry, request.what)
    let shown = credential
    if (credential && !realm.trusted) {
      withheld.set(
        repositoryKey(request.repository),
        `the credentials from ${credential.from} were not sent to the token server ${realm.url.host}, which does not belong to ${registry.host}`,
      )
      shown = undefined
    }
    const scopes = needed(request)
    const key = `${realm.url.href} ${demand.service ?? ''} ${shown?.id ?? 'anonymous'}`
    const held = tokens.find(key, scopes, request.body !== undefined)
    if (held) return `Bearer ${held.value.reveal()}`
    const guard = realm.url.host === registry.host ? undefined : (transport.addresses.get(registry.origin) ?? '')
    const fetchToken = async (wanted: readonly Scope[], using: Credential | undefined, renewed = false): Promise<Token> => {
      const answer = await askToken(
        { what: request.what, realm: realm.url, service: demand.service, scopes: wanted, credential: using, guard },
        transport,
        call,
      )
      if ('value' in answer) return answer
      // One unknown repository among the scopes makes Docker Hub refuse them all (ggcr#1679).
      if (wanted.length > request.scopes.slice(0, 1).length && answer.status >= 400 && answer.status < 500 && answer.status !== 429)
        return await fetchToken(request.scopes.slice(0, 1), using, renewed)
      if (using && answer.status === 401 && !renewed) {
        const next = await renewCredential(find, request.repository, using, call)
        if (next) return await fetchToken(wanted, next, true)
      }
      if (using?.implied && (answer.status === 401 || answer.status === 403)) {
        // Nobody named this identity, and what anybody may read needs none.
        withheld.set(repositoryKey(request.repository), `${realm.url.host} refused ${using.from}, and access was tried without it`)
        return await fetchToken(wanted, undefined, true)
      }
      throw await refusal(request, answer, call)
    }
    const token = await tokens.once(key, scopes, () => fetchToken(scopes, shown), call)
    return `Bearer ${token.value.reveal()}`
  }

  async function refusal(request: Request, answer: Answer, call: Call): Promise<Failure> {
    return statusFailure(request.what, answer, await identity(request.repository, call), repositoryKey(request.repository))
  }

  async function identity(repository: Repository, call: Call): Promise<{ words: string; anonymous: boolean; notes: readonly string[] }> {
    const { credential, notes } = await find(repository, call)
    const kept = withheld.get(repositoryKey(repository))
    const all = kept === undefined ? notes : [...notes, kept]
    if (!credential) return { words: 'anonymously', anonymous: true, notes: all }
    const name = credential.kind === 'basic' ? credential.username : 'the holder of a token'
    return { words: `as ${name} (credentials from ${credential.from})`, anonymous: false, notes: all }
  }

  async function header(request: Request, call: Call): Promise<string | undefined> {
    const demand = demands.get(originOf(request.repository.registry).origin)
    if (!demand) return undefined
    const { credential } = await find(request.repository, call)
    if (demand.scheme === 'bearer') return await bearer(request, demand, credential, call)
    if (credential?.kind === 'basic') return basicHeader(credential.username, credential.password)
    return credential?.kind === 'bearer' ? `Bearer ${credential.token.reveal()}` : undefined
  }

  return {
    header,
    identity,
    async learn(request, answer, used, call) {
      const registry = originOf(request.repository.registry)
      // Only the registry itself may ask; a place it sent us to may not.
      if (new URL(answer.url).origin !== registry.origin) return false
      const challenges = parseChallenges(answer.headers['www-authenticate'])
      const challenge = challenges.find(({ scheme }) => scheme === 'bearer') ?? challenges.find(({ scheme }) => scheme === 'basic')
      if (!challenge) return false
      const { parameters } = challenge
      const demand: Demand = { scheme: challenge.scheme === 'basic' ? 'basic' : 'bearer', realm: parameters.get('realm'), service: parameters.get('service') }
      demands.set(registry.origin, demand)
      if (demand.scheme === 'bearer') {
        const key = repositoryKey(request.repository)
        const asked = parseScopes(parameters.get('scope'))
        if (!covers(needed(request), asked)) extraScopes.set(key, mergeScopes(extraScopes.get(key) ?? [], asked).slice(0, MOST_EXTRA_SCOPES))
        if (used !== undefined) tokens.forget(used)
      }
      const { credential } = await find(request.repository, call)
      const next = await header(request, call)
      if (next === undefined || next !== used) return next !== undefined
      return credential !== undefined && (await renewCredential(find, request.repository, credential, call)) !== undefined
    },
  }
}
