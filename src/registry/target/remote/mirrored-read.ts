/**
 * Reading content by digest from a mirror first, where this machine names one. Only GET of what is proven by its digest: whether something
 * is there, what a tag names and what is attached is for the registry alone to say, and so is every write.
 */
import { type Call, throwIfStopped } from '../../../kit/call.ts'
import { Failure, isFailure } from '../../../kit/failure.ts'
import type { MirrorAnswer } from '../../http/mirrors/mirrors.ts'
import { LARGEST, numberHeader } from '../../http/request.ts'
import { WireError } from '../../http/wire-error.ts'
import type { Descriptor } from '../../oci/descriptor.ts'
import { type Digest, isDigest } from '../../oci/digest.ts'
import type { Tag } from '../../oci/reference.ts'
import { proven, readBody } from '../body.ts'
import type { Body } from '../target.ts'
import { blobBody } from './blob-read.ts'
import type { KnownManifest } from './manifest-cache.ts'
import { ACCEPT, prove, readManifest } from './manifest-read.ts'
import type { RepositoryState } from './repository-state.ts'

/** Bytes. A blob of at most this is proven before any of it is handed out, so that a wrong one is simply read elsewhere. */
const PROVEN_FIRST = 1024 * 1024

/** As readManifest. What a mirror gave is kept apart from what the registry itself is known to have. */
export async function readManifestAnywhere(state: RepositoryState, ref: Tag | Digest, call: Call): Promise<KnownManifest | undefined> {
  if (!isDigest(ref) || !(await state.client.mirrors.any(state.repository))) return await readManifest(state, ref, call)
  const apart = `${state.name} at mirrors`
  const known = state.manifests.get(state.name, ref) ?? state.manifests.get(apart, ref)
  if (known) return known
  const what = `read ${ref} of ${state.name}`
  const wanted = { what, kind: 'manifests', digest: ref, headers: { accept: ACCEPT }, largest: LARGEST.manifest } as const
  for await (const { answer, lied } of state.client.mirrors.ask(state.repository, wanted, call)) {
    try {
      const manifest = prove(state, ref, answer, what)
      state.manifests.put(apart, manifest)
      return manifest
    } catch (error) {
      if (!(error instanceof Failure)) throw error
      lied(error.code)
    }
  }
  return await readManifest(state, ref, call)
}

/** As blobBody. Reading from an offset is for the registry itself: it is what follows a break. */
export async function blobBodyAnywhere(state: RepositoryState, descriptor: Descriptor, call: Call): Promise<Body> {
  const own = blobBody(state, descriptor, call)
  if (!(await state.client.mirrors.any(state.repository))) return own
  return { size: descriptor.size, open: (from = 0) => (from === 0 ? anywhere(state, descriptor, own, call) : own.open(from)) }
}

async function* anywhere(state: RepositoryState, descriptor: Descriptor, own: Body, call: Call): AsyncIterable<Uint8Array> {
  const { digest, size } = descriptor
  const wanted = { what: `read blob ${digest} of ${state.name}`, kind: 'blobs', digest, largest: 'stream' } as const
  for await (const given of state.client.mirrors.ask(state.repository, wanted, call)) {
    const { answer, mirror, lied } = given
    const length = numberHeader(answer, 'content-length') ?? size
    if (length !== size || answer.headers['content-encoding'] !== undefined) {
      for await (const _chunk of answer.chunks ?? []) break
      if (length !== size) lied(`${length} bytes instead of ${size}`)
      continue
    }
    const seen = { mirror: 0, out: 0 }
    const pieces = proven(descriptor, goingOn(given, size, own, seen, call), state.name)
    try {
      if (size <= PROVEN_FIRST) {
        const bytes = await readBody({ size, open: () => pieces }, PROVEN_FIRST)
        yield bytes
        return
      }
      for await (const chunk of pieces) {
        seen.out += chunk.length
        yield chunk
      }
      return
    } catch (error) {
      if (!isFailure(error, 'DIGEST_MISMATCH') || seen.mirror === 0) throw error
      lied('its digest is another')
      // What was handed out cannot be taken back; who reads once more gets it from elsewhere.
      if (seen.out > 0) throw new Failure(error.code, error.message, { ...error.parts, facts: { ...error.facts, mirror } })
    }
  }
  yield* own.open()
}

/** What a mirror sends, and from where it breaks off what the registry has. */
async function* goingOn({ answer, broke }: MirrorAnswer, size: number, own: Body, seen: { mirror: number }, call: Call): AsyncIterable<Uint8Array> {
  try {
    for await (const chunk of answer.chunks ?? []) {
      seen.mirror += chunk.length
      yield chunk
    }
    if (seen.mirror >= size) return
  } catch (error) {
    throwIfStopped(call)
    if (!(error instanceof WireError)) throw error
  }
  broke()
  yield* own.open(seen.mirror)
}
