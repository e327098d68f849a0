/** Lists with pages: tags, repositories, referrers. distribution-spec v1.1, § Listing Tags, § Listing Referrers. */
import { type Descriptor, descriptorJson } from '../../oci/descriptor.ts'
import { isDigest } from '../../oci/digest.ts'
import { MEDIA } from '../../oci/media-types.ts'
import { type Answer, type Headers, json, refuse } from './answer.ts'
import type { Ask } from './ask.ts'

/** Bytes of one page of referrers; clients read 4 MiB at least. */
const LARGEST_PAGE = 3 * 1024 * 1024

export async function listTags(ask: Ask, repository: string): Promise<Answer> {
  const store = ask.repositories.store(repository)
  if (!(await store.index())) return refuse(404, 'NAME_UNKNOWN', `there is no repository ${repository}`)
  return page(ask, await store.tags(), `/v2/${repository}/tags/list`, (tags) => ({ name: repository, tags }))
}

export async function listRepositories(ask: Ask): Promise<Answer> {
  return page(ask, await ask.repositories.names(), '/v2/_catalog', (repositories) => ({ repositories }))
}

/** @param sorted in the order of their characters */
function page(ask: Ask, sorted: readonly string[], path: string, body: (names: readonly string[]) => unknown): Answer {
  const wanted = ask.query.get('n')
  if (wanted !== null && !/^[0-9]{1,9}$/.test(wanted)) return refuse(400, 'PAGINATION_NUMBER_INVALID', 'n is a whole number')
  const last = ask.query.get('last')
  const rest = last === null ? sorted : sorted.filter((name) => name > last)
  const names = wanted === null ? rest : rest.slice(0, Number(wanted))
  const end = names.at(-1)
  const more = end !== undefined && names.length < rest.length
  return json(200, body(names), more ? link(path, { n: wanted ?? '', last: end }) : {})
}

function link(path: string, query: Record<string, string>): Headers {
  return { link: `<${path}?${new URLSearchParams(query).toString()}>; rel="next"` }
}

/** Always a list, also for a digest that is not there: a referrer may come before its subject. */
export async function listReferrers(ask: Ask, repository: string, digest: string): Promise<Answer> {
  if (!isDigest(digest)) return refuse(400, 'DIGEST_INVALID', 'the digest is not sha256: or sha512: with lower-case hexadecimal digits')
  const store = ask.repositories.store(repository)
  const index = await store.index()
  const wanted = ask.query.get('artifactType')
  const last = ask.query.get('last') ?? ''
  const found = (index ? await store.graph.referrers(index, digest) : [])
    .filter((descriptor) => (wanted === null || wanted === '' || descriptor.artifactType === wanted) && descriptor.digest > last)
    .toSorted((left, right) => (left.digest < right.digest ? -1 : 1))
  const { manifests, more } = fill(found)
  const filtered = wanted === null || wanted === '' ? {} : { 'oci-filters-applied': 'artifactType' }
  const query = { ...(wanted === null || wanted === '' ? {} : { artifactType: wanted }), last: manifests.at(-1)?.digest ?? '' }
  const next = more ? link(`/v2/${repository}/referrers/${digest}`, query) : {}
  return json(
    200,
    { schemaVersion: 2, mediaType: MEDIA.index, manifests: manifests.map(descriptorJson) },
    { 'content-type': MEDIA.index, ...filtered, ...next },
  )
}

/** As many as one page holds, and at least one. */
function fill(found: readonly Descriptor[]): { manifests: readonly Descriptor[]; more: boolean } {
  let bytes = 0
  const end = found.findIndex((descriptor, at) => {
    bytes += JSON.stringify(descriptor).length
    return at > 0 && bytes > LARGEST_PAGE
  })
  return end < 0 ? { manifests: found, more: false } : { manifests: found.slice(0, end), more: true }
}
