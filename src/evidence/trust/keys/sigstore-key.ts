/**
 * The file form of cosign's private keys: scrypt and XSalsa20-Poly1305 around PKCS#8, in JSON, in PEM.
 * Written so that cosign opens it with COSIGN_PASSWORD; files of old cosign (N=32768, other label) are read too.
 * Form: secure-systems-lab go `encrypted`; sigstore/cosign pkg/cosign/keys.go. Node has no XSalsa20, hence @noble/ciphers.
 */
import { randomBytes, scryptSync } from 'node:crypto'
import { xsalsa20poly1305 } from '@noble/ciphers/salsa.js'
import { Failure } from '../../../kit/failure.ts'
import { isObject, type JsonObject, parseStrictJson } from '../../../kit/json.ts'
import type { Secret } from '../../../kit/secret.ts'
import { unreadable } from './pem.ts'

const SIGSTORE_LABEL = 'ENCRYPTED SIGSTORE PRIVATE KEY'
export const SIGSTORE_LABELS: ReadonlySet<string> = new Set([SIGSTORE_LABEL, 'ENCRYPTED COSIGN PRIVATE KEY'])

interface Cost {
  readonly N: number
  readonly r: number
  readonly p: number
}

/** What cosign 2 and 3 write; 64 MiB and about 0.2 s. */
const COST: Cost = { N: 65_536, r: 8, p: 1 }
/** Bytes of memory that a key file may make us use; four times what cosign writes. */
const MOST_MEMORY = 256 * 1024 * 1024
/** N·r·p that a key file may make us compute; sixteen times what cosign writes, about 3 s. */
const MOST_WORK = 16 * 65_536 * 8
const SALT_BYTES = 32
const NONCE_BYTES = 24
const KEY_BYTES = 32

/** PKCS#8 DER → PEM text that only the password opens. */
export function sealKey(pkcs8: Uint8Array, password: Secret): string {
  const salt = randomBytes(SALT_BYTES)
  const nonce = randomBytes(NONCE_BYTES)
  const key = stretch(password, salt, COST)
  const ciphertext = Buffer.from(xsalsa20poly1305(key, nonce).encrypt(pkcs8))
  key.fill(0)
  const file = {
    kdf: { name: 'scrypt', params: COST, salt: salt.toString('base64') },
    cipher: { name: 'nacl/secretbox', nonce: nonce.toString('base64') },
    ciphertext: ciphertext.toString('base64'),
  }
  const lines =
    Buffer.from(JSON.stringify(file))
      .toString('base64')
      .match(/.{1,64}/g) ?? []
  return `-----BEGIN ${SIGSTORE_LABEL}-----\n${lines.join('\n')}\n-----END ${SIGSTORE_LABEL}-----\n`
}

/**
 * The content of the PEM block → PKCS#8 DER.
 * @throws Failure KEY_UNREADABLE, KEY_PASSWORD_WRONG
 */
export function openKey(content: Uint8Array, password: Secret): Uint8Array {
  const { cost, salt, nonce, ciphertext } = readFile(content)
  const key = stretch(password, salt, cost)
  try {
    return xsalsa20poly1305(key, nonce).decrypt(ciphertext)
  } catch {
    throw wrongPassword()
  } finally {
    key.fill(0)
  }
}

export function wrongPassword(): Failure {
  return new Failure('KEY_PASSWORD_WRONG', 'the password does not open the private key', {
    hint: 'Give the password the key was made with (FERRY_KEY_PASSWORD, a file, or the prompt). A line break at its end counts as part of it.',
  })
}

function stretch(password: Secret, salt: Uint8Array, { N, r, p }: Cost): Buffer {
  return scryptSync(password.reveal(), salt, KEY_BYTES, { N, r, p, maxmem: memoryOf({ N, r, p }) + 1024 * 1024 })
}

function memoryOf({ N, r, p }: Cost): number {
  return 128 * r * (N + p)
}

function readFile(content: Uint8Array): { cost: Cost; salt: Uint8Array; nonce: Uint8Array; ciphertext: Uint8Array } {
  const file = asObject(parse(content))
  const kdf = asObject(file['kdf'])
  const cipher = asObject(file['cipher'])
  if (kdf['name'] !== 'scrypt' || cipher['name'] !== 'nacl/secretbox') throw damaged('it uses another cipher than scrypt with nacl/secretbox')
  const salt = base64(kdf['salt'])
  const nonce = base64(cipher['nonce'])
  const ciphertext = base64(file['ciphertext'])
  if (salt.length === 0 || nonce.length !== NONCE_BYTES || ciphertext.length <= 16) throw damaged('its salt, nonce or ciphertext has a wrong length')
  return { cost: readCost(asObject(kdf['params'])), salt, nonce, ciphertext }
}

function readCost({ N, r, p }: JsonObject): Cost {
  if (!isCount(N) || !isCount(r) || !isCount(p) || N < 2 || !Number.isInteger(Math.log2(N))) throw damaged('its scrypt parameters are not valid')
  const cost = { N, r, p }
  if (memoryOf(cost) > MOST_MEMORY || N * r * p > MOST_WORK) throw damaged(`its scrypt parameters N=${N} r=${r} p=${p} would take too much memory or time`)
  return cost
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) > 0
}

function parse(content: Uint8Array): unknown {
  try {
    return parseStrictJson(content, 'the content of the key file')
  } catch {
    throw damaged('its content is not JSON')
  }
}

function asObject(value: unknown): JsonObject {
  if (typeof value !== 'object' || value === null || !isObject(value as JsonObject)) throw damaged('fields are missing')
  return value as JsonObject
}

function base64(value: unknown): Uint8Array {
  return typeof value === 'string' ? Buffer.from(value, 'base64') : Buffer.alloc(0)
}

function damaged(why: string): Failure {
  return unreadable('the private key', `a private key of cosign was found, but ${why}`)
}
