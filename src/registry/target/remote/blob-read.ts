/**
 * Reading a blob: streamed, proven, and taken up again where it broke off. A new try always goes to the registry, since signed
 * addresses run out. Bytes that were handed out are never asked for twice; the hash goes on over the break.
 */
import { type Call, pause } from '../../../kit/call.ts'
import { networkFailure } from '../../http/status-failure.ts'
import { WireError, worthTrying } from '../../http/wire-error.ts'
import type { Descriptor } from '../../oci/descriptor.ts'
import { proven } from '../body.ts'
import type { Body } from '../target.ts'
import { mismatch, openBlob, type Stretch } from './blob-open.ts'
import { createPace } from './pace.ts'
import { readAhead } from './read-ahead.ts'
import type { RepositoryState } from './repository-state.ts'

/** Bytes. A break after at least this much is the network's everyday; breaks with less are counted. */
const PROGRESS = 1024 * 1024
const MOST_BREAKS = 5
/** The body had no length of its own and stopped before ours; silent truncation looks like this. */
const ENDED_EARLY = 'ERR_STREAM_PREMATURE_CLOSE'
/** Ranges that must be left to be worth more than one stream. */
const LEAST_PARTS = 4

/**
 * Nothing is asked for before the body is opened. `open()` proves size and digest at the end; `open(from)` proves the size alone,
 * since the digest covers the bytes before `from` too: who resumes keeps the hash of what it has.
 */
export function blobBody(state: RepositoryState, descriptor: Descriptor, call: Call): Body {
  return {
    size: descriptor.size,
    open: (from = 0) => (from === 0 ? proven(descriptor, pieces(state, descriptor, 0, call), state.name) : pieces(state, descriptor, from, call)),
  }
}

/** One stream; several ranges at once when that is slow, a lot is left, and no other blob is read so. */
async function* pieces(state: RepositoryState, descriptor: Descriptor, from: number, call: Call): AsyncIterable<Uint8Array> {
  const { reads, ahead } = state
  const pace = createPace()
  let at = from
  const isSlow = (): boolean => reads.ranges && !ahead.busy && pace.bytes >= reads.sample && pace.rate < reads.fastEnough
  for await (const chunk of stretch(state, descriptor, { from, to: descriptor.size }, pace.watch, call)) {
    yield chunk
    at += chunk.length
    if (descriptor.size - at >= LEAST_PARTS * reads.part && isSlow()) break
  }
  if (at >= descriptor.size) return
  ahead.busy = true
  try {
    at = yield* readAhead({
      from: at,
      size: descriptor.size,
      part: reads.part,
      single: pace.rate,
      fetch: (start, to, stop) => range(state, descriptor, { from: start, to }, { ...call, signal: AbortSignal.any([call.signal, stop]) }),
      useless: () => (reads.ranges = false),
    })
  } finally {
    ahead.busy = false
  }
  if (at < descriptor.size) yield* stretch(state, descriptor, { from: at, to: descriptor.size }, (chunks) => chunks, call)
}

/** A part of a blob in memory; undefined when the server sends all of it instead. */
async function range(state: RepositoryState, descriptor: Descriptor, wanted: Stretch, call: Call): Promise<Uint8Array[] | undefined> {
  const chunks: Uint8Array[] = []
  let missing = wanted.to - wanted.from
  for await (const chunk of stretch(state, descriptor, wanted, (same) => same, call)) {
    chunks.push(chunk)
    missing -= chunk.length
  }
  return missing === 0 ? chunks : undefined
}

/** A part of a blob, over all breaks. Ends early when less than the rest is wanted and the server knows no ranges. */
async function* stretch(
  state: RepositoryState,
  descriptor: Descriptor,
  { from, to }: Stretch,
  watch: (chunks: AsyncIterable<Uint8Array>) => AsyncIterable<Uint8Array>,
  call: Call,
): AsyncIterable<Uint8Array> {
  const what = `read blob ${descriptor.digest} of ${state.name}`
  let at = from
  let breaks = 0
  while (at < to || (descriptor.size === 0 && at === from)) {
    const start = at
    let broken: WireError
    try {
      const { chunks, skip } = await openBlob(state, descriptor, { from: at, to }, what, call)
      const ignored = to < descriptor.size && skip > 0
      let pass = skip
      for await (const chunk of watch(chunks)) {
        if (ignored) return
        const fresh = pass === 0 ? chunk : chunk.subarray(Math.min(pass, chunk.length))
        pass -= chunk.length - fresh.length
        if (fresh.length === 0) continue
        at += fresh.length
        yield fresh
        // One byte too many is enough to know: whoever proves the digest has thrown by now.
        if (at > to) throw mismatch(state, descriptor, `it has more than the promised ${descriptor.size} bytes`)
      }
      if (at >= to) return
      broken = new WireError(ENDED_EARLY, `the body ended after ${at} of ${descriptor.size} bytes`)
    } catch (error) {
      if (!(error instanceof WireError)) throw error
      broken = error
    }
    breaks = at - start >= PROGRESS ? 1 : breaks + 1
    if (breaks >= MOST_BREAKS || !worthTrying(broken, breaks)) {
      if (broken.code === ENDED_EARLY) throw mismatch(state, descriptor, `it ends after ${at} of the promised ${descriptor.size} bytes, every time`)
      throw networkFailure(what, state.client.originOf(state.repository.registry), broken)
    }
    await pause(state.client.timing.backoff(breaks), call)
  }
}
