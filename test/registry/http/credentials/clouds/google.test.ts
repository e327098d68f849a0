/** Artifact Registry: Google's library over our engine, against stand-ins for its STS, IAM and metadata server. */
import { generateKeyPairSync, verify } from 'node:crypto'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { freeCall } from '../../../../../src/kit/call.ts'
import { Failure, isFailure } from '../../../../../src/kit/failure.ts'
import type { CloudQuestion } from '../../../../../src/registry/http/credentials/clouds/ask.ts'
import { tokenOfFile } from '../../../../../src/registry/http/credentials/clouds/google-client.ts'
import type { Answer } from '../../../../../src/registry/http/request.ts'
import { bytes, json } from '../../../scripted.ts'
import { type Answering, bearerRegistry, type CloudWorld, createCloudWorld, failureOf } from './cloud-world.ts'

const REGISTRY = 'europe-west1-docker.pkg.dev'
const CANARIES = ['canary-oidc', 'canary-federated', 'canary-google', 'canary-registry', 'canary-refresh', 'canary-client']

let cloud: CloudWorld
afterEach(() => cloud.close())

async function googleWorld(before: Answering = () => false): Promise<void> {
  cloud = await createCloudWorld(async (asked, response) => {
    const { url, form, headers, body } = asked
    if (await before(asked, response)) return true
    if (url.pathname === '/sts/token') {
      const good = form.get('grant_type') === 'urn:ietf:params:oauth:grant-type:token-exchange' && form.get('subject_token') === 'canary-oidc'
      return good
        ? json(response, 200, { access_token: 'canary-federated', expires_in: 3600, token_type: 'Bearer', issued_token_type: 'x' })
        : json(response, 400, {})
    }
    if (url.pathname.endsWith(':generateAccessToken')) {
      const good = headers.authorization === 'Bearer canary-federated' && body.includes('cloud-platform')
      return good ? json(response, 200, { accessToken: 'canary-google', expireTime: new Date(Date.now() + 3600_000).toISOString() }) : json(response, 403, {})
    }
    if (url.pathname === '/computeMetadata/v1/instance/service-accounts/default/token')
      return headers['metadata-flavor'] === 'Google'
        ? json(response, 200, { access_token: 'canary-google', expires_in: 3599, token_type: 'Bearer' })
        : bytes(response, 403, '')
    if (url.pathname === '/v2/token') {
      const login = Buffer.from(String(headers.authorization).replace('Basic ', ''), 'base64').toString()
      return ['oauth2accesstoken:canary-google', 'oauth2accesstoken:canary-federated'].includes(login)
        ? json(response, 200, { token: 'canary-registry', expires_in: 3600 })
        : json(response, 403, { errors: [{ code: 'DENIED', message: 'no' }] })
    }
    return url.pathname.startsWith('/v2/') && bearerRegistry(asked, response, '/v2/token', 'canary-registry')
  })
}

/** The file that google-github-actions/auth and gcloud write for workload identity federation. */
async function federation(more: Record<string, unknown> = {}): Promise<Record<string, string>> {
  const file = await cloud.file(
    'adc.json',
    JSON.stringify({
      type: 'external_account',
      audience: '//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/ci/providers/github',
      subject_token_type: 'urn:ietf:params:oauth:token-type:jwt',
      token_url: `${cloud.url}/sts/token`,
      credential_source: { file: await cloud.file('oidc', 'canary-oidc') },
      ...more,
    }),
  )
  return { GOOGLE_APPLICATION_CREDENTIALS: file }
}
const quiet = (text: string): void => expect(CANARIES.filter((canary) => text.includes(canary))).toEqual([])

describe('the identity is', () => {
  const impersonating = (): Promise<Record<string, string>> =>
    federation({ service_account_impersonation_url: `${cloud.url}/v1/projects/-/serviceAccounts/ci@p.iam.gserviceaccount.com:generateAccessToken` })
  test.each([
    ['a federated one', () => federation(), 'the Google credentials of this run (GOOGLE_APPLICATION_CREDENTIALS)'],
    ['a federated one that acts as a service account', impersonating, 'the Google credentials of this run (GOOGLE_APPLICATION_CREDENTIALS)'],
    ['the service account of the machine', async () => ({ GCE_METADATA_HOST: cloud.host }), 'the Google service account of this machine (metadata server)'],
  ])('%s: one login for all registries, and said where it came from', async (_what, variables, words) => {
    let denied = false
    await googleWorld(({ url }, response) => denied && url.pathname.startsWith('/v2/team') && bytes(response, 403, ''))
    const said = vi.spyOn(console, 'warn')
    const read = cloud.reader(REGISTRY, await variables())
    expect(await Promise.all([read(), read('team/other')])).toEqual([['v1'], ['v1']])
    expect(cloud.asked.filter(({ url }) => /sts|computeMetadata/.test(url.pathname)).length).toBe(1)
    // Every request of the library ran through our engine.
    expect(cloud.world.lines.length).toBe(cloud.asked.length)
    denied = true
    const { failure, text } = await failureOf(read())
    expect(failure.message).toContain(`as oauth2accesstoken (credentials from ${words})`)
    quiet(text)
    quiet(JSON.stringify(cloud.world.lines))
    expect(said.mock.calls).toEqual([])
    said.mockRestore()
  })

  test('the user that gcloud left behind, acting as a service account', async () => {
    await googleWorld()
    const url = `${cloud.url}/v1/projects/-/serviceAccounts/ci@p.iam.gserviceaccount.com:generateAccessToken`
    const { source_credentials: _none, ...source } = { ...(JSON.parse(await adcText()) as Record<string, unknown>), source_credentials: undefined }
    const text = JSON.stringify({ type: 'impersonated_service_account', source_credentials: source, service_account_impersonation_url: url, delegates: [] })
    const file = await cloud.file('impersonated.json', text)
    expect(await cloud.reader(REGISTRY, { GOOGLE_APPLICATION_CREDENTIALS: file })()).toEqual(['v1'])
    expect(cloud.asked.some(({ url: { pathname } }) => pathname.endsWith(':generateAccessToken'))).toBe(true)
  })

  async function adcText(): Promise<string> {
    const { readFile } = await import('node:fs/promises')
    return await readFile((await federation())['GOOGLE_APPLICATION_CREDENTIALS'] ?? '', 'utf8')
  }
})

/** Google's own addresses are https and fixed; here the questions are answered where they leave the library. */
describe('questions to Google itself', () => {
  const answer = (json: unknown): Answer => ({
    status: 200,
    headers: { 'content-type': 'application/json' },
    url: 'https://x/',
    bytes: Buffer.from(JSON.stringify(json)),
    errors: [],
  })

  test('a service account signs with its key', async () => {
    await googleWorld()
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
    const text = JSON.stringify({
      type: 'service_account',
      client_email: 'ci@p.iam.gserviceaccount.com',
      private_key: privateKey.export({ type: 'pkcs8', format: 'pem' }),
    })
    const asked: CloudQuestion[] = []
    const token = await tokenOfFile(
      text,
      'a file',
      async (question) => (asked.push(question), answer({ access_token: 'canary-google', expires_in: 3600 })),
      freeCall(),
    )
    expect(token.value).toBe('canary-google')
    expect(token.life).toBeGreaterThan(3_500_000)
    const assertion = new URLSearchParams(String(asked[0]?.body)).get('assertion') ?? ''
    const [head = '', claims = '', signature = ''] = assertion.split('.')
    expect(verify('RSA-SHA256', Buffer.from(`${head}.${claims}`), publicKey, Buffer.from(signature, 'base64url'))).toBe(true)
    expect(asked.map(({ url }) => url.host)).toEqual(['oauth2.googleapis.com'])
  })

  test('a user trades the refresh token', async () => {
    await googleWorld()
    const text = JSON.stringify({ type: 'authorized_user', client_id: 'id', client_secret: 'canary-client', refresh_token: 'canary-refresh' })
    const asked: CloudQuestion[] = []
    expect((await tokenOfFile(text, 'a file', async (question) => (asked.push(question), answer({ access_token: 'canary-google' })), freeCall())).value).toBe(
      'canary-google',
    )
    expect(new URLSearchParams(String(asked[0]?.body)).get('refresh_token')).toBe('canary-refresh')
  })

  test('a stop inside the library is our stop, not an error of it', async () => {
    await googleWorld()
    const text = JSON.stringify({ type: 'authorized_user', client_id: 'id', client_secret: 'canary-client', refresh_token: 'canary-refresh' })
    const stopped = tokenOfFile(text, 'a file', () => Promise.reject(new Failure('INTERRUPTED', 'stopped')), freeCall())
    expect(isFailure(await stopped.catch((error: unknown) => error), 'INTERRUPTED')).toBe(true)
  })

  test.each([
    ['no JSON', '{nope'],
    ['a list', '[]'],
    ['another type', '{"type":"canary-client"}'.replace('canary-client', 'gdch_service_account')],
    ['a key that is none', JSON.stringify({ type: 'service_account', client_email: 'a', private_key: 'canary-client' })],
  ])('a file with %s is unusable, and nothing of it is shown', async (_what, text) => {
    await googleWorld()
    const { failure, text: shown } = await failureOf(tokenOfFile(text, 'the file', () => Promise.resolve(answer({})), freeCall()))
    expect(failure.code).toBe('CREDENTIALS_UNREADABLE')
    quiet(shown)
  })
})

test.each(['pkg.dev', 'evilgcr.io', 'gcr.io.evil.example', 'a.b.pkg.dev', 'gcr.io:8443'])('%s is nobody of Google', async (registry) => {
  await googleWorld(({ url }, response) => url.pathname === '/v2/token' && json(response, 403, {}))
  await failureOf(cloud.reader(registry, await federation())())
  expect(cloud.count('/sts')).toBe(0)
})

describe('what goes wrong', () => {
  test('no identity: what was looked at, and no waiting for a metadata server', async () => {
    await googleWorld()
    const started = performance.now()
    const { failure, text } = await failureOf(cloud.reader(REGISTRY, { HOME: cloud.directory })())
    expect(failure.code).toBe('AUTH_REQUIRED')
    for (const word of ['GOOGLE_APPLICATION_CREDENTIALS', 'application_default_credentials.json', 'no machine of Google Cloud']) expect(text).toContain(word)
    expect(performance.now() - started).toBeLessThan(900)
  })

  test('the exchange is refused: said, without the token', async () => {
    await googleWorld(
      ({ url, form }, response) =>
        url.pathname === '/sts/token' &&
        json(response, 400, { error: 'invalid_grant', error_description: `The audience of ${form.get('subject_token')} does not match` }),
    )
    const { failure, text } = await failureOf(cloud.reader(REGISTRY, await federation())())
    expect(failure.code).toBe('AUTH_REQUIRED')
    expect(text).toContain('invalid_grant')
    quiet(text)
  })

  test('an image that anybody may read needs no right identity', async () => {
    await googleWorld(({ url, headers }, response) => {
      if (url.pathname !== '/v2/token') return false
      return headers.authorization === undefined
        ? json(response, 200, { token: 'canary-registry' })
        : json(response, 403, { errors: [{ code: 'DENIED', message: 'no' }] })
    })
    expect(await cloud.reader('gcr.io', await federation())('distroless/static')).toEqual(['v1'])
  })
})
