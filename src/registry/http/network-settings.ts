/** How this machine reaches other ones: proxies and certificates, handed in as a value. Read from the environment in hosts/network.ts, never here. */

/** Files that say where content may be had besides its registry, and which registries are forbidden. Missing ones are passed over. */
export interface MirrorFiles {
  /** Directories in containerd's layout: `<dir>/<host:port>/hosts.toml`, `<dir>/_default/hosts.toml`. The first that knows a host decides. */
  readonly hostsDirectories: readonly string[]
  /** `registries.conf` of containers; the first that is there is read. */
  readonly registries: readonly string[]
  /** Directories with further ones (`registries.conf.d`), later ones replacing earlier ones prefix by prefix. */
  readonly registriesDirectories: readonly string[]
}

export interface NetworkSettings {
  /** URL of the proxy for plain HTTP; a user and password in it are sent to the proxy alone. */
  readonly httpProxy?: string
  /** URL of the proxy for HTTPS, asked for a tunnel (CONNECT): it never sees what goes through. */
  readonly httpsProxy?: string
  /** Hosts that are reached without a proxy, in the form of NO_PROXY. */
  readonly noProxy?: string
  /** Directories in the layout of docker's `certs.d`: `<dir>/<host:port>/*.crt`, `*.cert` with `*.key`. The first that knows a host decides. */
  readonly certificateDirectories?: readonly string[]
  /** Without it no mirror is used. */
  readonly mirrors?: MirrorFiles
}
