/** How this machine reaches other ones: proxies and certificates, handed in as a value. Read from the environment in hosts/network.ts, never here. */

export interface NetworkSettings {
  /** URL of the proxy for plain HTTP; a user and password in it are sent to the proxy alone. */
  readonly httpProxy?: string
  /** URL of the proxy for HTTPS, asked for a tunnel (CONNECT): it never sees what goes through. */
  readonly httpsProxy?: string
  /** Hosts that are reached without a proxy, in the form of NO_PROXY. */
  readonly noProxy?: string
  /** Directories in the layout of docker's `certs.d`: `<dir>/<host:port>/*.crt`, `*.cert` with `*.key`. The first that knows a host decides. */
  readonly certificateDirectories?: readonly string[]
}
