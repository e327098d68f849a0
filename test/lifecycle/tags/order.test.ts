import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createTagScheme } from '../../../src/lifecycle/tags/create-scheme.ts'
import { compareNumbers, increment } from '../../../src/lifecycle/tags/numbers.ts'
import { compareTags, highestBuild, nextTag, selectNewest, sortTags } from '../../../src/lifecycle/tags/order.ts'
import { parseTag } from '../../../src/lifecycle/tags/parse.ts'
import { versionFrom } from '../../../src/lifecycle/tags/version-text.ts'
import { compareVersions } from '../../../src/lifecycle/tags/versions.ts'
import { failureOf } from '../failure-of.ts'

const scheme = await createTagScheme({ environments: ['dev', 'staging', 'prod'] })
const version = fc.oneof(
  fc.stringMatching(/^[A-Za-z0-9._-]{1,8}$/),
  fc.stringMatching(/^v?[0-3](\.[0-2]){0,3}(-(rc|[0-2])(\.[0-2a])?)?(_b)?$/),
  fc.stringMatching(/^[a-b]?0?[0-2][a-b]?0?[0-2]$/),
)

describe('versions', () => {
  test('are in a total order: antisymmetric and transitive, equal ones alike to everything else', () => {
    fc.assert(
      fc.property(version, version, version, (a, b, c) => {
        expect(Math.sign(compareVersions(a, b))).toBe(0 - Math.sign(compareVersions(b, a)))
        expect(compareVersions(a, a)).toBe(0)
        if (compareVersions(a, b) <= 0 && compareVersions(b, c) <= 0) expect(compareVersions(a, c)).toBeLessThanOrEqual(0)
        if (compareVersions(a, b) === 0) expect(Math.sign(compareVersions(a, c))).toBe(Math.sign(compareVersions(b, c)))
      }),
      { numRuns: 5000 },
    )
  })

  test('oldest first', () => {
    const ordered = [
      'feature-9',
      'feature-10',
      'main', // text comes before every version
      '0.9',
      '1.0.0-alpha',
      '1.0.0-alpha.1',
      '1.0.0-alpha.beta',
      '1.0.0-beta',
      '1.0.0-beta.2',
      '1.0.0-beta.11',
      '1.0.0-rc.1',
      '1.0.0', // semver.org §11
      'v1.2.0-rc.1',
      'v1.2',
      'v1.2.0.1',
      'v1.10',
      '2024.05.01',
      '2024.5.2',
      '99999999999999999999.1',
      '100000000000000000000.0',
    ]
    for (const [at, left] of ordered.entries()) {
      for (const right of ordered.slice(at + 1)) expect(compareVersions(left, right), `${left} < ${right}`).toBeLessThan(0)
    }
  })

  test.each([
    ['v1.2', '1.2.0'],
    ['1', 'v1.0.0.0'],
    ['01.2', '1.02'],
    ['1.2_build5', '1.2.0'],
    ['1.2-rc.01', '1.2.0-rc.1'],
    ['V3', '3'],
  ])('%s = %s', (left, right) => {
    expect(compareVersions(left, right)).toBe(0)
  })
})

describe('numbers', () => {
  test('compare and count at any length', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 40n }), fc.bigInt({ min: 0n, max: 10n ** 40n }), (a, b) => {
        expect(Math.sign(compareNumbers(`00${a}`, String(b)))).toBe(a < b ? -1 : a > b ? 1 : 0)
        expect(increment(String(a))).toBe(String(a + 1n))
      }),
    )
    expect(compareNumbers('1000', '999')).toBeGreaterThan(0)
  })
})

describe('tags', () => {
  test('sort by environment as declared, version, build; strangers apart', () => {
    const tags = ['prod-v1-1', 'dev-v1.10-2', 'latest', 'dev-v1.2-1000', 'dev-v1.2-999', 'staging-v1-1', 'dev-v1.2.0-999', 'dev-v1.2-999', 'Zeta']
    const { inside, outside } = sortTags(scheme, tags)
    expect(inside.map((tag) => tag.tag)).toEqual(['dev-v1.2-999', 'dev-v1.2.0-999', 'dev-v1.2-1000', 'dev-v1.10-2', 'staging-v1-1', 'prod-v1-1'])
    expect(outside).toEqual(['Zeta', 'latest'])
  })

  test('sorting does not depend on where one starts', () => {
    const tags = ['dev-v1-1', 'dev-1.0-1', 'dev-v1-2', 'prod-x-1', 'prod-v1-1', 'odd', 'staging-v1-9']
    fc.assert(
      fc.property(fc.shuffledSubarray(tags, { minLength: tags.length }), (shuffled) => {
        expect(sortTags(scheme, shuffled)).toEqual(sortTags(scheme, tags))
      }),
    )
  })

  test('equal builds of equal versions are equally new', () => {
    expect(compareTags(scheme, parseTag(scheme, 'dev-v1.2-7'), parseTag(scheme, 'dev-1.2.0-7'))).toBe(0)
  })

  test('the newest of an environment is the highest version; a higher build of a lower version is told', () => {
    expect(selectNewest(scheme, ['dev-v1.2-1024', 'dev-v1.2-999', 'prod-v9-1'], 'dev', 'r')).toEqual({ tag: parseTag(scheme, 'dev-v1.2-1024') })
    expect(selectNewest(scheme, ['dev-v1.2-1024', 'dev-v1.1-1030'], 'dev', 'r')).toEqual({
      tag: parseTag(scheme, 'dev-v1.2-1024'),
      higherBuild: parseTag(scheme, 'dev-v1.1-1030'),
    })
    expect(failureOf(() => selectNewest(scheme, ['dev-v1-1'], 'prod', 'reg/app'))).toMatchObject({
      code: 'IMAGE_NOT_FOUND',
      message: 'reg/app has no tag of the environment prod',
    })
    expect(failureOf(() => selectNewest(scheme, ['dev-v1.2-7', 'dev-1.2.0-7', 'dev-v1-6'], 'dev', 'r'))).toMatchObject({
      code: 'INPUT_INVALID',
      facts: { tags: ['dev-1.2.0-7', 'dev-v1.2-7'] },
    })
    expect(failureOf(() => selectNewest(scheme, [], 'porduction', 'r'))).toMatchObject({ code: 'INPUT_INVALID' })
  })

  test('the next build is above every build of the repository', () => {
    const next = (tags: string[], atLeast?: string): string => nextTag(scheme, tags, { environment: 'dev', version: 'v1.0' }, atLeast).tag
    expect(next([])).toBe('dev-v1.0-1')
    expect(next(['dev-v1.0-1', 'latest', 'dev-v1.0-x'])).toBe('dev-v1.0-2')
    expect(next(['dev-v1.0-9', 'dev-v0.9-1000', 'dev-v1.0-999'])).toBe('dev-v1.0-1001')
    // dev-v1.0-5 was removed by retention, its promoted twin is still there: its number is used up.
    expect(next(['prod-v1.0-5', 'dev-v1.0-2'])).toBe('dev-v1.0-6')
    expect(next(['dev-v1.0-9'], '20')).toBe('dev-v1.0-21')
    expect(next(['dev-v1.0-9007199254740993'])).toBe('dev-v1.0-9007199254740994')
    expect(highestBuild(sortTags(scheme, ['dev-v2-3', 'prod-v1-9']).inside, 'dev')?.tag).toBe('dev-v2-3')
  })
})

test('case 95: versions made of branch names do not collide', () => {
  const made = ['feat/a', 'feat-a', 'feat a', 'feat_a', 'release/1.0', 'release-1.0', '/feat-a', 'feat-a-', 'ünï'].map((branch) => versionFrom(branch))
  expect(new Set(made).size).toBe(made.length)
  expect(versionFrom('feat-a')).toBe('feat-a')
  expect(versionFrom('///')).toBeUndefined()
  fc.assert(
    fc.property(fc.string(), (text) => {
      const made = versionFrom(text)
      if (made !== undefined) expect(parseTag(scheme, `dev-${made}-1`).version).toBe(made)
    }),
  )
})
