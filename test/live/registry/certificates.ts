/** Keys and certificates of a test, made by openssl: an authority, and servers that it vouches for. */
import { execFile, spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'

export const hasOpenssl = spawnSync('openssl', ['version']).status === 0

export interface Certificate {
  /** PEM files. */
  readonly certificate: string
  readonly key: string
}

/** A certificate that vouches for itself, good for two days. */
export async function makeAuthority(directory: string, name: string): Promise<Certificate> {
  return make(directory, name, ['-addext', 'basicConstraints=critical,CA:TRUE'])
}

/** @param subject what the certificate is for: `IP:127.0.0.1` */
export async function makeServerCertificate(directory: string, name: string, by: Certificate, subject: string): Promise<Certificate> {
  return make(directory, name, ['-CA', by.certificate, '-CAkey', by.key, '-addext', 'basicConstraints=CA:FALSE', '-addext', `subjectAltName=${subject}`])
}

async function make(directory: string, name: string, more: readonly string[]): Promise<Certificate> {
  const files = { certificate: join(directory, `${name}.pem`), key: join(directory, `${name}.key`) }
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', files.key]
  await promisify(execFile)('openssl', ['req', '-x509', ...key, '-out', files.certificate, '-days', '2', '-subj', `/CN=${name}`, ...more])
  return files
}
