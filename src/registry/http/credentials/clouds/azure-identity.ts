/**
 * An Entra ID access token: service principal, workload identity, managed identity, in the order and by the variables of Azure's own
 * DefaultAzureCredential. Own code: three requests, where @azure/identity brings three megabytes and its own HTTP.
 */
import { readFile } from 'node:fs/promises'
import type { Call } from '../../../../kit/call.ts'
import { Failure } from '../../../../kit/failure.ts'
import { FORM } from './answers.ts'
import type { CloudAsk } from './ask.ts'
import { managedToken } from './azure-managed.ts'
import { type EntraToken, readEntra } from './azure-token.ts'
import type { Variables } from './cloud.ts'

export interface EntraPlace {
  readonly authority: string
  readonly audience: string
}

const ASSERTION = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'

export async function entraToken(
  place: EntraPlace,
  variables: Variables,
  ask: CloudAsk,
  call: Call,
): Promise<EntraToken | { readonly looked: readonly string[] }> {
  const { AZURE_TENANT_ID: tenant, AZURE_CLIENT_ID: client, AZURE_CLIENT_SECRET: secret, AZURE_FEDERATED_TOKEN_FILE: file } = variables
  const looked: string[] = []

  const signIn = async (from: string, tenantId: string, proof: Readonly<Record<string, string>>): Promise<EntraToken> => {
    const body = new URLSearchParams({ grant_type: 'client_credentials', scope: `${place.audience}/.default`, ...proof })
    const url = new URL(`${place.authority.replace(/\/$/, '')}/${encodeURIComponent(tenantId)}/oauth2/v2.0/token`)
    const what = `get a token of Entra ID with ${from}`
    return readEntra(await ask({ what, method: 'POST', url, headers: FORM, body: body.toString() }, call), what, from, Object.values(proof))
  }

  if (tenant !== undefined && client !== undefined && secret !== undefined)
    return await signIn('the Azure service principal in the environment (AZURE_CLIENT_ID)', tenant, { client_id: client, client_secret: secret })
  looked.push('AZURE_TENANT_ID with AZURE_CLIENT_ID and AZURE_CLIENT_SECRET')

  if (tenant !== undefined && client !== undefined && file !== undefined) {
    const from = 'the Azure workload identity of this run (AZURE_FEDERATED_TOKEN_FILE)'
    const assertion = await readFile(file, 'utf8').catch((error: unknown) => {
      throw new Failure('CREDENTIALS_UNREADABLE', `cannot use ${from}`, { cause: error, hint: 'Is the token mounted into this pod?' })
    })
    return await signIn(from, tenant, { client_id: client, client_assertion_type: ASSERTION, client_assertion: assertion.trim() })
  }
  looked.push('AZURE_FEDERATED_TOKEN_FILE')

  return await managedToken(place.audience, looked, variables, ask, call)
}
