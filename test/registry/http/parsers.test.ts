/** Text that registries send: read right, in linear time, without ever throwing. Vectors from the specifications and from registries. */
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { guardedLookup, isLoopbackHost, mayReach, reachOf } from '../../../src/registry/http/addresses.ts'
import { parseChallenges } from '../../../src/registry/http/auth/challenge.ts'
import { readRealm, registrableDomain } from '../../../src/registry/http/auth/realm.ts'
import { covers, mergeScopes, parseScopes, printScope } from '../../../src/registry/http/auth/scope.ts'
import { parseErrors } from '../../../src/registry/http/error-body.ts'
import { readRateLimit } from '../../../src/registry/http/rate-limit.ts'
import { safeUrl } from '../../../src/registry/http/request-line.ts'
import { parseRetryAfter } from '../../../src/registry/http/retry-after.ts'
import { nextLink } from '../../../src/registry/target/remote/link.ts'

describe('WWW-Authenticate', () => {
  const shown = (text: string): unknown => parseChallenges(text).map(({ scheme, parameters }) => [scheme, Object.fromEntries(parameters)])
  test.each([
    [
      'Bearer realm="https://auth.docker.io/token",service="registry.docker.io",scope="repository:a/b:pull,push"',
      [['bearer', { realm: 'https://auth.docker.io/token', service: 'registry.docker.io', scope: 'repository:a/b:pull,push' }]],
    ],
    [
      'Negotiate, Basic realm="x"',
      [
        ['negotiate', {}],
        ['basic', { realm: 'x' }],
      ],
    ],
    [
      'Negotiate YII=, BEARER REALM=plain , Service="a, \\"b\\" c"',
      [
        ['negotiate', {}],
        ['bearer', { realm: 'plain', service: 'a, "b" c' }],
      ],
    ],
    ['Basic', [['basic', {}]]],
    ['basic realm=x, realm=y', [['basic', { realm: 'x' }]]],
    ['', []],
    [',,, =,"', []],
    ['Bearer realm="unclosed', [['bearer', { realm: 'unclosed' }]]],
  ])('%s', (text, expected) => {
    expect(shown(text)).toEqual(expected)
  })

  test('what is printed is read back', () => {
    const text = fc.string({ unit: fc.constantFrom(...'abc ,="\\/:é'.split('')), maxLength: 20 })
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom('Bearer', 'Basic', 'Digest'), text, text), { minLength: 1, maxLength: 4 }), (challenges) => {
        const quote = (value: string): string => `"${value.replaceAll(/["\\]/g, '\\$&')}"`
        const header = challenges.map(([scheme, realm, service]) => `${scheme} realm=${quote(realm)}, service=${quote(service)}`).join(', ')
        expect(shown(header)).toEqual(challenges.map(([scheme, realm, service]) => [scheme.toLowerCase(), { realm, service }]))
      }),
    )
  })

  test('anything at all is read without throwing, and in linear time', () => {
    fc.assert(fc.property(fc.string({ maxLength: 300 }), (text) => void parseChallenges(text)))
    for (const piece of ['a', 'a ', 'a=', '"', '\\', ',', 'a=a ', '= ', 'A-']) {
      const started = performance.now()
      parseChallenges(piece.repeat(16_000 / piece.length))
      expect(performance.now() - started).toBeLessThan(1000)
    }
  })
})

describe('scopes', () => {
  test('a name may have colons', () => {
    expect(parseScopes('repository:host:5000/x:pull,push registry:catalog:* nonsense')).toEqual([
      { type: 'repository', name: 'host:5000/x', actions: ['pull', 'push'] },
      { type: 'registry', name: 'catalog', actions: ['*'] },
    ])
  })
  test('merging keeps the first resource first and unknown actions', () => {
    const merged = mergeScopes(parseScopes('repository:b:pull'), parseScopes('repository:a:x'), parseScopes('repository:b:push,pull'))
    expect(merged.map(printScope)).toEqual(['repository:b:pull,push', 'repository:a:x'])
    expect(covers(merged, parseScopes('repository:b:push'))).toBe(true)
    expect(covers(merged, parseScopes('repository:b:delete'))).toBe(false)
    expect(covers(parseScopes('repository:bb:pull'), parseScopes('repository:b:pull'))).toBe(false)
  })
})

describe('realm', () => {
  test.each([
    ['https://registry-1.docker.io', 'https://auth.docker.io/token', true],
    ['https://registry.example.com', 'https://auth.example.com/token', true],
    ['https://registry.gitlab.com', 'https://gitlab.com/jwt/auth', true],
    ['https://us.icr.io', 'https://icr.io/oauth/token', true],
    ['https://ghcr.io', 'https://ghcr.io/token', true],
    ['https://reg.example.com:5000', 'https://reg.example.com:5001/token', true],
    ['http://127.0.0.1:5000', 'http://127.0.0.1:5001/token', true],
    ['https://registry.example.com', '/token', true],
    ['https://registry.example.com', 'https://auth.example.net/token', false],
    ['https://registry.example.co.uk', 'https://auth.attacker.co.uk/token', false],
    ['https://victim.azurecr.io', 'https://attacker.azurecr.io/token', false],
    ['https://a.github.io', 'https://b.github.io/token', false],
    ['https://1.dkr.ecr.eu-west-1.amazonaws.com', 'https://evil.s3.amazonaws.com/', false],
    ['https://evildocker.io', 'https://auth.docker.io/token', false],
    ['https://10.0.0.1', 'https://10.0.0.2/token', false],
    ['http://registry.local:5000', 'http://auth.local:5000/token', false],
  ])('%s asks for a token from %s: trusted %s', (registry, realm, trusted) => {
    expect(readRealm(realm, new URL(registry), 'x').trusted).toBe(trusted)
  })
  test('one owner, one domain', () => {
    expect(registrableDomain('a.b.example.com')).toBe('example.com')
    expect(registrableDomain('a.example.co.uk')).toBe('example.co.uk')
    expect(registrableDomain('co.uk')).toBeUndefined()
    expect(registrableDomain('x.github.io')).toBe('x.github.io')
    expect(registrableDomain('localhost')).toBeUndefined()
    expect(registrableDomain('192.168.0.1')).toBeUndefined()
  })
})

describe('addresses (ggcr#2243, #2285, #2302)', () => {
  test.each([
    ['8.8.8.8', 'public'],
    ['2606:4700::1', 'public'],
    ['127.0.0.1', 'loopback'],
    ['127.9.9.9', 'loopback'],
    ['::1', 'loopback'],
    ['::ffff:127.0.0.1', 'loopback'],
    ['10.1.2.3', 'private'],
    ['172.16.0.1', 'private'],
    ['172.32.0.1', 'public'],
    ['192.168.1.1', 'private'],
    ['100.64.1.1', 'private'],
    ['fd12::1', 'private'],
    ['::ffff:10.0.0.1', 'private'],
    ['64:ff9b::a00:1', 'private'],
    ['169.254.169.254', 'forbidden'],
    ['::ffff:169.254.169.254', 'forbidden'],
    ['::ffff:a9fe:a9fe', 'forbidden'],
    ['64:ff9b::a9fe:a9fe', 'forbidden'],
    ['2002:a9fe:a9fe::1', 'forbidden'],
    ['fe80::1', 'forbidden'],
    ['fe80::1%eth0', 'forbidden'],
    ['fd00:ec2::254', 'forbidden'],
    ['100.100.100.200', 'forbidden'],
    ['168.63.129.16', 'forbidden'],
    ['0.0.0.0', 'forbidden'],
    ['::', 'forbidden'],
    ['224.0.0.1', 'forbidden'],
    ['255.255.255.255', 'forbidden'],
    ['not an address', 'forbidden'],
  ])('%s is %s', (address, reach) => {
    expect(reachOf(address)).toBe(reach)
  })
  test.each([
    ['10.0.0.1', '8.8.8.8', false],
    ['10.0.0.1', '10.9.9.9', true],
    ['10.0.0.1', '127.0.0.1', true],
    ['127.0.0.1', '10.0.0.1', false],
    ['127.0.0.1', '127.0.0.1', true],
    ['169.254.169.254', '127.0.0.1', false],
    ['169.254.1.1', '169.254.1.1', true],
    ['1.1.1.1', '10.0.0.1', true],
    ['10.0.0.1', '', false],
  ])('%s from a registry at %s: %s', (address, registry, allowed) => {
    expect(mayReach(address, registry)).toBe(allowed)
  })
  test.each([
    ['localhost', true],
    ['a.localhost', true],
    ['127.0.0.1', true],
    ['[::1]', true],
    ['localhost.example.com', false],
    ['10.0.0.1', false],
    ['127.0.0.1.nip.io', false],
  ])('%s is this machine: %s', (host, loopback) => {
    expect(isLoopbackHost(host)).toBe(loopback)
  })
  test('a name is judged by what it resolves to when the connection is made', async () => {
    const look = (registry: string): Promise<unknown> =>
      new Promise((resolve) => guardedLookup(registry)('localhost', { all: true }, (error, addresses) => resolve(error?.code ?? addresses)))
    expect(await look('8.8.8.8')).toBe('ERR_ADDRESS_REFUSED')
    expect(await look('127.0.0.1')).toContainEqual({ address: '127.0.0.1', family: 4 })
  })
})

describe('Retry-After', () => {
  const now = Date.UTC(2026, 10, 25)
  test.each([
    ['5', 5000],
    ['0', 0],
    [String(now / 1000 + 90), 90_000],
    [new Date(now + 7000).toUTCString(), 7000],
    [new Date(now - 7000).toUTCString(), 0],
    ['35.852µs', undefined],
    ['-1', undefined],
    ['', undefined],
    [undefined, undefined],
    ['soon', undefined],
    ['1e9', undefined],
    ['1.5', 1500],
    [String(now + 90_000), 90_000],
    ['Wednesday, 25-Nov-26 00:00:07 GMT', 7000],
    ['Wed Nov 25 00:00:07 2026', 7000],
    ['2026-11-25T00:00:07Z', 7000],
    ['2026-11-25T00:00:07', 7000],
    ['2026-11-25T01:00:07+01:00', 7000],
    ['1m30s', 90_000],
    ['1.5s', 1500],
    ['250ms', 250],
    ['12ns', undefined],
    ['5 apples', undefined],
    ['5, 7', undefined],
    ['NaN', undefined],
    ['2026-99-99T00:00:00Z', undefined],
  ])('%s → %s', (value, milliseconds) => {
    expect(parseRetryAfter(value, now)).toBe(milliseconds)
  })
  test('anything gives a wait that is not negative, or nothing', () => {
    fc.assert(fc.property(fc.string(), (text) => (parseRetryAfter(text, now) ?? 0) >= 0))
  })
})

describe('RateLimit', () => {
  const now = Date.UTC(2026, 10, 25)
  test.each([
    [
      { 'ratelimit-limit': '100;w=21600', 'ratelimit-remaining': '76;w=21600' },
      { limit: 100, remaining: 76, window: 21_600 },
    ],
    [
      { 'x-ratelimit-limit': '60', 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(now / 1000 + 5) },
      { limit: 60, remaining: 0, reset: 5000 },
    ],
    [
      { 'ratelimit-limit': '10', 'ratelimit-remaining': '9', 'ratelimit-reset': '7' },
      { limit: 10, remaining: 9, reset: 7000 },
    ],
    [{ ratelimit: 'limit=100, remaining=50, reset=5' }, { limit: 100, remaining: 50, reset: 5000 }],
    [
      { ratelimit: '"default";r=50;t=30', 'ratelimit-policy': '"default";q=100;w=60' },
      { limit: 100, remaining: 50, window: 60, reset: 30_000 },
    ],
    [{ 'ratelimit-remaining': 'plenty' }, undefined],
    [{ 'ratelimit-remaining': '-1' }, undefined],
    [{}, undefined],
  ])('%o → %o', (headers, found) => {
    expect(readRateLimit(headers, now)).toEqual(found)
  })
})

describe('Link', () => {
  test.each([
    ['</v2/a/tags/list?last=b&n=2>; rel="next"', '/v2/a/tags/list?last=b&n=2'],
    ['<https://x/p>; rel=prev, <https://x/n?q=1,2>;rel=next', 'https://x/n?q=1,2'],
    ['<a>; title="x"; REL="prev next"', 'a'],
    ['<a>; rel="prev"', undefined],
    ['a; rel=next', undefined],
    [undefined, undefined],
  ])('%s → %s', (header, target) => {
    expect(nextLink(header)).toBe(target)
  })
  test('anything is read, in linear time', () => {
    fc.assert(fc.property(fc.string(), (text) => void nextLink(text)))
    const started = performance.now()
    nextLink('<a>;'.repeat(8000))
    expect(performance.now() - started).toBeLessThan(1000)
  })
})

test('error bodies: lists, single objects, strings; HTML and junk are none', () => {
  expect(parseErrors(Buffer.from('{"errors":[{"code":"denied","message":"no","detail":{}},"text"]}'))).toEqual([
    { code: 'DENIED', message: 'no' },
    { code: '', message: 'text' },
  ])
  expect(parseErrors(Buffer.from('{"errors":{"code":"X"}}'))).toEqual([{ code: 'X', message: '' }])
  for (const text of ['', '<html>', '[]', '7', 'null', '{"errors":null}']) expect(parseErrors(Buffer.from(text))).toEqual([])
})

test('log lines hide signatures and tokens in addresses', () => {
  expect(safeUrl(new URL('https://s3/x?X-Amz-Signature=abc&digest=sha256:1&_state=s'))).toBe('https://s3/x?X-Amz-Signature=***&digest=sha256:1&_state=***')
})
