/**
 * The gates every promotion has: `order` (environments one after the other) and `monotonic` (builds do not go backwards);
 * and asking those that the caller brings along.
 */
import type { Call } from '../../kit/call.ts'
import type { Descriptor } from '../../registry/oci/descriptor.ts'
import type { Source } from '../../registry/target/target.ts'
import { closedBy, type GateResult } from '../plan/gate.ts'
import { buildBackwards } from '../tags/judge-push.ts'
import { compareNumbers } from '../tags/numbers.ts'
import type { SchemeTag } from '../tags/scheme.ts'
import type { PromotionGate } from './request.ts'

/** @param from where the image is proven to be; undefined when it is not proven to be anywhere */
export function orderGate(environments: readonly string[], from: string | undefined, to: string, skip: boolean): GateResult {
  const name = 'order'
  const goal = environments.indexOf(to)
  const start = from === undefined ? -1 : environments.indexOf(from)
  const way = environments.join(' → ')
  if (from !== undefined && start >= goal) {
    return {
      name,
      result: 'closed',
      text: `${to} comes before ${from} in ${way}`,
      hint: 'A promotion goes forward only. Use ferry push to copy an image to another place.',
    }
  }
  const between = environments.slice(start + 1, goal)
  if (between.length === 0) return { name, result: 'open', text: from === undefined ? `${to} is the first environment` : `${to} comes right after ${from}` }
  const text = from === undefined ? `nothing shows that the image is in ${between.at(-1) ?? ''}` : `it has not been in ${between.join(' and ')} (${way})`
  if (skip) return { name, result: 'waived', text }
  return { name, result: 'closed', text, hint: `Promote it to ${between[0] ?? ''} first, or leave environments out on purpose with skip.` }
}

/** @param highest the tag with the highest build in the environment; undefined when there is none; 'unknown' when the place cannot list */
export function monotonicGate(where: string, tag: SchemeTag, highest: SchemeTag | undefined | 'unknown', allowRollback: boolean): GateResult {
  const name = 'monotonic'
  if (highest === 'unknown') {
    const text = `${where} cannot list its tags, so it is not known which build ${tag.environment} has`
    return allowRollback
      ? { name, result: 'waived', text }
      : { name, result: 'closed', text, hint: 'Promote with allow-rollback when it does not matter which build is there.' }
  }
  if (highest === undefined) return { name, result: 'open', text: `${tag.environment} has no build yet` }
  if (compareNumbers(tag.build, highest.build) >= 0)
    return { name, result: 'open', text: `the highest build of ${tag.environment} is ${highest.build} (${highest.tag})` }
  const closed = closedBy(name, buildBackwards(where, tag, highest))
  return allowRollback ? { name, result: 'waived', text: closed.text } : closed
}

/** Asks one after the other, all of them, also after one is closed. @throws Failure when the call is stopped or a registry is down */
export async function askGates(
  gates: readonly PromotionGate[],
  image: { readonly place: Source; readonly descriptor: Descriptor },
  call: Call,
): Promise<GateResult[]> {
  const results: GateResult[] = []
  for (const gate of gates) {
    try {
      results.push({ name: gate.name, result: 'open', text: await gate.ask(image, call) })
    } catch (error) {
      results.push(closedBy(gate.name, error))
    }
  }
  return results
}
