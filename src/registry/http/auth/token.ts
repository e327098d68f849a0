/** Asking a token server. distribution docs/spec/auth/token.md (GET) and oauth.md (POST with an identity token). */
import type { Call } from '../../../kit/call.ts'
import { Failure } from '../../../kit/failure.ts'
import { Secret } from '../../../kit/secret.ts'
import type { Credential } from '../credentials/credential.ts'
import { deliver } from '../deliver.ts'
import type { Delivery, Transport } from '../one-hop.ts'
import { type Answer, LARGEST, type Payload } from '../request.ts'
import { printScope, type Scope } from './scope.ts'

export interface Token {
  readonly value: Secret
  /** Milliseconds on the monotonic clock; our own clock counts, `issued_at` may be skewed. */
  readonly until: number
  /** Milliseconds it lives in all. */
  readonly life: number
  readonly scopes: readonly Scope[]
}

export interface TokenQuestion {
  readonly what: string
  readonly realm: URL
  readonly service: string | undefined
  readonly scopes: readonly Scope[]
  /** Absent: asked anonymously. */
  readonly credential: Credential | undefined
  /** Address of the registry, when the server is another machine. */
  readonly guard: string | undefined
}

/** Seconds, when the server does not say: token.md. Shorter lives are not believed. */
const USUAL_LIFE = 60
const CLIENT_ID = 'kubeferry'
const FORM = 'application/x-www-form-urlencoded'

/** A token, or the answer with which it was refused (4xx). */
export async function askToken(question: TokenQuestion, transport: Transport, call: Call): Promise<Token | Answer> {
  const { credential } = question
  if (credential?.kind === 'identity') {
    const answer = await deliver(oauthDelivery(question, credential.token), transport, call)
    // Not every server knows POST (ggcr, regclient fall back too).
    if (answer.status !== 404 && answer.status !== 405) return answer.status === 200 ? readToken(answer, question) : answer
  }
  const answer = await deliver(getDelivery(question), transport, call)
  return answer.status === 200 ? readToken(answer, question) : answer
}

function base(question: TokenQuestion): Omit<Delivery, 'method' | 'url' | 'headers'> {
  return {
    what: question.what,
    home: question.realm.origin,
    largest: LARGEST.token,
    expect: [],
    follow: 'origin',
    ...(question.guard === undefined ? {} : { guard: question.guard }),
  }
}

function getDelivery(question: TokenQuestion): Delivery {
  const { realm, service, scopes, credential } = question
  const parameters = new URLSearchParams()
  if (service !== undefined) parameters.set('service', service)
  for (const scope of scopes) parameters.append('scope', printScope(scope))
  parameters.set('client_id', CLIENT_ID)
  if (credential?.kind === 'basic') parameters.set('account', credential.username)
  const url = new URL(realm)
  url.search = [url.search.slice(1), parameters.toString()].filter((part) => part !== '').join('&')
  return {
    ...base(question),
    method: 'GET',
    url,
    headers: { accept: 'application/json' },
    ...(credential?.kind === 'basic' ? { authorization: basicHeader(credential.username, credential.password) } : {}),
    ...(credential?.kind === 'identity' && credential.username !== '' ? { authorization: basicHeader(credential.username, credential.token) } : {}),
  }
}

function oauthDelivery(question: TokenQuestion, identity: Secret): Delivery {
  const form = new URLSearchParams({ grant_type: 'refresh_token', client_id: CLIENT_ID, refresh_token: identity.reveal() })
  if (question.service !== undefined) form.set('service', question.service)
  if (question.scopes.length > 0) form.set('scope', question.scopes.map(printScope).join(' '))
  return {
    ...base(question),
    method: 'POST',
    url: question.realm,
    headers: { accept: 'application/json', 'content-type': FORM },
    body: textPayload(form.toString()),
  }
}

function textPayload(text: string): Payload {
  const bytes = Buffer.from(text)
  return {
    size: bytes.length,
    async *open() {
      yield bytes
    },
  }
}

export function basicHeader(username: string, password: Secret): string {
  return `Basic ${Buffer.from(`${username}:${password.reveal()}`).toString('base64')}`
}

/** @throws Failure PROTOCOL_ERROR; the document itself is never shown */
function readToken(answer: Answer, question: TokenQuestion): Token {
  const odd = (why: string): Failure =>
    new Failure('PROTOCOL_ERROR', `cannot ${question.what}`, { cause: `the token server ${question.realm.host} answered ${why}` })
  let json: unknown
  try {
    json = JSON.parse(Buffer.from(answer.bytes).toString('utf8'))
  } catch {
    throw odd('with something that is not JSON')
  }
  if (typeof json !== 'object' || json === null) throw odd('with something that is not an object')
  const access = 'access_token' in json ? json.access_token : undefined
  const value = typeof access === 'string' && access !== '' ? access : 'token' in json ? json.token : undefined
  // A token goes into a header; anything but visible ASCII there would be another header.
  if (typeof value !== 'string' || !/^[\x21-\x7e]+$/.test(value)) throw odd('without a usable token')
  // Azure and others send a string (distribution#1746).
  const seconds = Number('expires_in' in json ? json.expires_in : USUAL_LIFE)
  const life = Math.max(USUAL_LIFE, Number.isFinite(seconds) ? seconds : USUAL_LIFE) * 1000
  return { value: new Secret(value), until: performance.now() + life, life, scopes: question.scopes }
}
