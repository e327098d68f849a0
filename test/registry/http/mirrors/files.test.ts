/** containerd's hosts.toml and containers' registries.conf, as texts: what they say, and what of them cannot be used. */
import { describe, expect, test } from 'vitest'
import { isFailure } from '../../../../src/kit/failure.ts'
import { readHostsToml } from '../../../../src/registry/http/mirrors/hosts-toml.ts'
import { matchEntry, mergeEntries, readRegistriesConf } from '../../../../src/registry/http/mirrors/registries-conf.ts'
import { parseToml } from '../../../../src/registry/http/mirrors/toml-file.ts'

const hosts = (text: string): ReturnType<typeof readHostsToml> => readHostsToml(parseToml(text, '/certs.d/h/hosts.toml'), '/certs.d/h/hosts.toml')
const entries = (text: string): ReturnType<typeof readRegistriesConf> => readRegistriesConf(parseToml(text, 'registries.conf'), 'registries.conf')
const failureOf = (work: () => unknown): unknown => {
  try {
    return work()
  } catch (error) {
    return isFailure(error) ? `${error.message}: ${String(error.cause)}` : error
  }
}

describe('hosts.toml', () => {
  test('places in the order of the file, the server last; only those with pull', () => {
    const found = hosts(`
server = "https://registry-1.docker.io"
[host."https://b.example.com"]
  capabilities = ["pull", "resolve"]
[host."http://a.example.com:5000/team"]
[host."https://push.example.com"]
  capabilities = ["push"]
[host."https://c.example.com/api/v2"]
  capabilities = ["pull"]
[host."https://d.example.com/odd"]
  override_path = true
[host."localhost:5000"]
[host."e.example.com"]`)
    expect(found.map(({ origin, base }) => origin.origin + base)).toEqual([
      'https://b.example.com/v2',
      'http://a.example.com:5000/team/v2',
      'https://c.example.com/api/v2',
      'https://d.example.com/odd',
      'http://localhost:5000/v2',
      'https://e.example.com/v2',
      'https://registry-1.docker.io/v2',
    ])
  })

  test('certificates are found beside the file, in each of the forms that containerd takes', () => {
    const trust = (line: string): unknown => hosts(`[host."https://a"]\n${line}`)[0]?.trust
    expect(trust('ca = "ca.crt"')).toMatchObject({ authorities: ['/certs.d/h/ca.crt'], unverified: false })
    expect(trust('ca = ["/one.crt", "two.crt"]\nskip_verify = true')).toMatchObject({ authorities: ['/one.crt', '/certs.d/h/two.crt'], unverified: true })
    expect(trust('client = "c.pem"')).toMatchObject({ client: { cert: '/certs.d/h/c.pem', key: '/certs.d/h/c.pem' } })
    expect(trust('client = ["c.pem", "d.pem"]')).toMatchObject({ client: { cert: '/certs.d/h/c.pem', key: '/certs.d/h/c.pem' } })
    expect(trust('client = [["c.crt", "c.key"], ["d.crt", ""]]')).toMatchObject({ client: { cert: '/certs.d/h/c.crt', key: '/certs.d/h/c.key' } })
  })

  test('headers are kept in boxes', () => {
    const [place] = hosts(`[host."https://a"]\n[host."https://a".header]\nX-Key = "hunter22"\nX-Many = ["one", "two"]`)
    expect(place?.headers.get('x-key')?.reveal()).toBe('hunter22')
    expect(place?.headers.get('x-many')?.reveal()).toBe('one, two')
    expect(JSON.stringify([...(place?.headers ?? [])])).not.toContain('hunter22')
  })

  test('what is not TOML is named with line and column, and nothing of the file is repeated', () => {
    expect(failureOf(() => hosts('[host."https://a".header]\nauthorization = Basic hunter22'))).toMatch(/hosts\.toml: it is not TOML: line 2, column \d+$/)
    expect(failureOf(() => hosts('[host."https://a"]\nskip_verify = "yes"'))).toContain('host.https://a.skip_verify must be true or false')
    expect(failureOf(() => hosts('[host."https://bob:hunter22@a"]'))).not.toContain('hunter22')
    expect(failureOf(() => hosts('[host."https://bob:hunter22@a"]'))).toContain('without user')
    expect(failureOf(() => hosts('[host."ftp://a"]'))).toContain('must be the address of a registry')
    expect(failureOf(() => hosts('[host."https://a".header]\nx = "a\\nb"'))).toContain('is not a header')
    expect(failureOf(() => hosts('host = 3'))).toContain('host must be a table')
  })

  test('keys that nobody knows are told', () => {
    const table = parseToml('colour = "red"\n[host."https://a"]\ncapabilties = ["pull"]', 'hosts.toml')
    readHostsToml(table, 'hosts.toml')
    expect(table.unknown()).toEqual(['colour', 'host.https://a.capabilties'])
  })
})

describe('registries.conf', () => {
  const matched = (text: string, name: string): string | undefined => {
    const found = matchEntry(entries(text), name)
    return found && `${found.entry.prefix}|${found.rest}`
  }
  const PREFIXES = ['example.com', 'example.com/team', '*.example.com', '*.example.com/team', 'example.com:5000']
    .map((prefix) => `[[registry]]\nprefix = "${prefix}"\nlocation = "there.example.org"`)
    .join('\n')

  test.each([
    ['example.com/other/app', 'example.com|/other/app'],
    ['example.com/team/app', 'example.com/team|/app'],
    ['example.com/teams/app', 'example.com|/teams/app'],
    ['a.b.example.com/app', '*.example.com|/app'],
    ['a.example.com/team/app', '*.example.com/team|/app'],
    ['example.com:5000/app', 'example.com:5000|/app'],
    ['example.com.evil.org/app', undefined],
    ['evil.org/a.example.com/app', undefined],
    ['badexample.com/app', undefined],
  ])('%s belongs to %s', (name, expected) => {
    expect(matched(PREFIXES, name)).toBe(expected)
  })

  test('a later file replaces a prefix; twice in one file is a mistake', () => {
    const [one, two] = [entries('[[registry]]\nlocation = "a.org"'), entries('[[registry]]\nlocation = "a.org"\nblocked = true')]
    expect(mergeEntries([one, two])).toMatchObject([{ prefix: 'a.org', blocked: true }])
    expect(failureOf(() => mergeEntries([[...one, ...two]]))).toContain('two [[registry]] have the prefix a.org')
  })

  test.each([
    ['[[registry]]\nblocked = true', 'location or prefix must be there'],
    ['[[registry]]\nprefix = "a.org"', 'location must be there'],
    ['[[registry]]\nlocation = "https://a.org"', 'must not have a scheme'],
    ['[[registry]]\nlocation = "a.org"\n[[registry.mirror]]\nlocation = "b.org"\npull-from-mirror = "never"', 'pull-from-mirror must be'],
    ['[[registry]]\nlocation = "a.org"\nmirror-by-digest-only = true\n[[registry.mirror]]\nlocation = "b.org"\npull-from-mirror = "all"', 'cannot both'],
    ['[[registry]]\nlocation = "a.org"\n[[registry.mirror]]\ninsecure = true', 'registry[0].mirror[0].location must be there'],
    ['[registry]\nlocation = "a.org"', 'must be written as [[registry]]'],
    ['[[registry]]\nlocation = "a.org', 'line 2, column'],
  ])('%j cannot be used', (text, why) => {
    expect(failureOf(() => entries(text))).toContain(why)
  })
})
