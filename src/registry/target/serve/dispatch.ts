/** From a request to the handler that answers it. */
import type { IncomingMessage } from 'node:http'
import { type Answer, json, refuse } from './answer.ts'
import type { Ask } from './ask.ts'
import type { Gate } from './auth.ts'
import { answerBlob } from './blobs.ts'
import { listReferrers, listRepositories, listTags } from './listings.ts'
import { answerManifest } from './manifests.ts'
import { isRepositoryName, parseRoute, type Route } from './route.ts'
import { continueUpload, startUpload } from './uploads.ts'

export async function dispatch(message: IncomingMessage, gate: Gate, base: Pick<Ask, 'call' | 'repositories' | 'sessions'>): Promise<Answer> {
  const url = message.url ?? ''
  const mark = url.indexOf('?')
  const route = parseRoute(mark < 0 ? url : url.slice(0, mark))
  if (!route) return refuse(404, 'UNSUPPORTED', 'this path is not part of the distribution API')
  const refused = gate.check(message, route)
  if (refused) return refused
  const query = new URLSearchParams(mark < 0 ? '' : url.slice(mark + 1))
  if (route.kind === 'token') return gate.token(message, query)
  if ('repository' in route && !isRepositoryName(route.repository)) return refuse(400, 'NAME_INVALID', 'the repository name does not follow the grammar')
  const method = message.method === 'HEAD' ? 'GET' : (message.method ?? 'GET')
  return answerRoute({ ...base, method, query, message, mayPull: (repository) => gate.mayPull(message, repository) }, route)
}

async function answerRoute(ask: Ask, route: Route): Promise<Answer> {
  const onlyGet = (work: () => Promise<Answer>): Promise<Answer> =>
    ask.method === 'GET' ? work() : Promise.resolve(refuse(405, 'UNSUPPORTED', 'this can only be read', undefined, { allow: 'GET, HEAD' }))
  switch (route.kind) {
    case 'manifest':
      return answerManifest(ask, route.repository, route.reference)
    case 'blob':
      return answerBlob(ask, route.repository, route.digest)
    case 'uploads':
      return ask.method === 'POST'
        ? startUpload(ask, route.repository)
        : refuse(405, 'UNSUPPORTED', 'an upload is started by POST', undefined, { allow: 'POST' })
    case 'upload':
      return continueUpload(ask, route.repository, route.session)
    case 'tags':
      return onlyGet(() => listTags(ask, route.repository))
    case 'referrers':
      return onlyGet(() => listReferrers(ask, route.repository, route.digest))
    case 'catalog':
      return onlyGet(() => listRepositories(ask))
    case 'ping':
    case 'token':
    default:
      return onlyGet(() => Promise.resolve(json(200, {})))
  }
}
