/** Paths of the distribution API. Built only from parsed values (CVE-2024-3727). OCI distribution-spec v1.1. */
import type { Digest } from '../../oci/digest.ts'
import type { Repository, Tag } from '../../oci/reference.ts'

export function manifestPath(repository: Repository, ref: Tag | Digest): string {
  return `/v2/${repository.path}/manifests/${ref}`
}

export function blobPath(repository: Repository, digest: Digest): string {
  return `/v2/${repository.path}/blobs/${digest}`
}

/** @param mount a blob to take from another repository, or from any, instead of an upload */
export function uploadPath(repository: Repository, mount?: { readonly digest: Digest; readonly from?: string }): string {
  const path = `/v2/${repository.path}/blobs/uploads/`
  if (mount === undefined) return path
  const from = mount.from === undefined ? '' : `&from=${encodeURIComponent(mount.from)}`
  return `${path}?mount=${encodeURIComponent(mount.digest)}${from}`
}

export function tagsPath(repository: Repository): string {
  return `/v2/${repository.path}/tags/list`
}

export function referrersPath(repository: Repository, subject: Digest): string {
  return `/v2/${repository.path}/referrers/${subject}`
}
