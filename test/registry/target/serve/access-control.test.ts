/** Credentials at the embedded registry: Basic, and tokens as registries give them. */
import { describe, expect, test } from 'vitest'
import { Secret } from '../../../../src/kit/secret.ts'
import { piece } from '../../../contracts/content.ts'
import { ask, serve } from './http.ts'

const basic = (user: string, password: string): Record<string, string> => ({ authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` })
const auth = { username: 'robot$ci', password: new Secret('p:ß wörd') }
const right = basic(auth.username, auth.password.reveal())

describe('with Basic', { timeout: 30_000 }, () => {
  test('nothing goes without the right credentials', async () => {
    const registry = await serve({ auth })
    for (const headers of [{}, basic('robot$ci', 'wrong'), basic('', ''), { authorization: 'Bearer x' }]) {
      const reply = await ask(registry, 'GET /v2/', headers)
      expect([reply.status, reply.code, reply.headers['www-authenticate']]).toEqual([401, 'UNAUTHORIZED', 'Basic realm="ferry registry"'])
    }
    expect((await ask(registry, 'GET /v2/', right)).status).toBe(200)
    expect((await ask(registry, 'POST /v2/app/blobs/uploads/', right)).status).toBe(202)
    expect((await ask(registry, 'POST /v2/app/blobs/uploads/')).status).toBe(401)
  })
})

describe('with tokens', { timeout: 30_000 }, () => {
  const tokenFor = async (registry: { url: string }, ...scopes: string[]): Promise<Record<string, string>> => {
    const query = scopes.map((scope) => `&scope=${encodeURIComponent(scope)}`).join('')
    const reply = await ask(registry, `GET /token?service=ferry${query}`, right)
    return { authorization: `Bearer ${(JSON.parse(reply.body.toString()) as { token: string }).token}` }
  }

  test('the challenge names realm, service and scope, and a token with that scope opens', async () => {
    const registry = await serve({ auth: { ...auth, mode: 'token' } })
    const blob = piece('x')
    const challenge = await ask(registry, 'POST /v2/team/app/blobs/uploads/')
    expect(challenge.headers['www-authenticate']).toBe(`Bearer realm="${registry.url}/token",service="ferry",scope="repository:team/app:pull,push"`)
    expect((await ask(registry, 'GET /token')).status).toBe(401)
    const push = await tokenFor(registry, 'repository:team/app:pull,push')
    expect((await ask(registry, `POST /v2/team/app/blobs/uploads/?digest=${blob.descriptor.digest}`, push, blob.bytes)).status).toBe(201)
    const path = `/v2/team/app/blobs/${blob.descriptor.digest}`
    expect((await ask(registry, `GET ${path}`, push)).status).toBe(200)
    const lacking = await ask(registry, `DELETE ${path}`, push)
    expect([lacking.status, lacking.headers['www-authenticate']]).toEqual([
      401,
      expect.stringContaining('scope="repository:team/app:delete",error="insufficient_scope"'),
    ])
    expect((await ask(registry, `GET /v2/other/blobs/${blob.descriptor.digest}`, push)).status).toBe(401)
    expect((await ask(registry, `DELETE ${path}`, await tokenFor(registry, 'repository:team/app:delete'))).status).toBe(202)
    expect((await ask(registry, 'GET /v2/_catalog', await tokenFor(registry, 'registry:catalog:*'))).status).toBe(200)
  })

  test('a mount takes only from where the token may read', async () => {
    const registry = await serve({ auth: { ...auth, mode: 'token' } })
    const blob = piece('private')
    const { digest } = blob.descriptor
    await ask(registry, `POST /v2/private/blobs/uploads/?digest=${digest}`, await tokenFor(registry, 'repository:private:pull,push'), blob.bytes)
    const stranger = await tokenFor(registry, 'repository:app:pull,push')
    expect((await ask(registry, `POST /v2/app/blobs/uploads/?mount=${digest}&from=private`, stranger)).status).toBe(202)
    expect((await ask(registry, `POST /v2/app/blobs/uploads/?mount=${digest}`, stranger)).status).toBe(202)
    const challenge = await ask(registry, `POST /v2/app/blobs/uploads/?mount=${digest}&from=private`)
    expect(challenge.headers['www-authenticate']).toContain('scope="repository:app:pull,push repository:private:pull"')
    const both = await tokenFor(registry, 'repository:app:pull,push', 'repository:private:pull')
    expect((await ask(registry, `POST /v2/app/blobs/uploads/?mount=${digest}&from=private`, both)).status).toBe(201)
  })

  test('a token that is over opens nothing', async () => {
    const registry = await serve({ auth: { ...auth, mode: 'token', tokenSeconds: 0 } })
    expect((await ask(registry, 'GET /v2/', await tokenFor(registry))).status).toBe(401)
  })
})
