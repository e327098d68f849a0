/** A blob sent into an upload in one request, streamed: the way that every registry knows (skopeo#1101, kitops#777). */
import type { Call } from '../../../kit/call.ts'
import { type Failure, isFailure } from '../../../kit/failure.ts'
import { abandon, closeUpload, type Upload } from './upload-session.ts'

/** Sends the blob, once. undefined when it is stored; otherwise why that is in doubt. @throws what no further try can help, and what the source threw */
export async function sendWhole(upload: Upload, location: string, call: Call): Promise<Failure | undefined> {
  const { body } = upload
  try {
    return await closeUpload(upload, location, { size: body.size, open: () => body.open() }, call)
  } catch (error) {
    const doubtful =
      !upload.sourceBroke() && isFailure(error) && ['REGISTRY_UNAVAILABLE', 'PROTOCOL_ERROR', 'LIMIT_REACHED'].includes(error.code) && !call.signal.aborted
    if (doubtful) return error
    await abandon(upload, location)
    throw error
  }
}
