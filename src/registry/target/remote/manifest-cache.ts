/** Manifests that were read or pushed in this run, by repository and digest, so that giving one another tag needs no reading again. */
import type { Descriptor } from '../../oci/descriptor.ts'
import type { Digest } from '../../oci/digest.ts'

export interface KnownManifest {
  readonly descriptor: Descriptor
  readonly bytes: Uint8Array
}

export interface ManifestCache {
  get(repository: string, digest: Digest): KnownManifest | undefined
  put(repository: string, manifest: KnownManifest): void
  drop(repository: string, digest: Digest): void
}

/** Bytes. A few thousand ordinary manifests; the oldest go first. */
const LARGEST = 16 * 1024 * 1024

export function createManifestCache(largest = LARGEST): ManifestCache {
  const kept = new Map<string, KnownManifest>()
  let bytes = 0
  const drop = (key: string): void => {
    bytes -= kept.get(key)?.bytes.length ?? 0
    kept.delete(key)
  }
  return {
    get: (repository, digest) => kept.get(`${repository}@${digest}`),
    put(repository, manifest) {
      const key = `${repository}@${manifest.descriptor.digest}`
      drop(key)
      kept.set(key, manifest)
      bytes += manifest.bytes.length
      for (const oldest of kept.keys()) {
        if (bytes <= largest) break
        drop(oldest)
      }
    },
    drop: (repository, digest) => drop(`${repository}@${digest}`),
  }
}
