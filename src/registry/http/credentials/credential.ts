/** What opens a registry, and where it came from. A credential says its source in every message, its value in none. */
import type { Secret } from '../../../kit/secret.ts'

interface Known {
  /** Tells credentials apart in the token cache; holds no secret. */
  readonly id: string
  /** Words for messages: `--username`, `/home/bob/.docker/config.json`, `docker-credential-ecr-login`. */
  readonly from: string
  /** Present when it runs out by itself: then it is looked for again. */
  readonly lease?: Lease
  /** Nobody configured it: the identity of the run or machine. When it is refused, access is tried without. */
  readonly implied?: true
}

export interface Lease {
  fresh(): boolean
  /** It was refused: from now on it is not fresh. */
  end(): void
}

export interface BasicCredential extends Known {
  readonly kind: 'basic'
  readonly username: string
  readonly password: Secret
}

/** A refresh token that is traded for bearer tokens (`identitytoken`). */
export interface IdentityCredential extends Known {
  readonly kind: 'identity'
  readonly username: string
  readonly token: Secret
}

/** A bearer token that is used as it is (`registrytoken`). */
export interface BearerCredential extends Known {
  readonly kind: 'bearer'
  readonly token: Secret
}

export type Credential = BasicCredential | IdentityCredential | BearerCredential

export interface FoundCredential {
  readonly credential: Credential | undefined
  /** What was skipped on the way, for the hint when access is refused. */
  readonly notes: readonly string[]
}

interface Given {
  /** `host` or `host:port`: it is shown to no other. */
  readonly registry: string
  /** How messages call the place: `--username`, `input registry-username`. */
  readonly from: string
}

/** A user name and password that were given for one registry, or a bearer token that is sent to it as it stands. */
export type ExplicitCredential = Given & ({ readonly username: string; readonly password: Secret } | { readonly token: Secret })

/** Everything a host knows about where credentials may be. The first place with a match wins, in this order. */
export interface CredentialSources {
  readonly explicit?: readonly ExplicitCredential[]
  /** The content of DOCKER_AUTH_CONFIG. */
  readonly dockerAuthConfig?: string
  /** Paths of docker `config.json` and podman `auth.json` files; missing ones are passed over. */
  readonly dockerConfigFiles: readonly string[]
  /** What credential helpers see of the environment (PATH, HOME, their own variables). */
  readonly environment: Readonly<Record<string, string>>
  /**
   * Where it is given, a registry of AWS, Azure, Google, GitHub or GitLab for which nothing else was found is opened with the identity
   * of this run or machine, and these variables say where that is. The clients of AWS and Google read `process.env` besides.
   */
  readonly clouds?: Readonly<Record<string, string>>
}

/** No credentials at all. */
export const ANONYMOUS: CredentialSources = { dockerConfigFiles: [], environment: {} }
