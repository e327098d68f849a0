/** A public key that verifies: read from SPKI PEM, named by its fingerprint. */
import { createHash, createPublicKey, type KeyObject } from 'node:crypto'
import { algorithmOfKey, type KeyAlgorithm, verifyBytes } from './algorithms.ts'
import { describeLabel, readPem, unreadable } from './pem.ts'

export interface VerifyingKey {
  readonly algorithm: KeyAlgorithm
  /** base64 of the SHA-256 of the SPKI DER; what a Sigstore bundle carries as hint. */
  readonly fingerprint: string
  /** SPKI PEM, as a `.pub` file or an admission policy wants it. */
  readonly pem: string
  /** False for anything that is not a signature of these bytes by this key. */
  verify(bytes: Uint8Array, signature: Uint8Array): boolean
}

/** @throws Failure KEY_UNREADABLE naming what was found instead */
export function readPublicKey(pem: string): VerifyingKey {
  const wanted = 'the public key'
  const { label, bytes } = readPem(pem, wanted)
  if (label === 'CERTIFICATE') {
    throw unreadable(wanted, 'a certificate was found', 'Take the public key out of it: openssl x509 -in CERT.pem -noout -pubkey')
  }
  if (label.includes('PRIVATE KEY')) {
    throw unreadable(
      wanted,
      `${describeLabel(label)} was found`,
      'Name the file with the public key, e.g. signer.pub; the private key stays with whoever signs.',
    )
  }
  if (label !== 'PUBLIC KEY') throw unreadable(wanted, `${describeLabel(label)} was found`)
  let key: KeyObject
  try {
    key = createPublicKey({ key: Buffer.from(bytes), format: 'der', type: 'spki' })
  } catch {
    throw unreadable(wanted, 'a public key was found, but its content is damaged or of an unknown kind')
  }
  return verifyingKey(key)
}

/** @throws Failure KEY_UNREADABLE when the algorithm is not one of ours */
export function verifyingKey(key: KeyObject): VerifyingKey {
  const algorithm = algorithmOfKey(key)
  return {
    algorithm,
    fingerprint: createHash('sha256')
      .update(key.export({ type: 'spki', format: 'der' }))
      .digest('base64'),
    pem: key.export({ type: 'spki', format: 'pem' }).toString(),
    verify: (bytes, signature) => verifyBytes(bytes, signature, key, algorithm),
  }
}
