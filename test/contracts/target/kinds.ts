/** Whatever follows the specifications is carried byte for byte, known or not. */
import { describe, expect, test } from 'vitest'
import { freeCall } from '../../../src/kit/call.ts'
import { MEDIA } from '../../../src/registry/oci/media-types.ts'
import { parseTag } from '../../../src/registry/oci/reference.ts'
import { emptyConfig, get, indexOf, manifestOf, type Piece, piece, put, putImage } from '../content.ts'
import type { ContractTarget } from '../target-contract.ts'

const call = freeCall()

export function kindsContract(target: () => ContractTarget, sha512: boolean): void {
  const keeps = async (manifest: Piece, ...below: readonly Piece[]): Promise<void> => {
    await put(target(), ...below, manifest)
    await target().tag(manifest.descriptor, parseTag('kept'), call)
    const found = await target().resolve(parseTag('kept'), call)
    expect(found?.mediaType).toBe(manifest.descriptor.mediaType)
    expect(found?.size).toBe(manifest.descriptor.size)
    expect(Buffer.compare(await get(target(), manifest.descriptor), manifest.bytes)).toBe(0)
    for (const { descriptor, bytes } of below) expect(Buffer.compare(await get(target(), descriptor), bytes)).toBe(0)
  }

  describe('kinds', () => {
    test('a Docker schema 2 image', async () => {
      const config = piece('{"os":"linux"}', 'application/vnd.docker.container.image.v1+json')
      const layer = piece('docker layer', 'application/vnd.docker.image.rootfs.diff.tar.gzip')
      await keeps(manifestOf({ config, layers: [layer], mediaType: MEDIA.dockerManifest }), config, layer)
    })

    test('a Docker manifest list', async () => {
      const config = piece('{"os":"linux","a":1}', 'application/vnd.docker.container.image.v1+json')
      const child = manifestOf({ config, mediaType: MEDIA.dockerManifest })
      await keeps(indexOf([child], {}, MEDIA.dockerList), config, child)
    })

    test('an artifact without layers', async () => {
      await keeps(manifestOf({ more: { artifactType: 'application/vnd.example.thing' } }), emptyConfig)
    })

    test('an artifact with a config and layers of unknown types', async () => {
      const config = piece('config of a thing', 'application/vnd.example.config.v7')
      const layer = piece('thing', 'application/x-thing')
      await keeps(manifestOf({ config, layers: [layer] }), config, layer)
    })

    test('an index in an index', async () => {
      const inner = indexOf([await putImage(target(), 'inner')], { annotations: { depth: '1' } })
      await put(target(), inner)
      await keeps(indexOf([inner, await putImage(target(), 'beside')]), inner)
    })

    test('an empty index', async () => {
      await keeps(indexOf([]))
    })

    test('a layer that may not be distributed, and is not there', async () => {
      const foreign = piece('only at its vendor', 'application/vnd.oci.image.layer.nondistributable.v1.tar+gzip')
      await keeps(manifestOf({ layers: [foreign] }), emptyConfig)
    })

    test('unknown fields, odd white space and the order of keys', async () => {
      const text = JSON.stringify(
        { zeta: { nested: [1, null, 'ü'] }, layers: [], config: emptyConfig.descriptor, schemaVersion: 2, mediaType: MEDIA.manifest, 'org.example': 'x' },
        null,
        3,
      )
      await keeps(piece(`${text}\n\n`, MEDIA.manifest), emptyConfig)
    })

    if (sha512) {
      test('sha512, of blobs and manifests', async () => {
        const config = piece('{"sha":512}', MEDIA.config, 'sha512')
        const layer = piece('a layer with a long digest', MEDIA.layer, 'sha512')
        const manifest = manifestOf({ config, layers: [layer], algorithm: 'sha512' })
        await put(target(), config, layer, manifest)
        expect(await target().resolve(manifest.descriptor.digest, call)).toMatchObject(manifest.descriptor)
        for (const { descriptor, bytes } of [config, layer, manifest]) expect(Buffer.compare(await get(target(), descriptor), bytes)).toBe(0)
      })
    }
  })
}
