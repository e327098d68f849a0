/** Tokens of one run, in memory only: per server and credential, by what they were asked for; fetched once by whoever needs one first. */
import { type Call, throwIfStopped } from '../../../kit/call.ts'
import { isFailure } from '../../../kit/failure.ts'
import { covers, printScope, type Scope } from './scope.ts'
import type { Token } from './token.ts'

export interface TokenStore {
  /** A token with these rights that lives long enough. @param key token server and identity of the credential */
  find(key: string, scopes: readonly Scope[], upload: boolean): Token | undefined
  /** Everyone who wants the same token waits for one request. */
  once(key: string, scopes: readonly Scope[], fetchToken: () => Promise<Token>, call: Call): Promise<Token>
  /** A token that was refused is not used again. @param header as it was sent */
  forget(header: string): void
}

/** Milliseconds. Long uploads outlive tokens (moby#33558, jib#691): one that starts has at least this, or half the life of a token. */
const AHEAD_OF_UPLOAD = 120_000
const AHEAD = 10_000

export function createTokenStore(): TokenStore {
  const tokens = new Map<string, Token[]>()
  const flights = new Map<string, Promise<Token>>()

  /** Kept under what was asked for: a token with fewer rights is found out by the registry's answer, and not asked for again. */
  const keep = (key: string, scopes: readonly Scope[], token: Token): Token => {
    const others = (tokens.get(key) ?? []).filter((other) => fresh(other, false) && !covers(scopes, other.scopes))
    tokens.set(key, [...others, { ...token, scopes }])
    return token
  }

  return {
    find: (key, scopes, upload) => tokens.get(key)?.find((token) => covers(token.scopes, scopes) && fresh(token, upload)),
    async once(key, scopes, fetchToken, call) {
      const name = `${key} ${scopes.map(printScope).join(' ')}`
      for (;;) {
        throwIfStopped(call)
        const running = flights.get(name)
        if (!running) {
          const flight = fetchToken()
            .then((token) => keep(key, scopes, token))
            .finally(() => flights.delete(name))
          flights.set(name, flight)
          return await flight
        }
        try {
          return await running
        } catch (error) {
          // Its owner was stopped, not we: the next one takes over.
          if (!isFailure(error) || !['INTERRUPTED', 'TERMINATED', 'DEADLINE'].includes(error.code)) throw error
        }
      }
    },
    forget(header) {
      for (const [key, list] of tokens) {
        tokens.set(
          key,
          list.filter((token) => `Bearer ${token.value.reveal()}` !== header),
        )
      }
    },
  }
}

function fresh(token: Token, upload: boolean): boolean {
  return token.until - performance.now() > Math.min(upload ? AHEAD_OF_UPLOAD : AHEAD, token.life / (upload ? 2 : 4))
}
