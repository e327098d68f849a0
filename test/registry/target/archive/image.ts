/** An image that container tools accept: layers that are tars, packed or not, and a config that says what is in them. */
import { createHash } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { MEDIA } from '../../../../src/registry/oci/media-types.ts'
import { manifestOf, type Piece, piece } from '../../../contracts/content.ts'
import { tarOf } from './place.ts'

export interface RealImage {
  readonly config: Piece
  readonly layers: readonly Piece[]
  /** The layers unpacked. */
  readonly plain: readonly Buffer[]
  readonly manifest: Piece
}

export async function realImage(name: string, packed: boolean): Promise<RealImage> {
  const plain = [await tarOf([{ name: 'base.txt', bytes: 'shared by all' }]), await tarOf([{ name: `${name}.txt`, bytes: `only in ${name}` }])]
  const diffIds = plain.map((bytes) => `sha256:${createHash('sha256').update(bytes).digest('hex')}`)
  const config = piece(
    JSON.stringify({
      architecture: 'amd64',
      os: 'linux',
      config: { Labels: { name } },
      rootfs: { type: 'layers', diff_ids: diffIds },
      history: diffIds.map(() => ({ created_by: 'test' })),
    }),
    MEDIA.config,
  )
  const layers = plain.map((bytes) => (packed ? piece(gzipSync(bytes), MEDIA.layerGzip) : piece(bytes, MEDIA.layer)))
  return { config, layers, plain, manifest: manifestOf({ config, layers }) }
}
