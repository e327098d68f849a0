/** A token server as distribution wants one (docs/spec/auth/token.md, jwt.md): who asks gets what that user may, and a log of it. */
import { randomUUID, sign, X509Certificate } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Certificate } from './certificates.ts'

export const SERVICE = 'the registry of the test'
export const ISSUER = 'the token server of the test'

export interface User {
  readonly password: string
  /** Actions on repositories whose name begins so. */
  readonly may: Readonly<Record<string, readonly string[]>>
}

interface Granted {
  readonly user: string
  readonly scopes: readonly string[]
}

export interface TokenServer {
  readonly realm: string
  /** What was asked, with answers of 200. */
  readonly granted: Granted[]
  /** The next token ran out an hour ago. */
  giveOldToken(): void
  close(): Promise<void>
}

/** @param anonymous what may be done without a login */
export async function startTokenServer({ certificate, key }: Certificate, users: Readonly<Record<string, User>>, anonymous: User['may']): Promise<TokenServer> {
  const chain = [new X509Certificate(await readFile(certificate)).raw.toString('base64')]
  const secret = await readFile(key)
  const granted: Granted[] = []
  let old = false

  const issue = (user: string, may: User['may'], scopes: readonly string[]): string => {
    const access = scopes.flatMap((scope) => {
      const [type = '', name = '', actions = ''] = scope.split(':')
      const allowed = Object.entries(may).flatMap(([begin, some]) => (name.startsWith(begin) ? some : []))
      return [{ type, name, actions: actions.split(',').filter((action) => type === 'repository' && allowed.includes(action)) }]
    })
    const now = Math.floor(Date.now() / 1000) - (old ? 7200 : 0)
    old = false
    const claims = { iss: ISSUER, sub: user, aud: SERVICE, exp: now + 3600, nbf: now - 10, iat: now, jti: randomUUID(), access }
    const text = [{ typ: 'JWT', alg: 'ES256', x5c: chain }, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')
    return `${text}.${sign('sha256', Buffer.from(text), { key: secret, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`
  }

  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '', 'http://here')
    const login = /^Basic (.*)$/.exec(request.headers.authorization ?? '')?.[1]
    const [name = '', password = ''] = splitOnce(Buffer.from(login ?? '', 'base64').toString(), ':')
    const user = users[name]
    if (url.pathname !== '/token' || url.searchParams.get('service') !== SERVICE) return void response.writeHead(400).end()
    if (login !== undefined && user?.password !== password) {
      return void response.writeHead(401, { 'content-type': 'application/json' }).end('{"errors":[{"code":"UNAUTHORIZED","message":"no such login"}]}')
    }
    const scopes = url.searchParams.getAll('scope').flatMap((text) => text.split(' '))
    granted.push({ user: name, scopes })
    response.writeHead(200, { 'content-type': 'application/json' })
    response.end(JSON.stringify({ token: issue(name, user?.may ?? anonymous, scopes), expires_in: 3600 }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    realm: `http://127.0.0.1:${(server.address() as AddressInfo).port}/token`,
    granted,
    giveOldToken() {
      old = true
    },
    async close() {
      server.closeAllConnections()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}

function splitOnce(text: string, at: string): string[] {
  const index = text.indexOf(at)
  return index < 0 ? [text] : [text.slice(0, index), text.slice(index + at.length)]
}
