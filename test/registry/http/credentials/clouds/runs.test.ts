/** What a CI run brings for its own registry, and logins that people configured: used as they stand, at no other host. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, describe, expect, test } from 'vitest'
import { credentialSources } from '../../../../../src/hosts/credentials.ts'
import { Secret } from '../../../../../src/kit/secret.ts'
import { mayBeMachineOf, told } from '../../../../../src/registry/http/credentials/clouds/cloud.ts'
import { createCredentialFinder } from '../../../../../src/registry/http/credentials/find-credential.ts'
import { parseReference } from '../../../../../src/registry/oci/reference.ts'
import { ROOT } from '../../../../house/source.ts'
import { bytes, call, json } from '../../../scripted.ts'
import { type Answering, bearerRegistry, type CloudWorld, createCloudWorld, failureOf } from './cloud-world.ts'

let cloud: CloudWorld | undefined
afterEach(async () => {
  await cloud?.close()
  cloud = undefined
})

/** A registry whose token server takes one login, and nobody else. */
async function registryFor(login: string, before: Answering = () => false): Promise<CloudWorld> {
  cloud = await createCloudWorld(async (asked, response) => {
    if (await before(asked, response)) return true
    if (asked.url.pathname !== '/token') return bearerRegistry(asked, response, '/token', 'canary-bearer')
    const given = Buffer.from(String(asked.headers.authorization).replace('Basic ', ''), 'base64').toString()
    return given === login ? json(response, 200, { token: 'canary-bearer' }) : json(response, 403, { errors: [{ code: 'DENIED', message: 'no' }] })
  })
  return cloud
}

const GITHUB = { GITHUB_ACTIONS: 'true', GITHUB_TOKEN: 'canary-github', GITHUB_ACTOR: 'octo' }
const GITLAB = { CI_REGISTRY: 'registry.gitlab.example', CI_JOB_TOKEN: 'canary-job' }

describe('a run of', () => {
  test.each([
    ['GitHub', 'ghcr.io', GITHUB, 'octo:canary-github'],
    ['GitHub, without an actor', 'ghcr.io', { ...GITHUB, GITHUB_ACTOR: '' }, 'x-access-token:canary-github'],
    ['GitLab, with its job token', 'registry.gitlab.example', GITLAB, 'gitlab-ci-token:canary-job'],
    ['GitLab, with the login it gives', 'registry.gitlab.example', { ...GITLAB, CI_REGISTRY_USER: 'u', CI_REGISTRY_PASSWORD: 'canary-p:$' }, 'u:canary-p:$'],
  ])('%s opens %s', async (_what, registry, variables, login) => {
    const { reader } = await registryFor(login)
    expect(await reader(registry, credentialSources(variables).clouds ?? {})()).toEqual(['v1'])
  })

  test.each([
    'ghcr.io.evil.example',
    'evil-ghcr.io',
    'docker.pkg.github.com',
    'gitlab.example',
    'registry.gitlab.example:5050',
    'evil.registry.gitlab.example',
  ])('either shows nothing to %s', async (registry) => {
    const { reader, asked } = await registryFor('nobody:nothing')
    await failureOf(reader(registry, { ...GITHUB, ...GITLAB })())
    expect(asked.length).toBeGreaterThan(1)
    expect(asked.filter(({ headers }) => headers.authorization !== undefined)).toEqual([])
  })

  test('nobody: a token that lies about in the environment is not used, a missing one is named', async () => {
    const { reader, asked } = await registryFor('octo:canary-github')
    await failureOf(reader('ghcr.io', { GITHUB_TOKEN: 'canary-github', GITHUB_ACTOR: 'octo' })())
    expect(asked.filter(({ headers }) => headers.authorization !== undefined)).toEqual([])
    const { text } = await failureOf(reader('ghcr.io', { GITHUB_ACTIONS: 'true' })())
    expect(text).toContain('GITHUB_TOKEN is not in the environment of this run')
  })

  test('GitHub whose token lacks the right to a public image: it is read all the same', async () => {
    const { reader } = await registryFor(
      '',
      ({ url, headers }, response) => url.pathname === '/token' && headers.authorization === undefined && json(response, 200, { token: 'canary-bearer' }),
    )
    expect(await reader('ghcr.io', GITHUB)()).toEqual(['v1'])
  })

  test('GitHub whose token is refused for what is private: said, with where it came from, without its value', async () => {
    const { reader } = await registryFor('')
    const { failure, text } = await failureOf(reader('ghcr.io', GITHUB)())
    expect(failure.code).toBe('AUTH_DENIED')
    expect(text).toContain('ghcr.io refused the token of this run (GITHUB_TOKEN), and access was tried without it')
    expect(text).not.toContain('canary')
  })

  test('a configured login that is refused is not replaced by the run’s', async () => {
    const { reader, asked } = await registryFor('octo:canary-github')
    const auths = { 'ghcr.io': { auth: Buffer.from('bob:wrong').toString('base64') } }
    const { failure } = await failureOf(reader('ghcr.io', GITHUB, { dockerAuthConfig: JSON.stringify({ auths }) })())
    expect(failure.message).toContain('as bob (credentials from DOCKER_AUTH_CONFIG)')
    expect(asked.filter(({ headers }) => headers.authorization?.startsWith('Basic')).map(({ headers }) => headers.authorization)).toEqual([
      `Basic ${Buffer.from('bob:wrong').toString('base64')}`,
    ])
  })
})

describe('logins that people configured are used as they stand [case 49]', () => {
  const LOGINS = [
    ['Harbor, a robot', 'harbor.example.com', 'robot$pay+ci', 'a$b`c"d\\e\'f g:h%41'],
    ['Quay, a robot', 'quay.io', 'org+robot', 'ABC+/='],
    ['Docker Hub, a token', 'docker.io', 'bob', 'dckr_pat_x-y_Z'],
    ['GitLab, a deploy token', 'registry.gitlab.com', 'gitlab+deploy-token-1', 'päss wörd'],
  ] as const
  const credentialOf = async (sources: Parameters<typeof createCredentialFinder>[0], registry: string): Promise<string> => {
    const { credential } = await createCredentialFinder(sources)(parseReference(`${registry}/team/app`), call)
    return credential?.kind === 'basic' ? `${credential.username}:${credential.password.reveal()}` : 'none'
  }

  test.each(LOGINS)('%s: given, from the environment, and as two fields', async (_what, registry, username, password) => {
    const nowhere = { dockerConfigFiles: [], environment: {} }
    const given = { ...nowhere, explicit: [{ registry, username, password: new Secret(password), from: '--username' }] }
    expect(await credentialOf(given, registry)).toBe(`${username}:${password}`)
    const auth = Buffer.from(`${username}:${password}`).toString('base64')
    for (const entry of [{ auth }, { username, password }])
      expect(await credentialOf(credentialSources({ DOCKER_AUTH_CONFIG: JSON.stringify({ auths: { [registry]: entry } }) }), registry)).toBe(
        `${username}:${password}`,
      )
  })

  test('a bearer token that was given is sent as it stands, to its registry alone, and no token server is asked', async () => {
    const { reader, asked } = await registryFor('nobody:nothing')
    const explicit = [{ registry: 'given.example.com', token: new Secret('canary-bearer'), from: 'the given token' }]
    expect(await reader('given.example.com', {}, { explicit })()).toEqual(['v1'])
    expect(asked.filter(({ url }) => url.pathname === '/token')).toEqual([])
    asked.length = 0
    await failureOf(reader('other.example.com', {}, { explicit })())
    expect(asked.filter(({ headers }) => headers.authorization !== undefined)).toEqual([])
  })

  test('they arrive at the token server as they are, whatever the password', async () => {
    const { reader, asked } = await registryFor('nobody:nothing')
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }), async (secret) => {
        const password = secret.replaceAll('\0', '')
        const explicit = [{ registry: 'harbor.example.com', username: 'robot$ci', password: new Secret(password), from: 'test' }]
        asked.length = 0
        await failureOf(reader('harbor.example.com', {}, { explicit })())
        const sent = asked.find(({ url }) => url.pathname === '/token')?.headers.authorization?.replace('Basic ', '') ?? ''
        expect(Buffer.from(sent, 'base64').toString()).toBe(`robot$ci:${password}`)
      }),
      { numRuns: 25 },
    )
  })

  test.each(['docker.io', 'index.docker.io', 'registry-1.docker.io', 'https://index.docker.io/v1/'])(
    'a login of Docker Hub under %s opens it by all its names',
    async (key) => {
      const sources = credentialSources({ DOCKER_AUTH_CONFIG: JSON.stringify({ auths: { [key]: { username: 'bob', password: 'pat' } } }) })
      for (const name of ['docker.io', 'index.docker.io', 'registry-1.docker.io']) expect(await credentialOf(sources, name)).toBe('bob:pat')
    },
  )
})

test('whether a machine is of a cloud: its maker says so; a laptop never waits, a pod that cannot tell does', async () => {
  const here = import.meta.filename
  expect(await mayBeMachineOf(/whether a machine is of a cloud/, {}, here)).toBe(true)
  expect(await mayBeMachineOf(/no such maker [0-9]{3}/, { KUBERNETES_SERVICE_HOST: '10.0.0.1' }, here)).toBe(false)
  expect(await mayBeMachineOf(/./, {}, '/nowhere')).toBe(false)
  expect(await mayBeMachineOf(/./, { KUBERNETES_SERVICE_HOST: '10.0.0.1' }, '/nowhere')).toBe(true)
})

test('what a cloud says is one harmless line without the secrets', () => {
  expect(told('\n wrong s3cret\u001b[31m and s3cret\nx-amz-security-token: t', ['s3cret', undefined, ''])).toBe('wrong ***\\u{1b}[31m and ***')
})

test('docs/credentials.md names every variable that a cloud’s identity may be in', () => {
  const page = readFileSync(join(ROOT, 'docs/credentials.md'), 'utf8')
  const named = [
    'AWS_PROFILE',
    'AWS_WEB_IDENTITY_TOKEN_FILE',
    'AZURE_CLIENT_SECRET',
    'AZURE_FEDERATED_TOKEN_FILE',
    'IDENTITY_ENDPOINT',
    'GOOGLE_APPLICATION_CREDENTIALS',
    'GITHUB_TOKEN',
    'CI_REGISTRY_PASSWORD',
    'CI_JOB_TOKEN',
  ]
  expect(named.filter((name) => !page.includes(name))).toEqual([])
  const all = Object.fromEntries(named.map((name) => [name, 'x']))
  expect(Object.keys(credentialSources(all).clouds ?? {}).toSorted()).toEqual(named.toSorted())
})

test('a stop of the one who asked first is not an answer for the others', async () => {
  let first = true
  const { reader, count } = await registryFor('oauth2accesstoken:canary-google', async ({ url }, response) => {
    if (!url.pathname.startsWith('/computeMetadata')) return false
    if (!first) return json(response, 200, { access_token: 'canary-google', expires_in: 3600 })
    first = false
    return bytes(response, 200, await new Promise<string>((resolve) => setTimeout(resolve, 400, '{}')))
  })
  const read = reader('gcr.io', { GCE_METADATA_HOST: cloud?.host ?? '' })
  const controller = new AbortController()
  const stopped = failureOf(read('team/one', { signal: controller.signal }))
  const other = read('team/two')
  await new Promise((resolve) => setTimeout(resolve, 150))
  controller.abort()
  expect((await stopped).failure.code).toBe('INTERRUPTED')
  expect(await other).toEqual(['v1'])
  expect(count('/computeMetadata')).toBe(2)
})
