/**
 * Stand-ins for clouds, in the shape of their published APIs: one server on loopback is the registry (reached as a proxy, under its
 * real name), its cloud's token service and the metadata service of the machine. Nothing here has spoken to a real cloud.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { vi } from 'vitest'
import type { Call } from '../../../../../src/kit/call.ts'
import { Failure } from '../../../../../src/kit/failure.ts'
import type { CredentialSources } from '../../../../../src/registry/http/credentials/credential.ts'
import { openRemote } from '../../../../../src/registry/target/remote/remote.ts'
import { all } from '../../../../contracts/content.ts'
import { bytes, call, createWorld, json, received, type Scripted, type World } from '../../../scripted.ts'

/** One request at one of the stand-ins. */
export interface Asked {
  readonly method: string
  readonly url: URL
  readonly headers: IncomingMessage['headers']
  readonly body: string
  readonly form: URLSearchParams
}

export type Answering = (asked: Asked, response: ServerResponse) => boolean | Promise<boolean>

export interface CloudWorld {
  readonly host: string
  readonly url: string
  readonly directory: string
  readonly asked: Asked[]
  readonly world: World
  /** Requests whose path begins so. */
  count(path: string): number
  file(name: string, content: string): Promise<string>
  /** Tags of a repository, as a client of this registry's name reads them. */
  reader(registry: string, clouds: Record<string, string>, more?: Partial<CredentialSources>): (path?: string, own?: Call) => Promise<string[]>
  close(): Promise<void>
}

export async function createCloudWorld(answering: Answering): Promise<CloudWorld> {
  const world = createWorld()
  const asked: Asked[] = []
  const directory = await mkdtemp(join(tmpdir(), 'ferry-clouds-'))
  const server: Scripted = await world.start(
    async (seen, response, message) => {
      const body = (await received(message)).toString('utf8')
      const one: Asked = {
        method: seen.method,
        url: new URL(seen.path, `http://${seen.headers.host ?? ''}`),
        headers: seen.headers,
        body,
        form: new URLSearchParams(body),
      }
      asked.push(one)
      return await answering(one, response)
    },
    { bare: true },
  )
  // The clouds' libraries read the environment themselves; nothing of the machine that runs this may be in it.
  for (const name of Object.keys(process.env)) if (/^(?:AWS|AZURE|GOOGLE|GCE|IDENTITY|GCLOUD|CLOUDSDK)_/.test(name)) vi.stubEnv(name, undefined)
  vi.stubEnv('HOME', directory)
  return {
    host: server.host,
    url: server.url,
    directory,
    asked,
    world,
    count: (path) => asked.filter(({ url }) => url.pathname.startsWith(path)).length,
    async file(name, content) {
      const path = join(directory, name)
      await writeFile(path, content)
      return path
    },
    reader(registry, clouds, more = {}) {
      const client = world.another({
        plainHttp: [registry],
        network: { httpProxy: server.url },
        credentials: { dockerConfigFiles: [], environment: {}, clouds, ...more },
      })
      return async (path = 'team/app', own = call) => await all(openRemote({ registry, path }, client).tags(own))
    },
    async close() {
      vi.unstubAllEnvs()
      await world.close()
      await rm(directory, { recursive: true })
    },
  }
}

/** A registry that wants Basic and takes this password, or these. */
export function basicRegistry({ url, headers }: Asked, response: ServerResponse, good: (user: string, password: string) => boolean): boolean {
  const [user = '', password = ''] = Buffer.from((headers.authorization ?? '').replace('Basic ', ''), 'base64')
    .toString('utf8')
    .split(/:(.*)/s)
  if (good(user, password)) return json(response, 200, { name: url.pathname, tags: ['v1'] })
  return json(
    response,
    401,
    { errors: [{ code: 'UNAUTHORIZED', message: 'authentication required' }] },
    { 'www-authenticate': 'Basic realm="x",service="ecr.amazonaws.com"' },
  )
}

/** A registry that wants a bearer token of a realm of its own. */
export function bearerRegistry({ url, headers }: Asked, response: ServerResponse, realm: string, good: string): boolean {
  if (headers.authorization === `Bearer ${good}`) return json(response, 200, { name: url.pathname, tags: ['v1'] })
  return bytes(response, 401, '', { 'www-authenticate': `Bearer realm="${url.origin}${realm}",service="${url.host}",scope="repository:team/app:pull"` })
}

/** Everything a person or a log could see of a failure. */
export async function failureOf(work: Promise<unknown>): Promise<{ failure: Failure; text: string }> {
  const failure = await work.then(
    () => new Error('it did not fail'),
    (error: unknown) => error,
  )
  if (!(failure instanceof Failure)) throw failure
  const texts: string[] = []
  for (let next: unknown = failure; next !== undefined; next = next instanceof Error ? next.cause : undefined)
    texts.push(
      next instanceof Failure
        ? `${next.message} ${next.hint ?? ''} ${JSON.stringify(next.facts)}`
        : next instanceof Error
          ? `${next.message} ${next.stack ?? ''}`
          : String(next),
    )
  return { failure, text: texts.join('\n') }
}
