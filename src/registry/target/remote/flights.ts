/**
 * One transfer per blob and repository, however many want it at once: the first one works, the others wait for what comes of it.
 * A failure is theirs too, but not kept; who is stopped, or whose own source broke, leaves the work to the next in the row.
 * What does not belong here: what the work is.
 */
import { type Call, stopReason, throwIfStopped } from '../../../kit/call.ts'
import { Failure } from '../../../kit/failure.ts'
import type { Digest } from '../../oci/digest.ts'

/** What came of it for those who waited. `left`: nothing that says anything about the blob or the place. */
type Landing = { readonly kind: 'there' } | { readonly kind: 'left' } | { readonly kind: 'failed'; readonly error: unknown }

export type Flights = Map<Digest, Promise<Landing>>

/**
 * @param there whether the outcome means that the blob is there now
 * @param own whether a failure is about this caller alone
 * @returns the outcome, or `joined` when somebody else brought it there meanwhile
 */
export async function inOneFlight<T>(
  flights: Flights,
  digest: Digest,
  work: () => Promise<T>,
  { there, own }: { there(outcome: T): boolean; own(): boolean },
  call: Call,
): Promise<T | 'joined'> {
  for (let running = flights.get(digest); running; running = flights.get(digest)) {
    const landing = await unlessStopped(running, call)
    if (landing.kind === 'there') return 'joined'
    if (landing.kind === 'failed') throw landing.error
  }
  throwIfStopped(call)
  let land = (_landing: Landing): void => {}
  flights.set(digest, new Promise<Landing>((resolve) => (land = resolve)))
  let landing: Landing = { kind: 'left' }
  try {
    const outcome = await work()
    if (there(outcome)) landing = { kind: 'there' }
    return outcome
  } catch (error) {
    if (!stopped(call) && !own()) landing = { kind: 'failed', error }
    throw error
  } finally {
    flights.delete(digest)
    land(landing)
  }
}

function stopped(call: Call): boolean {
  return call.signal.aborted || (call.deadline !== undefined && performance.now() > call.deadline)
}

/** Waits for somebody else's work without being bound to it: a stop or deadline of one's own ends the wait. */
async function unlessStopped(running: Promise<Landing>, call: Call): Promise<Landing> {
  throwIfStopped(call)
  let leave = (): void => {}
  let timer: NodeJS.Timeout | undefined
  const stop = new Promise<never>((_resolve, reject) => {
    leave = () => reject(stopReason(call.signal))
    call.signal.addEventListener('abort', leave, { once: true })
    if (call.deadline !== undefined)
      timer = setTimeout(() => reject(new Failure('DEADLINE', 'the allowed time is used up')), Math.max(0, call.deadline - performance.now()))
  })
  try {
    return await Promise.race([running, stop])
  } finally {
    clearTimeout(timer)
    call.signal.removeEventListener('abort', leave)
  }
}
