/**
 * Writes a Sigstore bundle v0.3 around a signed statement: protojson in camelCase, as cosign 3 reads it.
 * No `keyid` stands beside the signature: cosign 3.1 then finds "0 of 1" signatures. No field beyond these: cosign drops the bundle.
 * Reading is in read-bundle.ts.
 */

export const BUNDLE_MEDIA_TYPE = 'application/vnd.dev.sigstore.bundle.v0.3+json'

/** How a verifier finds the key: for a key pair its fingerprint. */
export type VerificationMaterial = { readonly publicKey: { readonly hint: string } }

/** @param payload the very bytes that were signed, by way of `preAuthEncoding` */
export function dsseBundle(payloadType: string, payload: Uint8Array, signature: Uint8Array, material: VerificationMaterial): Uint8Array {
  return Buffer.from(
    JSON.stringify({
      mediaType: BUNDLE_MEDIA_TYPE,
      verificationMaterial: material,
      dsseEnvelope: {
        payload: Buffer.from(payload).toString('base64'),
        payloadType,
        signatures: [{ sig: Buffer.from(signature).toString('base64') }],
      },
    }),
  )
}
