/** Keys of every kind that signs, made once per test file. */
import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { readPrivateKey, type SigningKey } from '../../src/evidence/trust/keys/signing-key.ts'
import { Secret } from '../../src/kit/secret.ts'

export const MAKE = {
  'ecdsa-p256': () => generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey,
  'ecdsa-p384': () => generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey,
  'ecdsa-p521': () => generateKeyPairSync('ec', { namedCurve: 'P-521' }).privateKey,
  rsa: () => generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey,
  ed25519: () => generateKeyPairSync('ed25519').privateKey,
} as const satisfies Record<string, () => KeyObject>

export type Kind = keyof typeof MAKE
export const KINDS = Object.keys(MAKE) as Kind[]

export function pkcs8Pem(key: KeyObject): Secret {
  return new Secret(key.export({ type: 'pkcs8', format: 'pem' }).toString())
}

export function makeKey(kind: Kind = 'ecdsa-p256'): SigningKey {
  return readPrivateKey(pkcs8Pem(MAKE[kind]()))
}
