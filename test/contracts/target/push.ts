/** Pushing: proven before it is there, children before parents, the same again is no work. */
import { describe, expect, test } from 'vitest'
import { type Call, freeCall } from '../../../src/kit/call.ts'
import { Failure } from '../../../src/kit/failure.ts'
import type { Descriptor } from '../../../src/registry/oci/descriptor.ts'
import { MEDIA } from '../../../src/registry/oci/media-types.ts'
import { parseTag } from '../../../src/registry/oci/reference.ts'
import { bytesBody } from '../../../src/registry/target/body.ts'
import { all, emptyConfig, get, imageOf, indexOf, manifestOf, piece, put, putImage } from '../content.ts'
import type { ContractTarget } from '../target-contract.ts'

const call = freeCall()

export function pushContract(target: () => ContractTarget): void {
  describe('push', () => {
    test('nothing is there at first', async () => {
      const { manifest } = imageOf('nobody')
      expect(await target().resolve(parseTag('v1'), call)).toBeUndefined()
      expect(await target().resolve(manifest.descriptor.digest, call)).toBeUndefined()
      expect(await target().has(manifest.descriptor, call)).toBe(false)
      expect(await all(target().tags(call))).toEqual([])
      await expect(target().fetch(manifest.descriptor, call)).rejects.toMatchObject({ code: 'CONTENT_MISSING' })
    })

    test('a blob: stored once, then present, and the same bytes come back', async () => {
      const { descriptor, bytes } = piece('some bytes')
      expect(await target().has(descriptor, call)).toBe(false)
      expect(await target().push(descriptor, bytesBody(bytes), call)).toBe('stored')
      expect(await target().has(descriptor, call)).toBe(true)
      expect(await target().push(descriptor, bytesBody(bytes), call)).toBe('present')
      expect(Buffer.from(await get(target(), descriptor)).toString()).toBe('some bytes')
    })

    test('an image: resolved by digest, stored once', async () => {
      const { manifest, blobs } = imageOf('a')
      await put(target(), ...blobs)
      expect(await target().push(manifest.descriptor, bytesBody(manifest.bytes), call)).toBe('stored')
      expect(await target().push(manifest.descriptor, bytesBody(manifest.bytes), call)).toBe('present')
      expect(await target().resolve(manifest.descriptor.digest, call)).toMatchObject(manifest.descriptor)
      expect(await target().has(manifest.descriptor, call)).toBe(true)
    })

    test('a blob is no manifest, even with the bytes of one', async () => {
      const { manifest, blobs } = imageOf('only a blob')
      await put(target(), ...blobs, { ...manifest, descriptor: { ...manifest.descriptor, mediaType: 'application/octet-stream' } })
      expect(await target().has(manifest.descriptor, call)).toBe(false)
      expect(await target().resolve(manifest.descriptor.digest, call)).toBeUndefined()
    })

    const lies: Array<[string, (honest: Descriptor) => Descriptor]> = [
      ['another digest', (honest) => ({ ...honest, digest: piece('something else entirely').descriptor.digest })],
      ['a size that is too small', (honest) => ({ ...honest, size: honest.size - 1 })],
      ['a size that is too large', (honest) => ({ ...honest, size: honest.size + 1 })],
    ]
    test.each(lies)('a blob under %s is refused and not stored', async (_what, lie) => {
      const { descriptor, bytes } = piece('honest bytes')
      const lied = lie(descriptor)
      await expect(target().push(lied, bytesBody(bytes), call)).rejects.toMatchObject({ code: 'DIGEST_MISMATCH' })
      expect(await target().has(lied, call)).toBe(false)
      expect(await target().has(descriptor, call)).toBe(false)
    })

    test.each(lies)('a manifest under %s is refused and not stored', async (_what, lie) => {
      const { manifest, blobs } = imageOf('lied about')
      await put(target(), ...blobs)
      const lied = lie(manifest.descriptor)
      await expect(target().push(lied, bytesBody(manifest.bytes), call)).rejects.toMatchObject({ code: 'DIGEST_MISMATCH' })
      expect(await target().has(lied, call)).toBe(false)
      expect(await target().resolve(lied.digest, call)).toBeUndefined()
    })

    test('a manifest needs its blobs first (korifi#2381)', async () => {
      const layer = piece('a layer that is not there', MEDIA.layer)
      const manifest = manifestOf({ layers: [layer] })
      await put(target(), emptyConfig)
      await expect(target().push(manifest.descriptor, bytesBody(manifest.bytes), call)).rejects.toMatchObject({ code: 'CONTENT_MISSING' })
      expect(await target().has(manifest.descriptor, call)).toBe(false)
      await put(target(), layer, manifest)
      expect(await target().has(manifest.descriptor, call)).toBe(true)
    })

    test('an index needs its manifests first', async () => {
      const { manifest, blobs } = imageOf('child')
      const index = indexOf([manifest])
      await put(target(), ...blobs)
      await expect(target().push(index.descriptor, bytesBody(index.bytes), call)).rejects.toMatchObject({ code: 'CONTENT_MISSING' })
      await put(target(), manifest, index)
      expect(await target().resolve(index.descriptor.digest, call)).toMatchObject(index.descriptor)
      expect(await target().resolve(manifest.descriptor.digest, call)).toMatchObject(manifest.descriptor)
    })

    test('a source that breaks in the middle leaves nothing, and the next try succeeds', async () => {
      const { descriptor, bytes } = piece('interrupted '.repeat(10_000))
      const broken = {
        size: bytes.length,
        async *open() {
          yield bytes.subarray(0, 5000)
          throw new Failure('REGISTRY_UNAVAILABLE', 'the source went away')
        },
      }
      await expect(target().push(descriptor, broken, call)).rejects.toBeInstanceOf(Failure)
      expect(await target().has(descriptor, call)).toBe(false)
      expect(await target().push(descriptor, bytesBody(bytes), call)).toBe('stored')
    })

    test('after a stop nothing is pushed and no tag is written', async () => {
      const manifest = await putImage(target(), 'stopped')
      const stopped: Call = { signal: AbortSignal.abort() }
      const { descriptor, bytes } = piece('too late')
      await expect(target().push(descriptor, bytesBody(bytes), stopped)).rejects.toMatchObject({ code: 'INTERRUPTED' })
      await expect(target().tag(manifest.descriptor, parseTag('late'), stopped)).rejects.toMatchObject({ code: 'INTERRUPTED' })
      expect(await target().has(descriptor, call)).toBe(false)
      expect(await target().resolve(parseTag('late'), call)).toBeUndefined()
    })

    test('the same blob from eight sides at once', async () => {
      const { descriptor, bytes } = piece('shared '.repeat(30_000))
      const answers = await Promise.all(Array.from({ length: 8 }, () => target().push(descriptor, bytesBody(bytes), call)))
      expect(answers).toContain('stored')
      expect(Buffer.compare(await get(target(), descriptor), bytes)).toBe(0)
    })

    test('eight images at once', async () => {
      const names = Array.from({ length: 8 }, (_, at) => `together-${at}`)
      await Promise.all(
        names.map(async (name) => {
          const manifest = await putImage(target(), name)
          await target().tag(manifest.descriptor, parseTag(name), call)
        }),
      )
      expect((await all(target().tags(call))).toSorted()).toEqual(names.toSorted())
    })
  })
}
