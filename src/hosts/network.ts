/** How this machine reaches registries: proxies and certificate directories. Read from the environment here, so that the core never does. */
import { join } from 'node:path'
import type { MirrorFiles, NetworkSettings } from '../registry/http/network-settings.ts'
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
    ...(given('FERRY_MIRRORS') === 'off' ? {} : { mirrors: mirrorFiles(given, config) }),
  }
}

/** Where containerd, skopeo and podman look. A file that is named is the only one of its kind; further ones in directories are read with it. */
function mirrorFiles(given: (name: string) => string | undefined, config: string | undefined): MirrorFiles {
  const named = given('CONTAINERS_REGISTRIES_CONF')
  const own = config === undefined ? [] : [join(config, 'containers', 'registries.conf')]
  const hosts = given('FERRY_HOSTS_DIR')
  return {
    hostsDirectories: [hosts ?? '/etc/containerd/certs.d'],
    registries: named === undefined ? [...own, '/etc/containers/registries.conf'] : [named],
    registriesDirectories: ['/etc/containers/registries.conf.d', ...own.map((file) => `${file}.d`)],
  }
}
