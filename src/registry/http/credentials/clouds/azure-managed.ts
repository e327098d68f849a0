/** Managed identities of Azure: that of an app or function, else that of the machine. learn.microsoft.com "managed identities: token". */
import type { Call } from '../../../../kit/call.ts'
import { Failure } from '../../../../kit/failure.ts'
import type { CloudAsk, CloudQuestion } from './ask.ts'
import { type EntraToken, readEntra } from './azure-token.ts'
import { mayBeMachineOf, type Variables } from './cloud.ts'

const METADATA = 'http://169.254.169.254'

/** @param looked what was looked at before, in words */
export async function managedToken(
  audience: string,
  looked: readonly string[],
  variables: Variables,
  ask: CloudAsk,
  call: Call,
): Promise<EntraToken | { readonly looked: readonly string[] }> {
  const { AZURE_CLIENT_ID: client, IDENTITY_ENDPOINT: endpoint, IDENTITY_HEADER: header, AZURE_POD_IDENTITY_AUTHORITY_HOST: service } = variables
  const query = new URLSearchParams({ resource: audience, ...(client === undefined ? {} : { client_id: client }) })
  if (endpoint !== undefined && header !== undefined && URL.canParse(endpoint)) {
    const from = 'the Azure managed identity of this app (IDENTITY_ENDPOINT)'
    const url = new URL(`${endpoint}?api-version=2019-08-01&${query}`)
    const what = `get a token from ${from}`
    return readEntra(await ask({ what, method: 'GET', url, headers: { 'x-identity-header': header }, near: true }, call), what, from, [header])
  }
  const before = [...looked, 'IDENTITY_ENDPOINT']
  if (service === undefined && !(await mayBeMachineOf(/microsoft/i, variables)))
    return { looked: [...before, 'the managed identity of this machine (not asked: it is no machine of Azure)'] }
  const from = 'the Azure managed identity of this machine (instance metadata)'
  const url = new URL(`${service ?? METADATA}/metadata/identity/oauth2/token?api-version=2018-02-01&${query}`)
  const question: CloudQuestion = { what: `get a token from ${from}`, method: 'GET', url, headers: { metadata: 'true' }, near: true }
  const answer = await ask(question, call).catch((error: unknown) => {
    if (error instanceof Failure && error.code === 'REGISTRY_UNAVAILABLE') return undefined
    throw error
  })
  // 400: the machine has no identity.
  if (answer === undefined || answer.status === 400 || answer.status === 404)
    return { looked: [...before, 'the managed identity of this machine (there is none)'] }
  return readEntra(answer, question.what, from, [])
}
