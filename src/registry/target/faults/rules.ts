/** Which fault a request meets: the first rule that matches, is due, and whom the seeded die hits. */
import { RE2JS } from 're2js'
import { Failure } from '../../../kit/failure.ts'
import type { Quirk } from '../dialect.ts'
import { DIALECTS } from '../dialects/index.ts'
import { repositoryOf } from '../serve/route.ts'
import type { Fault, FaultPlan, FaultRule } from './plan.ts'

export interface Asked {
  readonly method: string
  /** Path and query, as they came. */
  readonly path: string
  /** Content-Length of the request; 0 without a body, and when it is not said. */
  readonly length: number
}

export interface Rules {
  /** To be asked once per request, in the order in which they come. */
  next(asked: Asked): { readonly rule: number; readonly fault: Fault } | undefined
}

/** @throws Failure CONFIG_INVALID for a pattern that is none */
export function createRules({ rules = [], quirks, seed = 1 }: FaultPlan): Rules {
  const dialect = DIALECTS.find(({ name }) => name === quirks)
  const ready = [...rules, ...(dialect?.quirks ?? []).map(({ match, fault }): FaultRule => ({ match, fault: asFault(fault) }))].map((rule, number) => ({
    rule,
    number,
    pattern: compile(rule, number),
    matched: 0,
    done: 0,
  }))
  return {
    next(asked) {
      for (const one of ready) {
        const { match = {}, probability = 1, fault } = one.rule
        if (!matches(match, one.pattern, asked)) continue
        one.matched += 1
        if (match.nth !== undefined && match.nth !== one.matched) continue
        if (one.done >= (one.rule.times ?? (match.nth === undefined ? Infinity : 1))) continue
        // The die depends on the rule and on how often it matched, never on what other requests did meanwhile.
        if (probability < 1 && chance(seed, one.number, one.matched) >= probability) continue
        one.done += 1
        return { rule: one.number, fault: located(fault, one.pattern, asked.path) }
      }
      return undefined
    },
  }
}

/** The same fault, with the groups of the pattern put into the path that it names. */
function located(fault: Fault, pattern: RE2JS | undefined, path: string): Fault {
  const matcher = pattern?.matcher(path)
  if (fault.otherwise === undefined || matcher?.find() !== true) return fault
  return {
    otherwise: fault.otherwise.replace(/\$([1-9])/g, (_all, group: string) =>
      Number(group) <= matcher.groupCount() ? (matcher.group(Number(group)) ?? '') : '',
    ),
  }
}

/** Quirks are data that does not change. */
function asFault(fault: Quirk['fault']): Fault {
  return 'drop' in fault ? { drop: [...fault.drop] } : fault
}

function matches({ method, repository, larger }: NonNullable<FaultRule['match']>, pattern: RE2JS | undefined, asked: Asked): boolean {
  if (method !== undefined && method !== asked.method) return false
  if (repository !== undefined && repository !== repositoryOf(asked.path)) return false
  if (larger !== undefined && asked.length <= larger) return false
  return pattern === undefined || pattern.matcher(asked.path).find()
}

function compile(rule: FaultRule, number: number): RE2JS | undefined {
  const path = rule.match?.path
  if (path === undefined) return undefined
  try {
    return RE2JS.compile(path)
  } catch (error) {
    throw new Failure('CONFIG_INVALID', `the fault plan: rules.${number}.match.path is not an RE2 pattern`, {
      cause: error,
      hint: 'Write for example ^/v2/team/app/manifests/ (no look-ahead, no back-references).',
    })
  }
}

/** A number in [0, 1) that looks random and is always the same for the same three: the finisher of MurmurHash3 over them. */
function chance(seed: number, rule: number, matched: number): number {
  let hash = (seed ^ Math.imul(rule + 1, 0x9e37_79b1) ^ Math.imul(matched, 0x85eb_ca77)) >>> 0
  hash = Math.imul(hash ^ (hash >>> 16), 0x85eb_ca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2_ae35)
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32
}
