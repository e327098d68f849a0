/** A blob sent into an upload in one request, streamed: the way that every registry knows (skopeo#1101, kitops#777). */
import type { Call } from '../../../kit/call.ts'
import { isFailure } from '../../../kit/failure.ts'
import type { Payload } from '../../http/request.ts'
import { abandon, closeUpload, type Upload } from './upload-session.ts'

/** undefined when it is stored; otherwise why that is in doubt. @throws Failure when another try cannot help, or what the source threw */
export async function sendWhole(upload: Upload, location: string, call: Call): Promise<unknown> {
  const { body } = upload
  let sourceBroke = false
  const payload: Payload = {
    size: body.size,
    async *open() {
      try {
        yield* body.open()
      } catch (error) {
        sourceBroke = true
        throw error
      }
    },
  }
  try {
    return await closeUpload(upload, location, payload, call)
  } catch (error) {
    // What the source throws is no doubt about the target.
    const ours = !sourceBroke && isFailure(error) && ['REGISTRY_UNAVAILABLE', 'PROTOCOL_ERROR', 'LIMIT_REACHED'].includes(error.code) && !call.signal.aborted
    if (ours) return error
    await abandon(upload, location)
    throw error
  }
}
