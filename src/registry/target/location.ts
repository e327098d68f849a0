/**
 * Where an image is, as a user writes it:
 *
 *   host/repository[:tag][@digest]
 *   oci:DIR[:tag][@digest]                     an OCI layout on disk; the tag is what follows the last colon, when it is one and no slash follows
 *   oci-archive:FILE.tar[:tag][@digest]        one in a tar; the name of the file has no colon
 *   docker-archive:FILE.tar[:name[:tag]][@digest]  what docker save writes
 *
 * The words and their grammar are those of skopeo and podman.
 */
import { Failure } from '../../kit/failure.ts'
import { printable } from '../../kit/printable.ts'
import { type Digest, parseDigest } from '../oci/digest.ts'
import { isTag, parseReference, parseTag, printReference, type Repository, type Tag } from '../oci/reference.ts'

interface Named {
  readonly tag?: Tag
  readonly digest?: Digest
}

export interface RemoteLocation extends Named, Repository {
  readonly kind: 'remote'
}

export interface LayoutLocation extends Named {
  readonly kind: 'layout'
  readonly directory: string
}

export interface ArchiveLocation extends Named {
  readonly kind: 'archive'
  readonly file: string
}

export interface DockerArchiveLocation extends Named {
  readonly kind: 'docker-archive'
  readonly file: string
  /** In full, `docker.io/library/nginx`. Absent: whatever is in the file. */
  readonly repository?: string
}

export type Location = RemoteLocation | LayoutLocation | ArchiveLocation | DockerArchiveLocation

/** Further transports of skopeo and podman. Read as a name, `dir:out` would be an image on Docker Hub. */
const FOREIGN = /^(docker-daemon|containers-storage|dir):(?!\d{1,5}\/)/
const OURS = /^(oci|oci-archive|docker-archive):(?!\/\/)/

/** @throws Failure REFERENCE_INVALID, UNSUPPORTED */
export function parseLocation(text: string): Location {
  const foreign = FOREIGN.exec(text)?.[1]
  if (foreign !== undefined) {
    throw new Failure('UNSUPPORTED', `"${printable(text, 300)}" is a place that other tools know: ${foreign}`, {
      hint: NEXT_MOVES[foreign] ?? 'Use an OCI layout on disk, oci:DIRECTORY:tag, or host/repository:tag.',
    })
  }
  const transport = OURS.exec(text)?.[1]
  if (transport === undefined) return { kind: 'remote', ...parseReference(text) }
  const { path, digest } = splitDigest(text.slice(text.indexOf(':') + 1))
  const named = digest === undefined ? {} : { digest }
  if (transport === 'oci-archive') return { ...archiveLocation(path, text), ...named }
  if (transport === 'docker-archive') return { ...dockerArchiveLocation(path, text), ...named }
  return { ...layoutLocation(path, text), ...named }
}

const NEXT_MOVES: Readonly<Record<string, string>> = {
  dir: 'Use an OCI layout on disk: oci:DIRECTORY:tag. skopeo copy dir:… oci:… turns one into the other.',
  'docker-daemon': 'Save the image to a file, docker save -o FILE.tar name:tag, and name it docker-archive:FILE.tar:name:tag.',
  'containers-storage': 'Save the image to a file, podman save --format oci-archive -o FILE.tar name:tag, and name it oci-archive:FILE.tar:tag.',
}

function splitDigest(text: string): { path: string; digest?: Digest } {
  const at = text.lastIndexOf('@')
  if (at < 0 || !/^sha(?:256|512):/.test(text.slice(at + 1))) return { path: text }
  return { path: text.slice(0, at), digest: parseDigest(text.slice(at + 1)) }
}

function layoutLocation(path: string, text: string): LayoutLocation {
  const colon = path.lastIndexOf(':')
  const after = path.slice(colon + 1)
  const tag = colon >= 0 && isTag(after) ? after : undefined
  if (colon >= 0 && tag === undefined && !/[/\\]/.test(after)) throw notTag(after, text, 'oci:DIRECTORY:tag, oci:DIRECTORY@sha256:…, or oci:DIRECTORY')
  const directory = tag === undefined ? path : path.slice(0, colon)
  if (directory === '' || directory.includes('\0')) throw noPath('directory', text, 'oci:DIRECTORY:tag, e.g. oci:./out:dev-v1.0-1')
  return { kind: 'layout', directory, ...(tag === undefined ? {} : { tag }) }
}

/** The file, and what follows its first colon. */
function splitFile(path: string, text: string, form: string): { file: string; after?: string } {
  const colon = path.indexOf(':')
  const file = colon < 0 ? path : path.slice(0, colon)
  if (file === '' || file.includes('\0')) throw noPath('file', text, form)
  return { file, ...(colon < 0 ? {} : { after: path.slice(colon + 1) }) }
}

function archiveLocation(path: string, text: string): ArchiveLocation {
  const { file, after } = splitFile(path, text, 'oci-archive:FILE.tar:tag, e.g. oci-archive:./bundle.tar:dev-v1.0-1')
  if (after !== undefined && !isTag(after))
    throw notTag(after, text, 'oci-archive:FILE.tar:tag or oci-archive:FILE.tar@sha256:…; the name of the file has no colon')
  return { kind: 'archive', file, ...(after === undefined ? {} : { tag: after }) }
}

function dockerArchiveLocation(path: string, text: string): DockerArchiveLocation {
  const { file, after } = splitFile(path, text, 'docker-archive:FILE.tar:name:tag, e.g. docker-archive:./app.tar:app:v1')
  if (after === undefined) return { kind: 'docker-archive', file }
  const { registry, path: repository, tag, digest } = parseReference(after)
  if (digest !== undefined || after === '') throw notTag(after, text, 'docker-archive:FILE.tar:name:tag')
  return { kind: 'docker-archive', file, repository: `${registry}/${repository}`, tag: tag ?? parseTag('latest') }
}

function notTag(after: string, text: string, forms: string): Failure {
  return new Failure('REFERENCE_INVALID', `"${printable(text, 300)}" does not name an image: "${printable(after, 160)}" is not a tag`, {
    hint: `Write ${forms}.`,
  })
}

function noPath(what: string, text: string, form: string): Failure {
  return new Failure('REFERENCE_INVALID', `"${printable(text, 300)}" names no ${what}`, { hint: `Write ${form}.` })
}

/** The inverse of parseLocation, in full form. */
export function printLocation(location: Location): string {
  if (location.kind === 'remote') return printReference(location)
  const { tag, digest } = location
  const ends = `${tag === undefined ? '' : `:${tag}`}${digest === undefined ? '' : `@${digest}`}`
  if (location.kind === 'layout') return `oci:${location.directory}${ends}`
  if (location.kind === 'archive') return `oci-archive:${location.file}${ends}`
  return `docker-archive:${location.file}${location.repository === undefined ? '' : `:${location.repository}`}${ends}`
}

/** The same place with another tag, and no digest. */
export function withTag(location: Location, tag: Tag): Location {
  const { digest: _digest, ...place } = location
  return { ...place, tag }
}
