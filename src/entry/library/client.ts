/**
 * The client of the library: the opener with defaults, and nothing of the engine below it.
 * What does not belong here: how requests are made (registry/http), and where a command finds its credentials (hosts).
 */
import { credentialSources } from '../../hosts/credentials.ts'
import { networkSettings } from '../../hosts/network.ts'
import { type Call, freeCall } from '../../kit/call.ts'
import { PRODUCT } from '../../kit/product.ts'
import { ANONYMOUS, type CredentialSources } from '../../registry/http/credentials/credential.ts'
import type { NetworkSettings } from '../../registry/http/network-settings.ts'
import type { RequestLine } from '../../registry/http/request-line.ts'
import type { Location } from '../../registry/target/location.ts'
import { createOpener, type Opened } from '../../registry/target/open.ts'

export interface ClientOptions {
  /** Where credentials may be. Default: nowhere; `usualCredentials(process.env)` looks where docker and podman keep them. */
  readonly credentials?: CredentialSources
  /** Default `kubeferry/<version>`. */
  readonly userAgent?: string
  /** Registries (`host` or `host:port`) that are spoken to without TLS; loopback ones are anyway. */
  readonly plainHttp?: readonly string[]
  /** Loopback registries that do speak TLS; those with certificates of their own in `network.certificateDirectories` do anyway. */
  readonly tls?: readonly string[]
  /** PEM files of authorities to trust besides the usual ones. */
  readonly caFiles?: readonly string[]
  /** Proxies, certificate directories and files that name mirrors. Default: none; `usualNetwork(process.env)` reads what curl, docker and podman read. */
  readonly network?: NetworkSettings
  /** Registries whose product is known: `host` → its name in docs/reference/registries.md. Otherwise host and answers tell. */
  readonly dialects?: Readonly<Record<string, string>>
  /** Called after each exchange, token requests included. */
  onRequest?(line: RequestLine): void
  /** Oddities of registries that were overcome; each text is given once. */
  onWarning?(text: string): void
}

export interface Client {
  /**
   * The place that a location names: `host/repository[:tag][@digest]`, `oci:DIR[:tag]` for a layout on disk, or `oci-archive:FILE.tar[:tag]`
   * for one in a tar. Costs nothing yet. What is written to an archive is collected beside it until `finish`.
   * @throws Failure REFERENCE_INVALID
   */
  open(location: Location | string): Opened
  /**
   * Makes what was written to archives count: each becomes a new tar, in one rename. Without it they stay as they were. Other places need none.
   * @throws Failure when an archive cannot be written
   */
  finish(call?: Call): Promise<void>
  /** Ends connections, and forgets what was not finished. A program ends without it too, a few seconds later. */
  close(): void
  /** The same, for `using client = createClient()`. */
  [Symbol.dispose](): void
  /** The same, for `await using client = createClient()`; waits until nothing of what was not finished is left on the disk. */
  [Symbol.asyncDispose](): Promise<void>
}

/** One client per program is the rule: sockets, tokens and what was learnt of each registry are shared by all that it opens. */
export function createClient(options: ClientOptions = {}): Client {
  const opener = createOpener({ ...options, credentials: options.credentials ?? ANONYMOUS, userAgent: options.userAgent ?? PRODUCT.userAgent })
  return {
    open: (location) => opener.open(location),
    finish: (call = freeCall()) => opener.finish(call),
    close: () => opener.close(),
    [Symbol.dispose]: () => opener.close(),
    async [Symbol.asyncDispose]() {
      await opener.discard()
      opener.close()
    },
  }
}

/**
 * Where docker, podman and their credential helpers keep credentials: `$REGISTRY_AUTH_FILE`, `$DOCKER_CONFIG`, `~/.docker/config.json`,
 * podman's `auth.json`, `$DOCKER_AUTH_CONFIG`. Reads the variables that it is given, no file yet.
 * @param variables usually `process.env`
 * @param options `clouds: true` also opens registries of AWS, Azure, Google, GitHub and GitLab with the identity of this run or machine
 */
export function usualCredentials(variables: Readonly<Record<string, string | undefined>>, options: { readonly clouds?: boolean } = {}): CredentialSources {
  const { clouds, ...kept } = credentialSources(variables)
  return options.clouds === true && clouds ? { ...kept, clouds } : kept
}

/**
 * How this machine reaches registries: `HTTP_PROXY`, `HTTPS_PROXY`, `NO_PROXY` in both spellings, docker's and podman's `certs.d`, and the files of
 * containerd, skopeo and podman that name mirrors (docs/mirrors.md).
 * @param variables usually `process.env`
 */
export function usualNetwork(variables: Readonly<Record<string, string | undefined>>): NetworkSettings {
  return networkSettings(variables)
}
