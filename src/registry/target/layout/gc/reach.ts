/**
 * What of a layout is needed: all that index.json mentions, all that those documents mention, and what is attached to any of it. Fails closed:
 * when one manifest cannot be read, nobody knows what it needs.
 */
import { type Call, throwIfStopped } from '../../../../kit/call.ts'
import { Failure } from '../../../../kit/failure.ts'
import { algorithmOf, type Digest } from '../../../oci/digest.ts'
import { LARGEST_MANIFEST_READ, parseManifest } from '../../../oci/manifest.ts'
import { isManifestType } from '../../../oci/media-types.ts'
import { type LayoutIndex, printIndex } from '../entries.ts'
import type { ReadBlobs } from '../reading.ts'
import { looksLikeJson, type Mentions, mentionsIn } from './mentions.ts'

export interface Reach {
  /** @param present digests of all blobs that are there @throws Failure when something of the layout cannot be understood */
  from(index: LayoutIndex, present: ReadonlySet<Digest>, call: Call): Promise<ReadonlySet<Digest>>
}

/** Documents are read once, however often the index changes. */
export function createReach(name: string, blobs: ReadBlobs): Reach {
  const known = new Map<Digest, Mentions>()
  const checked = new Set<Digest>()
  const manifests = new Set<Digest>()

  const mentionsOf = async (digest: Digest, proven: boolean): Promise<Mentions> => {
    const found = known.get(digest)
    if (found && (checked.has(digest) || !proven)) return found
    const size = await blobs.size(digest)
    const bytes = size === undefined || size > LARGEST_MANIFEST_READ ? new Uint8Array() : await documentAt(digest, size, proven)
    const mentions = mentionsIn(bytes)
    known.set(digest, mentions)
    if (proven) checked.add(digest)
    return mentions
  }

  /** Nothing when it is no document. @throws Failure DIGEST_MISMATCH when what is needed is damaged */
  async function documentAt(digest: Digest, size: number, proven: boolean): Promise<Uint8Array> {
    if (!looksLikeJson(await whole(await blobs.raw(digest, 0, 63)))) return new Uint8Array()
    return whole(proven ? blobs.read({ mediaType: 'application/octet-stream', digest, size }) : await blobs.raw(digest))
  }

  /** @throws Failure unless every entry is understood, and every manifest among them */
  async function checkEntries(index: LayoutIndex): Promise<void> {
    for (const { descriptor } of index.entries) {
      if (!descriptor) throw unclear(name, 'an entry of index.json is not a descriptor that is understood')
      const { digest, mediaType } = descriptor
      if (!isManifestType(mediaType)) continue
      const size = await blobs.size(digest)
      if (size === undefined) throw unclear(name, `index.json names ${digest}, which is not there`)
      if (size > LARGEST_MANIFEST_READ) throw unclear(name, `${digest} is too large for a manifest`)
      await checkManifest(digest, size, mediaType)
    }
  }

  async function checkManifest(digest: Digest, size: number, mediaType: string): Promise<void> {
    if (manifests.has(digest)) return
    const bytes = await whole(blobs.read({ mediaType, digest, size }))
    const manifest = parseManifest(bytes, mediaType, algorithmOf(digest))
    manifests.add(digest)
    for (const child of manifest.kind === 'index' ? manifest.manifests : []) {
      const there = isManifestType(child.mediaType) ? await blobs.size(child.digest) : undefined
      // One that is not there is the choice of who copied some platforms only.
      if (there !== undefined) await checkManifest(child.digest, there, child.mediaType)
    }
  }

  let last: { readonly text: string; readonly present: ReadonlySet<Digest>; readonly reached: ReadonlySet<Digest> } | undefined

  return {
    async from(index, present, call) {
      const text = printIndex(index)
      if (last?.text === text && last.present === present) return last.reached
      await checkEntries(index)
      const reached = new Set<Digest>()
      const follow = async (first: Iterable<Digest>): Promise<void> => {
        const open = [...first]
        for (let next = open.pop(); next !== undefined; next = open.pop()) {
          if (reached.has(next)) continue
          throwIfStopped(call)
          reached.add(next)
          open.push(...(await mentionsOf(next, true)).digests)
        }
      }
      await follow(mentionsIn(Buffer.from(text)).digests)
      // What is attached to something that is needed is needed, and so on.
      for (let before = -1; before !== reached.size; ) {
        before = reached.size
        for (const digest of present) {
          if (reached.has(digest)) continue
          throwIfStopped(call)
          const { subject } = await mentionsOf(digest, false)
          if (subject !== undefined && reached.has(subject)) await follow([digest])
        }
      }
      last = { text, present, reached }
      return reached
    },
  }
}

async function whole(chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const all: Uint8Array[] = []
  for await (const chunk of chunks) all.push(chunk)
  return Buffer.concat(all)
}

function unclear(name: string, why: string): Failure {
  return new Failure('CONTENT_INVALID', `${name} cannot be understood as a whole`, {
    cause: why,
    hint: 'Nothing was removed there. ferry check and ferry repair find and mend what is wrong; then collect again.',
  })
}
