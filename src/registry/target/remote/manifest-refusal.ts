/** What it means when a registry does not take a manifest; when it misses something, what that is. */
import type { Call } from '../../../kit/call.ts'
import { Failure } from '../../../kit/failure.ts'
import { errorText } from '../../http/error-body.ts'
import type { Answer } from '../../http/request.ts'
import type { Descriptor } from '../../oci/descriptor.ts'
import { childrenOf, type Manifest } from '../../oci/manifest.ts'
import { isForeignLayer, isManifestType } from '../../oci/media-types.ts'
import { dialectAt } from '../find-dialect.ts'
import { blobIsThere } from './blob-look.ts'
import { hasManifest } from './manifest-read.ts'
import type { RepositoryState } from './repository-state.ts'

/** Codes with which registries say that something below the manifest is missing. */
const CHILD_UNKNOWN = new Set(['MANIFEST_BLOB_UNKNOWN', 'BLOB_UNKNOWN', 'MANIFEST_UNKNOWN', 'MANIFEST_REFERENCES_UNKNOWN'])

/** What a refusal means. For missing children `known` says whether the registry itself cannot find one of them. */
export async function manifestRefusal(state: RepositoryState, manifest: Manifest, answer: Answer, what: string, call: Call): Promise<Failure> {
  const codes = answer.errors.map(({ code }) => code).filter((code) => code !== '')
  const cause = `the registry answered ${answer.status}: ${errorText(answer.errors, answer.bytes)}`
  const facts = { status: answer.status, codes }
  if (codes.some((code) => CHILD_UNKNOWN.has(code))) {
    const children = childrenOf(manifest).filter(({ mediaType }) => !isForeignLayer(mediaType))
    const missing: Descriptor[] = []
    for (const child of children) {
      const there = isManifestType(child.mediaType) ? await hasManifest(state, child.digest, call) : await blobIsThere(state, child, ['pull', 'push'], call)
      if (!there) missing.push(child)
    }
    // When all of them are said to be there, one of these words is wrong, and only pushing them again can tell.
    for (const { digest } of missing.length > 0 ? missing : children) state.doubted.add(digest)
    return new Failure('CONTENT_MISSING', `cannot ${what}`, {
      cause,
      hint: 'Push the image again from a place that has all of it.',
      facts: { ...facts, known: missing.length === 0, missing: missing.map(({ digest }) => digest) },
    })
  }
  if (codes.some((code) => code === 'DIGEST_INVALID' || code === 'SIZE_INVALID')) return new Failure('DIGEST_MISMATCH', `cannot ${what}`, { cause, facts })
  if (answer.status === 405)
    return new Failure('UNSUPPORTED', `cannot ${what}`, { cause, facts, hint: 'The registry does not take pushes here; it may be a mirror or a proxy.' })
  if (answer.status === 409 || saysTaken(state, answer.status, codes))
    return new Failure('TAG_TAKEN', `cannot ${what}`, { cause, facts, hint: 'The registry does not let this tag be moved (immutable tags). Use another tag.' })
  return new Failure('CONTENT_INVALID', `cannot ${what}`, { cause, facts, hint: 'The registry does not accept this manifest.' })
}

/** Each product has its own way to say that a tag cannot be moved: 412 where we sent no condition (Harbor), TAG_INVALID for a tag that is valid (ECR). */
function saysTaken({ client, repository }: RepositoryState, status: number, codes: readonly string[]): boolean {
  const way = dialectAt(client, repository.registry)?.facts.immutable?.is
  return status === 412 || (way?.code !== undefined && status === way.status && codes.includes(way.code))
}
