/** How a registry, or the proxy before it, takes uploads: what is known beforehand and what this run has learnt. Shared by all its repositories. */

import type { Dialect } from '../dialect.ts'

export interface UploadManners {
  /** Whether an upload in several requests is worth a try. */
  chunks: boolean
  /** Whether an upload that broke off can be gone on with. */
  resumes: boolean
  /** Bytes. The most that one of several requests may have, as far as is known. */
  largestChunk: number
  /** Bytes. Bodies of this size were refused as too large, so that larger ones are not even tried whole. */
  refused: number
}

/** Bytes. Below what proxies in the cloud let through (Cloudflare: 100 MB); each is one request more. */
const USUAL_CHUNK = 64 * 1024 * 1024

export function createUploadManners(dialect?: Dialect): UploadManners {
  const known = dialect?.facts.chunks?.is
  return {
    chunks: known !== 'never',
    resumes: known !== 'never',
    largestChunk: typeof known === 'number' ? known : USUAL_CHUNK,
    refused: Number.POSITIVE_INFINITY,
  }
}
