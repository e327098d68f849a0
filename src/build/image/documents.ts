/** Manifest and index as bytes with their descriptors. Keys in the order of the specification, annotations by name: same input, same bytes. */
import { rfc3339 } from '../../kit/clock.ts'
import type { JsonObject } from '../../kit/json.ts'
import { ANNOTATION } from '../../registry/oci/annotations.ts'
import { type Descriptor, descriptorJson } from '../../registry/oci/descriptor.ts'
import { type Digest, digestOf } from '../../registry/oci/digest.ts'
import { MEDIA } from '../../registry/oci/media-types.ts'
import type { Recipe } from '../builder.ts'
import type { Checked } from '../check.ts'
import { sorted } from './config.ts'

export interface Document {
  readonly descriptor: Descriptor
  readonly bytes: Uint8Array
}

/** @param base digest of what this very document builds upon */
export function annotationsOf(recipe: Recipe, checked: Checked, base: Digest | undefined): Record<string, string> {
  return sorted({
    [ANNOTATION.created]: rfc3339(checked.created),
    ...(base === undefined ? {} : { [ANNOTATION.baseDigest]: base }),
    ...(recipe.base?.name === undefined ? {} : { [ANNOTATION.baseName]: recipe.base.name }),
    ...recipe.annotations,
  })
}

export function configDocument(json: JsonObject): Document {
  return document(MEDIA.config, json)
}

export function manifestDocument(config: Descriptor, layers: readonly Descriptor[], annotations: Record<string, string>): Document {
  return document(MEDIA.manifest, {
    schemaVersion: 2,
    mediaType: MEDIA.manifest,
    config: descriptorJson(config),
    layers: layers.map(descriptorJson),
    annotations,
  })
}

export function indexDocument(manifests: readonly Descriptor[], annotations: Record<string, string>): Document {
  return document(MEDIA.index, { schemaVersion: 2, mediaType: MEDIA.index, manifests: manifests.map(descriptorJson), annotations })
}

function document(mediaType: string, json: JsonObject): Document {
  const bytes = Buffer.from(JSON.stringify(json))
  return { bytes, descriptor: { mediaType, digest: digestOf(bytes), size: bytes.length } }
}
