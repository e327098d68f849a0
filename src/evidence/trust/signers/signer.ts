/**
 * What signs: one file per kind beside this one. A signer signs bytes and says what a verifier needs to check them; it
 * knows nothing of images, statements or registries.
 */
import type { Call } from '../../../kit/call.ts'
import type { VerificationMaterial } from '../bundle.ts'
import type { VerifyingKey } from '../keys/verifying-key.ts'

export interface Signature {
  readonly signature: Uint8Array
  /** What goes into the bundle beside the signature. */
  readonly material: VerificationMaterial
}

export interface Signer {
  /** How reports call it, e.g. `key 3f2a…=`. Never a secret. */
  readonly name: string
  /** The keys whose signatures are this signer's own: to see what is signed already, and to read back what was written. */
  readonly keys: readonly VerifyingKey[]
  sign(bytes: Uint8Array, call: Call): Promise<Signature>
}
