/**
 * Which authorities to trust for a host, and which certificate to show it: PEM files for all hosts, and docker's `certs.d` for one
 * (https://docs.docker.com/engine/security/certificates/). A client certificate is shown to the host whose directory it lies in, and to no other.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Failure } from '../../kit/failure.ts'

export interface HostCertificates {
  /** Tells hosts with different files apart; empty for all that have none of their own. */
  readonly key: string
  /** PEM texts; absent: the usual ones. */
  readonly authorities?: string[]
  readonly client?: { readonly cert: string; readonly key: string }
  /** The certificate of the host is not looked at; only ever true for a mirror that somebody wrote so. */
  readonly unverified?: boolean
}

/** What is true for one origin alone, over what is true for all. */
interface OwnCertificates {
  readonly origin: string
  readonly authorities: readonly string[]
  readonly client?: { readonly cert: string; readonly key: string }
  readonly unverified: boolean
}

/** @param usual what holds for every host, that origin included @throws Failure as createCertificates */
export function withOwn(own: OwnCertificates, usual: (url: URL) => HostCertificates): (url: URL) => HostCertificates {
  let made: HostCertificates | undefined
  return (url) => {
    if (url.origin !== own.origin) return usual(url)
    if (made) return made
    const common = usual(url)
    const { authorities, client, unverified } = own
    made = {
      ...common,
      key: `${common.key} own`,
      unverified,
      ...(authorities.length === 0 ? {} : { authorities: [...(common.authorities ?? usualAuthorities()), ...authorities.map(readAuthority)] }),
      ...(client === undefined ? {} : { client: readClient(client.cert, client.key) }),
    }
    return made
  }
}

/** Whether there is a directory for this very host. */
export function hasOwnCertificates(url: URL, directories: readonly string[]): boolean {
  return (ownDirectory(url, directories)?.names ?? []).some((name) => name.endsWith('.crt') || name.endsWith('.cert'))
}

/** @param caFiles PEM files to trust for all hosts @throws Failure FILE_UNREADABLE, CONFIG_INVALID when a host with such files is first used */
export function createCertificates(caFiles: readonly string[], directories: readonly string[]): (url: URL) => HostCertificates {
  let common: HostCertificates | undefined
  const hosts = new Map<string, HostCertificates>()
  const forAll = (): HostCertificates => {
    common ??= caFiles.length === 0 ? { key: '' } : { key: '', authorities: [...usualAuthorities(), ...caFiles.map(readAuthority)] }
    return common
  }
  return (url) => {
    const known = hosts.get(url.host)
    if (known) return known
    const found = ownDirectory(url, directories)
    const made = found === undefined ? forAll() : readHost(found, forAll())
    hosts.set(url.host, made)
    return made
  }
}

interface Found {
  readonly directory: string
  readonly names: readonly string[]
}

function ownDirectory(url: URL, directories: readonly string[]): Found | undefined {
  const names = url.port === '' ? [url.host, `${url.host}:443`] : [url.host]
  for (const directory of directories.flatMap((parent) => names.map((name) => join(parent, name)))) {
    try {
      return { directory, names: readdirSync(directory) }
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : ''
      if (code === 'ENOENT' || code === 'ENOTDIR') continue
      throw new Failure('FILE_UNREADABLE', `cannot read the certificates for ${url.host} in ${directory}`, {
        cause: error,
        hint: 'Make the directory readable for this user, or take it away.',
      })
    }
  }
  return undefined
}

function readHost({ directory, names }: Found, common: HostCertificates): HostCertificates {
  const authorities = names.filter((name) => name.endsWith('.crt')).map((name) => readAuthority(join(directory, name)))
  const certificates = names.filter((name) => name.endsWith('.cert')).toSorted()
  const lonely = certificates.find((name) => !names.includes(`${stem(name)}.key`))
  if (lonely !== undefined) {
    throw new Failure('CONFIG_INVALID', `cannot use the client certificate ${join(directory, lonely)}`, {
      cause: `its key ${stem(lonely)}.key is missing`,
      hint: 'Put the key beside it. A certificate of an authority has the ending .crt.',
    })
  }
  const [first] = certificates
  return {
    key: directory,
    ...(authorities.length > 0 ? { authorities: [...(common.authorities ?? usualAuthorities()), ...authorities] } : {}),
    ...(authorities.length === 0 && common.authorities ? { authorities: common.authorities } : {}),
    ...(first === undefined ? {} : { client: readClient(join(directory, first), join(directory, `${stem(first)}.key`)) }),
  }
}

function stem(name: string): string {
  return name.slice(0, -'.cert'.length)
}

/** Judged here, where its file is known; the TLS library would name none. */
function readClient(file: string, keyFile: string): { cert: string; key: string } {
  const pair = { cert: readPem(file), key: readPem(keyFile) }
  return checked(file, pair, () => process.getBuiltinModule('node:tls').createSecureContext(pair))
}

function readAuthority(file: string): string {
  const pem = readPem(file)
  return checked(file, pem, () => new (process.getBuiltinModule('node:crypto').X509Certificate)(pem))
}

function checked<T>(file: string, value: T, check: () => unknown): T {
  try {
    check()
    return value
  } catch (error) {
    throw new Failure('CONFIG_INVALID', `cannot use the certificate file ${file}`, {
      cause: error,
      hint: 'It must be PEM (-----BEGIN CERTIFICATE-----), and a client certificate must belong to the key beside it, which must not be encrypted.',
    })
  }
}

function usualAuthorities(): readonly string[] {
  const tls = process.getBuiltinModule('node:tls')
  // `default` holds what NODE_EXTRA_CA_CERTS adds too; Node 20 does not know the function.
  return typeof tls.getCACertificates === 'function' ? tls.getCACertificates('default') : tls.rootCertificates
}

function readPem(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    throw new Failure('FILE_UNREADABLE', `cannot read the certificate file ${file}`, { cause: error, hint: 'Name a PEM file that this user may read.' })
  }
}
