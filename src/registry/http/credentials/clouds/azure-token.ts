/** What Entra ID and the services of managed identities answer: a token, or why not. */
import { Failure } from '../../../../kit/failure.ts'
import { Secret } from '../../../../kit/secret.ts'
import type { Answer } from '../../request.ts'
import { readAccessToken, readObject } from './answers.ts'
import { told } from './cloud.ts'

export interface EntraToken {
  readonly value: Secret
  /** Words for messages. */
  readonly from: string
}

/** @param secrets what was sent and may be repeated in a refusal @throws Failure */
export function readEntra(answer: Answer, what: string, from: string, secrets: readonly string[]): EntraToken {
  if (answer.status !== 200) throw refusal(what, answer, secrets)
  return { from, value: new Secret(readAccessToken(answer, what).value) }
}

/** Entra's `error_description` begins with its code: `AADSTS7000215: Invalid client secret provided.` */
function refusal(what: string, answer: Answer, secrets: readonly string[]): Failure {
  const { error, error_description: description } = readObject(answer)
  const said = typeof description === 'string' ? description : typeof error === 'string' ? error : ''
  const cause = `${new URL(answer.url).host} answered ${answer.status}${said === '' ? '' : `: ${told(said, secrets)}`}`
  return new Failure(answer.status >= 500 || answer.status === 429 ? 'REGISTRY_UNAVAILABLE' : 'AUTH_DENIED', `cannot ${what}`, {
    cause,
    hint: 'Look whether the secret or the federated credential is still valid for this application, and the tenant the right one.',
    facts: { status: answer.status },
  })
}
