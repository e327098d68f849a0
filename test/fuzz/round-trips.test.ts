/** What is printed reads the same, for every value there can be; and what the fuzzer found once, by name. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isFailure } from '../../src/kit/failure.ts'
import { parseChallenges } from '../../src/registry/http/auth/challenge.ts'
import { matchAuth, parseDockerConfig, readAuth } from '../../src/registry/http/credentials/docker-config.ts'
import { parseRetryAfter } from '../../src/registry/http/retry-after.ts'
import { parseDigest } from '../../src/registry/oci/digest.ts'
import { MEDIA } from '../../src/registry/oci/media-types.ts'
import { parseReference, parseTag, printReference } from '../../src/registry/oci/reference.ts'
import { findTag, parseIndex, printIndex, REF_NAME, tagsOf } from '../../src/registry/target/layout/entries.ts'
import { nextLink } from '../../src/registry/target/remote/link.ts'
import { readRange, writeRange } from '../../src/registry/target/serve/range.ts'

const letters = 'abcdefghijklmnopqrstuvwxyz0123456789'
const word = (characters: string, most: number): fc.Arbitrary<string> =>
  fc.array(fc.constantFrom(...characters), { minLength: 1, maxLength: most }).map((all) => all.join(''))
const component = fc.tuple(word(letters, 6), fc.array(fc.tuple(fc.constantFrom('.', '_', '__', '-', '---'), word(letters, 6)), { maxLength: 3 }))
const path = fc
  .array(
    component.map(([first, more]) => first + more.flat().join('')),
    { minLength: 2, maxLength: 4 },
  )
  .map((all) => all.join('/'))
const host = fc
  .tuple(word('abcxyz', 8), fc.option(fc.integer({ min: 1, max: 65_535 })))
  .map(([name, port]) => `${name}.example.com${port === null ? '' : `:${port}`}`)
const tag = fc
  .tuple(word(`${letters}ABC_`, 1), fc.string({ unit: fc.constantFrom(...letters, '.', '-', '_', 'A'), maxLength: 60 }))
  .map(([first, rest]) => parseTag(first + rest))
const digest = word('0123456789abcdef', 1).map((one) => parseDigest(`sha256:${one.repeat(64)}`))

describe('round trips', () => {
  test('reference', () => {
    fc.assert(
      fc.property(
        fc.oneof(host, fc.constantFrom('docker.io', 'localhost:5000', '[::1]:5000')),
        path,
        fc.option(tag, { nil: undefined }),
        fc.option(digest, { nil: undefined }),
        (registry, name, named, content) => {
          const reference = { registry, path: name, ...(named === undefined ? {} : { tag: named }), ...(content === undefined ? {} : { digest: content }) }
          expect(parseReference(printReference(reference))).toEqual(reference)
        },
      ),
    )
  })

  test('challenge: any scheme, any parameters, values quoted', () => {
    const parameters = fc.dictionary(word('abcdefgh_', 8), fc.string({ maxLength: 40 }), { maxKeys: 5 })
    fc.assert(
      fc.property(fc.array(fc.tuple(word('ABcd', 8), parameters), { minLength: 1, maxLength: 4 }), (challenges) => {
        const printed = challenges
          .map(
            ([scheme, all]) =>
              `${scheme} ${Object.entries(all)
                .map(([name, value]) => `${name}="${value.replace(/[\\"]/g, '\\$&')}"`)
                .join(', ')}`,
          )
          .join(', ')
        expect(parseChallenges(printed)).toEqual(
          challenges.map(([scheme, all]) => ({ scheme: scheme.toLowerCase(), parameters: new Map(Object.entries(all)) })),
        )
      }),
    )
  })

  test('link: the next page is found among others, wherever it stands', () => {
    fc.assert(
      fc.property(fc.webPath(), fc.array(fc.webPath(), { maxLength: 3 }), fc.nat(3), (next, others, at) => {
        const links = others.map((other) => `<${other}>; rel="prev"`)
        links.splice(at, 0, `<${next}>; rel="next"`)
        expect(nextLink(links.join(', '))).toBe(next)
      }),
    )
  })

  test('range: what is asked for is what is given; written parts read the same', () => {
    fc.assert(
      fc.property(fc.nat(5000), fc.nat(5000), fc.integer({ min: 1, max: 6000 }), (first, more, size) => {
        const last = first + more
        const expected = first >= size ? 'unsatisfiable' : { first, last: Math.min(last, size - 1) }
        expect(readRange(`bytes=${first}-${last}`, size)).toEqual(expected)
        for (const form of [`${first}-${last}`, `bytes ${first}-${last}/${size}`, `bytes=${first}-${last}`]) expect(writeRange(form)).toEqual({ first, last })
      }),
    )
  })

  test('retry-after: seconds, and a date', () => {
    const now = Date.parse('2026-11-25T00:00:00Z')
    fc.assert(
      fc.property(fc.nat(10_000_000), (seconds) => {
        expect(parseRetryAfter(String(seconds), now)).toBe(seconds * 1000)
        expect(parseRetryAfter(new Date(now + seconds * 1000).toUTCString(), now)).toBe(seconds * 1000)
      }),
    )
  })

  test('docker config: user and password, cut at the first colon', () => {
    const user = fc.string({ unit: 'grapheme', minLength: 1 }).filter((text) => !/[:\0]/.test(text) && text.isWellFormed())
    const password = fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('\0') && text.isWellFormed())
    fc.assert(
      fc.property(host, user, password, (registry, username, secret) => {
        const config = parseDockerConfig(JSON.stringify({ auths: { [registry]: { auth: Buffer.from(`${username}:${secret}`).toString('base64') } } }))
        const match = config && matchAuth(config, { registry, path: 'team/app' })
        const read = match && readAuth(match.entry, match.key, 'test')
        expect(read).toMatchObject({ kind: 'basic', username })
        expect(typeof read === 'object' && read.kind === 'basic' && read.password.reveal()).toBe(secret)
      }),
    )
  })

  test('index.json: every tag is found, and what nobody knows is carried along', () => {
    const extra = fc.dictionary(word('uvw', 4), fc.jsonValue({ maxDepth: 2 }), { maxKeys: 3 })
    fc.assert(
      fc.property(fc.uniqueArray(tag, { maxLength: 6 }), digest, extra, (tags, content, more) => {
        const manifests = tags.map((name) => ({ mediaType: MEDIA.manifest, digest: content, size: 1, annotations: { [REF_NAME]: name }, ...more }))
        const document = JSON.stringify({ schemaVersion: 2, ...more, manifests })
        const read = parseIndex(Buffer.from(document), 'index.json')
        expect(tagsOf(read)).toEqual([...tags].toSorted())
        for (const name of tags) expect(findTag(read, name, 'index.json')?.digest).toBe(content)
        expect(JSON.parse(printIndex(read))).toEqual(JSON.parse(document))
      }),
    )
  })
})

describe('found by the fuzzer', () => {
  const refusal = (text: string): string => {
    try {
      return printReference(parseReference(text))
    } catch (error) {
      if (!isFailure(error, 'REFERENCE_INVALID')) throw error
      return error.message
    }
  }

  test('a host of capital letters only was printed in a form that names Docker Hub', () => {
    expect(refusal('Team/app:v1')).toBe('"Team/app:v1" is not an image reference: "Team" is a host only with a port')
    expect(refusal('LOCALHOST/app')).toBe('localhost/app')
    expect(refusal('GHCR.io/org/app:v1')).toBe('ghcr.io/org/app:v1')
  })

  test.each(['1.2.3.4.5/app', 'xn--.com/app', '[::g]/app', '256.256.256.256/app'])(
    '%s passed as a host that no URL takes, and failed later without a Failure',
    (text) => {
      expect(refusal(text)).toMatch(/is not a host$/)
    },
  )
})
