/** Manifests and tags: reading, accepting, removing. distribution-spec v1.1, § Pulling, § Pushing and § Deleting manifests. */
import { Failure, isFailure, reasons } from '../../../kit/failure.ts'
import type { Descriptor } from '../../oci/descriptor.ts'
import { algorithmOf, digestOf, isDigest } from '../../oci/digest.ts'
import { LARGEST_MANIFEST_PUSHED, LARGEST_MANIFEST_READ, type Manifest, parseManifest } from '../../oci/manifest.ts'
import { isTag, type Tag } from '../../oci/reference.ts'
import { readBody } from '../body.ts'
import type { Guard } from '../layout/manifests.ts'
import { type Answer, empty, refuse } from './answer.ts'
import { type Ask, readWhole } from './ask.ts'

/** Tags in one PUT (`?tag=a&tag=b`). */
const MOST_TAGS = 100

export async function answerManifest(ask: Ask, repository: string, reference: string): Promise<Answer> {
  if (ask.method === 'GET') return getManifest(ask, repository, reference)
  if (ask.method === 'PUT') return answered(() => putManifest(ask, repository, reference))
  if (ask.method === 'DELETE') return answered(() => deleteManifest(ask, repository, reference))
  return refuse(405, 'UNSUPPORTED', 'a manifest knows GET, HEAD, PUT and DELETE')
}

/** The failures that are the client's to mend. */
async function answered(work: () => Promise<Answer>): Promise<Answer> {
  try {
    return await work()
  } catch (error) {
    if (isFailure(error, 'PLAN_STALE')) return refuse(412, 'DENIED', error.message)
    if (isFailure(error, 'UNSUPPORTED')) return refuse(405, 'DENIED', [error.message, ...reasons(error)].join(': '))
    throw error
  }
}

async function getManifest(ask: Ask, repository: string, reference: string): Promise<Answer> {
  const store = ask.repositories.store(repository)
  const found = isDigest(reference) || isTag(reference) ? await store.resolve(reference) : undefined
  if (!found) return unknown(repository, reference)
  const headers = { 'content-type': found.mediaType, 'docker-content-digest': found.digest, etag: `"${found.digest}"` }
  if (matches(ask.message.headers['if-none-match'], found)) return { status: 304, headers }
  if (ask.message.method === 'HEAD') return { status: 200, headers: { ...headers, 'content-length': found.size } }
  const body = { size: found.size, open: () => store.blobs.read(found) }
  return { status: 200, headers, body: await readBody(body, LARGEST_MANIFEST_READ) }
}

async function putManifest(ask: Ask, repository: string, reference: string): Promise<Answer> {
  const bytes = await readWhole(ask.message, LARGEST_MANIFEST_PUSHED)
  if (!bytes) return refuse(413, 'SIZE_INVALID', `a manifest has at most ${LARGEST_MANIFEST_PUSHED} bytes`, undefined, { connection: 'close' })
  const byDigest = isDigest(reference)
  if (!byDigest && reference.includes(':')) return refuse(400, 'DIGEST_INVALID', 'the digest is not sha256: or sha512: with lower-case hexadecimal digits')
  const names = byDigest ? ask.query.getAll('tag') : [reference, ...ask.query.getAll('tag')]
  const tags: Tag[] = names.filter((name) => isTag(name))
  if (tags.length < names.length)
    return refuse(400, 'TAG_INVALID', 'a tag has 1 to 128 letters, digits, dots, dashes and underscores and starts with none of . and -')
  if (tags.length > MOST_TAGS) return refuse(414, 'TAG_INVALID', `at most ${MOST_TAGS} tags at once`)
  const algorithm = byDigest ? algorithmOf(reference) : 'sha256'
  const digest = digestOf(bytes, algorithm)
  if (byDigest && digest !== reference) return refuse(400, 'DIGEST_INVALID', 'the manifest has another digest', { expected: reference, found: digest })
  let manifest: Manifest
  try {
    manifest = parseManifest(bytes, announcedType(ask), algorithm)
  } catch (error) {
    if (error instanceof Failure) return refuse(400, 'MANIFEST_INVALID', [error.message, ...reasons(error)].join(': '))
    throw error
  }
  const store = ask.repositories.store(repository)
  try {
    await store.ready(ask.call)
    await store.manifests.put(manifest.descriptor, bytes, tags, ask.call, guardOf(ask))
  } catch (error) {
    if (!isFailure(error, 'CONTENT_MISSING')) throw error
    return refuse(400, 'MANIFEST_BLOB_UNKNOWN', error.message, error.facts)
  }
  return empty(201, {
    location: `/v2/${repository}/manifests/${digest}`,
    'docker-content-digest': digest,
    etag: `"${digest}"`,
    ...(manifest.subject ? { 'oci-subject': manifest.subject.digest } : {}),
    ...(ask.query.has('tag') ? { 'oci-tag': tags } : {}),
  })
}

/** The media type of the request, when it says which; parameters do not matter. */
function announcedType(ask: Ask): string | undefined {
  return ask.message.headers['content-type']?.split(';')[0]?.trim()
}

/** If-Match and If-None-Match on a tag: compared under the lock of the layout, so that two writers cannot both win. */
function guardOf(ask: Ask): Guard {
  const { 'if-match': ifMatch, 'if-none-match': ifNoneMatch } = ask.message.headers
  return (current: Descriptor | undefined) => {
    const moved = ifMatch !== undefined && !matches(ifMatch, current)
    const taken = ifNoneMatch !== undefined && matches(ifNoneMatch, current)
    if (moved || taken) throw new Failure('PLAN_STALE', `the tag names ${current?.digest ?? 'nothing'} now`, { facts: { current: current?.digest ?? '' } })
  }
}

function matches(header: string | undefined, current: Descriptor | undefined): boolean {
  if (header === undefined || !current) return false
  return header.split(',').some((one) => ['*', `"${current.digest}"`, current.digest].includes(one.trim().replace(/^W\//, '')))
}

async function deleteManifest(ask: Ask, repository: string, reference: string): Promise<Answer> {
  const store = ask.repositories.store(repository)
  if (!isDigest(reference) && !isTag(reference)) return unknown(repository, reference)
  const index = await store.index()
  if (!index) return unknown(repository, reference)
  if (isDigest(reference)) {
    const found = await store.manifests.find(index, reference)
    if (!found) return unknown(repository, reference)
    await store.manifests.remove(found, ask.call)
    return empty(202)
  }
  if (!(await store.tags()).includes(reference)) return unknown(repository, reference)
  await store.manifests.untag(reference, ask.call, guardOf(ask))
  return empty(202)
}

function unknown(repository: string, reference: string): Answer {
  return refuse(404, 'MANIFEST_UNKNOWN', `${reference.slice(0, 200)} is not in ${repository}`)
}
