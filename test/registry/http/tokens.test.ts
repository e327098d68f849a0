/** Bearer tokens: learnt from the 401, asked for once, kept per credential and scope, shown to nobody else. */
import type { ServerResponse } from 'node:http'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { Secret } from '../../../src/kit/secret.ts'
import type { CredentialSources } from '../../../src/registry/http/credentials/credential.ts'
import { parseTag } from '../../../src/registry/oci/reference.ts'
import { bytesBody } from '../../../src/registry/target/body.ts'
import { imageOf, piece, put } from '../../contracts/content.ts'
import { bytes, call, createWorld, json, received, type Scripted, type Seen, type World } from '../scripted.ts'

let world: World
beforeEach(() => {
  world = createWorld()
})
afterEach(() => world.close())

const bob = (registry: string): CredentialSources => ({
  explicit: [{ registry, username: 'bob', password: new Secret('s3cret'), from: '--username' }],
  dockerConfigFiles: [],
  environment: {},
})
const BASIC = `Basic ${Buffer.from('bob:s3cret').toString('base64')}`

function challenge(response: ServerResponse, realm: string, scope = 'repository:team/app:pull'): true {
  return json(
    response,
    401,
    { errors: [{ code: 'UNAUTHORIZED', message: 'token' }] },
    { 'www-authenticate': `Bearer realm="${realm}",service="reg, \\"quoted\\"",scope="${scope}"` },
  )
}

/** A registry with a token server beside it. `accepts` decides by the token. */
async function guarded(
  answerToken: (seen: Seen, response: ServerResponse) => true,
  accepts: (token: string, seen: Seen) => boolean,
  realmHost = '',
): Promise<{ registry: Scripted; tokens: Scripted }> {
  const tokens = await world.start(answerToken, { bare: true })
  const registry = await world.start((seen, response) => {
    const token = /^Bearer (.+)$/.exec(seen.headers.authorization ?? '')?.[1]
    if (token !== undefined && accepts(token, seen)) return false
    return challenge(response, `${realmHost === '' ? tokens.url : `http://${realmHost}:${tokens.host.split(':')[1] ?? ''}`}/token?x=1`)
  })
  return { registry, tokens }
}

test('one token for many requests at once, with service, scopes and the parameters of the realm; anonymous without credentials', async () => {
  const { registry, tokens } = await guarded(
    (_seen, response) => json(response, 200, { token: 'abc' }),
    (token) => token === 'abc',
  )
  const target = world.repository(registry)
  await target.resolve(parseTag('v0'), call)
  await Promise.all(Array.from({ length: 20 }, (_, at) => target.resolve(parseTag(`v${at}`), call)))
  expect(tokens.seen.length).toBe(1)
  const asked = new URL(tokens.seen[0]?.path ?? '', 'http://x')
  expect(asked.searchParams.get('x')).toBe('1')
  expect(asked.searchParams.get('service')).toBe('reg, "quoted"')
  expect(asked.searchParams.getAll('scope')).toEqual(['repository:team/app:pull'])
  expect(tokens.seen[0]?.headers.authorization).toBeUndefined()
})

test('twenty first requests at once make one token request (single flight); expires_in may be text (distribution#1746)', async () => {
  const { registry, tokens } = await guarded(
    (_seen, response) => json(response, 200, { access_token: 'abc', expires_in: '300' }),
    (token) => token === 'abc',
  )
  const target = world.repository(registry)
  await Promise.all(Array.from({ length: 20 }, (_, at) => target.resolve(parseTag(`v${at}`), call)))
  expect(tokens.seen.length).toBe(1)
})

test('credentials go to a token server on the same host; a token is asked for again with more rights for a push', async () => {
  const { registry, tokens } = await guarded(
    (seen, response) =>
      seen.headers.authorization === BASIC ? json(response, 200, { token: seen.path.includes('push') ? 'write' : 'read' }) : json(response, 401, {}),
    (token, seen) => token === 'write' || seen.method === 'GET' || seen.method === 'HEAD',
  )
  const client = world.another({ credentials: bob(registry.host) })
  const target = world.repository(registry, 'team/app', client)
  await target.resolve(parseTag('v1'), call)
  const { manifest, blobs } = imageOf('a')
  await put(target, ...blobs, manifest)
  expect(tokens.seen.length).toBe(2)
})

test('two credentials of one run never share a token (artifact-keeper#3606) [case 52]', async () => {
  const userOf = (header: string | undefined): string =>
    Buffer.from(header?.slice(6) ?? '', 'base64')
      .toString()
      .split(':')[0] ?? ''
  const { registry, tokens } = await guarded(
    (seen, response) => json(response, 200, { token: userOf(seen.headers.authorization) }),
    (token, seen) => token === (seen.path.startsWith('/v2/team/') ? 'bob' : 'carol'),
  )
  const entry = (user: string): { auth: string } => ({ auth: Buffer.from(`${user}:pw`).toString('base64') })
  const dockerAuthConfig = JSON.stringify({ auths: { [registry.host]: entry('carol'), [`${registry.host}/team`]: entry('bob') } })
  const client = world.another({ credentials: { dockerAuthConfig, dockerConfigFiles: [], environment: {} } })
  for (const path of ['team/app', 'other/app', 'team/app', 'other/app'])
    expect(await world.repository(registry, path, client).resolve(parseTag('v1'), call)).toBeUndefined()
  expect(tokens.seen.map(({ headers }) => userOf(headers.authorization))).toEqual(['bob', 'carol'])
})

describe('realm (CVE-2026-48978, ggcr#2193) [case 44]', () => {
  test('a token server of a stranger gets no credentials, and the failure says so', async () => {
    const { registry, tokens } = await guarded(
      (_seen, response) => json(response, 200, { token: 'anonymous' }),
      () => false,
      'localhost',
    )
    const target = world.repository(registry, 'team/app', world.another({ credentials: bob(registry.host) }))
    const failure: unknown = await target.resolve(parseTag('v1'), call).catch((error: unknown) => error)
    expect(failure).toMatchObject({ code: 'AUTH_DENIED' })
    expect((failure as { hint: string }).hint).toContain('were not sent to the token server localhost')
    expect(tokens.seen.length).toBeGreaterThan(0)
    expect(tokens.seen.every(({ headers }) => headers.authorization === undefined)).toBe(true)
  })

  test.each(['http://169.254.169.254/token', 'http://[fd00:ec2::254]/token', 'ftp://127.0.0.1/token', 'http://user:pw@127.0.0.1/token'])(
    '%s is refused',
    async (realm) => {
      const registry = await world.start((_seen, response) => challenge(response, realm), { bare: true })
      await expect(world.repository(registry).resolve(parseTag('v1'), call)).rejects.toMatchObject({ code: 'REDIRECT_REFUSED' })
    },
  )

  test('a redirect to another origin is not followed with a token request', async () => {
    const trap = await world.start((_seen, response) => json(response, 200, { token: 'x' }), { bare: true })
    const { registry } = await guarded(
      (_seen, response) => bytes(response, 307, '', { location: `${trap.url}/token` }),
      () => false,
    )
    await expect(
      world.repository(registry, 'team/app', world.another({ credentials: bob(registry.host) })).resolve(parseTag('v1'), call),
    ).rejects.toMatchObject({ code: 'PROTOCOL_ERROR' })
    expect(trap.seen).toEqual([])
  })

  test('TLS: a realm without it is refused', async () => {
    const { CERTIFICATE } = await import('../scripted.ts')
    const registry = await world.start((_seen, response) => challenge(response, 'http://127.0.0.1:1/token'), { secure: true, bare: true })
    const client = world.another({ tls: [registry.host], caFiles: [CERTIFICATE], credentials: bob(registry.host) })
    await expect(world.repository(registry, 'team/app', client).resolve(parseTag('v1'), call)).rejects.toMatchObject({ code: 'REDIRECT_REFUSED' })
    expect(registry.seen.length).toBe(1)
  })
})

test('a token that runs out in the middle of uploads is renewed and the blob sent again (moby#33558, jib#691) [case 43]', async () => {
  let valid = 'one'
  const { registry, tokens } = await guarded(
    (_seen, response) => json(response, 200, { token: valid, expires_in: 60 }),
    (token) => token === valid,
  )
  const target = world.repository(registry)
  await put(target, piece('first'))
  valid = 'two'
  const second = piece('second '.repeat(1000))
  expect(await target.push(second.descriptor, bytesBody(second.bytes), call)).toBe('stored')
  expect(await target.has(second.descriptor, call)).toBe(true)
  expect(tokens.seen.length).toBeLessThanOrEqual(4)
})

test('insufficient_scope: the missing right is asked for once, then it is a refusal [case 45]', async () => {
  const tokens = await world.start((seen, response) => json(response, 200, { token: seen.path.includes('catalog') ? 'more' : 'less' }), { bare: true })
  const registry = await world.start((seen, response) => {
    if (seen.headers.authorization === 'Bearer more') return false
    const error = seen.headers.authorization === undefined ? '' : ',error="insufficient_scope"'
    return json(response, 401, {}, { 'www-authenticate': `Bearer realm="${tokens.url}/token"${error},scope="registry:catalog:*"` })
  })
  expect(await world.repository(registry).resolve(parseTag('v1'), call)).toBeUndefined()
  const never = await world.start((_seen, response) => challenge(response, `${tokens.url}/token`), { bare: true })
  await expect(world.repository(never).resolve(parseTag('v1'), call)).rejects.toMatchObject({ code: 'AUTH_REQUIRED' })
  expect(never.seen.length).toBeLessThanOrEqual(3)
})

test('an identity token is posted, without offline_token (regclient#865); a server that does not know POST is asked with GET', async () => {
  const forms: string[] = []
  let post = 200
  const tokens = await world.start(
    async (seen, response, message) => {
      if (seen.method === 'POST') {
        forms.push((await received(message)).toString())
        if (post !== 200) return bytes(response, post, '')
      }
      return json(response, 200, { access_token: 'fine' })
    },
    { bare: true },
  )
  const registry = await world.start((seen, response) => (seen.headers.authorization === 'Bearer fine' ? false : challenge(response, `${tokens.url}/token`)))
  const auth = JSON.stringify({
    auths: { [registry.host]: { auth: Buffer.from('00000000-0000-0000-0000-000000000000:').toString('base64'), identitytoken: 'refresh-me' } },
  })
  const credentials: CredentialSources = { dockerAuthConfig: auth, dockerConfigFiles: [], environment: {} }
  await world.repository(registry, 'team/app', world.another({ credentials })).resolve(parseTag('v1'), call)
  const form = new URLSearchParams(forms[0])
  expect(form.get('grant_type')).toBe('refresh_token')
  expect(form.get('refresh_token')).toBe('refresh-me')
  expect(form.get('scope')).toBe('repository:team/app:pull')
  // Harbor with OIDC answers 401 to this (regclient#865).
  expect(form.has('offline_token')).toBe(false)
  post = 405
  await world.repository(registry, 'team/app', world.another({ credentials })).resolve(parseTag('v1'), call)
  expect(tokens.seen.map(({ method }) => method)).toEqual(['POST', 'POST', 'GET'])
})

test('one scope too many: the token is asked for again with the essential one (ggcr#1679)', async () => {
  const { registry, tokens } = await guarded(
    (seen, response) =>
      seen.path.includes('other')
        ? json(response, 400, { errors: [{ code: 'NAME_INVALID', message: 'unknown repository' }] })
        : json(response, 200, { token: 'ok' }),
    (token) => token === 'ok',
  )
  const target = world.repository(registry)
  const other = world.repository(registry, 'team/other')
  const blob = piece('to mount')
  await target.resolve(parseTag('v1'), call)
  expect(await target.mount(blob.descriptor, other, call)).toBe(false)
  expect(tokens.seen.at(-1)?.path).not.toContain('other')
})

test.each([
  ['no JSON', '<html>'],
  ['a token that is a header injection', JSON.stringify({ token: 'a\r\nX-Evil: 1' })],
  ['no token', '{}'],
])('a token server that answers with %s is named, and its answer not shown', async (_what, text) => {
  const { registry } = await guarded(
    (_seen, response) => bytes(response, 200, text),
    () => false,
  )
  await expect(world.repository(registry).resolve(parseTag('v1'), call)).rejects.toMatchObject({ code: 'PROTOCOL_ERROR' })
})

test('an endless token answer is given up after 128 KiB (ggcr#2296)', async () => {
  const { registry } = await guarded(
    (_seen, response) => {
      const more = (): void => {
        while (!response.destroyed && response.write('x'.repeat(16_384)));
      }
      response.on('drain', more)
      more()
      return true
    },
    () => false,
  )
  await expect(world.repository(registry).resolve(parseTag('v1'), call)).rejects.toMatchObject({ code: 'LIMIT_REACHED' })
  expect(world.client.counters.bytesIn).toBeLessThan(1024 * 1024)
})
