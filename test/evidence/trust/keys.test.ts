import { constants, createPrivateKey, generateKeyPairSync, sign as rawSign, scryptSync } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inspect } from 'node:util'
import { xsalsa20poly1305 } from '@noble/ciphers/salsa.js'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createKeyPair, writeKeyPair } from '../../../src/evidence/trust/keys/key-pair.ts'
import { readPrivateKey } from '../../../src/evidence/trust/keys/signing-key.ts'
import { readPublicKey } from '../../../src/evidence/trust/keys/verifying-key.ts'
import { freeCall } from '../../../src/kit/call.ts'
import { isFailure } from '../../../src/kit/failure.ts'
import { Secret } from '../../../src/kit/secret.ts'
import { KINDS, MAKE, pkcs8Pem } from '../keys.ts'

const BYTES = Buffer.from('what is signed')
const secret = (text: string): Secret => new Secret(text)

/** A key file as any cosign may have written it. */
function sealed(der: Uint8Array, password: string, cost: { N: number; r: number; p: number }, label = 'ENCRYPTED COSIGN PRIVATE KEY'): Secret {
  const salt = Buffer.alloc(32, 1)
  const nonce = Buffer.alloc(24, 2)
  const affordable = cost.N * cost.p <= 65_536 ? cost : { N: 2, r: 1, p: 1 }
  const key = scryptSync(password, salt, 32, { ...affordable, maxmem: 256 * 1024 * 1024 })
  const file = {
    kdf: { name: 'scrypt', params: cost, salt: salt.toString('base64') },
    cipher: { name: 'nacl/secretbox', nonce: nonce.toString('base64') },
    ciphertext: Buffer.from(xsalsa20poly1305(key, nonce).encrypt(der)).toString('base64'),
  }
  return secret(`-----BEGIN ${label}-----\n${Buffer.from(JSON.stringify(file)).toString('base64')}\n-----END ${label}-----\n`)
}

function failureOf(work: () => unknown): { code: string; text: string } {
  try {
    work()
  } catch (error) {
    if (isFailure(error)) return { code: error.code, text: `${error.message}: ${String(error.cause)}` }
    throw error
  }
  throw new Error('nothing was thrown')
}

describe.each(KINDS)('a private key of kind %s', (kind) => {
  const key = MAKE[kind]()
  const der = key.export({ type: 'pkcs8', format: 'der' })
  const forms: Array<[string, Secret, Secret?]> = [
    ['PKCS#8', pkcs8Pem(key)],
    ['encrypted PKCS#8', secret(key.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'p' }).toString()), secret('p')],
    ['cosign, N=32768', sealed(der, 'p', { N: 32_768, r: 8, p: 1 }), secret('p')],
  ]
  if (kind === 'rsa') forms.push(['PKCS#1', secret(key.export({ type: 'pkcs1', format: 'pem' }).toString())])
  if (kind.startsWith('ecdsa')) forms.push(['SEC1', secret(key.export({ type: 'sec1', format: 'pem' }).toString())])

  test.each(forms)('is read from %s and signs what its public key verifies', (_form, pem, password) => {
    const signing = readPrivateKey(pem, password)
    const verifying = readPublicKey(signing.public.pem)
    const signature = signing.sign(BYTES)
    expect(verifying).toMatchObject({ algorithm: kind, fingerprint: signing.public.fingerprint })
    expect(verifying.verify(BYTES, signature)).toBe(true)
    expect(verifying.verify(Buffer.from('what is signeD'), signature)).toBe(false)
    expect(verifying.verify(BYTES, signature.subarray(1))).toBe(false)
    expect(verifying.verify(BYTES, Buffer.alloc(0))).toBe(false)
    expect(readPublicKey(readPrivateKey(pkcs8Pem(MAKE['ecdsa-p256']())).public.pem).verify(BYTES, signature)).toBe(false)
  })
})

test('the hash follows from the key: SHA-256 with P-384 and PSS with RSA do not verify (security.md §1.1)', () => {
  const p384 = MAKE['ecdsa-p384']()
  const rsa = MAKE.rsa()
  expect(readPrivateKey(pkcs8Pem(p384)).public.verify(BYTES, rawSign('sha256', BYTES, p384))).toBe(false)
  expect(readPrivateKey(pkcs8Pem(p384)).public.verify(BYTES, rawSign('sha384', BYTES, p384))).toBe(true)
  expect(readPrivateKey(pkcs8Pem(rsa)).public.verify(BYTES, rawSign('sha256', BYTES, { key: rsa, padding: constants.RSA_PKCS1_PSS_PADDING }))).toBe(false)
})

test('openssl writes the parameters of the curve before the key; they are passed over', () => {
  const pem = MAKE['ecdsa-p256']().export({ type: 'sec1', format: 'pem' }).toString()
  expect(readPrivateKey(secret(`-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n${pem}`)).public.algorithm).toBe('ecdsa-p256')
})

describe('a password', () => {
  const pair = createKeyPair(secret('right'))

  test('that is wrong or missing is said to be', () => {
    expect(readPrivateKey(pair.privatePem, secret('right')).public.fingerprint).toBe(pair.public.fingerprint)
    expect(failureOf(() => readPrivateKey(pair.privatePem, secret('wrong'))).code).toBe('KEY_PASSWORD_WRONG')
    expect(failureOf(() => readPrivateKey(pair.privatePem, secret(''))).code).toBe('KEY_PASSWORD_WRONG')
    expect(failureOf(() => readPrivateKey(pair.privatePem))).toMatchObject({
      code: 'KEY_PASSWORD_WRONG',
      text: expect.stringContaining('no password was given'),
    })
  })

  test('may be empty when it is given as empty', () => {
    const open = createKeyPair(secret(''))
    expect(readPrivateKey(open.privatePem, secret('')).public.fingerprint).toBe(open.public.fingerprint)
    expect(failureOf(() => readPrivateKey(open.privatePem)).code).toBe('KEY_PASSWORD_WRONG')
  })

  test('that decrypts to good padding by chance is still only wrong', () => {
    const pem = MAKE['ecdsa-p256']().export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'right' }).toString()
    const chance = Array.from({ length: 6000 }, (_, index) => `wrong ${index}`).find((passphrase) => {
      try {
        createPrivateKey({ key: pem, passphrase })
        return false
      } catch (error) {
        return error instanceof Error && 'code' in error && error.code === 'ERR_OSSL_UNSUPPORTED'
      }
    })
    expect(chance).toBeDefined()
    expect(failureOf(() => readPrivateKey(secret(pem), secret(chance ?? ''))).code).toBe('KEY_PASSWORD_WRONG')
  })

  test('and the key stay out of everything that is printed', () => {
    const shown = [
      inspect(pair, { depth: 9, showHidden: true }),
      JSON.stringify(pair),
      inspect(readPrivateKey(pair.privatePem, secret('right')), { depth: 9, showHidden: true }),
    ].join()
    expect(shown).not.toContain('BEGIN ENCRYPTED')
    expect(shown).not.toContain('BEGIN PRIVATE')
    expect(shown).not.toContain('right')
  })
})

describe('what is no usable key', () => {
  const key = MAKE['ecdsa-p256']()
  const plain = pkcs8Pem(key).reveal()
  const publicPem = readPrivateKey(pkcs8Pem(key)).public.pem
  const certificate = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n'
  const openssh = '-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAA\n-----END OPENSSH PRIVATE KEY-----\n'
  const encrypted = key.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'p' }).toString()
  const cut = encrypted.replace(/\n[^\n]+\n-----END/, '\n-----END')
  const oldStyle = plain.replace('PRIVATE KEY-----\n', 'PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,00\n\n')
  const pemOf = (made: { export(options: { type: 'pkcs8'; format: 'pem' }): string | Buffer }): string =>
    made.export({ type: 'pkcs8', format: 'pem' }).toString()

  test.each([
    ['a public key', publicPem, 'a public key was found'],
    ['a certificate', certificate, 'a certificate was found'],
    ['an OpenSSH key', openssh, 'a private key of OpenSSH was found'],
    ['an empty file', ' \n', 'an empty text was found'],
    ['JSON', '{"kty":"EC"}', 'JSON was found'],
    ['DER', '\u0000\u0001\u0002', 'binary content was found'],
    ['a cut PEM block', plain.slice(0, 80), 'cut off or damaged'],
    ['a cut encrypted key', cut, 'cut off or damaged'],
    ['a damaged key', plain.replace('MIGH', 'MIGG'), 'damaged'],
    ['two keys', plain + plain, '2 keys or certificates were found'],
    ['an old encryption', oldStyle, 'old OpenSSL form'],
    ['a huge text', 'x'.repeat(70_000), '70000 characters'],
    ['another curve', pemOf(generateKeyPairSync('ec', { namedCurve: 'secp256k1' }).privateKey), 'secp256k1'],
    ['a short RSA key', pemOf(generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey), 'RSA key of 1024 bits'],
    ['a key for key agreement', pemOf(generateKeyPairSync('x25519').privateKey), 'x25519'],
    ['a cosign key that would take 1 TiB', sealed(Buffer.from('x'), 'p', { N: 2 ** 30, r: 8, p: 1 }).reveal(), 'too much memory or time'],
    ['a cosign key that would take hours', sealed(Buffer.from('x'), 'p', { N: 65_536, r: 8, p: 10_000 }).reveal(), 'too much memory or time'],
    ['a cosign key with N that is no power of two', sealed(Buffer.from('x'), 'p', { N: 100_000, r: 8, p: 1 }).reveal(), 'not valid'],
    ['a cosign key of something else', sealed(Buffer.from('not a key at all'), 'p', { N: 1024, r: 8, p: 1 }).reveal(), 'damaged or of an unknown kind'],
  ])('for signing: %s', (_name, text, found) => {
    const failure = failureOf(() => readPrivateKey(secret(text), secret('p')))
    expect(failure).toMatchObject({ code: 'KEY_UNREADABLE', text: expect.stringContaining(found) })
  })

  test.each([
    ['a private key', plain, 'a private key was found'],
    ['a private key of cosign', createKeyPair(secret('p')).privatePem.reveal(), 'a private key of cosign was found'],
    ['a certificate', certificate, 'a certificate was found'],
    ['an OpenSSH public key', 'ssh-ed25519 AAAA you@host', 'a public key of OpenSSH was found'],
    ['a damaged key', publicPem.replace('MFkw', 'MFkx'), 'damaged'],
  ])('for verifying: %s', (_name, text, found) => {
    expect(failureOf(() => readPublicKey(text))).toMatchObject({ code: 'KEY_UNREADABLE', text: expect.stringContaining(found) })
  })
})

describe('key files', () => {
  const pair = createKeyPair(secret('p'))
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ferry keys '))
  })
  afterAll(() => rm(folder, { recursive: true }))

  test('are two, the private one for its owner alone', async () => {
    const { privateFile, publicFile } = await writeKeyPair(join(folder, 'signer'), pair, freeCall())
    expect((await stat(privateFile)).mode & 0o777).toBe(0o600)
    expect((await stat(publicFile)).mode & 0o777).toBe(0o644)
    const text = await readFile(privateFile, 'utf8')
    expect(text).toMatch(/^-----BEGIN ENCRYPTED SIGSTORE PRIVATE KEY-----\n(?:[A-Za-z0-9+/=]{1,64}\n)+-----END ENCRYPTED SIGSTORE PRIVATE KEY-----\n$/)
    expect(readPrivateKey(secret(text), secret('p')).public.pem).toBe(await readFile(publicFile, 'utf8'))
  })

  test.each(['taken.key', 'taken.pub'])('are never written over an existing %s, and none is left behind', async (taken) => {
    const inside = await mkdtemp(join(folder, 'taken '))
    await writeFile(join(inside, taken), 'mine')
    await expect(writeKeyPair(join(inside, 'taken'), pair, freeCall())).rejects.toMatchObject({ code: 'FILE_EXISTS' })
    expect(await readdir(inside)).toEqual([taken])
    expect(await readFile(join(inside, taken), 'utf8')).toBe('mine')
  })

  test('are not written through a symbolic link', async () => {
    const inside = await mkdtemp(join(folder, 'link '))
    await symlink(join(inside, 'elsewhere'), join(inside, 'linked.key'))
    await expect(writeKeyPair(join(inside, 'linked'), pair, freeCall())).rejects.toMatchObject({ code: 'FILE_EXISTS' })
    expect(await readdir(inside)).toEqual(['linked.key'])
  })

  test('need a directory that is there', async () => {
    await expect(writeKeyPair(join(folder, 'no', 'signer'), pair, freeCall())).rejects.toMatchObject({ code: 'FILE_UNREADABLE' })
  })
})
