/** Which thing of the distribution API a path names. distribution-spec v1.1, § Endpoints. */
import { isFailure } from '../../../kit/failure.ts'
import { parseReference } from '../../oci/reference.ts'

export type Route =
  | { readonly kind: 'ping' | 'catalog' | 'token' }
  | { readonly kind: 'tags' | 'uploads'; readonly repository: string }
  | { readonly kind: 'manifest'; readonly repository: string; readonly reference: string }
  | { readonly kind: 'blob' | 'referrers'; readonly repository: string; readonly digest: string }
  | { readonly kind: 'upload'; readonly repository: string; readonly session: string }

/** The repository in the route is not checked yet (isRepositoryName). @param path as it came, still percent-encoded */
export function parseRoute(path: string): Route | undefined {
  if (path === '/v2' || path === '/v2/') return { kind: 'ping' }
  if (path === '/v2/_catalog') return { kind: 'catalog' }
  if (path === '/token') return { kind: 'token' }
  if (!path.startsWith('/v2/')) return undefined
  const parts = decoded(path.slice('/v2/'.length).split('/'))
  if (!parts) return undefined
  const [third = '', second = '', last = ''] = parts.slice(-3)
  const above = (count: number): string => parts.slice(0, -count).join('/')
  if (second === 'blobs' && last === 'uploads' && parts.length > 2) return { kind: 'uploads', repository: above(2) }
  if (third === 'blobs' && second === 'uploads' && parts.length > 3) {
    return last === '' ? { kind: 'uploads', repository: above(3) } : { kind: 'upload', repository: above(3), session: last }
  }
  if (parts.length < 3) return undefined
  const repository = above(2)
  if (second === 'manifests') return { kind: 'manifest', repository, reference: last }
  if (second === 'blobs') return { kind: 'blob', repository, digest: last }
  if (second === 'referrers') return { kind: 'referrers', repository, digest: last }
  if (second === 'tags' && last === 'list') return { kind: 'tags', repository }
  return undefined
}

function decoded(parts: readonly string[]): string[] | undefined {
  try {
    return parts.map((part) => decodeURIComponent(part))
  } catch {
    return undefined
  }
}

export function isRepositoryName(name: string): boolean {
  try {
    const { path, tag, digest } = parseReference(`registry.invalid/${name}`)
    return path === name && tag === undefined && digest === undefined
  } catch (error) {
    if (isFailure(error, 'REFERENCE_INVALID')) return false
    throw error
  }
}

/** The repository that path and query name; undefined when they name none. */
export function repositoryOf(url: string): string | undefined {
  const route = parseRoute(url.split('?', 1)[0] ?? '')
  return route && 'repository' in route ? route.repository : undefined
}
