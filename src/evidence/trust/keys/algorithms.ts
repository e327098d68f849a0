/**
 * Which keys sign and verify, and with which hash: P-256 with SHA-256, P-384 with SHA-384, P-521 with SHA-512, RSA from
 * 2048 bits with PKCS#1 v1.5 and SHA-256, Ed25519 pure. The hash follows from the key alone, never from the document.
 * Source: sigstore algorithm registry; what cosign 3.1 accepts is in docs/decisions (PSS is refused there).
 */
import { constants, type KeyObject, sign, verify } from 'node:crypto'
import { Failure } from '../../../kit/failure.ts'

export type KeyAlgorithm = 'ecdsa-p256' | 'ecdsa-p384' | 'ecdsa-p521' | 'rsa' | 'ed25519'

const HASH: Record<KeyAlgorithm, 'sha256' | 'sha384' | 'sha512' | null> = {
  'ecdsa-p256': 'sha256',
  'ecdsa-p384': 'sha384',
  'ecdsa-p521': 'sha512',
  rsa: 'sha256',
  ed25519: null,
}

const CURVES: ReadonlyMap<string, KeyAlgorithm> = new Map([
  ['prime256v1', 'ecdsa-p256'],
  ['secp384r1', 'ecdsa-p384'],
  ['secp521r1', 'ecdsa-p521'],
])

/** NIST SP 800-131A: shorter RSA keys no longer sign. */
const SHORTEST_RSA = 2048
/** Larger moduli make one verification cost seconds; no tool makes them. */
const LONGEST_RSA = 8192

/** @throws Failure KEY_UNREADABLE naming what the key is */
export function algorithmOfKey(key: KeyObject): KeyAlgorithm {
  const details = key.asymmetricKeyDetails
  if (key.asymmetricKeyType === 'ed25519') return 'ed25519'
  if (key.asymmetricKeyType === 'ec') {
    const found = CURVES.get(details?.namedCurve ?? '')
    if (found) return found
    throw unusable(`it is an elliptic curve key on ${details?.namedCurve ?? 'an unnamed curve'}`)
  }
  if (key.asymmetricKeyType === 'rsa') {
    const bits = details?.modulusLength ?? 0
    if (bits >= SHORTEST_RSA && bits <= LONGEST_RSA) return 'rsa'
    throw unusable(`it is an RSA key of ${bits} bits; ${SHORTEST_RSA} to ${LONGEST_RSA} are allowed`)
  }
  throw unusable(`it is a key of type ${key.asymmetricKeyType ?? 'unknown'}`)
}

function unusable(why: string): Failure {
  return new Failure('KEY_UNREADABLE', 'the key cannot be used for image signatures', {
    cause: why,
    hint: 'Use a key on P-256 (ferry key create makes one), P-384 or P-521, an RSA key of 2048 bits or more, or Ed25519.',
  })
}

/** ECDSA signatures are ASN.1 DER. */
export function signBytes(bytes: Uint8Array, key: KeyObject, algorithm: KeyAlgorithm): Uint8Array {
  return sign(HASH[algorithm], bytes, options(key, algorithm))
}

/** False for anything that is not a signature of these bytes by this key. */
export function verifyBytes(bytes: Uint8Array, signature: Uint8Array, key: KeyObject, algorithm: KeyAlgorithm): boolean {
  return verify(HASH[algorithm], bytes, options(key, algorithm), signature)
}

function options(key: KeyObject, algorithm: KeyAlgorithm): { key: KeyObject; dsaEncoding?: 'der'; padding?: number } {
  if (algorithm === 'rsa') return { key, padding: constants.RSA_PKCS1_PADDING }
  return algorithm === 'ed25519' ? { key } : { key, dsaEncoding: 'der' }
}
