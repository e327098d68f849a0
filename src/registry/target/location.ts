/**
 * Where an image is, as a user writes it: `host/repository[:tag][@digest]`, or `oci:DIR[:tag]` / `oci:DIR@sha256:…` for an
 * OCI layout on disk. In `oci:` the tag is what follows the last colon, when it is a tag and no slash follows.
 */
import { Failure } from '../../kit/failure.ts'
import { printable } from '../../kit/printable.ts'
import { type Digest, parseDigest } from '../oci/digest.ts'
import { isTag, parseReference, printReference, type Repository, type Tag } from '../oci/reference.ts'

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

export type Location = RemoteLocation | LayoutLocation

/** Transports of skopeo and podman. Read as a name, `oci-archive:app.tar` would be an image on Docker Hub. */
const FOREIGN = /^(oci-archive|docker-archive|docker-daemon|containers-storage|dir):(?!\d{1,5}\/)/

/** @throws Failure REFERENCE_INVALID, UNSUPPORTED */
export function parseLocation(text: string): Location {
  const foreign = FOREIGN.exec(text)?.[1]
  if (foreign !== undefined) {
    throw new Failure('UNSUPPORTED', `"${printable(text, 300)}" is a place that other tools know: ${foreign}`, {
      hint: 'Use an OCI layout on disk, oci:DIRECTORY:tag, or host/repository:tag.',
    })
  }
  if (!text.startsWith('oci:') || text.startsWith('oci://')) return { kind: 'remote', ...parseReference(text) }
  let directory = text.slice('oci:'.length)
  let digest: Digest | undefined
  const at = directory.lastIndexOf('@')
  if (at >= 0 && /^sha(?:256|512):/.test(directory.slice(at + 1))) {
    digest = parseDigest(directory.slice(at + 1))
    directory = directory.slice(0, at)
  }
  let tag: Tag | undefined
  const colon = directory.lastIndexOf(':')
  const after = directory.slice(colon + 1)
  if (colon >= 0 && isTag(after)) {
    tag = after
    directory = directory.slice(0, colon)
  } else if (colon >= 0 && !/[/\\]/.test(after)) {
    throw new Failure('REFERENCE_INVALID', `"${printable(text, 300)}" is not a layout: "${printable(after, 160)}" is not a tag`, {
      hint: 'Write oci:DIRECTORY:tag, oci:DIRECTORY@sha256:…, or oci:DIRECTORY.',
    })
  }
  if (directory === '' || directory.includes('\0')) {
    throw new Failure('REFERENCE_INVALID', `"${printable(text, 300)}" names no directory`, { hint: 'Write oci:DIRECTORY:tag, e.g. oci:./out:dev-v1.0-1.' })
  }
  return { kind: 'layout', directory, ...(tag === undefined ? {} : { tag }), ...(digest === undefined ? {} : { digest }) }
}

/** The inverse of parseLocation, in full form. */
export function printLocation(location: Location): string {
  if (location.kind === 'remote') return printReference(location)
  const { directory, tag, digest } = location
  return `oci:${directory}${tag === undefined ? '' : `:${tag}`}${digest === undefined ? '' : `@${digest}`}`
}

/** The same place with another tag, and no digest. */
export function withTag(location: Location, tag: Tag): Location {
  const { digest: _digest, ...place } = location
  return { ...place, tag }
}
