/** Asking for the bytes of a blob, or a part of them, and judging the answer before a byte of it is used. */
import type { Call } from '../../../kit/call.ts'
import { Failure } from '../../../kit/failure.ts'
import { repositoryScope } from '../../http/auth/scope.ts'
import { type Answer, numberHeader } from '../../http/request.ts'
import { notRegistry } from '../../http/status-failure.ts'
import type { Descriptor } from '../../oci/descriptor.ts'
import { believeAbsent } from './absence.ts'
import { decoded } from './decoded.ts'
import type { RepositoryState } from './repository-state.ts'
import { blobPath } from './routes.ts'

export interface Stretch {
  /** Offset of the first byte. */
  readonly from: number
  /** Offset after the last byte. */
  readonly to: number
}

/** Opens a blob at an offset; `skip` says how many bytes come again because the server does not know ranges, and so all of it comes. */
export async function openBlob(
  state: RepositoryState,
  descriptor: Descriptor,
  wanted: Stretch,
  what: string,
  call: Call,
): Promise<{ chunks: AsyncIterable<Uint8Array>; skip: number }> {
  const whole: Stretch = { from: 0, to: descriptor.size }
  let answer = await ask(state, descriptor, wanted, what, call)
  // Some read no ranges, or not this form of them; then all of it comes again.
  if (answer.status === 416) answer = await ask(state, descriptor, whole, what, call)
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
    if (!isRange(answer.headers['content-range'], descriptor, wanted))
      return await refuse(
        new Failure('PROTOCOL_ERROR', `cannot ${what}`, {
          cause: `asked for bytes from ${wanted.from}, got ${(answer.headers['content-range'] ?? 'no Content-Range').slice(0, 80)}`,
        }),
      )
    return { chunks, skip: 0 }
  }
  const size = numberHeader(answer, 'content-length')
  const encoding = (answer.headers['content-encoding'] ?? '').trim().toLowerCase()
  if (encoding !== '' && encoding !== 'identity' && size !== descriptor.size) return { chunks: decoded(chunks, encoding, what), skip: wanted.from }
  if (size !== undefined && size !== descriptor.size)
    return await refuse(mismatch(state, descriptor, `it has ${size} bytes instead of the promised ${descriptor.size}`))
  return { chunks, skip: wanted.from }
}

/** Whether a 206 is of the bytes that were asked for, or of the first of them. */
function isRange(header: string | undefined, { size }: Descriptor, { from, to }: Stretch): boolean {
  const range = /^bytes (\d{1,15})-(\d{1,15})\/(\d{1,15}|\*)$/.exec(header?.trim() ?? '')
  const asked = from > 0 || to < size
  return asked && range !== null && Number(range[1]) === from && Number(range[2]) < to && (range[3] === '*' || Number(range[3]) === size)
}

async function ask(state: RepositoryState, descriptor: Descriptor, { from, to }: Stretch, what: string, call: Call): Promise<Answer> {
  const { repository, client } = state
  const whole = from === 0 && to === descriptor.size
  return await client.send(
    {
      what,
      method: 'GET',
      repository,
      at: blobPath(repository, descriptor.digest),
      headers: whole ? {} : { range: `bytes=${from}-${to - 1}` },
      scopes: [repositoryScope(repository.path, 'pull')],
      largest: 'stream',
      expect: whole ? [200, 404] : [200, 206, 404, 416],
      follow: 'anywhere',
    },
    call,
  )
}

export function mismatch(state: RepositoryState, descriptor: Descriptor, why: string): Failure {
  return new Failure('DIGEST_MISMATCH', `${descriptor.digest} from ${state.name} is not what it claims to be`, {
    cause: why,
    hint: 'The bytes were not used. Something between here and there changes content, or the copy there is damaged.',
    facts: { digest: descriptor.digest },
  })
}
