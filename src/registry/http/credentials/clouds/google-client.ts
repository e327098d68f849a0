/**
 * Access tokens of a Google credentials file: service account, user, workload identity federation, impersonation. With Google's own
 * library, whose requests run through our engine. Loaded only for such a host that has such a file.
 */
import { type AuthClient, AwsClient, IdentityPoolClient, JWT, PluggableAuthClient, UserRefreshClient } from 'google-auth-library'
import type { Call } from '../../../../kit/call.ts'
import { Failure, isFailure } from '../../../../kit/failure.ts'
import { printable } from '../../../../kit/printable.ts'
import type { CloudToken } from './answers.ts'
import type { CloudAsk } from './ask.ts'
import { told } from './cloud.ts'
import { GOOGLE_SCOPES, impersonate } from './google-impersonate.ts'
import { createTransporter } from './google-requests.ts'

/** Milliseconds: what Google gives. */
const USUAL_LIFE = 3600_000

type Entries = Readonly<Record<string, unknown>>

/** @param words what the file is called in messages */
export async function tokenOfFile(text: string, words: string, ask: CloudAsk, call: Call): Promise<CloudToken> {
  const what = `get a token with ${words}`
  const entries = parse(text)
  const unusable = (cause: string): Failure =>
    new Failure('CREDENTIALS_UNREADABLE', `cannot ${what}`, { cause, hint: 'Try: gcloud auth application-default print-access-token' })
  if (!entries) throw unusable('the file is not a JSON object')
  const { type, source_credentials: source, service_account_impersonation_url: url, delegates } = entries
  const impersonates = type === 'impersonated_service_account' && typeof source === 'object' && source !== null
  const own: Entries = impersonates ? Object.fromEntries(Object.entries(source)) : entries
  const sent: string[] = []
  try {
    const client = clientOf(own, { transporter: createTransporter(what, ask, sent, call) })
    if (!client) throw unusable(`its type ${printable(String(type), 60)} is not known`)
    const { token } = await client.getAccessToken()
    if (typeof token !== 'string' || token === '') throw unusable('no token came back')
    if (impersonates) return await impersonate(String(url), Array.isArray(delegates) ? delegates.map(String) : [], token, what, ask, call)
    const until = client.credentials.expiry_date
    return { value: token, life: typeof until === 'number' ? Math.max(0, until - Date.now()) : USUAL_LIFE }
  } catch (error) {
    const inner = error instanceof Error && isFailure(error.cause) ? error.cause : error
    throw isFailure(inner) ? inner : refusal(inner, what, own, sent)
  }
}

function parse(text: string): Entries | undefined {
  try {
    const json: unknown = JSON.parse(text)
    return typeof json === 'object' && json !== null && !Array.isArray(json) ? Object.fromEntries(Object.entries(json)) : undefined
  } catch {
    return undefined
  }
}

interface Wiring {
  readonly transporter: ReturnType<typeof createTransporter>
}

function clientOf(entries: Entries, wiring: Wiring): AuthClient | undefined {
  const given = (name: string): string => (typeof entries[name] === 'string' ? entries[name] : '')
  switch (entries['type']) {
    case 'service_account':
      return new JWT({ email: given('client_email'), key: given('private_key'), keyId: given('private_key_id'), scopes: GOOGLE_SCOPES, ...wiring })
    case 'authorized_user':
      return new UserRefreshClient({ clientId: given('client_id'), clientSecret: given('client_secret'), refreshToken: given('refresh_token'), ...wiring })
    case 'external_account':
      return external(entries, wiring)
    default:
      return undefined
  }
}

/** By where the identity comes from: another cloud, a program, or a file or address (GitHub's OIDC, Kubernetes). */
function external(entries: Entries, wiring: Wiring): AuthClient {
  const options = { ...entries, ...wiring, scopes: GOOGLE_SCOPES }
  const source = entries['credential_source']
  const has = (name: string): boolean => typeof source === 'object' && source !== null && name in source
  const client = has('environment_id')
    ? new AwsClient(options as ConstructorParameters<typeof AwsClient>[0])
    : has('executable')
      ? new PluggableAuthClient(options as ConstructorParameters<typeof PluggableAuthClient>[0])
      : new IdentityPoolClient(options as ConstructorParameters<typeof IdentityPoolClient>[0])
  // The library gives its exchange a transporter of its own, past our proxy, certificates and stop (seen in 11.3.4).
  client['stsCredential']['transporter'] = wiring.transporter
  return client
}

function refusal(error: unknown, what: string, entries: Entries, sent: readonly string[]): Failure {
  const status = statusOf(error)
  const secrets = ['private_key', 'client_secret', 'refresh_token'].map((name) => (typeof entries[name] === 'string' ? entries[name] : undefined))
  const cause = told(error instanceof Error ? error.message : String(error), [...secrets, ...sent])
  if (status >= 500 || status === 429) return new Failure('REGISTRY_UNAVAILABLE', `cannot ${what}`, { cause, facts: { status } })
  const hint = 'Look whether the key or the federation is still valid, and try: gcloud auth application-default print-access-token'
  return new Failure(status >= 400 ? 'AUTH_DENIED' : 'CREDENTIALS_UNREADABLE', `cannot ${what}`, { cause, hint, ...(status > 0 ? { facts: { status } } : {}) })
}

function statusOf(error: unknown): number {
  const response = typeof error === 'object' && error !== null && 'response' in error ? error.response : undefined
  const status = typeof response === 'object' && response !== null && 'status' in response ? response.status : 0
  return typeof status === 'number' ? status : 0
}
