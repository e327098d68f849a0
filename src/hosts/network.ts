/** How this machine reaches registries: proxies and certificate directories. Read from the environment here, so that the core never does. */
import { join } from 'node:path'
import type { NetworkSettings } from '../registry/http/network-settings.ts'
import type { Variables } from './credentials.ts'

/** Where docker and podman look for certificates of a registry, the user's own first. */
const SYSTEM_CERTIFICATES = ['/etc/containers/certs.d', '/etc/docker/certs.d']

/**
 * The lower-case spelling comes first, as curl and Go's tools take it. HTTP_PROXY in capitals is not believed inside a CGI program,
 * where a visitor sets it with a `Proxy:` header (CVE-2016-5385).
 */
export function networkSettings(variables: Variables): NetworkSettings {
  const given = (name: string): string | undefined => variables[name] || undefined
  const all = given('all_proxy') ?? given('ALL_PROXY')
  const httpProxy = given('http_proxy') ?? (given('REQUEST_METHOD') === undefined ? given('HTTP_PROXY') : undefined) ?? all
  const httpsProxy = given('https_proxy') ?? given('HTTPS_PROXY') ?? all
  const noProxy = given('no_proxy') ?? given('NO_PROXY')
  const home = given('HOME')
  const config = given('XDG_CONFIG_HOME') ?? (home === undefined ? undefined : join(home, '.config'))
  const own = [
    config === undefined ? undefined : join(config, 'containers', 'certs.d'),
    config === undefined ? undefined : join(config, 'docker', 'certs.d'),
    home === undefined ? undefined : join(home, '.docker', 'certs.d'),
  ]
  return {
    ...(httpProxy === undefined ? {} : { httpProxy }),
    ...(httpsProxy === undefined ? {} : { httpsProxy }),
    ...(noProxy === undefined ? {} : { noProxy }),
    certificateDirectories: [...own.filter((directory) => directory !== undefined), ...SYSTEM_CERTIFICATES],
  }
}
