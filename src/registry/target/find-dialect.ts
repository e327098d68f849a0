/** Which product a registry is: said by the user, told by its host, or shown by the headers of its answers. Unknown is the usual case and costs nothing. */
import { Failure } from '../../kit/failure.ts'
import { suggest } from '../../kit/suggest.ts'
import type { RegistryClient } from '../http/client.ts'
import type { Shown } from '../http/one-hop.ts'
import type { Dialect } from './dialect.ts'
import { DIALECTS } from './dialects/index.ts'

/**
 * @param host `host` or `host:port`
 * @param shown headers of any answer of it; the host decides first, since a proxy can add and drop headers
 */
export function dialectOf(host: string, shown: Shown = {}): Dialect | undefined {
  const name = host.replace(/:\d+$/, '').toLowerCase()
  return (
    DIALECTS.find(({ recognised }) => (recognised.hosts ?? []).some((pattern) => hostMatches(pattern, name))) ??
    DIALECTS.find(({ recognised }) => recognised.headers !== undefined && headersMatch(recognised.headers, shown))
  )
}

/**
 * The product of a registry as far as it is known by now.
 * @throws Failure INPUT_INVALID when the user named one that there is not
 */
export function dialectAt(client: RegistryClient, registry: string): Dialect | undefined {
  const named = client.dialectOf(registry)
  return named === undefined ? dialectOf(registry, client.shownBy(registry)) : dialectNamed(named)
}

/** @throws Failure INPUT_INVALID naming what there is */
export function dialectNamed(name: string): Dialect {
  const found = DIALECTS.find((dialect) => dialect.name === name)
  if (found) return found
  const names = DIALECTS.map((dialect) => dialect.name)
  const near = suggest(name, names)
  throw new Failure('INPUT_INVALID', `there is no registry product "${name.slice(0, 60)}"`, {
    hint: `${near === undefined ? '' : `Did you mean ${near}? `}Known are: ${names.join(', ')}.`,
  })
}

/** `.azurecr.io`: everything below it. `*`: one or more characters within a label. Never a part of another name: `evilghcr.io` is not `ghcr.io`. */
function hostMatches(pattern: string, host: string): boolean {
  if (pattern.startsWith('.')) return host.endsWith(pattern) && host.length > pattern.length
  const wanted = pattern.split('.')
  const labels = host.split('.')
  return wanted.length === labels.length && wanted.every((part, at) => labelMatches(part, labels[at] ?? ''))
}

function labelMatches(pattern: string, label: string): boolean {
  const star = pattern.indexOf('*')
  if (star < 0) return pattern === label
  const [before, after] = [pattern.slice(0, star), pattern.slice(star + 1)]
  return label.length > before.length + after.length && label.startsWith(before) && label.endsWith(after)
}

function headersMatch(wanted: Readonly<Record<string, string>>, shown: Shown): boolean {
  return Object.entries(wanted).every(([name, text]) => shown[name]?.toLowerCase().includes(text) === true)
}
