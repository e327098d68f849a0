/**
 * What a statement says about its subject, by the URI of its predicate. A signature is one kind among many: whoever
 * verifies names the kind, or an SBOM by the same key passes for a signature (GHSA-vjxv-45g9-9296).
 */
import { printable } from '../../kit/printable.ts'

export const PREDICATE = {
  /** An image signature as cosign 3 writes it; its predicate is empty. */
  signature: 'https://sigstore.dev/cosign/sign/v1',
  spdx: 'https://spdx.dev/Document',
  cycloneDx: 'https://cyclonedx.org/bom',
  provenanceV1: 'https://slsa.dev/provenance/v1',
  provenanceV02: 'https://slsa.dev/provenance/v0.2',
  vulnerabilities: 'https://cosign.sigstore.dev/attestation/vuln/v1',
} as const

const WORDS: ReadonlyMap<string, string> = new Map([
  [PREDICATE.signature, 'an image signature'],
  [PREDICATE.spdx, 'an SBOM (SPDX)'],
  [PREDICATE.cycloneDx, 'an SBOM (CycloneDX)'],
  [PREDICATE.provenanceV1, 'build provenance (SLSA v1)'],
  [PREDICATE.provenanceV02, 'build provenance (SLSA v0.2)'],
  [PREDICATE.vulnerabilities, 'a vulnerability report'],
])

/** `an SBOM (SPDX)`, or the URI itself when we have no word for it. */
export function describePredicate(predicateType: string): string {
  return WORDS.get(predicateType) ?? `a statement of type ${printable(predicateType, 120)}`
}
