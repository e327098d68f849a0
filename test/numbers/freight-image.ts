/** The image that freight.ts serves: one layer of 2 or 10 GiB, known by its digest and never held. */
import type { Descriptor } from '../../src/registry/oci/descriptor.ts'
import { parseDigest } from '../../src/registry/oci/digest.ts'
import { MEDIA } from '../../src/registry/oci/media-types.ts'
import { emptyConfig, manifestOf, type Piece } from '../contracts/content.ts'

const MIB = 1024 * 1024
const GIB = 1024 * MIB

interface FreightImage {
  readonly image: Piece
  readonly config: Piece
  readonly layer: Descriptor
  /** What follows the number in each MiB of the layer. */
  readonly block: Uint8Array
  readonly blocks: number
}

/** By GiB. */
const DIGESTS = {
  2: 'sha256:5a371cd6ccf38ca268e17dcb8a143019375d8d9fb735e142eb73e024274645fd',
  10: 'sha256:cbbf655c06e6e148acc403ac63fa308304a13a6c257f948a07c8e7c329974ec7',
} as const

export function freightImage(gibibytes: keyof typeof DIGESTS = 2): FreightImage {
  const size = gibibytes * GIB
  const blocks = size / MIB
  const layer = { mediaType: MEDIA.layer, digest: parseDigest(DIGESTS[gibibytes]), size }
  return { image: imageWith(layer), config: emptyConfig, layer, block: Buffer.alloc(MIB - 8, 'kubeferry '), blocks }
}

/** 2 GiB of zeros: on disk a file with nothing in it. */
export const ZEROS: Descriptor = {
  mediaType: MEDIA.layer,
  digest: parseDigest('sha256:a7c744c13cc101ed66c29f672f92455547889cc586ce6d44fe76ae824958ea51'),
  size: 2 * GIB,
}

export function imageWith(layer: Descriptor): Piece {
  return manifestOf({ layers: [{ descriptor: layer, bytes: new Uint8Array() }] })
}
