import { expect, test } from 'vitest'
import { createTagScheme } from '../../../src/lifecycle/tags/create-scheme.ts'
import { judgePush, type PushCase } from '../../../src/lifecycle/tags/judge-push.ts'
import { parseTag } from '../../../src/lifecycle/tags/parse.ts'
import { digestOf } from '../../../src/registry/oci/digest.ts'
import { failureOf } from '../failure-of.ts'

const scheme = await createTagScheme({ environments: ['dev', 'staging', 'prod'] })
const digest = digestOf(Buffer.from('mine'))
const other = digestOf(Buffer.from('theirs'))
const highest = (text: string) => ({ highest: parseTag(scheme, text) })
const base: PushCase = { scheme, tag: 'dev-v1.2-7', digest, where: 'reg.example.com/team/app' }

test.each<[string, Partial<PushCase>, string]>([
  ['the first', {}, 'free'],
  ['a higher build', highest('dev-v1.2-6'), 'free'],
  ['the same build of another version', highest('dev-v1.2-alpine-7'), 'free'],
  ['a hotfix of an older line with a higher build', { tag: 'dev-v1.1-8', ...highest('dev-v1.2-7') }, 'free'],
  ['999 after 1000', { tag: 'dev-v1.2-999', ...highest('dev-v1.2-1000') }, 'BUILD_BACKWARDS'],
  ['a lower build of a higher version', { tag: 'dev-v2.0-1', ...highest('dev-v1.2-7') }, 'BUILD_BACKWARDS'],
  ['a lower build, told', { tag: 'dev-v1.2-5', ...highest('dev-v1.2-7'), backwards: true }, 'free'],
  ['the same digest again', { taken: digest }, 'present'],
  ['the same digest again, newer ones there', { taken: digest, ...highest('dev-v1.2-9') }, 'present'],
  ['another digest', { taken: other }, 'TAG_TAKEN'],
  ['another digest, told about everything else', { taken: other, backwards: true, outside: true }, 'TAG_TAKEN'],
  ['outside the scheme', { tag: 'latest' }, 'TAG_OUTSIDE_SCHEME'],
  ['outside the scheme, told', { tag: 'latest', outside: true }, 'free'],
  ['outside the scheme, told, there', { tag: 'latest', outside: true, taken: digest }, 'present'],
  ['outside the scheme, told, elsewhere', { tag: 'latest', outside: true, taken: other }, 'moves'],
  ['no tag at all, told', { tag: 'a b', outside: true }, 'REFERENCE_INVALID'],
])('%s', (_title, push, expected) => {
  const all: PushCase = { ...base, ...push }
  if (/^[a-z]/.test(expected)) expect(judgePush(all)).toBe(expected)
  else expect(failureOf(() => judgePush(all)).code).toBe(expected)
})

test('a taken tag is a conflict that shows both digests', () => {
  const failure = failureOf(() => judgePush({ ...base, taken: other }))
  expect(failure.exitCode).toBe(8)
  expect(String(failure.cause)).toContain(digest)
  expect(String(failure.cause)).toContain(other)
  expect(failure.facts).toEqual({ tag: 'dev-v1.2-7', taken: other, wanted: digest })
  expect(failureOf(() => judgePush({ ...base, tag: 'dev-v1-1', ...highest('dev-v1.2-9') }))).toMatchObject({ exitCode: 8, facts: { highest: 'dev-v1.2-9' } })
})
