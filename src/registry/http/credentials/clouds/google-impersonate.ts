/** Acting as another Google service account. Own code: the library's class for it prints a warning on the console. */
import type { Call } from '../../../../kit/call.ts'
import { Failure } from '../../../../kit/failure.ts'
import { type CloudToken, readObject } from './answers.ts'
import type { CloudAsk } from './ask.ts'

export const GOOGLE_SCOPES = ['https://www.googleapis.com/auth/cloud-platform']
/** Milliseconds. */
const HOUR = 3600_000

/** iamcredentials.generateAccessToken: the token of another service account, for one hour. */
export async function impersonate(url: string, delegates: readonly string[], token: string, what: string, ask: CloudAsk, call: Call): Promise<CloudToken> {
  if (!URL.canParse(url)) throw new Failure('CREDENTIALS_UNREADABLE', `cannot ${what}`, { cause: 'the file names no account to impersonate' })
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  const body = JSON.stringify({ delegates, scope: GOOGLE_SCOPES, lifetime: '3600s' })
  const answer = await ask({ what, method: 'POST', url: new URL(url), headers, body }, call)
  const { accessToken, expireTime } = readObject(answer)
  if (answer.status === 200 && typeof accessToken === 'string')
    return { value: accessToken, life: Math.max(0, Date.parse(String(expireTime)) - Date.now()) || HOUR }
  throw new Failure(answer.status >= 500 ? 'REGISTRY_UNAVAILABLE' : 'AUTH_DENIED', `cannot ${what}`, {
    cause: `${new URL(url).host} answered ${answer.status} to the impersonation`,
    hint: 'The identity needs roles/iam.serviceAccountTokenCreator on the account.',
    facts: { status: answer.status },
  })
}
