/**
 * Azure Container Registry: an Entra ID token of this run or machine, traded at the registry for its refresh token.
 * Azure/acr docs/AAD-OAuth.md: POST /oauth2/exchange; the user of such a token is the zero GUID.
 */
import { Failure } from '../../../../kit/failure.ts'
import { Secret } from '../../../../kit/secret.ts'
import { FORM, readObject } from './answers.ts'
import { entraToken } from './azure-identity.ts'
import { type CloudSource, leaseOf, told } from './cloud.ts'

const HOST = /^[a-z0-9]+(?:-[a-z0-9]+)*(?:\.[a-z0-9]+\.data)?\.azurecr\.(io|cn|us)$/
const NOBODY = '00000000-0000-0000-0000-000000000000'
/** Milliseconds: half of the three hours that the registry's refresh tokens live. */
const LIFE = 90 * 60_000

interface Sovereign {
  readonly authority: string
  /** Whom the Entra token is for. */
  readonly audience: string
}

const CLOUDS: Readonly<Record<string, Sovereign>> = {
  io: { authority: 'https://login.microsoftonline.com', audience: 'https://containerregistry.azure.net' },
  cn: { authority: 'https://login.chinacloudapi.cn', audience: 'https://management.chinacloudapi.cn' },
  us: { authority: 'https://login.microsoftonline.us', audience: 'https://management.usgovcloudapi.net' },
}

export const azure: CloudSource = {
  name: 'Azure',
  showsPublic: true,
  keyOf: (registry) => (HOST.test(registry) ? registry : undefined),
  async find(registry, { variables, ask, originOf }, call) {
    const cloud = CLOUDS[HOST.exec(registry)?.[1] ?? '']
    if (!cloud) return { looked: [] }
    const entra = await entraToken({ authority: variables['AZURE_AUTHORITY_HOST'] ?? cloud.authority, audience: cloud.audience }, variables, ask, call)
    if ('looked' in entra) return entra
    const what = `log in to ${registry} with ${entra.from}`
    const form = new URLSearchParams({ grant_type: 'access_token', service: registry, access_token: entra.value.reveal() })
    if (variables['AZURE_TENANT_ID'] !== undefined) form.set('tenant', variables['AZURE_TENANT_ID'])
    const answer = await ask({ what, method: 'POST', url: new URL('/oauth2/exchange', originOf(registry)), headers: FORM, body: form.toString() }, call)
    const { refresh_token: token } = readObject(answer)
    if (answer.status === 200 && typeof token === 'string' && token !== '') {
      const known = { id: `${entra.from}#${registry}`, from: entra.from }
      return { credential: { kind: 'identity', username: NOBODY, token: new Secret(token), lease: leaseOf(LIFE), ...known } }
    }
    const said = answer.errors.map(({ code, message }) => `${code} ${message}`).join('; ')
    const cause = `${registry} answered ${answer.status} to the exchange of the token${said === '' ? '' : `: ${told(said, [entra.value.reveal()])}`}`
    throw new Failure(answer.status >= 500 ? 'REGISTRY_UNAVAILABLE' : 'AUTH_DENIED', `cannot ${what}`, {
      cause,
      hint: 'Look whether this identity has a role at the registry (AcrPull, AcrPush).',
      facts: { status: answer.status },
    })
  },
}
