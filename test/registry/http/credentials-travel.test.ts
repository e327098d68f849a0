/** Credentials stay where they belong: one test per way in which they have been led astray. registry.md §4. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { Secret } from '../../../src/kit/secret.ts'
import type { CredentialSources } from '../../../src/registry/http/credentials/credential.ts'
import { parseTag } from '../../../src/registry/oci/reference.ts'
import { bytesBody } from '../../../src/registry/target/body.ts'
import { all, get, imageOf, piece } from '../../contracts/content.ts'
import { bytes, call, createWorld, json, received, type Scripted, type World } from '../scripted.ts'

let world: World
beforeEach(() => {
  world = createWorld()
})
afterEach(() => world.close())

const bob = (registry: string): CredentialSources => ({
  explicit: [{ registry, username: 'bob', password: new Secret('pass:word'), from: '--username' }],
  dockerConfigFiles: [],
  environment: {},
})
const BASIC = `Basic ${Buffer.from('bob:pass:word').toString('base64')}`
const blob = piece('content of the blob')
const authorizations = (server: Scripted): unknown[] => server.seen.map(({ headers }) => headers.authorization)

describe('basic', () => {
  test('is sent after the registry asked, from then on at once, and to nobody before', async () => {
    const registry = await world.start(
      (seen, response) => seen.headers.authorization !== BASIC && json(response, 401, {}, { 'www-authenticate': 'Basic realm="x"' }),
    )
    const target = world.repository(registry, 'team/app', world.another({ credentials: bob(registry.host) }))
    expect(await target.resolve(parseTag('v1'), call)).toBeUndefined()
    expect(authorizations(registry)[0]).toBeUndefined()
    await target.resolve(parseTag('v2'), call)
    expect(
      authorizations(registry)
        .slice(1)
        .every((value) => value === BASIC),
    ).toBe(true)
  })

  test('credentials for another registry are not used; the failure says that none were found', async () => {
    const registry = await world.start((_seen, response) => json(response, 401, {}, { 'www-authenticate': 'Basic realm="x"' }))
    const target = world.repository(registry, 'team/app', world.another({ credentials: bob('other.example.com') }))
    await expect(target.resolve(parseTag('v1'), call)).rejects.toMatchObject({ code: 'AUTH_REQUIRED' })
    expect(authorizations(registry).every((value) => value === undefined)).toBe(true)
  })

  test('refused ones end in AUTH_DENIED that names their source and shows no value, after at most two tries [case 46]', async () => {
    const registry = await world.start((_seen, response) =>
      json(response, 401, { errors: [{ code: 'UNAUTHORIZED', message: 'no' }] }, { 'www-authenticate': 'Basic realm="x"' }),
    )
    const target = world.repository(registry, 'team/app', world.another({ credentials: bob(registry.host) }))
    const failure = await target.resolve(parseTag('v1'), call).catch((error: unknown) => error)
    expect(failure).toMatchObject({ code: 'AUTH_DENIED', exitCode: 4 })
    expect(String((failure as Error).message)).toContain('--username')
    expect(JSON.stringify([failure, String(failure), (failure as Error).cause])).not.toMatch(/pass:word|cGFzczp3b3Jk/)
    expect(registry.seen.length).toBeLessThanOrEqual(3)
  })
})

describe('redirects (GHSA-vh4v-2xq2-g5cg, ggcr#2337)', () => {
  test('another port sees no Authorization, and coming back home brings none back', async () => {
    const elsewhere = await world.start(
      (seen, response) => {
        response.writeHead(307, { location: `http://${home.host}/final${seen.path}` })
        response.end()
        return true
      },
      { bare: true },
    )
    const home: Scripted = await world.start(
      (seen, response) => {
        if (seen.path.startsWith('/final')) return bytes(response, 200, blob.bytes)
        if (seen.headers.authorization === undefined) return json(response, 401, {}, { 'www-authenticate': 'Basic realm="x"' })
        response.writeHead(307, { location: `${elsewhere.url}${seen.path}` })
        response.end()
        return true
      },
      { bare: true },
    )
    const target = world.repository(home, 'team/app', world.another({ credentials: bob(home.host) }))
    expect(Buffer.from(await get(target, blob.descriptor)).toString()).toBe('content of the blob')
    expect(authorizations(elsewhere)).toEqual([undefined])
    const final = home.seen.find(({ path }) => path.startsWith('/final'))
    expect(final?.headers.authorization).toBeUndefined()
  })

  test('S3 style: a store that refuses any Authorization gets none (opa#6580)', async () => {
    const store = await world.start(
      (seen, response) => (seen.headers.authorization === undefined ? bytes(response, 200, blob.bytes) : bytes(response, 400, 'InvalidArgument')),
      { bare: true },
    )
    const home = await world.start(
      (seen, response) => {
        if (seen.headers.authorization !== BASIC) return json(response, 401, {}, { 'www-authenticate': 'Basic realm="x"' })
        response.writeHead(307, { location: `${store.url}/bucket/x?X-Amz-Signature=abc` })
        response.end()
        return true
      },
      { bare: true },
    )
    const target = world.repository(home, 'team/app', world.another({ credentials: bob(home.host) }))
    expect(Buffer.from(await get(target, blob.descriptor))).toEqual(Buffer.from(blob.bytes))
    expect(world.lines.some(({ url }) => url.includes('abc'))).toBe(false)
  })

  test('a loop ends after five', async () => {
    const home = await world.start(
      (seen, response) => {
        response.writeHead(302, { location: seen.path })
        response.end()
        return true
      },
      { bare: true },
    )
    await expect(get(world.repository(home), blob.descriptor)).rejects.toMatchObject({ code: 'REDIRECT_REFUSED' })
    expect(home.seen.length).toBe(6)
  })

  test.each([
    ['the cloud metadata service', 'http://169.254.169.254/latest/meta-data/'],
    ['its IPv6 form', 'http://[::ffff:169.254.169.254]/'],
    ['its decimal form', 'http://2852039166/'],
    ['an address with a password', 'http://user:secret@127.0.0.1:1/'],
    ['a file', 'file:///etc/passwd'],
  ])('%s is not gone to', async (_what, location) => {
    const home = await world.start(
      (_seen, response) => {
        response.writeHead(307, { location })
        response.end()
        return true
      },
      { bare: true },
    )
    const failure: unknown = await get(world.repository(home), blob.descriptor).catch((error: unknown) => error)
    expect(failure).toMatchObject({ code: 'REDIRECT_REFUSED' })
    expect(String((failure as Error).cause)).not.toContain('secret')
  })
})

describe('upload Location (GHSA-jxpm-75mh-9fp7, oras-go#1152)', () => {
  test('another origin gets the bytes and no Authorization', async () => {
    let stored: Uint8Array = new Uint8Array()
    const elsewhere = await world.start(
      async (_seen, response, message) => {
        stored = await received(message)
        return bytes(response, 201, '')
      },
      { bare: true },
    )
    const home = await world.start(
      (seen, response) => {
        if (seen.headers.authorization !== BASIC) return json(response, 401, {}, { 'www-authenticate': 'Basic realm="x"' })
        if (seen.method === 'HEAD') return bytes(response, 404, '')
        return bytes(response, 202, '', { location: `${elsewhere.url}/upload?_state=a%20b&flag` })
      },
      { bare: true },
    )
    const target = world.repository(home, 'team/app', world.another({ credentials: bob(home.host) }))
    expect(await target.push(blob.descriptor, bytesBody(blob.bytes), call)).toBe('stored')
    expect(stored).toEqual(Buffer.from(blob.bytes))
    expect(authorizations(elsewhere)).toEqual([undefined])
    // The parameters of the session come back letter by letter, the digest is appended.
    expect(elsewhere.seen[0]?.path).toBe(`/upload?_state=a%20b&flag&digest=${encodeURIComponent(blob.descriptor.digest)}`)
  })

  test('metadata addresses are refused', async () => {
    const home = await world.start(
      (seen, response) => (seen.method === 'POST' ? bytes(response, 202, '', { location: 'http://169.254.169.254/x' }) : bytes(response, 404, '')),
      { bare: true },
    )
    await expect(world.repository(home).push(blob.descriptor, bytesBody(blob.bytes), call)).rejects.toMatchObject({ code: 'REDIRECT_REFUSED' })
  })
})

describe('descriptor urls (CVE-2020-15157)', () => {
  test('are never fetched', async () => {
    const trap = await world.start(() => false, { bare: true })
    const home = await world.start(() => false)
    const target = world.repository(home)
    const { manifest, blobs } = imageOf('urls')
    const text = manifest.bytes
      .toString()
      .replace('"mediaType":"application/vnd.oci.image.layer', `"urls":["${trap.url}/x"],"mediaType":"application/vnd.oci.image.layer`)
    const odd = piece(text, manifest.descriptor.mediaType)
    for (const one of [...blobs, odd]) await target.push(one.descriptor, bytesBody(one.bytes), call)
    await get(target, odd.descriptor)
    for (const one of blobs) await get(target, one.descriptor)
    expect(trap.seen).toEqual([])
  })
})

describe('Link (GHSA-h7vf-4x9w-h99v, ggcr#2332)', () => {
  const listing =
    (link: string, seenTwice?: string) =>
    (seen: { path: string }, response: Parameters<Parameters<World['start']>[0] & object>[1]): boolean =>
      seen.path.includes('/tags/list') && json(response, 200, { name: 'x', tags: [`t${seen.path.length}`] }, { link: seenTwice ?? link })

  test('another origin is refused, and the listing with it', async () => {
    const trap = await world.start(() => false, { bare: true })
    const home = await world.start(listing(`<http://localhost:${trap.host.split(':')[1] ?? ''}/v2/x>; rel="next"`), { bare: true })
    await expect(all(world.repository(home).tags(call))).rejects.toMatchObject({ code: 'REDIRECT_REFUSED' })
    expect(trap.seen).toEqual([])
  })

  test('a circle is an error, not an endless or a short list', async () => {
    const home = await world.start(listing('</v2/team/app/tags/list?last=a>; rel="next"'), { bare: true })
    await expect(all(world.repository(home).tags(call))).rejects.toMatchObject({ code: 'PROTOCOL_ERROR' })
    expect(home.seen.length).toBe(2)
  })
})

test('a manifest by tag from a TLS registry needs a trusted certificate; nothing is sent without [case 12]', async () => {
  const registry = await world.start((_seen, response) => bytes(response, 404, ''), { secure: true, bare: true })
  const wary = world.another({ tls: [registry.host] })
  await expect(world.repository(registry, 'team/app', wary).resolve(parseTag('v1'), call)).rejects.toMatchObject({ code: 'TLS_UNTRUSTED' })
  expect(registry.seen).toEqual([])
})
