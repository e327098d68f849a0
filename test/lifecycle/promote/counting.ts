/** A target that counts what is asked of it, and can be stopped or changed at any moment. */
import type { Call } from '../../../src/kit/call.ts'
import { createMemoryTarget, type MemoryTarget } from '../../../src/registry/target/memory.ts'

export interface CountingTarget extends MemoryTarget {
  /** Verbs in order, e.g. `resolve`, `push`, `tag`. */
  readonly asked: string[]
  readonly writes: () => number
  /** Runs before each request; may throw or change the world. */
  onRequest: (verb: string, count: number) => void | Promise<void>
}

const WRITES = new Set(['push', 'tag', 'untag', 'remove'])

export function countingTarget(name: string, inner: MemoryTarget = createMemoryTarget(name)): CountingTarget {
  const asked: string[] = []
  const request = async <T>(verb: string, work: () => Promise<T>): Promise<T> => {
    asked.push(verb)
    await target.onRequest(verb, asked.length)
    return work()
  }
  const listing = async function* <T>(verb: string, items: (call: Call) => AsyncIterable<T>, call: Call): AsyncIterable<T> {
    await request(verb, async () => undefined)
    yield* items(call)
  }
  const target: CountingTarget = {
    name,
    asked,
    writes: () => asked.filter((verb) => WRITES.has(verb)).length,
    onRequest: () => undefined,
    resolve: (ref, call) => request('resolve', () => inner.resolve(ref, call)),
    fetch: (descriptor, call) => request('fetch', () => inner.fetch(descriptor, call)),
    has: (descriptor, call) => request('has', () => inner.has(descriptor, call)),
    push: (descriptor, body, call) => request('push', () => inner.push(descriptor, body, call)),
    tag: (descriptor, tag, call) => request('tag', () => inner.tag(descriptor, tag, call)),
    untag: (tag, call) => request('untag', () => inner.untag(tag, call)),
    remove: (descriptor, call) => request('remove', () => inner.remove(descriptor, call)),
    tags: (call) => listing('tags', (c) => inner.tags(c), call),
    referrers: (subject, call) => listing('referrers', (c) => inner.referrers(subject, c), call),
  }
  return target
}
