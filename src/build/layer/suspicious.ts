/**
 * Files that should rarely be in an image. They are named in the record; only a signing key, which is never of use in an image,
 * is refused, unless the recipe names that very file.
 */

/** Names that tools give to credentials. */
const NAMES = new Set(['.env', '.git-credentials', '.netrc', '.npmrc', '.pypirc', '.dockercfg', 'id_rsa', 'id_dsa', 'id_ecdsa', 'id_ed25519'])
const PRIVATE_KEY = /^\s*-----BEGIN (?<kind>[A-Z0-9 ]*)PRIVATE KEY-----/
/** Encrypted keys as cosign and kubeferry write them. */
const SIGNING_KEY = /^ENCRYPTED (?:SIGSTORE|COSIGN) $/

/** @param head the first bytes of the file */
export function judgeFile(path: string, head: Uint8Array): 'fine' | 'suspicious' | 'signing-key' {
  const kind = PRIVATE_KEY.exec(Buffer.from(head.subarray(0, 200)).toString('latin1'))?.groups?.['kind']
  if (kind !== undefined) return SIGNING_KEY.test(kind) ? 'signing-key' : 'suspicious'
  return NAMES.has(path.slice(path.lastIndexOf('/') + 1)) ? 'suspicious' : 'fine'
}
