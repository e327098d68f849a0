/**
 * What is attached to a digest: the referrers API and the fallback tag, united. A listing that failed is an error and never an empty
 * list, since "no signatures" would be read from it (retagger#1239).
 */
import type { Call } from '../../../kit/call.ts'
import { Failure } from '../../../kit/failure.ts'
import { isObject, parseStrictJson } from '../../../kit/json.ts'
import { repositoryScope } from '../../http/auth/scope.ts'
import { type Answer, contentType, LARGEST } from '../../http/request.ts'
import { type Descriptor, parseDescriptor } from '../../oci/descriptor.ts'
import { type Digest, fallbackTag } from '../../oci/digest.ts'
import { artifactTypeOf, type IndexManifest, parseManifest } from '../../oci/manifest.ts'
import { isManifestType, MEDIA } from '../../oci/media-types.ts'
import { parseTag } from '../../oci/reference.ts'
import { requireBase, speaksRegistry } from './absence.ts'
import { readManifest } from './manifest-read.ts'
import { pages } from './pages.ts'
import type { RepositoryState } from './repository-state.ts'
import { referrersPath } from './routes.ts'

/** More attachments than this on one digest are not taken for real. */
const MOST_REFERRERS = 10_000

export async function* listReferrers(state: RepositoryState, subject: Digest, call: Call): AsyncIterable<Descriptor> {
  const [listed, fallback] = await Promise.all([readApi(state, subject, call), readFallback(state, subject, call)])
  const seen = new Set<Digest>()
  for (const entry of [...(listed ?? []), ...(fallback?.manifests ?? [])]) {
    if (seen.has(entry.digest) || !isManifestType(entry.mediaType)) continue
    seen.add(entry.digest)
    const complete = await completed(state, subject, entry, call)
    if (complete) yield complete
  }
}

/** Fills in what the listing left out, from the manifest itself; drops an entry that is attached to something else. */
async function completed(state: RepositoryState, subject: Digest, entry: Descriptor, call: Call): Promise<Descriptor | undefined> {
  if (entry.artifactType !== undefined && entry.artifactType !== MEDIA.empty) return entry
  const known = await readManifest(state, entry.digest, call)
  if (!known) {
    throw new Failure('CONTENT_MISSING', `cannot list what is attached to ${subject} in ${state.name}`, {
      cause: `${entry.digest} is listed and not there`,
      hint: 'An incomplete listing is not used. Attach it again, or remove it from the listing.',
      facts: { digest: entry.digest },
    })
  }
  const manifest = parseManifest(known.bytes, entry.mediaType)
  if (manifest.subject?.digest !== subject) return undefined
  const artifactType = artifactTypeOf(manifest)
  return {
    ...entry,
    size: known.bytes.length,
    annotations: { ...manifest.annotations, ...entry.annotations },
    ...(artifactType === undefined ? {} : { artifactType }),
  }
}

/** The entries of the API; undefined when the registry does not have it. @throws Failure when that cannot be told */
export async function readApi(state: RepositoryState, subject: Digest, call: Call): Promise<Descriptor[] | undefined> {
  if (state.listsReferrers === false) return undefined
  const { repository } = state
  const what = `list what is attached to ${subject} in ${state.name}`
  const entries: Descriptor[] = []
  let first = true
  for await (const answer of pages(
    state,
    {
      what,
      method: 'GET',
      repository,
      at: referrersPath(repository, subject),
      headers: { accept: MEDIA.index },
      scopes: [repositoryScope(repository.path, 'pull')],
      largest: LARGEST.manifest,
      // Answers of registries without the API: nothing there, no such method, a way to a web page (GHCR: artifacthub/hub#4785).
      expect: [200, 301, 302, 303, 307, 308, 400, 404, 405, 406],
      follow: 'origin',
    },
    call,
  )) {
    const page = readPage(answer, what)
    if (!page) {
      if (!first)
        throw new Failure('PROTOCOL_ERROR', `cannot ${what} to its end`, {
          cause: `a further page is not an index (${answer.status})`,
          hint: 'An incomplete listing is not used.',
        })
      // A 404 of something else than the registry would hide every signature.
      if (answer.status === 404 && !speaksRegistry(answer)) await requireBase(state, what, answer, call)
      // An unknown repository says nothing about the API.
      if (!answer.errors.some(({ code }) => code === 'NAME_UNKNOWN')) state.listsReferrers = false
      return undefined
    }
    first = false
    state.listsReferrers = true
    entries.push(...page)
    if (entries.length > MOST_REFERRERS) throw new Failure('LIMIT_REACHED', `cannot ${what}`, { cause: `there are more than ${MOST_REFERRERS}` })
  }
  return entries
}

/** The entries of a page; undefined when it is not an OCI index, which is no listing (sigstore-js#1187). */
function readPage(answer: Answer, what: string): Descriptor[] | undefined {
  if (answer.status !== 200 || contentType(answer) !== MEDIA.index) return undefined
  const json = parseStrictJson(answer.bytes, `the answer to "${what}"`)
  if (!isObject(json)) return undefined
  const manifests = json['manifests'] ?? []
  if (!Array.isArray(manifests)) throw new Failure('CONTENT_INVALID', `cannot ${what}`, { cause: 'the list of manifests is not a list' })
  return manifests.map((entry, index) => parseDescriptor(entry, `manifests[${index}]`))
}

/**
 * The index under the fallback tag; undefined when there is none. GitLab resolves that tag to the subject itself (oras-go#1396),
 * whose children would then look like its referrers.
 */
export async function readFallback(state: RepositoryState, subject: Digest, call: Call): Promise<IndexManifest | undefined> {
  const known = await readManifest(state, parseTag(fallbackTag(subject)), call)
  if (!known || known.descriptor.digest === subject) return undefined
  const manifest = parseManifest(known.bytes, known.descriptor.mediaType)
  return manifest.kind === 'index' && manifest.descriptor.mediaType === MEDIA.index ? manifest : undefined
}
