/**
 * Reading a blob: streamed, proven, and taken up again where it broke off. A new try always goes to the registry, since signed
 * addresses run out. Bytes that were handed out are never asked for twice; the hash goes on over the break.
 */
import { type Call, pause } from '../../../kit/call.ts'
import { Failure } from '../../../kit/failure.ts'
import { repositoryScope } from '../../http/auth/scope.ts'
import { type Answer, numberHeader } from '../../http/request.ts'
import { networkFailure, notRegistry } from '../../http/status-failure.ts'
import { WireError, worthTrying } from '../../http/wire-error.ts'
import type { Descriptor } from '../../oci/descriptor.ts'
import { proven } from '../body.ts'
import type { Body } from '../target.ts'
import { believeAbsent } from './absence.ts'
import { decoded } from './decoded.ts'
import type { RepositoryState } from './repository-state.ts'
import { blobPath } from './routes.ts'

/** Bytes. A break after at least this much is the network's everyday; breaks with less are counted. */
const PROGRESS = 1024 * 1024
const MOST_BREAKS = 5
/** The body had no length of its own and stopped before ours; silent truncation looks like this. */
const ENDED_EARLY = 'ERR_STREAM_PREMATURE_CLOSE'

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

async function* pieces(state: RepositoryState, descriptor: Descriptor, from: number, call: Call): AsyncIterable<Uint8Array> {
  const what = `read blob ${descriptor.digest} of ${state.name}`
  let at = from
  let breaks = 0
  while (at < descriptor.size || (descriptor.size === 0 && at === from)) {
    const start = at
    let broken: WireError
    try {
      const { chunks, skip } = await open(state, descriptor, at, what, call)
      let pass = skip
      for await (const chunk of chunks) {
        const fresh = pass === 0 ? chunk : chunk.subarray(Math.min(pass, chunk.length))
        pass -= chunk.length - fresh.length
        if (fresh.length === 0) continue
        at += fresh.length
        yield fresh
        // One byte too many is enough to know: whoever proves the digest has thrown by now.
        if (at > descriptor.size) throw tooLong(state, descriptor)
      }
      if (at >= descriptor.size) return
      broken = new WireError(ENDED_EARLY, `the body ended after ${at} of ${descriptor.size} bytes`)
    } catch (error) {
      if (!(error instanceof WireError)) throw error
      broken = error
    }
    breaks = at - start >= PROGRESS ? 1 : breaks + 1
    if (breaks >= MOST_BREAKS || !worthTrying(broken, breaks)) {
      if (broken.code === ENDED_EARLY) throw tooShort(state, descriptor, at)
      throw networkFailure(what, state.client.originOf(state.repository.registry), broken)
    }
    await pause(state.client.timing.backoff(breaks), call)
  }
}

/** Opens a blob at an offset; `skip` says how many bytes come again because the server does not know ranges. */
async function open(
  state: RepositoryState,
  descriptor: Descriptor,
  at: number,
  what: string,
  call: Call,
): Promise<{ chunks: AsyncIterable<Uint8Array>; skip: number }> {
  let answer = await ask(state, descriptor, at, what, call)
  // Some read no ranges, or not this form of them; then all of it comes again.
  if (answer.status === 416) answer = await ask(state, descriptor, 0, what, call)
  const { chunks } = answer
  if (!chunks) {
    await believeAbsent(state, what, answer, call)
    state.present.delete(descriptor.digest)
    throw new Failure('CONTENT_MISSING', `${descriptor.digest} is not in ${state.name}`, {
      hint: 'The registry lists content it does not have. Push the image again, or take it from another place.',
      facts: { digest: descriptor.digest },
    })
  }
  const refuse = async (failure: Failure): Promise<never> => {
    for await (const _chunk of chunks) break
    throw failure
  }
  const page = notRegistry(what, answer)
  if (page && answer.status === 200 && numberHeader(answer, 'content-length') !== descriptor.size) return await refuse(page)
  if (answer.status === 206) {
    const range = /^bytes (\d{1,15})-(\d{1,15})\/(\d{1,15}|\*)$/.exec(answer.headers['content-range']?.trim() ?? '')
    const wanted =
      at > 0 && range !== null && Number(range[1]) === at && Number(range[2]) < descriptor.size && (range[3] === '*' || Number(range[3]) === descriptor.size)
    if (!wanted)
      return await refuse(
        new Failure('PROTOCOL_ERROR', `cannot ${what}`, {
          cause: `asked for bytes from ${at}, got ${(answer.headers['content-range'] ?? 'no Content-Range').slice(0, 80)}`,
        }),
      )
    return { chunks, skip: 0 }
  }
  const size = numberHeader(answer, 'content-length')
  const encoding = (answer.headers['content-encoding'] ?? '').trim().toLowerCase()
  if (encoding !== '' && encoding !== 'identity' && size !== descriptor.size) return { chunks: decoded(chunks, encoding, what), skip: at }
  if (size !== undefined && size !== descriptor.size) return await refuse(wrongSize(state, descriptor, size))
  return { chunks, skip: at }
}

async function ask(state: RepositoryState, descriptor: Descriptor, at: number, what: string, call: Call): Promise<Answer> {
  const { repository, client } = state
  return await client.send(
    {
      what,
      method: 'GET',
      repository,
      at: blobPath(repository, descriptor.digest),
      headers: at === 0 ? {} : { range: `bytes=${at}-${descriptor.size - 1}` },
      scopes: [repositoryScope(repository.path, 'pull')],
      largest: 'stream',
      expect: at === 0 ? [200, 404] : [200, 206, 404, 416],
      follow: 'anywhere',
    },
    call,
  )
}

function wrongSize(state: RepositoryState, descriptor: Descriptor, size: number): Failure {
  return mismatch(state, descriptor, `it has ${size} bytes instead of the promised ${descriptor.size}`)
}

function tooLong(state: RepositoryState, descriptor: Descriptor): Failure {
  return mismatch(state, descriptor, `it has more than the promised ${descriptor.size} bytes`)
}

function tooShort(state: RepositoryState, descriptor: Descriptor, at: number): Failure {
  return mismatch(state, descriptor, `it ends after ${at} of the promised ${descriptor.size} bytes, every time`)
}

function mismatch(state: RepositoryState, descriptor: Descriptor, why: string): Failure {
  return new Failure('DIGEST_MISMATCH', `${descriptor.digest} from ${state.name} is not what it claims to be`, {
    cause: why,
    hint: 'The bytes were not used. Something between here and there changes content, or the copy there is damaged.',
    facts: { digest: descriptor.digest },
  })
}
