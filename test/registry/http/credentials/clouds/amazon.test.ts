/** ECR and ECR Public with the SDK's own chain, against stand-ins for ECR, STS, instance and container metadata. */
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { freeCall } from '../../../../../src/kit/call.ts'
import { Failure } from '../../../../../src/kit/failure.ts'
import { ecrPlace } from '../../../../../src/registry/http/credentials/clouds/amazon-hosts.ts'
import { bytes, json } from '../../../scripted.ts'
import { type Answering, type Asked, basicRegistry, type CloudWorld, createCloudWorld, failureOf } from './cloud-world.ts'
import { signerOf } from './sigv4.ts'

const REGISTRY = '123456789012.dkr.ecr.eu-west-1.amazonaws.com'
const SECRET = 'canary-secret-key/with+odd=signs'
const SESSION = 'canary-session-token'
const WEB_TOKEN = 'canary.web.identity'
const CANARIES = [SECRET, SESSION, WEB_TOKEN, 'canary-password']

let cloud: CloudWorld
afterEach(() => cloud.close())

interface Scene {
  /** Seconds that a password of ECR lives. */
  readonly life?: number
  /** Which passwords the registry takes, by their number. */
  readonly good?: (count: number) => boolean
  readonly before?: Answering
  /** Milliseconds ECR takes for its answer. */
  readonly slow?: number
}

/** The whole of AWS that a login needs. */
async function amazonWorld({ life = 43_200, good = () => true, before, slow = 0 }: Scene = {}): Promise<{ signers: string[] }> {
  const signers: string[] = []
  let passwords = 0
  const login = async (asked: Asked, response: Parameters<Answering>[1]): Promise<boolean> => {
    const signer = signerOf(asked, () => SECRET)
    if (!signer) return json(response, 400, { __type: 'SignatureDoesNotMatch', message: `The signature does not match\nx-amz-security-token:${SESSION}` })
    signers.push(`${signer.accessKey} ${signer.region} ${signer.service} ${String(asked.headers['x-amz-target'])}`)
    passwords += 1
    const authorizationToken = Buffer.from(`AWS:canary-password-${passwords}:with:colons`).toString('base64')
    await new Promise((resolve) => setTimeout(resolve, slow))
    const one = { authorizationToken, expiresAt: Date.now() / 1000 + life }
    return json(response, 200, { authorizationData: signer.service === 'ecr-public' ? one : [one] }, { 'content-type': 'application/x-amz-json-1.1' })
  }
  cloud = await createCloudWorld(async (asked, response) => {
    const { url, method, headers, form } = asked
    if (await before?.(asked, response)) return true
    if (url.pathname.startsWith('/v2/'))
      return basicRegistry(asked, response, (user, password) => {
        const count = Number(/^canary-password-(\d+):with:colons$/.exec(password)?.[1])
        return user === 'AWS' && count > 0 && good(count)
      })
    if (method === 'PUT' && url.pathname === '/latest/api/token') return bytes(response, 200, 'imds-token')
    if (url.pathname.startsWith('/latest/meta-data/iam/security-credentials')) {
      if (headers['x-aws-ec2-metadata-token'] !== 'imds-token') return bytes(response, 401, '')
      if (url.pathname.replace(/\/$/, '').endsWith('security-credentials')) return bytes(response, 200, 'node-role')
      return json(response, 200, {
        Code: 'Success',
        AccessKeyId: 'ASIAIMDS',
        SecretAccessKey: SECRET,
        Token: SESSION,
        Expiration: new Date(Date.now() + 3600_000),
      })
    }
    if (url.pathname === '/container')
      return json(response, 200, { AccessKeyId: 'ASIACONTAINER', SecretAccessKey: SECRET, Token: SESSION, Expiration: new Date(Date.now() + 3600_000) })
    if (form.get('Action') === 'AssumeRoleWithWebIdentity') {
      if (form.get('WebIdentityToken') !== WEB_TOKEN) return stsError(response, 400, 'InvalidIdentityToken', 'Could not verify')
      return bytes(
        response,
        200,
        `<AssumeRoleWithWebIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleWithWebIdentityResult><Credentials>` +
          `<AccessKeyId>ASIAWEB</AccessKeyId><SecretAccessKey>${SECRET}</SecretAccessKey><SessionToken>${SESSION}</SessionToken>` +
          `<Expiration>${new Date(Date.now() + 3600_000).toISOString()}</Expiration></Credentials></AssumeRoleWithWebIdentityResult></AssumeRoleWithWebIdentityResponse>`,
        { 'content-type': 'text/xml' },
      )
    }
    if (method === 'POST' && url.pathname === '/') return await login(asked, response)
    return false
  })
  for (const name of ['ECR', 'STS', 'ECR_PUBLIC']) vi.stubEnv(`AWS_ENDPOINT_URL_${name}`, cloud.url)
  return { signers }
}

function stsError(response: Parameters<Answering>[1], status: number, code: string, message: string): true {
  return bytes(
    response,
    status,
    `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error><RequestId>1</RequestId></ErrorResponse>`,
    { 'content-type': 'text/xml' },
  )
}

/** The same to the SDK and to us, as a host would do. */
function environment(variables: Record<string, string>): Record<string, string> {
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value)
  return { HOME: cloud.directory, ...variables }
}

async function webIdentity(token = WEB_TOKEN): Promise<Record<string, string>> {
  const file = await cloud.file('web-token', token)
  return environment({ AWS_WEB_IDENTITY_TOKEN_FILE: file, AWS_ROLE_ARN: 'arn:aws:iam::123456789012:role/ci' })
}

const keys = (): Record<string, string> => environment({ AWS_ACCESS_KEY_ID: 'AKIAENV', AWS_SECRET_ACCESS_KEY: SECRET })
const quiet = (text: string): void => expect(CANARIES.filter((canary) => text.includes(canary))).toEqual([])

test.each([
  [REGISTRY, { account: '123456789012', region: 'eu-west-1', fips: false }],
  ['123456789012.dkr.ecr-fips.us-gov-west-1.amazonaws.com', { account: '123456789012', region: 'us-gov-west-1', fips: true }],
  ['123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn', { account: '123456789012', region: 'cn-north-1', fips: false }],
  ['123456789012.dkr-ecr.eu-west-1.on.aws', { account: '123456789012', region: 'eu-west-1', fips: false }],
  ['12345678901.dkr.ecr.eu-west-1.amazonaws.com', undefined],
  ['123456789012.dkr.ecr.eu-west-1.amazonaws.com.evil.example', undefined],
  ['evil.example.123456789012.dkr.ecr.eu-west-1.amazonaws.com', undefined],
  ['123456789012.dkr.ecr.eu-west-1.amazonaws.com:5000', undefined],
])('%s is told apart', async (registry, place) => {
  await amazonWorld()
  expect(ecrPlace(registry)).toEqual(place)
})

describe('the chain finds', () => {
  const imds = async (): Promise<Record<string, string>> => environment({ AWS_EC2_METADATA_SERVICE_ENDPOINT: cloud.url })
  const container = async (): Promise<Record<string, string>> => environment({ AWS_CONTAINER_CREDENTIALS_FULL_URI: `${cloud.url}/container` })
  const profile = async (): Promise<Record<string, string>> => {
    await mkdir(join(cloud.directory, '.aws'))
    await writeFile(join(cloud.directory, '.aws/credentials'), `[work]\naws_access_key_id = AKIAPROFILE\naws_secret_access_key = ${SECRET}\n`)
    return environment({ AWS_PROFILE: 'work' })
  }
  test.each([
    ['keys in the environment', async () => keys(), 'AKIAENV', 'the AWS access key in the environment (AWS_ACCESS_KEY_ID)'],
    ['a profile', profile, 'AKIAPROFILE', 'the AWS profile "work"'],
    ['a web identity', webIdentity, 'ASIAWEB', 'the AWS web identity of this run (AWS_WEB_IDENTITY_TOKEN_FILE)'],
    ['a container role', container, 'ASIACONTAINER', 'the AWS role of this container'],
    ['a machine role', imds, 'ASIAIMDS', 'the AWS role of this machine (instance metadata)'],
  ])('%s: signed for ECR in its region, and said where it came from', async (_what, set, key, words) => {
    let denied = false
    const { signers } = await amazonWorld({ before: ({ url }, response) => denied && url.pathname.startsWith('/v2/') && bytes(response, 403, '') })
    const read = cloud.reader(REGISTRY, await set())
    expect(await read()).toEqual(['v1'])
    expect(signers).toEqual([`${key} eu-west-1 ecr AmazonEC2ContainerRegistry_V20150921.GetAuthorizationToken`])
    // The engine sent every request; the SDK asks the machine's own services itself, and nothing else.
    expect(cloud.asked.filter(({ url }) => !/^\/(?:latest|container)/.test(url.pathname)).length).toBe(cloud.world.lines.length)
    denied = true
    const { failure, text } = await failureOf(read())
    expect(failure.code).toBe('AUTH_DENIED')
    expect(failure.message).toContain(`as AWS (credentials from ${words}`)
    quiet(text)
    quiet(JSON.stringify(cloud.world.lines))
  })

  test('the same for ECR Public, in the one region it has', async () => {
    const { signers } = await amazonWorld()
    expect(await cloud.reader('public.ecr.aws', keys())()).toEqual(['v1'])
    expect(signers).toEqual(['AKIAENV us-east-1 ecr-public SpencerFrontendService.GetAuthorizationToken'])
  })
})

test('what is configured comes first, and AWS is not asked', async () => {
  const { signers } = await amazonWorld()
  const auth = Buffer.from('AWS:canary-password-7:with:colons').toString('base64')
  const read = cloud.reader(REGISTRY, keys(), { dockerAuthConfig: JSON.stringify({ auths: { [REGISTRY]: { auth } } }) })
  expect(await read()).toEqual(['v1'])
  expect(signers).toEqual([])
})

describe('a password that runs out [case 43]', () => {
  const sixteen = Array.from({ length: 16 }, (_, index) => `team/app${index}`)

  test('before its end it is renewed, once for sixteen at a time and for all repositories', async () => {
    const { signers } = await amazonWorld({ life: 1, slow: 20 })
    const read = cloud.reader(REGISTRY, keys())
    await Promise.all(sixteen.map((path) => read(path)))
    expect(signers.length).toBe(1)
    await new Promise((resolve) => setTimeout(resolve, 800))
    await Promise.all(sixteen.map((path) => read(path)))
    expect(signers.length).toBe(2)
  })

  test('refused before its time: renewed once for sixteen at a time', async () => {
    let oldest = 1
    const { signers } = await amazonWorld({ good: (count) => count >= oldest, slow: 20 })
    const read = cloud.reader(REGISTRY, keys())
    await Promise.all(sixteen.map((path) => read(path)))
    oldest = 2
    await Promise.all(sixteen.map((path) => read(path)))
    expect(signers.length).toBe(2)
  })

  test('always refused: one renewal, then a clear end [case 46]', async () => {
    const { signers } = await amazonWorld({ good: () => false })
    const { failure, text } = await failureOf(cloud.reader(REGISTRY, keys())())
    expect(failure.code).toBe('AUTH_DENIED')
    expect(signers.length).toBeLessThanOrEqual(2)
    expect(cloud.count('/v2/')).toBeLessThanOrEqual(3)
    quiet(text)
  })
})

describe('what goes wrong', () => {
  test('no identity at all: nothing is asked, and the message names what was looked at', async () => {
    await amazonWorld()
    const { failure, text } = await failureOf(cloud.reader(REGISTRY, environment({}))())
    expect(failure.code).toBe('AUTH_REQUIRED')
    for (const word of ['AWS_ACCESS_KEY_ID', 'profile "default"', 'AWS_WEB_IDENTITY_TOKEN_FILE', 'AWS_CONTAINER_CREDENTIALS', 'EC2 instance'])
      expect(text).toContain(word)
    expect(cloud.asked.filter(({ url }) => !url.pathname.startsWith('/v2/'))).toEqual([])
  })

  test.each([
    [403, 'AccessDenied', 'Not authorized to perform sts:AssumeRoleWithWebIdentity', 'AUTH_DENIED'],
    [400, 'ExpiredTokenException', 'Token expired: current date/time must be before the expiration date/time', 'AUTH_DENIED'],
  ])('STS says %s %s', async (status, code, message, expected) => {
    await amazonWorld({
      before: ({ form }, response) => form.has('WebIdentityToken') && stsError(response, status, code, `${message} ${String(form.get('WebIdentityToken'))}`),
    })
    const { failure, text } = await failureOf(cloud.reader(REGISTRY, await webIdentity())())
    expect(failure.code).toBe(expected)
    expect(failure.message).toBe('cannot log in to ECR in eu-west-1 with the AWS web identity of this run (AWS_WEB_IDENTITY_TOKEN_FILE)')
    expect(text).toContain(message)
    quiet(text)
  })

  test('a signature that is refused: the answer repeats the session token, the message does not', async () => {
    await amazonWorld()
    const read = cloud.reader(REGISTRY, environment({ AWS_ACCESS_KEY_ID: 'AKIAENV', AWS_SECRET_ACCESS_KEY: `other-${SECRET}`, AWS_SESSION_TOKEN: SESSION }))
    const { failure, text } = await failureOf(read())
    expect(failure.code).toBe('AUTH_DENIED')
    expect(text).toContain('SignatureDoesNotMatch')
    quiet(text)
  })

  test('ECR Public shows images to anybody: an identity that fails is no obstacle', async () => {
    await amazonWorld({
      before: ({ form, url }, response) =>
        form.has('WebIdentityToken')
          ? stsError(response, 403, 'AccessDenied', 'no')
          : url.pathname.startsWith('/v2/') && json(response, 200, { tags: ['open'] }),
    })
    expect(await cloud.reader('public.ecr.aws', await webIdentity())()).toEqual(['open'])
  })

  test('stopped while ECR keeps silent: at once', async () => {
    await amazonWorld({ slow: 5000 })
    const controller = new AbortController()
    const started = performance.now()
    setTimeout(() => controller.abort(new Failure('INTERRUPTED', 'stopped')), 300)
    const { failure } = await failureOf(cloud.reader(REGISTRY, keys())('team/app', { ...freeCall(), signal: controller.signal }))
    expect(failure.code).toBe('INTERRUPTED')
    expect(performance.now() - started).toBeLessThan(2000)
  })

  test('the time of the call bounds a login too', async () => {
    await amazonWorld({ slow: 5000 })
    const { failure } = await failureOf(cloud.reader(REGISTRY, keys())('team/app', { ...freeCall(), deadline: performance.now() + 300 }))
    expect(failure.code).toBe('DEADLINE')
  })
})
