import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createTagScheme } from '../../../src/lifecycle/tags/create-scheme.ts'
import { inEnvironment, matchTag, parseTag, printTag } from '../../../src/lifecycle/tags/parse.ts'
import { templateOf } from '../../../src/lifecycle/tags/template.ts'
import { failureOf } from '../failure-of.ts'

const environments = ['dev', 'staging', 'prod']
const pattern = String.raw`(?P<version>v[0-9.]+)-(?P<env>[a-z]+)\.(?P<build>[0-9]+)`
const scheme = await createTagScheme({ environments, pattern })

test('reads, prints and changes the environment where it stands', () => {
  const tag = parseTag(scheme, 'v1.2-dev.0007')
  expect(tag).toEqual({ tag: 'v1.2-dev.0007', environment: 'dev', version: 'v1.2', build: '0007' })
  expect(printTag(scheme, tag).tag).toBe('v1.2-dev.0007')
  expect(inEnvironment(scheme, tag, 'prod').tag).toBe('v1.2-prod.0007')
})

test('parse and print are inverse', () => {
  fc.assert(
    fc.property(fc.constantFrom(...environments), fc.stringMatching(/^v[0-9.]{1,9}$/), fc.stringMatching(/^[0-9]{1,25}$/), (environment, version, build) => {
      const parts = { environment, version, build }
      expect(parseTag(scheme, printTag(scheme, parts).tag)).toMatchObject(parts)
    }),
  )
})

test('is anchored at both ends, whatever the pattern says', async () => {
  expect(matchTag(scheme, 'xv1-dev.1')).toBeUndefined()
  expect(matchTag(scheme, 'v1-dev.1x')).toBeUndefined()
  // Case 93: with the flag m, an anchored test passes `latest\nevil`.
  const multiline = await createTagScheme({ environments, pattern: '(?m)^(?P<env>[a-z]+)-(?P<version>.+)-(?P<build>[0-9]+)$' })
  expect(matchTag(multiline, 'dev-1-1\nevil')).toBeUndefined()
  const alternatives = await createTagScheme({ environments, pattern: '(?P<env>dev)-(?P<version>1)-(?P<build>1)|x' })
  expect(matchTag(alternatives, 'dev-1-1-and-more')).toBeUndefined()
})

test('case 93: a pattern that stalls backtracking engines is answered at once', async () => {
  const stalling = await createTagScheme({ environments, pattern: '(?P<env>(?:[a-z]+)+)-(?P<version>(?:a+)+)-(?P<build>[0-9]+)$' })
  const start = performance.now()
  for (let count = 0; count < 100; count += 1) expect(matchTag(stalling, `dev-${'a'.repeat(120)}_`)).toBeUndefined()
  // 100 tags: a backtracking engine would need longer than the universe is old for one.
  expect(performance.now() - start).toBeLessThan(2000)
  await expect(createTagScheme({ environments, pattern: '(a+)+$' })).rejects.toMatchObject({
    cause: 'it has no group named env and none named version and none named build',
  })
})

describe('refuses what is not a pattern', () => {
  test.each([
    ['(', /./],
    ['(?P<env>a)(?P<env>b)(?P<version>c)(?P<build>d)', /duplicate/],
    ['(?P<env>a)-(?P<version>b)', /no group named build/],
    ['(?=x)(?P<env>a)(?P<version>b)(?P<build>c)', /./],
    [`${'a'.repeat(990)}(?P<env>a)(?P<version>b)`, /1000 are allowed/],
    ['(?P<env>(?:a{1000}){1000})(?P<version>b)(?P<build>c)', /repeat/],
  ])('%s', async (text, why) => {
    const failure = await createTagScheme({ environments, pattern: text }).catch((error: unknown) => error)
    expect(failure).toMatchObject({ code: 'CONFIG_INVALID' })
    expect(String(failure instanceof Error && failure.cause)).toMatch(why)
  })
})

test('says which part failed, and what was meant', async () => {
  expect(failureOf(() => parseTag(scheme, 'v1.2-prdo.7'))).toMatchObject({
    code: 'TAG_OUTSIDE_SCHEME',
    facts: { part: 'environment', suggestion: 'v1.2-prod.7' },
  })
  expect(failureOf(() => parseTag(scheme, 'nothing')).cause).toBe('the pattern does not match the whole tag')
  const loose = await createTagScheme({ environments, pattern: '(?P<env>[a-z]+)-(?P<version>[0-9.]*)-(?P<build>.*)' })
  expect(failureOf(() => parseTag(loose, 'dev--1')).facts['part']).toBe('version')
  expect(failureOf(() => parseTag(loose, 'dev-1-x')).facts['part']).toBe('build')
  // The environment that the pattern does not admit cannot be put in.
  const narrow = await createTagScheme({ environments, pattern: '(?P<env>dev|prod)-(?P<version>v[0-9.]+)-(?P<build>[0-9]+)' })
  expect(failureOf(() => inEnvironment(narrow, parseTag(narrow, 'dev-v1-1'), 'staging')).code).toBe('TAG_OUTSIDE_SCHEME')
})

test('a rich pattern prints by its template', async () => {
  const rich = '(?:rel-)?(?P<env>[a-z]+)[-_](?P<version>.+)[-_](?P<build>[0-9]+)'
  const mute = await createTagScheme({ environments, pattern: rich })
  const parts = { environment: 'dev', version: 'v1.2', build: '7' }
  expect(failureOf(() => printTag(mute, parts))).toMatchObject({ code: 'CONFIG_INVALID' })
  // A tag that is there can change its environment also without a template.
  expect(inEnvironment(mute, parseTag(mute, 'rel-dev_v1.2-7'), 'prod').tag).toBe('rel-prod_v1.2-7')
  const speaking = await createTagScheme({ environments, pattern: rich, template: 'rel-{env}_{version}_{build}' })
  expect(printTag(speaking, parts).tag).toBe('rel-dev_v1.2_7')
  await expect(createTagScheme({ environments, pattern: rich, template: '{env}-{version}' })).rejects.toMatchObject({
    cause: 'it must contain {build} exactly once',
  })
  await expect(createTagScheme({ environments, pattern: rich, template: '{env}/{version}-{build}' })).rejects.toMatchObject({ code: 'CONFIG_INVALID' })
  await expect(createTagScheme({ environments, template: '{env}-{version}-{build}' })).rejects.toMatchObject({ code: 'CONFIG_INVALID' })
})

test.each([
  [pattern, '{version}-{env}.{build}'],
  [String.raw`^release-(?<env>dev|prod)_(?<version>[^)\]]+(?:x(y))?)-(?<build>\d+)$`, 'release-{env}_{version}-{build}'],
  ['(?P<env>a)?-(?P<version>b)-(?P<build>c)', undefined],
  ['x+(?P<env>a)-(?P<version>b)-(?P<build>c)', undefined],
  ['(?P<env>a)-(?P<version>b)-(?P<build>c)|d', undefined],
  ['(?P<env>a).(?P<version>b)-(?P<build>c)', undefined],
  ['(?P<env>a)-(?P<version>b)', undefined],
])('the template of %s', (text, template) => {
  expect(templateOf(text)).toBe(template)
})
