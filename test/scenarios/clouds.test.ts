/** The shipped bundle logs in with the identity of a run: the clouds' own clients work as chunks, and are read for no other registry. */
import { spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { ROOT } from '../house/source.ts'
import { bytes, json, received, type Scripted, startScripted } from '../registry/scripted.ts'

const ECR = '123456789012.dkr.ecr.eu-west-1.amazonaws.com'
const GOOGLE = 'europe-docker.pkg.dev'
const KEYS = `<AccessKeyId>A</AccessKeyId><SecretAccessKey>canary-key</SecretAccessKey><SessionToken>T</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration>`

const closing: Array<() => Promise<unknown>> = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

/** A stand-in for registries (as their proxy), ECR and both STS. */
async function standIn(): Promise<Scripted> {
  const server = await startScripted(async ({ path, headers }, response, message) => {
    const body = (await received(message)).toString('utf8')
    if (path.endsWith('/v2/token')) return json(response, 200, { token: 'canary-bearer' })
    if (path.includes('/v2/token?')) return json(response, 200, { token: 'canary-bearer' })
    if (path.includes('/v2/')) {
      if (headers.authorization !== undefined) return json(response, 200, { tags: ['v1'] })
      const realm = String(headers.host).startsWith(ECR) ? 'Basic realm="x"' : `Bearer realm="http://${headers.host}/v2/token",service="x"`
      return json(response, 401, { errors: [{ code: 'UNAUTHORIZED', message: 'no' }] }, { 'www-authenticate': realm })
    }
    if (path === '/sts') return json(response, 200, { access_token: 'canary-google', expires_in: 3600 })
    if (body.includes('AssumeRoleWithWebIdentity')) {
      const result = `<AssumeRoleWithWebIdentityResult><Credentials>${KEYS}</Credentials></AssumeRoleWithWebIdentityResult>`
      return bytes(
        response,
        200,
        `<AssumeRoleWithWebIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">${result}</AssumeRoleWithWebIdentityResponse>`,
        {
          'content-type': 'text/xml',
        },
      )
    }
    const authorizationToken = Buffer.from('AWS:canary-password').toString('base64')
    return json(response, 200, { authorizationData: [{ authorizationToken, expiresAt: Date.now() / 1000 + 43_200 }] })
  })
  closing.push(server.close)
  return server
}

async function ferry(server: Scripted, variables: Record<string, string>, registry: string): Promise<{ code: number | null; out: string; loaded: string[] }> {
  const script = `process.on('exit', () => process.stderr.write('\\nLOADED ' + Object.keys(require.cache).filter((name) => name.includes('chunks/clouds-')).join(' ')))`
  const directory = await mkdtemp(join(tmpdir(), 'ferry-clouds-'))
  closing.push(() => rm(directory, { recursive: true }))
  await writeFile(join(directory, 'loaded.cjs'), script)
  const words = ['--require', join(directory, 'loaded.cjs'), join(ROOT, 'dist/ferry.cjs'), 'list', `${registry}/team/app`, '--plain-http', registry]
  const env = { PATH: process.env['PATH'], HOME: directory, HTTP_PROXY: server.url, ...variables }
  const child = spawn(process.execPath, words, { cwd: directory, env })
  let out = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (piece: Buffer) => (out += piece.toString()))
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve))
  return { code, out, loaded: (/LOADED (.*)$/.exec(out)?.[1] ?? '').split(' ').filter((name) => name !== '') }
}

async function identities(server: Scripted): Promise<Record<string, string>> {
  const directory = await mkdtemp(join(tmpdir(), 'ferry-identity-'))
  closing.push(() => rm(directory, { recursive: true }))
  const token = join(directory, 'token')
  await writeFile(token, 'canary-token')
  const credential = { type: 'external_account', audience: 'a', subject_token_type: 'urn:ietf:params:oauth:token-type:jwt', token_url: `${server.url}/sts` }
  await writeFile(join(directory, 'adc.json'), JSON.stringify({ ...credential, credential_source: { file: token } }))
  return {
    AWS_ENDPOINT_URL_ECR: server.url,
    AWS_ENDPOINT_URL_STS: server.url,
    AWS_WEB_IDENTITY_TOKEN_FILE: token,
    AWS_ROLE_ARN: 'arn:aws:iam::123456789012:role/ci',
    GOOGLE_APPLICATION_CREDENTIALS: join(directory, 'adc.json'),
  }
}

test.each([
  ['ECR', ECR, 'amazon-client', 'google-client'],
  ['Artifact Registry', GOOGLE, 'google-client', 'amazon-client'],
])('%s opens with the identity of the run; only its own client is read', async (_what, registry, own, other) => {
  const server = await standIn()
  const { code, out, loaded } = await ferry(server, await identities(server), registry)
  expect({ code, out }).toEqual({ code: 0, out: expect.stringContaining('v1') })
  expect(out.includes('canary')).toBe(false)
  expect(loaded.some((name) => name.includes(own))).toBe(true)
  expect(loaded.some((name) => name.includes(other))).toBe(false)
})

test.each(['registry.example.com', 'ghcr.io', 'team.azurecr.io'])('%s reads none of them', async (registry) => {
  const server = await standIn()
  const { loaded, out } = await ferry(server, await identities(server), registry)
  expect(out).toContain('LOADED')
  expect(loaded).toEqual([])
  expect(server.seen.length).toBeGreaterThan(0)
})
