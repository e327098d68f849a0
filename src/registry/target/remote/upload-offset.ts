/** How far an upload has come, as the registry says, and whether that can be true. OCI distribution-spec v1.1, "Pushing a blob in chunks". */
import { type Call, throwIfStopped } from '../../../kit/call.ts'
import { isFailure } from '../../../kit/failure.ts'
import { type Answer, LARGEST } from '../../http/request.ts'
import { uploadLocation } from './upload-location.ts'
import { pushScopes, type Upload } from './upload-session.ts'

export interface Reached {
  /** Offset of the first byte that is missing. */
  readonly at: number
  /** Where to go on. */
  readonly location: string
}

/** Asks the registry; undefined when it does not know the upload, does not say, or says what cannot be. */
export async function askOffset(upload: Upload, location: string, call: Call): Promise<Reached | undefined> {
  const { state, what } = upload
  try {
    const answer = await state.client.send(
      {
        what,
        method: 'GET',
        repository: state.repository,
        at: location,
        scopes: pushScopes(state),
        largest: LARGEST.error,
        expect: [200, 202, 204, 400, 404, 405, 416],
        tries: 2,
        follow: 'origin',
      },
      call,
    )
    return answer.status < 300 ? readOffset(upload, location, answer) : undefined
  } catch (error) {
    throwIfStopped(call)
    // Where uploads go need not answer questions; then it starts anew.
    if (isFailure(error)) return undefined
    throw error
  }
}

/** What an answer says of the upload. An upload that moves to another host in the middle is not followed. */
export function readOffset({ state, what }: Upload, location: string, answer: Answer): Reached | undefined {
  const at = offsetOf(answer)
  if (at === undefined) return undefined
  if ((answer.headers['location'] ?? '') === '') return { at, location }
  const next = uploadLocation(state, answer, what)
  return new URL(next).origin === new URL(location).origin ? { at, location: next } : undefined
}

/** `0-99` means that 100 bytes are there. `0-0` is what nothing looks like (distribution-spec#578); a single byte is sent again. */
function offsetOf(answer: Answer): number | undefined {
  const last = /^(?:bytes[= ])?0-(\d{1,15})$/.exec(answer.headers['range']?.trim() ?? '')?.[1]
  if (last === undefined) return undefined
  return last === '0' ? 0 : Number(last) + 1
}
