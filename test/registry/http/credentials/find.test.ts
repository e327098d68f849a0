/** Where credentials come from: order, matching on whole components, helpers; each names its source and never its value. */
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inspect } from 'node:util'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { Secret } from '../../../../src/kit/secret.ts'
import type { Credential, CredentialSources } from '../../../../src/registry/http/credentials/credential.ts'
import { createCredentialFinder } from '../../../../src/registry/http/credentials/find-credential.ts'
import { askNativeStore } from '../../../../src/registry/http/credentials/native-store.ts'
import { parseReference } from '../../../../src/registry/oci/reference.ts'
import { call } from '../../scripted.ts'

let place: string
beforeEach(async () => {
  place = await mkdtemp(join(tmpdir(), 'ferry-credentials-'))
})
afterEach(() => rm(place, { recursive: true }))

const none: CredentialSources = { dockerConfigFiles: [], environment: {} }
const auth = (user: string, password = 'pw'): { auth: string } => ({ auth: Buffer.from(`${user}:${password}`).toString('base64') })
const find = (sources: CredentialSources, name: string) => createCredentialFinder(sources)(parseReference(name), call)
const userOf = (credential: Credential | undefined): string | undefined => (credential?.kind === 'basic' ? credential.username : credential?.kind)

async function file(name: string, content: unknown): Promise<string> {
  const path = join(place, name)
  await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content))
  return path
}

async function helper(name: string, script: string): Promise<Record<string, string>> {
  const path = join(place, `docker-credential-${name}`)
  await writeFile(path, `#!/bin/sh\n${script}\n`)
  await chmod(path, 0o755)
  return { PATH: `${place}:${process.env['PATH'] ?? ''}` }
}

describe('matching (ggcr#1510, oras#1597) [case 49]', () => {
  const auths = {
    'reg.example.com': auth('host'),
    'reg.example.com/team': auth('team'),
    'reg.example.com/team/app': auth('app'),
    'reg.example.com:5000': auth('port'),
    'https://url.example.com/v1/': auth('url'),
    'https://path.example.com/other/place': auth('stranger'),
    'sub.docker.io': auth('sub'),
    'https://index.docker.io/v1/': auth('hub'),
  }
  test.each([
    ['reg.example.com/team/app', 'app'],
    ['reg.example.com/team/app/deeper', 'app'],
    ['reg.example.com/team/apple', 'team'],
    ['reg.example.com/teammate/app', 'host'],
    ['reg.example.com:5000/team/app', 'port'],
    ['reg.example.com:5001/team/app', undefined],
    ['url.example.com/x', 'url'],
    ['path.example.com/other/place', undefined],
    ['path.example.com/x', undefined],
    ['evildocker.io/x', undefined],
    ['alpine', 'hub'],
    ['registry-1.docker.io/library/alpine', 'hub'],
    ['xreg.example.com/team/app', undefined],
  ])('%s → %s', async (name, user) => {
    expect(userOf((await find({ ...none, dockerAuthConfig: JSON.stringify({ auths }) }, name)).credential)).toBe(user)
  })
})

describe('order', () => {
  test('explicit for its registry alone, then DOCKER_AUTH_CONFIG, then the files; the first with a match wins', async () => {
    const first = await file('first.json', { auths: { 'a.example.com': auth('first') } })
    const second = await file('second.json', { auths: { 'a.example.com': auth('second'), 'b.example.com': auth('second') } })
    const sources: CredentialSources = { ...none, dockerConfigFiles: [join(place, 'missing.json'), first, second] }
    expect(userOf((await find(sources, 'a.example.com/x')).credential)).toBe('first')
    expect(userOf((await find(sources, 'b.example.com/x')).credential)).toBe('second')
    expect((await find(sources, 'b.example.com/x')).credential?.from).toBe(second)
    const inline = { ...sources, dockerAuthConfig: JSON.stringify({ auths: { 'a.example.com': auth('inline') } }) }
    expect(userOf((await find(inline, 'a.example.com/x')).credential)).toBe('inline')
    const explicit = { ...inline, explicit: [{ registry: 'a.example.com', username: 'explicit', password: new Secret('x'), from: '--username' }] }
    expect(userOf((await find(explicit, 'a.example.com/x')).credential)).toBe('explicit')
    expect(userOf((await find(explicit, 'b.example.com/x')).credential)).toBe('second')
  })

  test.each([
    ['empty (oras-go#959)', '', 0],
    ['white space', ' \n', 0],
    ['no JSON', '{nope', 1],
    ['a list', '[]', 1],
    ['an auth that is not base64 of user:password', JSON.stringify({ auths: { 'a.example.com': { auth: Buffer.from('nocolon').toString('base64') } } }), 1],
  ])('a file that is %s is passed over, with a note when it matters', async (_what, content, notes) => {
    const found = await find({ ...none, dockerConfigFiles: [await file('c.json', content)] }, 'a.example.com/x')
    expect(found.credential).toBeUndefined()
    expect(found.notes.length).toBe(notes)
  })
})

describe('entries', () => {
  const one = async (entry: unknown): Promise<Credential | undefined> =>
    (await find({ ...none, dockerAuthConfig: JSON.stringify({ auths: { 'a.example.com': entry } }) }, 'a.example.com/x')).credential

  test('a password may have colons, an encoded one trailing NULs', async () => {
    const found = await one(auth('bob', 'a:b:c\0\0'))
    expect(found?.kind === 'basic' && found.password.reveal()).toBe('a:b:c')
  })
  test('identity tokens, registry tokens, plain fields, empty entries', async () => {
    expect((await one({ ...auth('00000000-0000-0000-0000-000000000000', ''), identitytoken: 'refresh' }))?.kind).toBe('identity')
    expect((await one({ registrytoken: 'bearer' }))?.kind).toBe('bearer')
    expect(userOf(await one({ username: 'bob', password: 'pw' }))).toBe('bob')
    expect(await one({})).toBeUndefined()
  })
  test('the value is in no way of printing it', async () => {
    const found = await one(auth('bob', 'canary-secret'))
    expect(`${inspect(found, { depth: 9 })}${JSON.stringify(found)}${String(found)}`).not.toContain('canary-secret')
  })
})

describe('helpers', () => {
  const config = (name: string): string => JSON.stringify({ credHelpers: { 'a.example.com': name }, auths: { 'b.example.com': auth('plain') } })

  test('are asked for the host in question, on stdin, with the environment they were given and no other', async () => {
    const environment = await helper('fine', 'read server; echo "{\\"Username\\":\\"u\\",\\"Secret\\":\\"$server-$MINE-$HOME\\"}"')
    const sources = { dockerAuthConfig: config('fine'), dockerConfigFiles: [], environment: { ...environment, MINE: 'seen' } }
    const found = (await find(sources, 'a.example.com/x')).credential
    expect(found?.kind === 'basic' && found.password.reveal()).toBe('a.example.com-seen-')
    expect(found?.from).toContain('docker-credential-fine')
    expect(userOf((await find(sources, 'b.example.com/x')).credential)).toBe('plain')
  })

  test('credsStore is asked for every host, Docker Hub under its own name, and once', async () => {
    const environment = await helper('store', `read server; echo x >> ${place}/asked; echo "{\\"Username\\":\\"<token>\\",\\"Secret\\":\\"$server\\"}"`)
    const finder = createCredentialFinder({ dockerAuthConfig: JSON.stringify({ credsStore: 'store' }), dockerConfigFiles: [], environment })
    const found = await Promise.all(['alpine', 'library/busybox', 'docker.io/x/y'].map((name) => finder(parseReference(name), call)))
    const first = found[0]?.credential
    expect(first?.kind === 'identity' && first.token.reveal()).toBe('https://index.docker.io/v1/')
    const { readFile } = await import('node:fs/promises')
    expect(await readFile(join(place, 'asked'), 'utf8')).toBe('x\n')
  })

  test('"not found" is no credentials, and the file is looked at next', async () => {
    const environment = await helper('empty', 'echo "credentials not found in native keychain"; exit 1')
    expect(await askNativeStore('empty', 'a.example.com', environment, call)).toBeUndefined()
  })

  test.each([
    ['fails', 'echo boom >&2; exit 3', /boom/],
    ['prints junk', 'echo junk', /JSON/],
    ['prints without end', 'while :; do echo xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx; done', /more than/],
  ])('one that %s is named (docker-agent#2972)', async (_what, script, why) => {
    const environment = await helper('odd', script)
    const failure: unknown = await askNativeStore('odd', 'a.example.com', environment, call).catch((error: unknown) => error)
    expect(failure).toMatchObject({ code: 'CREDENTIALS_UNREADABLE', exitCode: 4, facts: { helper: 'docker-credential-odd' } })
    expect(inspect((failure as Error).cause)).toMatch(why)
  })

  test('one that hangs, with a child of its own, is ended (amazon-ecr-credential-helper#351) [case 47]', async () => {
    const environment = await helper('hang', 'sleep 60 & sleep 60')
    const started = performance.now()
    await expect(askNativeStore('hang', 'a.example.com', environment, call, 200)).rejects.toMatchObject({ code: 'CREDENTIALS_UNREADABLE' })
    expect(performance.now() - started).toBeLessThan(3000)
  })

  test('one that is not there, and one with a path for a name [case 48]', async () => {
    await expect(askNativeStore('nowhere', 'a.example.com', { PATH: place }, call)).rejects.toMatchObject({ code: 'CREDENTIALS_UNREADABLE' })
    await expect(askNativeStore('../../bin/x', 'a.example.com', { PATH: place }, call)).rejects.toMatchObject({ code: 'CREDENTIALS_UNREADABLE' })
  })
})
