/**
 * Who may: nothing asked (the default, on loopback), Basic, or tokens as registries give them. The token mode is there for
 * tests of clients; it knows one user and keeps its tokens in memory.
 */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { Secret } from '../../../kit/secret.ts'
import { type Answer, json, refuse } from './answer.ts'
import { isRepositoryName, type Route } from './route.ts'

export interface ServeAuth {
  readonly username: string
  readonly password: Secret
  /** Default `basic`. */
  readonly mode?: 'basic' | 'token'
  /** Seconds a token is good for. Default 300. */
  readonly tokenSeconds?: number
}

export interface Gate {
  /** An answer when the request may not go on. */
  check(message: IncomingMessage, route: Route): Answer | undefined
  mayPull(message: IncomingMessage, repository: string): boolean
  token(message: IncomingMessage, query: URLSearchParams): Answer
}

const noTokens = (): Answer => refuse(404, 'UNSUPPORTED', 'this registry gives no tokens')
const OPEN_GATE: Gate = { check: () => undefined, mayPull: () => true, token: noTokens }

export function createGate(auth: ServeAuth | undefined): Gate {
  if (!auth) return OPEN_GATE
  const isUser = (message: IncomingMessage): boolean => {
    const [, encoded = ''] = /^basic +([A-Za-z0-9+/=]+)$/i.exec(message.headers.authorization ?? '') ?? []
    return same(Buffer.from(encoded, 'base64').toString('utf8'), `${auth.username}:${auth.password.reveal()}`)
  }
  if (auth.mode !== 'token') {
    return {
      check: (message) =>
        isUser(message) ? undefined : refuse(401, 'UNAUTHORIZED', 'credentials are needed', undefined, { 'www-authenticate': 'Basic realm="ferry registry"' }),
      mayPull: () => true,
      token: noTokens,
    }
  }
  return tokenGate(isUser, auth.tokenSeconds ?? 300)
}

function tokenGate(isUser: (message: IncomingMessage) => boolean, seconds: number): Gate {
  const tokens = new Map<string, { readonly rights: ReadonlySet<string>; readonly until: number }>()
  const allows = (message: IncomingMessage, rights: readonly string[]): boolean => {
    const [, token = ''] = /^bearer +(\S+)$/i.exec(message.headers.authorization ?? '') ?? []
    const found = tokens.get(token)
    return found !== undefined && performance.now() < found.until && rights.every((right) => found.rights.has(right))
  }
  return {
    check(message, route) {
      const scope = scopeOf(message.method ?? 'GET', route)
      if (route.kind === 'token' || allows(message, scope === '' ? [] : rightsIn([scope]))) return undefined
      // A mount that may not read its source is still an upload, so that right is only asked for along with the others.
      const from = new URLSearchParams(message.url?.split('?')[1] ?? '').get('from')
      const wanted = route.kind === 'uploads' && from !== null && isRepositoryName(from) ? `${scope} repository:${from}:pull` : scope
      const error = message.headers.authorization === undefined ? '' : ',error="insufficient_scope"'
      const challenge = `Bearer realm="http://${message.headers.host ?? ''}/token",service="ferry"${wanted === '' ? '' : `,scope="${wanted}"`}${error}`
      return refuse(401, 'UNAUTHORIZED', 'a token with the right scope is needed', undefined, { 'www-authenticate': challenge })
    },
    mayPull: (message, repository) => allows(message, [`repository:${repository}:pull`]),
    token(message, query) {
      if (!isUser(message)) return refuse(401, 'UNAUTHORIZED', 'credentials are needed', undefined, { 'www-authenticate': 'Basic realm="ferry registry"' })
      const now = performance.now()
      for (const [token, { until }] of tokens) if (until < now) tokens.delete(token)
      const token = randomBytes(24).toString('base64url')
      const scopes = query.getAll('scope').flatMap((scope) => scope.split(' '))
      tokens.set(token, { rights: new Set(rightsIn(scopes)), until: now + seconds * 1000 })
      return json(200, { token, access_token: token, expires_in: seconds, issued_at: new Date().toISOString() })
    },
  }
}

/** `repository:NAME:pull,push` → one right per action. Names may contain colons. */
function rightsIn(scopes: readonly string[]): string[] {
  return scopes.flatMap((scope) => {
    const end = scope.lastIndexOf(':')
    return scope
      .slice(end + 1)
      .split(',')
      .map((action) => `${scope.slice(0, end)}:${action}`)
  })
}

/** Empty when no scope is needed. */
function scopeOf(method: string, route: Route): string {
  if (route.kind === 'catalog') return 'registry:catalog:*'
  if (!('repository' in route)) return ''
  const reads = method === 'GET' || method === 'HEAD'
  // A session is cancelled and asked for by who pushes.
  if (route.kind === 'upload' || route.kind === 'uploads') return `repository:${route.repository}:pull,push`
  return `repository:${route.repository}:${reads ? 'pull' : method === 'DELETE' ? 'delete' : 'pull,push'}`
}

/** Takes the same time whatever differs. */
function same(left: string, right: string): boolean {
  const hash = (text: string): Buffer => createHash('sha256').update(text).digest()
  return timingSafeEqual(hash(left), hash(right))
}
