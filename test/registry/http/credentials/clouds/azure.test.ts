/** Azure Container Registry: stand-ins for Entra ID, managed identities and the registry's own exchange. */
import { afterEach, describe, expect, test } from 'vitest'
import { bytes, json } from '../../../scripted.ts'
import { type Answering, bearerRegistry, type CloudWorld, createCloudWorld, failureOf } from './cloud-world.ts'

const REGISTRY = 'team.azurecr.io'
const CANARIES = ['canary-client-secret', 'canary-federated', 'canary-entra', 'canary-refresh', 'canary-access', 'canary-header']
const NOBODY = '00000000-0000-0000-0000-000000000000'
const TENANT = '11111111-2222-3333-4444-555555555555'

let cloud: CloudWorld
afterEach(() => cloud.close())

async function azureWorld(before: Answering = () => false): Promise<void> {
  cloud = await createCloudWorld(async (asked, response) => {
    const { url, form, headers } = asked
    if (await before(asked, response)) return true
    const entra = { access_token: 'canary-entra', expires_in: 3599, token_type: 'Bearer' }
    if (url.pathname === `/${TENANT}/oauth2/v2.0/token`) {
      const proven =
        form.get('client_secret') === 'canary-client-secret' ||
        (form.get('client_assertion') === 'canary-federated' && form.get('client_assertion_type') === 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer')
      if (!proven || form.get('grant_type') !== 'client_credentials' || form.get('client_id') !== 'app') return json(response, 401, { error: 'invalid_client' })
      return json(response, 200, entra)
    }
    if (url.pathname === '/metadata/identity/oauth2/token')
      return headers['metadata'] === 'true' ? json(response, 200, { ...entra, expires_in: '3599' }) : bytes(response, 400, '')
    if (url.pathname === '/msi') return headers['x-identity-header'] === 'canary-header' ? json(response, 200, entra) : bytes(response, 401, '')
    if (url.host === REGISTRY && url.pathname === '/oauth2/exchange') {
      const good = form.get('grant_type') === 'access_token' && form.get('service') === REGISTRY && form.get('access_token') === 'canary-entra'
      return good ? json(response, 200, { refresh_token: 'canary-refresh' }) : json(response, 401, { errors: [{ code: 'UNAUTHORIZED', message: 'no' }] })
    }
    if (url.host === REGISTRY && url.pathname === '/oauth2/token') {
      const good = form.get('grant_type') === 'refresh_token' && form.get('refresh_token') === 'canary-refresh'
      return good ? json(response, 200, { access_token: 'canary-access' }) : json(response, 401, { errors: [{ code: 'UNAUTHORIZED', message: 'no' }] })
    }
    return url.pathname.startsWith('/v2/') && bearerRegistry(asked, response, '/oauth2/token', 'canary-access')
  })
}

const principal = (): Record<string, string> => ({
  AZURE_AUTHORITY_HOST: cloud.url,
  AZURE_TENANT_ID: TENANT,
  AZURE_CLIENT_ID: 'app',
  AZURE_CLIENT_SECRET: 'canary-client-secret',
})
const federated = async (): Promise<Record<string, string>> => ({
  AZURE_AUTHORITY_HOST: `${cloud.url}/`,
  AZURE_TENANT_ID: TENANT,
  AZURE_CLIENT_ID: 'app',
  AZURE_FEDERATED_TOKEN_FILE: await cloud.file('token', 'canary-federated\n'),
})
const quiet = (text: string): void => expect(CANARIES.filter((canary) => text.includes(canary))).toEqual([])

describe('the identity is', () => {
  test.each([
    ['a service principal', principal, 'the Azure service principal in the environment (AZURE_CLIENT_ID)'],
    ['a workload identity', federated, 'the Azure workload identity of this run (AZURE_FEDERATED_TOKEN_FILE)'],
    [
      'that of an app',
      () => ({ IDENTITY_ENDPOINT: `${cloud.url}/msi`, IDENTITY_HEADER: 'canary-header' }),
      'the Azure managed identity of this app (IDENTITY_ENDPOINT)',
    ],
    ['that of the machine', () => ({ AZURE_POD_IDENTITY_AUTHORITY_HOST: cloud.url }), 'the Azure managed identity of this machine (instance metadata)'],
  ])('%s: traded at the registry, and said where it came from', async (_what, variables, words) => {
    let denied = false
    await azureWorld(({ url }, response) => denied && url.pathname.startsWith('/v2/') && bytes(response, 403, ''))
    const read = cloud.reader(REGISTRY, await variables())
    expect(await Promise.all([read(), read('team/app'), read('team/other')])).toEqual([['v1'], ['v1'], ['v1']])
    expect(cloud.count('/oauth2/exchange')).toBe(1)
    const exchanged = cloud.asked.find(({ url }) => url.pathname === '/oauth2/exchange')
    expect(exchanged?.form.get('tenant')).toBe(words.includes('managed') ? null : TENANT)
    denied = true
    const { failure, text } = await failureOf(read())
    expect(failure.message).toContain(`(credentials from ${words})`)
    quiet(text)
    quiet(JSON.stringify(cloud.world.lines))
  })

  test('asked for a token for registries; the secret before the federated token', async () => {
    await azureWorld()
    await cloud.reader(REGISTRY, { ...(await federated()), ...principal() })()
    expect(cloud.asked.find(({ url }) => url.pathname.endsWith('/oauth2/v2.0/token'))?.form.get('scope')).toBe('https://containerregistry.azure.net/.default')
    expect(cloud.asked.every(({ form }) => !form.has('client_assertion'))).toBe(true)
  })
})

test.each(['team.azurecr.io.evil.example', 'azurecr.io', 'evil-azurecr.io', 'team.azurecr.io:8443'])('%s is nobody of Azure', async (registry) => {
  await azureWorld()
  await failureOf(cloud.reader(registry, principal())())
  expect(cloud.asked.length).toBeGreaterThan(0)
  expect(cloud.asked.filter(({ url }) => url.pathname.includes('/oauth2/v2.0/') || url.pathname.includes('exchange'))).toEqual([])
})

test('a docker config with the zero user and an identity token comes first (github-early-access/generate-build-provenance#114)', async () => {
  await azureWorld()
  const auths = { [REGISTRY]: { auth: Buffer.from(`${NOBODY}:`).toString('base64'), identitytoken: 'canary-refresh' } }
  expect(await cloud.reader(REGISTRY, principal(), { dockerAuthConfig: JSON.stringify({ auths }) })()).toEqual(['v1'])
  expect(cloud.count('/oauth2/exchange')).toBe(0)
})

describe('what goes wrong', () => {
  test('no identity: what was looked at, and no waiting for a metadata service', async () => {
    await azureWorld(({ url }, response) => url.pathname === '/oauth2/token' && json(response, 401, {}))
    const started = performance.now()
    const { failure, text } = await failureOf(cloud.reader(REGISTRY, {})())
    expect(failure.code).toBe('AUTH_REQUIRED')
    for (const word of ['AZURE_CLIENT_SECRET', 'AZURE_FEDERATED_TOKEN_FILE', 'IDENTITY_ENDPOINT', 'no machine of Azure']) expect(text).toContain(word)
    expect(performance.now() - started).toBeLessThan(900)
  })

  test('Entra refuses the secret: its code is in the note, the secret it repeats is not', async () => {
    await azureWorld(({ url }, response) => {
      if (url.pathname === '/oauth2/token') return json(response, 401, {})
      return (
        url.pathname.includes('/oauth2/v2.0/') &&
        json(response, 401, { error: 'invalid_client', error_description: 'AADSTS7000215: Invalid secret canary-client-secret.\r\nTrace ID: 1' })
      )
    })
    const { failure, text } = await failureOf(cloud.reader(REGISTRY, principal())())
    expect(failure.code).toBe('AUTH_REQUIRED')
    expect(text).toContain('AADSTS7000215')
    expect(text).not.toContain('Trace ID')
    quiet(text)
  })

  test('the exchange is refused; what anybody may read can be read all the same', async () => {
    await azureWorld(({ url, headers }, response) => {
      if (url.pathname === '/oauth2/exchange') return json(response, 403, { errors: [{ code: 'DENIED', message: 'no role' }] })
      return url.pathname === '/oauth2/token' && headers.authorization === undefined && json(response, 200, { access_token: 'canary-access' })
    })
    expect(await cloud.reader(REGISTRY, principal())()).toEqual(['v1'])
  })

  test('the token file is gone', async () => {
    await azureWorld(({ url }, response) => url.pathname === '/oauth2/token' && json(response, 401, {}))
    const { text } = await failureOf(cloud.reader(REGISTRY, { ...(await federated()), AZURE_FEDERATED_TOKEN_FILE: '/nowhere/token' })())
    expect(text).toContain('cannot use the Azure workload identity of this run (AZURE_FEDERATED_TOKEN_FILE)')
  })

  test('a metadata service that does not answer costs a second, not more', async () => {
    await azureWorld(({ url }, response) => url.pathname === '/oauth2/token' && json(response, 401, {}))
    const started = performance.now()
    // 192.0.2.0/24 is for documentation: nothing answers there.
    const { text } = await failureOf(cloud.reader(REGISTRY, { AZURE_POD_IDENTITY_AUTHORITY_HOST: 'http://192.0.2.1' })())
    expect(text).toContain('the managed identity of this machine (there is none)')
    expect(performance.now() - started).toBeLessThan(2500)
  })
})
