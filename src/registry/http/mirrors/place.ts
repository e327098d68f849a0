/** One place that may have the content of a repository: where it is, and what is true for it alone. Data; what is asked of it is in mirrors.ts. */
import type { Secret } from '../../../kit/secret.ts'

/** How one mirror is reached, beyond what is true for all hosts. */
export interface OwnTrust {
  /** PEM files of authorities. */
  readonly authorities: readonly string[]
  /** PEM files of the certificate that is shown to it; one file may hold both. */
  readonly client?: { readonly cert: string; readonly key: string }
  /** Its certificate is not looked at. */
  readonly unverified: boolean
}

export interface Place {
  /** Scheme, host and port. */
  readonly origin: URL
  /** What comes before the repository in a path: `/v2`, or what `override_path` says instead. */
  readonly base: string
  /** `host` or `host:port` and the repository there; its credentials are looked up by this. */
  readonly registry: string
  readonly path: string
  /** The registry it stands in for, as containerd tells it (`?ns=`). */
  readonly namespace?: string
  readonly trust: OwnTrust
  readonly headers: ReadonlyMap<string, Secret>
  /** The file that names it. */
  readonly from: string
}

export const PLAIN_TRUST: OwnTrust = { authorities: [], unverified: false }
