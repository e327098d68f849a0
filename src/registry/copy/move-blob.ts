/** Moving one blob: mounted where the place can, otherwise its bytes streamed through and counted. */
import type { Call } from '../../kit/call.ts'
import type { Descriptor } from '../oci/descriptor.ts'
import { isForeignLayer } from '../oci/media-types.ts'
import { type Body, isLieOfMirror, mounts, type Source, type Target } from '../target/target.ts'
import type { Tally } from './report.ts'

export function createBlobMover(source: Source, target: Target, tally: Tally, call: Call): (blob: Descriptor) => Promise<void> {
  let moved = 0

  /** The body, telling how far the copy as a whole has come. */
  const counted = (body: Body): Body => ({
    size: body.size,
    async *open(from = 0) {
      for await (const chunk of body.open(from)) {
        moved += chunk.length
        call.onProgress?.({ what: `copying to ${target.name}`, done: moved })
        yield chunk
      }
    },
  })

  const carry = async (blob: Descriptor): Promise<'stored' | 'present'> => {
    for (;;) {
      try {
        return await target.push(blob, counted(await source.fetch(blob, call)), call)
      } catch (error) {
        // There are only so many mirrors, and each is caught but once.
        if (!isLieOfMirror(error)) throw error
      }
    }
  }

  return async (blob) => {
    if (isForeignLayer(blob.mediaType)) {
      tally.blobs.foreign += 1
      return
    }
    if (mounts(target) && (await target.mount(blob, source, call))) {
      tally.blobs.mounted += 1
      return
    }
    const result = await carry(blob)
    tally.blobs[result] += 1
    if (result === 'stored') tally.bytes += blob.size
  }
}
