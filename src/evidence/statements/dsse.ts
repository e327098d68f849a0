/**
 * The bytes that a DSSE signature covers. secure-systems-lab/dsse v1.0 protocol.md, "PAE". Five lines of our own, because
 * importing @sigstore/core for them costs 20 ms at each start; a test holds them equal to its `preAuthEncoding`.
 */

/** `DSSEv1 <bytes of type> <type> <bytes of payload> <payload>`, lengths in decimal. */
export function preAuthEncoding(payloadType: string, payload: Uint8Array): Uint8Array {
  return Buffer.concat([Buffer.from(`DSSEv1 ${Buffer.byteLength(payloadType)} ${payloadType} ${payload.length} `), payload])
}
