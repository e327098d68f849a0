/** Keys that inputs name: the PEM text itself, or the path of its file. */

import { readPrivateKey, type SigningKey } from '../../evidence/trust/keys/signing-key.ts'
import { readPublicKey, type VerifyingKey } from '../../evidence/trust/keys/verifying-key.ts'
import { Secret } from '../../kit/secret.ts'
import type { Context } from '../../step/context.ts'

type Reads = Pick<Context, 'readFile' | 'ask'>

const ENCRYPTED = /-----BEGIN ENCRYPTED /

/** @throws Failure KEY_UNREADABLE, KEY_PASSWORD_WRONG, FILE_UNREADABLE */
export async function signingKey(key: Secret, password: Secret | undefined, context: Reads): Promise<SigningKey> {
  const given = key.reveal()
  const pem = given.includes('-----BEGIN') ? key : new Secret(new TextDecoder().decode(await context.readFile(given)))
  const opened = password ?? (ENCRYPTED.test(pem.reveal()) ? await context.ask('Password of the private key') : undefined)
  return readPrivateKey(pem, opened)
}

/** @throws Failure KEY_UNREADABLE, FILE_UNREADABLE */
export async function verifyingKeys(keys: readonly string[], context: Reads): Promise<VerifyingKey[]> {
  const texts = await Promise.all(keys.map(async (key) => (key.includes('-----BEGIN') ? key : new TextDecoder().decode(await context.readFile(key)))))
  return texts.flatMap((text) => splitPem(text).map(readPublicKey))
}

/** A file may hold several keys, one after the other. */
function splitPem(text: string): string[] {
  const blocks = text.match(/-----BEGIN [^-]+-----[^-]*-----END [^-]+-----/g)
  return blocks === null || blocks.length === 0 ? [text] : blocks
}
