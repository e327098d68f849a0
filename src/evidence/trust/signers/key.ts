/** Signs with a private key that is at hand. */
import { throwIfStopped } from '../../../kit/call.ts'
import type { SigningKey } from '../keys/signing-key.ts'
import type { Signer } from './signer.ts'

export function keySigner(key: SigningKey): Signer {
  const hint = key.public.fingerprint
  return {
    name: `key ${hint}`,
    keys: [key.public],
    async sign(bytes, call) {
      throwIfStopped(call)
      return { signature: key.sign(bytes), material: { publicKey: { hint } } }
    },
  }
}
