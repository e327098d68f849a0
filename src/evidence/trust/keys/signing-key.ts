/**
 * A private key that signs: cosign's file form, encrypted PKCS#8, or plain PKCS#8, PKCS#1 and SEC1, all in PEM.
 * The key itself never leaves this module.
 */
import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto'
import { Failure } from '../../../kit/failure.ts'
import type { Secret } from '../../../kit/secret.ts'
import { algorithmOfKey, signBytes } from './algorithms.ts'
import { describeLabel, readPem, unreadable } from './pem.ts'
import { openKey, SIGSTORE_LABELS, wrongPassword } from './sigstore-key.ts'
import { type VerifyingKey, verifyingKey } from './verifying-key.ts'

export interface SigningKey {
  /** The public half: what verifies the signatures of this key. */
  readonly public: VerifyingKey
  sign(bytes: Uint8Array): Uint8Array
}

const PLAIN: ReadonlyMap<string, 'pkcs8' | 'pkcs1' | 'sec1'> = new Map([
  ['PRIVATE KEY', 'pkcs8'],
  ['RSA PRIVATE KEY', 'pkcs1'],
  ['EC PRIVATE KEY', 'sec1'],
])

/**
 * Computes for about 0.2 s when the key is encrypted.
 * @param password needed for an encrypted key; an empty one counts as given, undefined does not
 * @throws Failure KEY_UNREADABLE naming what was found instead, KEY_PASSWORD_WRONG
 */
export function readPrivateKey(pem: Secret, password?: Secret): SigningKey {
  const wanted = 'the private key'
  const { label, bytes } = readPem(pem.reveal(), wanted)
  if (SIGSTORE_LABELS.has(label)) {
    const der = openKey(bytes, given(password))
    try {
      return signingKey(parsePlain(der, 'pkcs8'))
    } finally {
      der.fill(0)
    }
  }
  if (label === 'ENCRYPTED PRIVATE KEY') return signingKey(parseEncrypted(bytes, given(password)))
  const form = PLAIN.get(label)
  if (form !== undefined) return signingKey(parsePlain(bytes, form))
  if (label === 'PUBLIC KEY')
    throw unreadable(wanted, 'a public key was found', 'Name the file with the private key, e.g. signer.key; a public key can only verify.')
  if (label === 'OPENSSH PRIVATE KEY')
    throw unreadable(
      wanted,
      'a private key of OpenSSH was found',
      'Convert a copy of it: ssh-keygen -p -m PKCS8 -f COPY, or make a new key with ferry key create.',
    )
  throw unreadable(wanted, `${describeLabel(label)} was found`)
}

function given(password: Secret | undefined): Secret {
  if (password !== undefined) return password
  throw new Failure('KEY_PASSWORD_WRONG', 'the private key is encrypted and no password was given', {
    hint: 'Give its password (FERRY_KEY_PASSWORD, a file, or the prompt); for a key with an empty password give an empty one.',
  })
}

function parsePlain(der: Uint8Array, type: 'pkcs8' | 'pkcs1' | 'sec1'): KeyObject {
  try {
    return createPrivateKey({ key: Buffer.from(der.buffer, der.byteOffset, der.byteLength), format: 'der', type })
  } catch {
    throw unreadable('the private key', 'a private key was found, but its content is damaged or of an unknown kind')
  }
}

/**
 * OpenSSL answers a wrong password mostly with "bad decrypt" but, one time in 256 when the padding fits by chance, with "unsupported".
 * So a file that is whole and does not open has a wrong password.
 */
function parseEncrypted(der: Uint8Array, password: Secret): KeyObject {
  if (!isWhole(der)) throw unreadable('the private key', 'an encrypted private key was found, but it is cut off or damaged')
  try {
    return createPrivateKey({ key: Buffer.from(der), format: 'der', type: 'pkcs8', passphrase: password.reveal() })
  } catch {
    throw wrongPassword()
  }
}

/** True when the bytes are one DER sequence from the first to the last. */
function isWhole(der: Uint8Array): boolean {
  const [tag, first = 0] = der
  if (tag !== 0x30) return false
  if (first < 0x80) return der.length === 2 + first
  const lengthBytes = first & 0x7f
  const length = der.subarray(2, 2 + lengthBytes).reduce((sum, byte) => sum * 256 + byte, 0)
  return lengthBytes > 0 && lengthBytes <= 4 && der.length === 2 + lengthBytes + length
}

function signingKey(key: KeyObject): SigningKey {
  const algorithm = algorithmOfKey(key)
  return {
    public: verifyingKey(createPublicKey(key)),
    sign: (bytes) => signBytes(bytes, key, algorithm),
  }
}
