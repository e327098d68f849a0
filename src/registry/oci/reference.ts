/**
 * Names of images in registries: `host[:port]/repository[:tag][@digest]`.
 * Grammar: distribution/reference. One parser for the whole house; everything is checked before a URL or a path is built.
 */
import { Failure } from '../../kit/failure.ts'
import { printable } from '../../kit/printable.ts'
import { type Digest, isDigest } from './digest.ts'

declare const tagBrand: unique symbol
export type Tag = string & { readonly [tagBrand]: true }

export interface Repository {
  /** `host` or `host:port`, lower case; Docker Hub is `docker.io`. */
  readonly registry: string
  /** `team/app`. */
  readonly path: string
}

export interface Reference extends Repository {
  readonly tag?: Tag
  readonly digest?: Digest
}

const TAG = /^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/
// One component: runs of lower-case letters and digits joined by single `.`, one or two `_`, or any number of `-`. Linear in V8.
const COMPONENT = /^[a-z0-9]+(?:(?:\.|_{1,2}|-+)[a-z0-9]+)*$/
const HOST = /^(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)*|\[[0-9A-Fa-f:.]+\])(?::[0-9]{1,5})?$/
const LONGEST_NAME = 255
const DOCKER_HUB = 'docker.io'
const HUB_ALIASES = new Set(['docker.io', 'index.docker.io', 'registry-1.docker.io'])

export function isTag(text: string): text is Tag {
  return TAG.test(text)
}

/** @throws Failure REFERENCE_INVALID */
export function parseTag(text: string): Tag {
  if (isTag(text)) return text
  const odd = [...text].find((character) => !/[A-Za-z0-9._-]/.test(character))
  const why =
    text === ''
      ? 'it is empty'
      : text.length > 128
        ? 'it is longer than 128 characters'
        : odd
          ? `${nameOf(odd)} is not allowed in a tag`
          : 'it starts with a dot or a dash'
  throw new Failure('REFERENCE_INVALID', `"${printable(text, 160)}" is not a tag: ${why}`, {
    hint: 'A tag has 1 to 128 letters, digits, dots, dashes and underscores, and starts with a letter, a digit or an underscore.',
  })
}

function nameOf(character: string): string {
  const point = character.codePointAt(0) ?? 0
  return point < 0x80 ? `"${printable(character)}"` : `"${printable(character)}" (U+${point.toString(16).toUpperCase().padStart(4, '0')})`
}

/**
 * Parses `host[:port]/path[:tag][@digest]`; a name without a host means Docker Hub, as everywhere.
 * A leading `docker://`, `oci://` or `https://` is accepted and dropped.
 * @throws Failure REFERENCE_INVALID
 */
export function parseReference(text: string): Reference {
  const refuse = (why: string, hint = 'Write host[:port]/repository[:tag][@digest], e.g. harbor.example.com/pay/api:dev-v1.2-1024.'): never => {
    throw new Failure('REFERENCE_INVALID', `"${printable(text, 300)}" is not an image reference: ${why}`, { hint })
  }
  let rest = text.replace(/^(?:docker|oci|https):\/\//, '')
  let digest: Digest | undefined
  const at = rest.indexOf('@')
  if (at >= 0) {
    const found = rest.slice(at + 1)
    if (!isDigest(found))
      return refuse(`"${printable(found, 100)}" is not a digest`, 'After @ stands sha256: with 64, or sha512: with 128, lower-case hexadecimal digits.')
    digest = found
    rest = rest.slice(0, at)
  }
  let tag: Tag | undefined
  const colon = rest.lastIndexOf(':')
  if (colon > rest.lastIndexOf('/') && !rest.slice(colon).includes(']')) {
    tag = parseTag(rest.slice(colon + 1))
    rest = rest.slice(0, colon)
  }
  if (rest === '') return refuse('the name is missing')
  const { registry, path } = splitHost(rest)
  const port = /:([0-9]+)$/.exec(registry)?.[1]
  if (port !== undefined && (Number(port) < 1 || Number(port) > 65_535)) return refuse(`port ${port} does not exist`)
  // What a URL would not take (1.2.3.4.5, xn--) must not get that far.
  if (registry !== DOCKER_HUB && !(HOST.test(registry) && URL.canParse(`http://${registry}`))) return refuse(`"${printable(registry, 100)}" is not a host`)
  // Capital letters alone made it a host; without them it would be read as a part of a name on Docker Hub.
  if (!looksLikeHost(registry))
    return refuse(`"${printable(rest.slice(0, registry.length), 100)}" is a host only with a port`, `Write ${registry}:443/…, or the name in lower case.`)
  for (const component of path.split('/')) {
    if (COMPONENT.test(component)) continue
    if (/[A-Z]/.test(component))
      return refuse(`repository names are lower case ("${printable(component, 100)}")`, `Did you mean ${printable(text.toLowerCase(), 300)}?`)
    return refuse(component === '' ? 'it has an empty part' : `"${printable(component, 100)}" is not allowed in a repository name`)
  }
  if (path.length > LONGEST_NAME) return refuse(`the repository name is longer than ${LONGEST_NAME} characters`)
  return { registry, path, ...(tag === undefined ? {} : { tag }), ...(digest === undefined ? {} : { digest }) }
}

function splitHost(name: string): Repository {
  const slash = name.indexOf('/')
  const first = slash < 0 ? '' : name.slice(0, slash)
  const isHost = first !== '' && (looksLikeHost(first) || /[A-Z]/.test(first))
  const host = isHost ? first.toLowerCase() : DOCKER_HUB
  const path = isHost ? name.slice(slash + 1) : name
  if (!HUB_ALIASES.has(host)) return { registry: host, path }
  return { registry: DOCKER_HUB, path: path.includes('/') ? path : `library/${path}` }
}

/** Whether the first part of a name is a host by itself: it has a dot, a port or a bracket. */
function looksLikeHost(first: string): boolean {
  return /[.:[]/.test(first) || first.toLowerCase() === 'localhost'
}

/** The inverse of parseReference, in full form. */
export function printReference(reference: Reference): string {
  const { registry, path, tag, digest } = reference
  return `${registry}/${path}${tag === undefined ? '' : `:${tag}`}${digest === undefined ? '' : `@${digest}`}`
}

export function printRepository(repository: Repository): string {
  return `${repository.registry}/${repository.path}`
}
