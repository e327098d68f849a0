import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Failure } from '../../../src/kit/failure.ts'
import { closedBy, type GateResult, requireOpen } from '../../../src/lifecycle/plan/gate.ts'
import { changesNothing, checkFresh, type Plan, type PlanDraft, planHash, sealPlan } from '../../../src/lifecycle/plan/plan.ts'
import { renderPlan } from '../../../src/lifecycle/plan/render-plan.ts'
import { digestOf } from '../../../src/registry/oci/digest.ts'
import { markdownTable } from '../../../src/step/table.ts'
import { failureOf } from '../failure-of.ts'

const digest = digestOf(Buffer.from('image'))
const draft: PlanDraft = {
  kind: 'promotion',
  tool: 'kubeferry 0.1.0',
  subject: 'reg/app:dev-v1-1 → staging-v1-1',
  details: { to: 'staging' },
  actions: [{ verb: 'tag', what: 'staging-v1-1', to: 'reg/app:staging-v1-1', digest, reason: 'promoted', text: 'goes from dev to staging' }],
  seen: { 'reg/app:dev-v1-1': digest, 'reg/app:staging-v1-1': 'absent' },
  gates: [{ name: 'order', result: 'open', text: 'staging comes right after dev' }],
  cost: { requests: 7, bytes: 1536 },
  notes: ['One note.'],
}
const plan = sealPlan(draft)

describe('hash', () => {
  test('survives JSON and any order of keys', () => {
    const shuffle = <T>(value: T): T =>
      JSON.parse(
        JSON.stringify(value, (_key, inner: unknown) =>
          typeof inner === 'object' && inner !== null && !Array.isArray(inner) ? Object.fromEntries(Object.entries(inner).toReversed()) : inner,
        ),
      )
    expect(planHash(shuffle(draft))).toBe(plan.hash)
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.string()), (seen) => {
        expect(planHash(shuffle({ ...draft, seen }))).toBe(planHash({ ...draft, seen }))
      }),
    )
  })

  test('names the decision: changes with what was seen and what is done, not with cost, notes, gates and tool', () => {
    for (const other of [{ seen: {} }, { actions: [] }, { subject: 'x' }, { details: { to: 'prod' } }])
      expect(planHash({ ...draft, ...other })).not.toBe(plan.hash)
    for (const other of [{ cost: { requests: 1, bytes: 1 } }, { notes: [] }, { gates: [] }, { tool: 'kubeferry 9' }])
      expect(planHash({ ...draft, ...other })).toBe(plan.hash)
  })
})

test('a world that moved is refused, and what moved is named', () => {
  checkFresh(plan, { ...plan.seen, 'something/else': 'new' })
  const failure = failureOf(() => checkFresh(plan, { 'reg/app:dev-v1-1': digest, 'reg/app:staging-v1-1': digestOf(Buffer.from('other')) }))
  expect(failure).toMatchObject({ code: 'PLAN_STALE', exitCode: 8 })
  expect(failure.cause).toBe(`reg/app:staging-v1-1 was absent and is ${digestOf(Buffer.from('other'))}`)
  expect(failureOf(() => checkFresh(plan, {})).cause).toBe(`reg/app:dev-v1-1 was ${digest} and is absent`)
  const edited: Plan = { ...plan, actions: [] }
  expect(failureOf(() => checkFresh(edited, plan.seen)).message).toContain('was changed after it was made')
})

test('only keeping changes nothing', () => {
  expect(changesNothing(draft)).toBe(false)
  expect(changesNothing({ ...draft, actions: [{ verb: 'keep', what: 'x', digest, reason: 'r', text: 't' }] })).toBe(true)
})

describe('shown to people', () => {
  test('as rows', () => {
    const { title, actions, gates, lines } = renderPlan(plan)
    expect(title).toBe('Plan: reg/app:dev-v1-1 → staging-v1-1')
    expect(actions.rows).toEqual([['tag', 'staging-v1-1', '', 'reg/app:staging-v1-1', `sha256:${digest.slice(7, 19)}`, 'goes from dev to staging']])
    expect(actions.rows[0]?.length).toBe(actions.columns.length)
    expect(gates.rows).toEqual([['order', 'open', 'staging comes right after dev']])
    expect(lines).toEqual(['One note.', 'Costs at most 7 requests and 1.5 KiB.', `Plan sha256:${plan.hash.slice(7, 19)}`])
  })

  test('text from outside stays text in Markdown and on a terminal', () => {
    const evil = '|a|[x](http://e)<img>`@all\u001b[31m\n# h'
    const { gates } = renderPlan(sealPlan({ ...draft, gates: [{ name: 'signature', result: 'closed', text: evil }] }))
    const shown = markdownTable(gates)
    expect(shown.split('\n')[2]).toBe(
      '| signature | closed | &#124;a&#124;&#91;x&#93;&#40;http://e&#41;&#60;img&#62;&#96;&#64;all&#92;u&#123;1b&#125;&#91;31m&#92;n&#35; h |',
    )
    expect(shown).toContain('| --- | --- | --- |')
  })
})

describe('gates', () => {
  const gate = (name: string, result: GateResult['result'], code?: GateResult['code']): GateResult => ({
    name,
    result,
    text: `${name} says so`,
    ...(code ? { code } : {}),
  })

  test('open and waived ones let through', () => {
    requireOpen([gate('order', 'open'), gate('monotonic', 'waived')], 'cannot promote x')
  })

  test('a closed one stops with its own code, the most serious first, the others told too', () => {
    const failure = failureOf(() =>
      requireOpen(
        [gate('monotonic', 'closed', 'BUILD_BACKWARDS'), gate('order', 'closed'), gate('signature', 'closed', 'SIGNATURE_MISSING')],
        'cannot promote x',
      ),
    )
    expect(failure).toMatchObject({ code: 'SIGNATURE_MISSING', exitCode: 6, cause: 'signature says so', facts: { gate: 'signature' } })
    expect(failure.more.map((one) => one.code)).toEqual(['GATE_CLOSED', 'BUILD_BACKWARDS'])
    expect(failureOf(() => requireOpen([gate('order', 'closed')], 'cannot promote x'))).toMatchObject({
      code: 'GATE_CLOSED',
      exitCode: 7,
      message: 'cannot promote x: the gate "order" is closed',
    })
  })

  test('what says nothing about the gate is thrown on: nothing goes through, and the exit code is its own', () => {
    expect(closedBy('signature', new Failure('SIGNATURE_INVALID', 'no signature fits', { cause: 'other key', hint: 'h' }))).toEqual({
      name: 'signature',
      result: 'closed',
      text: 'no signature fits: other key',
      code: 'SIGNATURE_INVALID',
      hint: 'h',
    })
    for (const code of ['REGISTRY_UNAVAILABLE', 'INTERRUPTED', 'AUTH_DENIED', 'KEY_UNREADABLE', 'LIMIT_REACHED'] as const) {
      expect(failureOf(() => closedBy('signature', new Failure(code, 'x'))).code).toBe(code)
    }
    expect(() => closedBy('signature', new TypeError('defect'))).toThrow(TypeError)
  })
})
