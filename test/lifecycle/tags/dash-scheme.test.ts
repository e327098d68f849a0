import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isFailure } from '../../../src/kit/failure.ts'
import { createTagScheme } from '../../../src/lifecycle/tags/create-scheme.ts'
import { inEnvironment, matchTag, parseTag, printTag } from '../../../src/lifecycle/tags/parse.ts'
import { failureOf } from '../failure-of.ts'

const scheme = await createTagScheme({ environments: ['dev', 'pre', 'pre-prod', 'staging', 'prod'] })
const environment = fc.constantFrom(...scheme.environments)
const build = fc.oneof(fc.nat().map(String), fc.bigInt({ min: 0n, max: 10n ** 30n }).map(String))
const version = fc.stringMatching(/^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,30}[A-Za-z0-9])?$/)

describe('parse and print are inverse', () => {
  test('print, then parse gives the same parts, or print refuses', () => {
    let refused = 0
    fc.assert(
      fc.property(environment, version, build, (env, ver, num) => {
        const parts = { environment: env, version: ver, build: num }
        try {
          expect(parseTag(scheme, printTag(scheme, parts).tag)).toMatchObject(parts)
        } catch (error) {
          if (!isFailure(error, 'TAG_OUTSIDE_SCHEME')) throw error
          // Only a version that begins like the rest of a longer environment cannot be said.
          expect(`${env}-${ver}`).toMatch(/^pre-prod-/)
          refused += 1
        }
      }),
      { numRuns: 500 },
    )
    expect(refused).toBeLessThan(250)
  })

  test('parse, then print gives the same text, for any text that parses', () => {
    const piece = fc.constantFrom('dev', 'pre', 'prod', '-', '-', 'v1.2', '0', '7', '1024', '.', '_', 'rc.1')
    const nearly = fc
      .tuple(fc.constantFrom('', 'dev-', 'pre-', 'prod-', 'pre-prod-'), fc.array(piece, { maxLength: 6 }), fc.constantFrom('', '-0', '-7', '-1024', '-007'))
      .map(([start, parts, end]) => start + parts.join('') + end)
    let parsed = 0
    fc.assert(
      fc.property(nearly, (text) => {
        const tag = matchTag(scheme, text)
        if (tag === undefined) return
        parsed += 1
        expect(printTag(scheme, tag).tag).toBe(text)
        expect(tag.tag).toBe(text)
      }),
      { numRuns: 3000 },
    )
    expect(parsed).toBeGreaterThan(50)
  })

  test('a change of environment and back is no change', () => {
    fc.assert(
      fc.property(environment, environment, version, build, (first, second, ver, num) => {
        fc.pre(![first, second].some((env) => env === 'pre' && ver.startsWith('prod-')))
        const tag = printTag(scheme, { environment: first, version: ver, build: num })
        expect(inEnvironment(scheme, inEnvironment(scheme, tag, second), first)).toEqual(tag)
      }),
    )
  })
})

test.each([
  ['prod-v1.2-1024', 'prod', 'v1.2', '1024'],
  ['pre-prod-v1-3', 'pre-prod', 'v1', '3'],
  ['pre-v1-3', 'pre', 'v1', '3'],
  ['dev-v1.2-rc.1-7', 'dev', 'v1.2-rc.1', '7'],
  ['dev-2026-11-24-0', 'dev', '2026-11-24', '0'],
  ['dev-feature_x-99999999999999999999', 'dev', 'feature_x', '99999999999999999999'],
  ['dev-1-2', 'dev', '1', '2'],
])('%s', (text, env, ver, num) => {
  expect(parseTag(scheme, text)).toEqual({ tag: text, environment: env, version: ver, build: num })
})

describe('outside the scheme', () => {
  test.each([
    ['latest', 'environment', /does not start with a declared environment/, undefined],
    ['prdo-v1.2-3', 'environment', /"prdo" is not a declared environment/, 'prod-v1.2-3'],
    ['PROD-v1.2-3', 'environment', /"PROD"/, 'prod-v1.2-3'],
    ['dev', 'version', /version and build are missing/, undefined],
    ['dev-1024', 'version', /only "1024"/, undefined],
    ['dev-v1.2', 'build', /only "v1.2"/, undefined],
    ['dev-v1.2-', 'build', /is "" and not a number/, undefined],
    ['dev-v1.2-10x', 'build', /"10x" and not a number/, undefined],
    ['dev-v1.2-007', 'build', /leading zeros/, 'dev-v1.2-7'],
    ['dev--7', 'version', /version is empty/, undefined],
    ['dev-.v1-7', 'version', /does not start and end with a letter or a digit/, 'dev-v1-7'],
    ['', 'form', /it is empty/, undefined],
    ['.dev-v1-1', 'form', /does not start with a dot/, undefined],
    [`dev-v${'1'.repeat(130)}-1`, 'form', /longer than the 128/, undefined],
    ['dev-v1/2-1', 'form', /character 7 is "\/" \(U\+002F\), which a tag cannot contain/, undefined],
    ['dev-v1\nevil-1', 'form', /character 7 is "\\n"/, undefined],
    // Case 94: homoglyphs are named, with the place and what they look like.
    ['dеv-v1.2-3', 'form', /character 2 is "е" \(U\+0435\), which only looks like "e"/, 'dev-v1.2-3'],
    ['prod–v1.2–3', 'form', /looks like "-"; 2 characters/, 'prod-v1.2-3'],
    ['dev-v１.2-3', 'form', /looks like "1"/, 'dev-v1.2-3'],
  ])('%j', (text, part, why, suggestion) => {
    const failure = failureOf(() => parseTag(scheme, text))
    expect(failure).toMatchObject({ code: 'TAG_OUTSIDE_SCHEME', exitCode: 2, facts: { part } })
    expect(String(failure.cause)).toMatch(why)
    expect(failure.facts['suggestion']).toBe(suggestion)
    if (suggestion !== undefined) expect(failure.hint).toContain(`Did you mean ${suggestion}?`)
    expect(failure.hint).toContain('e.g. dev-v1.2-1024')
  })

  test('printing parts that no tag says', () => {
    expect(String(failureOf(() => printTag(scheme, { environment: 'pre', version: 'prod-v1', build: '3' })).cause)).toBe(
      '"pre-prod-v1-3" would be read as environment pre-prod, version "v1" and build 3',
    )
    const branch = failureOf(() => printTag(scheme, { environment: 'dev', version: 'feat/a', build: '3' }))
    expect(branch).toMatchObject({ code: 'TAG_OUTSIDE_SCHEME' })
    expect(branch.hint).toMatch(/Use the version "feat-a-[0-9a-f]{8}"/)
    expect(failureOf(() => printTag(scheme, { environment: 'dev', version: 'v1', build: '03' })).code).toBe('TAG_OUTSIDE_SCHEME')
    expect(failureOf(() => printTag(scheme, { environment: 'stagign', version: 'v1', build: '3' }))).toMatchObject({
      code: 'INPUT_INVALID',
      hint: 'Did you mean staging? Declared are, in order: dev, pre, pre-prod, staging, prod.',
    })
  })
})

test('declared environments are checked, all problems together', async () => {
  const failure = await createTagScheme({ environments: ['dev', 'Dev', 'dev', 'a b', '-x', ''] }).catch((error: unknown) => error)
  if (!isFailure(failure, 'CONFIG_INVALID')) throw failure
  expect([failure, ...failure.more].map((one) => one.message)).toEqual([
    'the environment "Dev" differs from "dev" only by upper and lower case',
    'the environment "dev" differs from "Dev" only by upper and lower case',
    '"a b" cannot be the name of an environment',
    '"-x" cannot be the name of an environment',
    '"" cannot be the name of an environment',
  ])
  await expect(createTagScheme({ environments: [] })).rejects.toMatchObject({ code: 'CONFIG_INVALID' })
})
