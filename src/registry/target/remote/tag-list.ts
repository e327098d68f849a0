/** All tags of a repository. A repository that is proven not to exist has none; a listing that failed throws. */
import type { Call } from '../../../kit/call.ts'
import { Failure } from '../../../kit/failure.ts'
import { repositoryScope } from '../../http/auth/scope.ts'
import { type Answer, LARGEST } from '../../http/request.ts'
import { notRegistry } from '../../http/status-failure.ts'
import { isTag, type Tag } from '../../oci/reference.ts'
import { believeAbsent } from './absence.ts'
import { pages } from './pages.ts'
import type { RepositoryState } from './repository-state.ts'
import { tagsPath } from './routes.ts'

/** No `n`: ECR, Quay and ACR each have another idea of it (ggcr#1091, ggcr#1963, Azure/acr#749). */
export async function* listTags(state: RepositoryState, call: Call): AsyncIterable<Tag> {
  const { repository } = state
  const what = `list the tags of ${state.name}`
  const seen = new Set<string>()
  let first = true
  for await (const answer of pages(
    state,
    {
      what,
      method: 'GET',
      repository,
      at: tagsPath(repository),
      scopes: [repositoryScope(repository.path, 'pull')],
      largest: LARGEST.tags,
      expect: [200, 404],
      follow: 'origin',
    },
    call,
  )) {
    if (answer.status === 404) {
      if (!first) throw new Failure('PROTOCOL_ERROR', `cannot ${what} to its end`, { cause: 'a page that the registry named is not there' })
      return await believeAbsent(state, what, answer, call)
    }
    first = false
    for (const tag of readTags(answer, what)) {
      if (seen.has(tag)) continue
      seen.add(tag)
      yield tag
    }
  }
}

/** `{"tags": […]}`; null, digests and other oddities among them are passed over (skopeo#2409, skopeo#2346). */
function readTags(answer: Answer, what: string): Tag[] {
  const page = notRegistry(what, answer)
  if (page) throw page
  let json: unknown
  try {
    json = JSON.parse(Buffer.from(answer.bytes).toString('utf8'))
  } catch {
    json = undefined
  }
  const tags: unknown = typeof json === 'object' && json !== null && 'tags' in json ? json.tags : undefined
  if (tags === null) return []
  if (!Array.isArray(tags)) throw new Failure('PROTOCOL_ERROR', `cannot ${what}`, { cause: 'the answer is not a list of tags', hint: 'Is this a registry?' })
  return tags.filter((tag: unknown): tag is Tag => typeof tag === 'string' && isTag(tag))
}
