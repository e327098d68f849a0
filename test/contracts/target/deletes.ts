/** Removing takes what was named and nothing else. */
import { describe, expect, test } from 'vitest'
import { freeCall } from '../../../src/kit/call.ts'
import { parseTag } from '../../../src/registry/oci/reference.ts'
import { all, emptyConfig, imageOf, indexOf, manifestOf, put, putImage } from '../content.ts'
import type { ContractTarget } from '../target-contract.ts'

const call = freeCall()

export function deletesContract(target: () => ContractTarget): void {
  describe('deletes', () => {
    test('untag takes the tag and neither its siblings nor the image', async () => {
      const { descriptor } = await putImage(target(), 'kept')
      for (const name of ['a', 'b']) await target().tag(descriptor, parseTag(name), call)
      await target().untag(parseTag('a'), call)
      expect(await target().resolve(parseTag('a'), call)).toBeUndefined()
      expect(await target().resolve(parseTag('b'), call)).toMatchObject(descriptor)
      await target().untag(parseTag('b'), call)
      expect(await all(target().tags(call))).toEqual([])
      expect(await target().resolve(descriptor.digest, call)).toMatchObject(descriptor)
    })

    test('remove takes the manifest and its tags; other images and shared blobs stay', async () => {
      const shared = imageOf('shared')
      await put(target(), ...shared.blobs, shared.manifest)
      const twin = manifestOf({ layers: shared.blobs.slice(1), more: { annotations: { twin: 'yes' } } })
      await put(target(), emptyConfig, twin)
      await target().tag(shared.manifest.descriptor, parseTag('gone'), call)
      await target().tag(twin.descriptor, parseTag('stays'), call)
      await target().remove(shared.manifest.descriptor, call)
      expect(await target().resolve(parseTag('gone'), call)).toBeUndefined()
      expect(await target().resolve(shared.manifest.descriptor.digest, call)).toBeUndefined()
      expect(await target().has(shared.manifest.descriptor, call)).toBe(false)
      expect(await all(target().tags(call))).toEqual(['stays'])
      expect(await target().has(twin.descriptor, call)).toBe(true)
      for (const blob of shared.blobs.slice(1)) expect(await target().has(blob.descriptor, call)).toBe(true)
    })

    test('removing an index leaves its children', async () => {
      const children = [await putImage(target(), 'one'), await putImage(target(), 'two')]
      const index = indexOf(children)
      await put(target(), index)
      await target().remove(index.descriptor, call)
      expect(await target().has(index.descriptor, call)).toBe(false)
      for (const child of children) expect(await target().resolve(child.descriptor.digest, call)).toMatchObject(child.descriptor)
    })

    test('a removed referrer is not listed any more', async () => {
      const subject = (await putImage(target(), 'subject')).descriptor
      const referrer = manifestOf({ more: { subject, artifactType: 'application/vnd.example.signature' } })
      await put(target(), emptyConfig, referrer)
      await target().remove(referrer.descriptor, call)
      expect(await all(target().referrers(subject.digest, call))).toEqual([])
    })

    test('what was removed can be pushed again', async () => {
      const { descriptor } = await putImage(target(), 'phoenix')
      await target().remove(descriptor, call)
      await putImage(target(), 'phoenix')
      expect(await target().resolve(descriptor.digest, call)).toMatchObject(descriptor)
    })
  })
}
