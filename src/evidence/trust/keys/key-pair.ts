/** Making a key pair, and writing it to two files that did not exist before. */
import { generateKeyPairSync } from 'node:crypto'
import { open, unlink } from 'node:fs/promises'
import { type Call, throwIfStopped } from '../../../kit/call.ts'
import { asFailure, Failure } from '../../../kit/failure.ts'
import { Secret } from '../../../kit/secret.ts'
import { sealKey } from './sigstore-key.ts'
import { type VerifyingKey, verifyingKey } from './verifying-key.ts'

export interface KeyPair {
  /** Encrypted, in the form that cosign reads. */
  readonly privatePem: Secret
  readonly publicPem: string
  readonly public: VerifyingKey
}

export interface KeyFiles {
  readonly privateFile: string
  readonly publicFile: string
}

/** A new pair on P-256, which every verifier accepts. Computes for about 0.2 s. An empty password is a password. */
export function createKeyPair(password: Secret): KeyPair {
  const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const pkcs8 = pair.privateKey.export({ type: 'pkcs8', format: 'der' })
  const privatePem = new Secret(sealKey(pkcs8, password))
  pkcs8.fill(0)
  const key = verifyingKey(pair.publicKey)
  return { privatePem, publicPem: key.pem, public: key }
}

/**
 * Writes BASE.key (mode 0600) and BASE.pub. Either both are written or none; a file that exists is left as it is.
 * @param base path without ending, e.g. `./signer`
 * @throws Failure FILE_EXISTS, FILE_UNREADABLE, STORAGE_FULL
 */
export async function writeKeyPair(base: string, pair: KeyPair, call: Call): Promise<KeyFiles> {
  const files = { privateFile: `${base}.key`, publicFile: `${base}.pub` }
  throwIfStopped(call)
  await writeNew(files.publicFile, pair.publicPem, 0o644)
  try {
    await writeNew(files.privateFile, pair.privatePem.reveal(), 0o600)
  } catch (error) {
    await unlink(files.publicFile)
    throw error
  }
  return files
}

/** Exclusive creation: nobody's file, and nobody's symbolic link, is written through. */
async function writeNew(path: string, text: string, mode: number): Promise<void> {
  try {
    const file = await open(path, 'wx', mode)
    try {
      await file.writeFile(text)
      await file.sync()
    } catch (error) {
      await unlink(path)
      throw error
    } finally {
      await file.close()
    }
  } catch (error) {
    throw explain(error, path)
  }
}

function explain(error: unknown, path: string): Failure {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'EEXIST') {
    return new Failure('FILE_EXISTS', `cannot write a key to ${path}`, {
      cause: 'a file of that name exists already; it was left as it is',
      hint: 'Choose another name. A key that signed something is never replaced: what it signed could no longer be verified.',
      facts: { path },
    })
  }
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return new Failure('FILE_UNREADABLE', `cannot write a key to ${path}`, {
      cause: 'its directory does not exist',
      hint: 'Make the directory first, or name another.',
      facts: { path },
    })
  }
  return asFailure(error)
}
