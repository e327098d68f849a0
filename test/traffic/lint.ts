/** What a well-behaved client asks of a registry, as rules over recorded requests. distribution-spec v1.1, "Endpoints". */
import { digestOf, isDigest } from '../../src/registry/oci/digest.ts'
import { MANIFEST_ACCEPT } from '../../src/registry/oci/media-types.ts'
import { isTag } from '../../src/registry/oci/reference.ts'
import type { Recorded } from './recorder.ts'

/** The most that the limiter lets through to one host. */
const MOST_IN_FLIGHT = 16

const NAME = '[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*(?:/[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*)*'

const FALLBACK_TAG = /^sha(?:256|512)-[0-9a-f]{64}$/

interface Endpoint {
  readonly path: RegExp
  readonly methods: readonly string[]
  readonly query: readonly string[]
}

const ENDPOINTS: Readonly<Record<string, Endpoint>> = {
  base: { path: /^\/v2\/$/, methods: ['GET'], query: [] },
  blob: { path: new RegExp(`^/v2/(${NAME})/blobs/([a-z0-9]+:[0-9a-f]+)$`), methods: ['GET', 'HEAD', 'DELETE'], query: [] },
  manifest: { path: new RegExp(`^/v2/(${NAME})/manifests/([^/]+)$`), methods: ['GET', 'HEAD', 'PUT', 'DELETE'], query: [] },
  start: { path: new RegExp(`^/v2/(${NAME})/blobs/uploads/$`), methods: ['POST'], query: ['digest', 'mount', 'from', 'digest-algorithm'] },
  tags: { path: new RegExp(`^/v2/(${NAME})/tags/list$`), methods: ['GET'], query: ['n', 'last'] },
  referrers: { path: new RegExp(`^/v2/(${NAME})/referrers/([a-z0-9]+:[0-9a-f]+)$`), methods: ['GET'], query: ['artifactType', 'n', 'last'] },
  token: { path: /^\/token$/, methods: ['GET', 'POST'], query: ['service', 'scope', 'client_id', 'offline_token', 'account'] },
}

/** Everything that is wrong, as lines: operation, request, rule. */
export function lint(requests: readonly Recorded[]): string[] {
  const found: string[] = []
  const sessions = new Map<string, 'open' | 'done'>()
  const written = new Set<string>()
  const tagReads = new Map<string, number>()
  for (const request of requests) {
    const wrong = (rule: string): void => void found.push(`${request.operation}: ${request.method} ${request.path} (${request.status}): ${rule}`)
    const { method, headers, body, status } = request
    const [path = '', query = ''] = request.path.split('?', 2)
    const parameters = new URLSearchParams(query)

    if (request.inFlight > MOST_IN_FLIGHT) wrong(`${request.inFlight} requests at once`)
    if (!headers['user-agent']?.startsWith('kubeferry')) wrong('does not say who asks')
    if (headers.cookie !== undefined) wrong('a cookie')
    if ((headers['accept-encoding'] ?? 'identity') !== 'identity') wrong('content may be encoded on the way')
    if (method === 'GET' || method === 'HEAD' || method === 'DELETE') {
      if (body.length > 0 || (headers['content-length'] ?? '0') !== '0' || headers['transfer-encoding'] !== undefined) wrong('a body where there is none')
    } else if (headers['content-length'] !== String(body.length) || headers['transfer-encoding'] !== undefined) wrong('Content-Length is not what was sent')

    if (request.origin === 'content') {
      if (headers.authorization !== undefined) wrong('credentials at another origin')
      if (method !== 'GET' && method !== 'HEAD') wrong('a write at another origin')
      continue
    }

    const session = sessions.get(path)
    if (session !== undefined) {
      if (!['PATCH', 'PUT', 'GET', 'DELETE'].includes(method)) wrong('not a method of an upload')
      if (session === 'done') wrong('an upload that is finished already')
      if (method === 'PUT') {
        const digest = parameters.get('digest') ?? ''
        if (!isDigest(digest)) wrong('finishes without a digest')
        if (status === 201) {
          sessions.set(path, 'done')
          once(`${path.replace(/\/uploads\/.*$/, '')} ${digest}`, wrong)
        }
      }
    } else {
      const [kind, endpoint] = Object.entries(ENDPOINTS).find(([, each]) => each.path.test(path)) ?? []
      if (kind === undefined || endpoint === undefined) {
        wrong('not a path of the specification')
        continue
      }
      const [, name = '', reference = ''] = endpoint.path.exec(path) ?? []
      if (!endpoint.methods.includes(method)) wrong('not a method of this path')
      for (const key of parameters.keys()) if (!endpoint.query.includes(key)) wrong(`the parameter ${key} is not known here`)
      if (kind === 'manifest') lintManifest(request, name, decodeURIComponent(reference), wrong)
      if (kind === 'start' && parameters.has('digest') && status === 201) once(`/v2/${name}/blobs ${parameters.get('digest')}`, wrong)
      if (kind === 'blob' && method === 'DELETE') written.delete(`/v2/${name}/blobs ${reference}`)
    }
    if (status === 202 && request.location !== undefined && /\/blobs\/uploads\//.test(path)) sessions.set(request.location.split('?', 1)[0] ?? '', 'open')
  }
  return found

  function once(what: string, wrong: (rule: string) => void): void {
    if (written.has(what)) wrong('stored twice')
    written.add(what)
  }

  function lintManifest({ method, headers, body, status, operation }: Recorded, name: string, reference: string, wrong: (rule: string) => void): void {
    if (!isDigest(reference) && !isTag(reference)) wrong('neither a tag nor a digest')
    const key = `${operation} ${name}:${reference}`
    if (method === 'GET' || method === 'HEAD') {
      const accept = headers.accept ?? ''
      for (const mediaType of MANIFEST_ACCEPT) if (!accept.includes(mediaType)) wrong(`does not accept ${mediaType}`)
    }
    // A fallback tag is a list that changes: before each write and after it, it has to be read by its name.
    if (method === 'GET' && status === 200 && !isDigest(reference) && !FALLBACK_TAG.test(reference)) {
      const reads = (tagReads.get(key) ?? 0) + 1
      tagReads.set(key, reads)
      if (reads > 1) wrong('reads by tag what is known by digest')
    }
    if (method === 'PUT') {
      tagReads.delete(key)
      const document = JSON.parse(body.toString()) as { mediaType?: string }
      if (headers['content-type'] !== document.mediaType) wrong('Content-Type is not that of the manifest')
      if (isDigest(reference) && digestOf(body) !== reference) wrong('the digest is not that of the manifest')
      if (status === 201 && isDigest(reference)) once(`/v2/${name}/manifests ${reference}`, wrong)
      // A tag may be written again, but not with what it names already.
      if (status === 201 && !isDigest(reference)) {
        const naming = `/v2/${name}/manifests ${reference} `
        if (written.has(naming + digestOf(body))) wrong('tagged twice')
        for (const known of written) if (known.startsWith(naming)) written.delete(known)
        written.add(naming + digestOf(body))
      }
    }
    if (method === 'DELETE' && status === 202) {
      for (const known of written) {
        if (known.startsWith(`/v2/${name}/manifests `) && (isTag(reference) ? known.includes(` ${reference} `) : known.includes(reference)))
          written.delete(known)
      }
    }
  }
}
