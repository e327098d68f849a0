/**
 * A blob sent into an upload in one request, streamed: the way that every registry knows (skopeo#1101, kitops#777). When that breaks off
 * and the registry has kept a part, the rest is sent, again in one request.
 */
import { type Call, pause } from '../../../kit/call.ts'
import { Failure } from '../../../kit/failure.ts'
import { blobIsWhole } from './blob-look.ts'
import { createSlices, type Slices } from './slices.ts'
import { askOffset, type Reached } from './upload-offset.ts'
import { abandon, closeUpload, isDoubtful, type Upload } from './upload-session.ts'

/** Bytes. Less is sent again sooner than the registry is asked how much of it has arrived. */
const WORTH_ASKING = 1024 * 1024
/** Breaks without that much progress in between. */
const MOST_BREAKS = 5

/** undefined when it is stored; otherwise why that is in doubt. @throws what no further try can help, and what the source threw */
export async function sendWhole(upload: Upload, location: string, call: Call): Promise<Failure | undefined> {
  const slices = createSlices(upload.body)
  let here: Reached = { at: 0, location }
  try {
    for (let breaks = 1; ; breaks += 1) {
      let broken: Failure
      try {
        return await sendRest(upload, here, slices, call)
      } catch (error) {
        if (!isDoubtful(upload, error, call)) throw error
        broken = error
      }
      if (broken.code !== 'REGISTRY_UNAVAILABLE' || upload.descriptor.size < WORTH_ASKING || breaks > MOST_BREAKS) return broken
      if (!upload.state.uploads.resumes) return broken
      await pause(upload.state.client.timing.backoff(breaks), call)
      const reached = await askOffset(upload, here.location, call)
      // Nothing arrived, less than before, or more than we sent: that upload is not to be relied on.
      if (!reached || reached.at === 0 || reached.at < here.at || reached.at > slices.handedOut) return broken
      if (reached.at - here.at >= WORTH_ASKING) breaks = 0
      here = reached
    }
  } catch (error) {
    await abandon(upload, here.location)
    throw error
  } finally {
    slices.close()
  }
}

/** Closes the upload with all that is missing. What was put together from parts is looked at before it counts. */
async function sendRest(upload: Upload, { at, location }: Reached, slices: Slices, call: Call): Promise<Failure | undefined> {
  const { state, descriptor, what } = upload
  const rest = slices.slice(at, descriptor.size - at)
  if (at === 0) return await closeUpload(upload, location, rest, {}, call)
  const doubt = await closeUpload(upload, location, rest, rest.size === 0 ? {} : { 'content-range': `${at}-${descriptor.size - 1}` }, call)
  if (await blobIsWhole(state, descriptor, call)) return undefined
  state.uploads.resumes = false
  // Whatever it says of the digest: the bytes were not sent in one piece.
  return new Failure('REGISTRY_UNAVAILABLE', `cannot ${what}`, { cause: doubt?.cause ?? 'the registry did not put the parts of the upload together' })
}
