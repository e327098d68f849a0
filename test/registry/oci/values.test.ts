/** The values everything rests on: references, tags, digests, locations, manifests. Full grammar, round trips, hostile input. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { digestOf, fallbackTag, isDigest, parseDigest } from '../../../src/registry/oci/digest.ts'
import { parseManifest } from '../../../src/registry/oci/manifest.ts'
import { MEDIA } from '../../../src/registry/oci/media-types.ts'
import { printPlatform, readPlatform } from '../../../src/registry/oci/platform.ts'
import { parseReference, parseTag, printReference } from '../../../src/registry/oci/reference.ts'
import { parseLocation, printLocation } from '../../../src/registry/target/location.ts'

const hex = (length: number) => fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: length, maxLength: length })
const digest = fc.oneof(
  hex(64).map((text) => `sha256:${text}`),
  hex(128).map((text) => `sha512:${text}`),
)
const tag = fc.stringMatching(/^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/)
const component = fc.stringMatching(/^[a-z0-9]{1,8}(?:(?:\.|_|__|-{1,3})[a-z0-9]{1,8}){0,2}$/)
const host = fc.constantFrom('harbor.example.com', 'localhost', 'localhost:5000', '127.0.0.1:5055', 'reg:5000', '[::1]:5000', 'docker.io')
const name = fc.tuple(host, fc.array(component, { minLength: 2, maxLength: 4 })).map(([first, rest]) => [first, ...rest].join('/'))

describe('references', () => {
  test('parse and print are inverse', () => {
    fc.assert(
      fc.property(name, fc.option(tag), fc.option(digest), (text, withTag, withDigest) => {
        const full = `${text}${withTag === null ? '' : `:${withTag}`}${withDigest === null ? '' : `@${withDigest}`}`
        expect(printReference(parseReference(full))).toBe(full)
      }),
    )
  })

  test.each([
    ['nginx', 'docker.io/library/nginx'],
    ['team/app:v1', 'docker.io/team/app:v1'],
    ['index.docker.io/nginx', 'docker.io/library/nginx'],
    ['registry-1.docker.io/team/app', 'docker.io/team/app'],
    ['evildocker.io/team/app', 'evildocker.io/team/app'],
    ['localhost/app', 'localhost/app'],
    ['foo:5000/bar', 'foo:5000/bar'],
    ['foo:5000', 'docker.io/library/foo:5000'],
    ['docker://harbor.example.com/pay/api:v1', 'harbor.example.com/pay/api:v1'],
    ['HARBOR.example.com/pay/api', 'harbor.example.com/pay/api'],
    ['[::1]:5000/a/b', '[::1]:5000/a/b'],
  ])('%s means %s', (text, full) => expect(printReference(parseReference(text))).toBe(full))

  test.each([
    ['', 'the name is missing'],
    ['harbor.example.com/Pay/api', 'lower case'],
    ['harbor.example.com/a//b', 'empty part'],
    ['harbor.example.com/../evil', 'not allowed'],
    ['harbor.example.com/a%2fb', 'not allowed'],
    ['harbor.example.com/a@sha256:xyz', 'not a digest'],
    ['harbor.example.com/a@sha256:../../etc', 'not a digest'],
    ['harbor.example.com/a:b/../c', 'not allowed'],
    ['harbor.example.com:99999/a', 'port 99999 does not exist'],
    ['1.2.3.4.5/a', 'is not a host'],
    ['Team/app:v1', 'is a host only with a port'],
    [`harbor.example.com/${'a'.repeat(256)}`, 'longer than 255'],
  ])('"%s" is refused: %s', (text, why) => expect(() => parseReference(text)).toThrow(why))

  test('linear time (a pattern ported from Go was exponential in V8)', () => {
    const started = performance.now()
    for (const text of [`a.io/${'a-'.repeat(5000)}`, `a.io/${'a'.repeat(20_000)}!`, `${'-'.repeat(20_000)}/x`, `a.io/${'a_'.repeat(5000)}!`])
      expect(() => parseReference(text)).toThrow(/is not an image reference/)
    // Exponential would be years; this bound is only to end such a test.
    expect(performance.now() - started).toBeLessThan(2000)
  })

  test('a tag says which character is wrong, also one that looks right', () => {
    expect(() => parseTag('v1/2')).toThrow('"/" is not allowed')
    expect(() => parseTag('lаtest')).toThrow('U+0430')
    expect(() => parseTag('.x')).toThrow('starts with a dot')
    expect(() => parseTag('x'.repeat(129))).toThrow('longer than 128')
  })
})

describe('digests', () => {
  test('only what is a digest is one (CVE-2024-3727)', () => {
    fc.assert(fc.property(digest, (text) => isDigest(text)))
    for (const wrong of [
      'sha256:',
      'sha256:../x',
      `sha256:${'A'.repeat(64)}`,
      `sha256:${'a'.repeat(63)}`,
      `md5:${'a'.repeat(32)}`,
      `sha512:${'a'.repeat(64)}`,
    ]) {
      expect(() => parseDigest(wrong)).toThrow('is not a digest')
    }
  })

  test('the fallback tag of a sha512 digest fits a tag', () => {
    const long = digestOf(Buffer.from('x'), 'sha512')
    expect(parseTag(fallbackTag(long))).toHaveLength('sha512-'.length + 64)
    expect(fallbackTag(digestOf(Buffer.from('x')))).toMatch(/^sha256-[0-9a-f]{64}$/)
  })
})

describe('locations', () => {
  test('parse and print are inverse for layouts', () => {
    const directory = fc.stringMatching(/^(?:\.{0,2}\/)?[A-Za-z0-9_ ]{1,8}(?:\/[A-Za-z0-9_+ ]{1,8}){0,2}$/)
    fc.assert(
      fc.property(
        directory,
        fc.option(tag),
        (place, withTag) =>
          printLocation(parseLocation(`oci:${place}${withTag === null ? '' : `:${withTag}`}`)) === `oci:${place}${withTag === null ? '' : `:${withTag}`}`,
      ),
    )
  })

  test('a host may be called like one of them', () => expect(parseLocation('dir:5000/app:v1')).toMatchObject({ registry: 'dir:5000', path: 'app' }))

  test.each(['dir:out', 'docker-daemon:app:v1', 'containers-storage:app'])('%s is no image on Docker Hub', (text) =>
    expect(() => parseLocation(text)).toThrow(/a place that other tools know/),
  )

  test('parse and print are inverse for archives', () => {
    const file = fc.stringMatching(/^(?:\.{0,2}\/)?[A-Za-z0-9_ @]{1,8}(?:\/[A-Za-z0-9_+ .-]{1,8}){0,2}\.tar$/)
    const ends = fc.tuple(fc.option(tag), fc.option(digest)).map(([name, id]) => `${name === null ? '' : `:${name}`}${id === null ? '' : `@${id}`}`)
    const image = fc.option(fc.tuple(name, tag)).map((named) => (named === null ? '' : `:${named.join(':')}`))
    fc.assert(
      fc.property(file, ends, image, fc.option(digest), (path, ending, named, id) => {
        for (const text of [`oci-archive:${path}${ending}`, `docker-archive:${path}${named}${id === null ? '' : `@${id}`}`])
          expect(printLocation(parseLocation(text))).toBe(text)
      }),
    )
  })

  test('archives and what they mean', () => {
    expect(parseLocation('oci-archive:./a.tar:v1')).toEqual({ kind: 'archive', file: './a.tar', tag: 'v1' })
    expect(parseLocation('oci-archive:a.tar')).toEqual({ kind: 'archive', file: 'a.tar' })
    expect(parseLocation('docker-archive:a.tar:nginx')).toEqual({ kind: 'docker-archive', file: 'a.tar', repository: 'docker.io/library/nginx', tag: 'latest' })
    expect(parseLocation('docker-archive:a.tar:localhost:5000/x:v1')).toMatchObject({ repository: 'localhost:5000/x', tag: 'v1' })
  })

  test.each(['oci:', 'oci::x', 'oci:dir:b@d', 'oci-archive:', 'oci-archive::x', 'oci-archive:a.tar:b/c', 'docker-archive:', 'docker-archive:a.tar:'])(
    '%s is refused',
    (text) => expect(() => parseLocation(text)).toThrow(/names no (?:directory|file)|is not a tag|the name is missing/),
  )
})

describe('manifests', () => {
  const empty = { mediaType: MEDIA.empty, digest: digestOf(Buffer.from('{}')), size: 2 }
  const image = { schemaVersion: 2, mediaType: MEDIA.manifest, config: empty, layers: [] }
  const parse = (value: unknown, announced?: string) => parseManifest(Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)), announced)

  test('what it is and what it points to', () => {
    expect(parse(image)).toMatchObject({ kind: 'image', config: empty, descriptor: { mediaType: MEDIA.manifest } })
    expect(parse({ schemaVersion: 2, manifests: [empty] })).toMatchObject({ kind: 'index', manifests: [empty] })
  })

  test.each([
    ['two shapes at once (CVE-2021-41190)', { ...image, manifests: [] }, undefined, 'ambiguous'],
    ['another type than announced', image, MEDIA.index, 'was announced as'],
    ['a shape that contradicts', { schemaVersion: 2, manifests: [] }, MEDIA.manifest, 'shape of the other kind'],
    ['schema 1', { schemaVersion: 1, fsLayers: [] }, undefined, 'schema 1'],
    ['a digest that leads out', { ...image, config: { ...empty, digest: 'sha256:../../x' } }, undefined, 'no valid digest'],
    ['a size below zero', { ...image, config: { ...empty, size: -1 } }, undefined, 'no valid size'],
    ['a key twice', `{"schemaVersion":2,"layers":[],"layers":[],"config":${JSON.stringify(empty)}}`, undefined, 'twice'],
    ['no JSON', '<html>', undefined, 'not JSON'],
    ['trailing bytes', `${JSON.stringify(image)}x`, undefined, 'not JSON'],
    ['200 000 nested lists', `{"layers":${'['.repeat(200_000)}${']'.repeat(200_000)}}`, undefined, 'deeper'],
    ['annotations that are no texts', { ...image, annotations: { a: 1 } }, undefined, 'not text'],
  ])('%s', (_title, value, announced, why) => expect(() => parse(value, announced)).toThrow(why))

  test('a byte order mark and broken UTF-8 are refused', () => {
    expect(() => parseManifest(Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(JSON.stringify(image))]))).toThrow('not JSON')
    expect(() => parseManifest(Buffer.from([0x7b, 0xff, 0x7d]))).toThrow('not UTF-8')
  })
})

test('platforms round trip', () => {
  for (const text of ['linux/amd64', 'linux/arm64/v8']) expect(printPlatform(readPlatform(text))).toBe(text)
  for (const wrong of ['linux', 'linux/', 'a/b/c/d', 'linux/amd 64']) expect(() => readPlatform(wrong)).toThrow('not a platform')
})
