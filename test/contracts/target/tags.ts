/** Tags are names: they move, they are complete, and they only name what is there. */
import { describe, expect, test } from 'vitest'
import { freeCall } from '../../../src/kit/call.ts'
import { parseTag } from '../../../src/registry/oci/reference.ts'
import { all, imageOf, indexOf, put, putImage } from '../content.ts'
import type { ContractTarget } from '../target-contract.ts'

const call = freeCall()

export function tagsContract(target: () => ContractTarget): void {
  describe('tags', () => {
    test('a tag names a manifest, and moves', async () => {
      const first = await putImage(target(), 'first')
      const second = await putImage(target(), 'second')
      await target().tag(first.descriptor, parseTag('latest'), call)
      expect(await target().resolve(parseTag('latest'), call)).toMatchObject(first.descriptor)
      await target().tag(second.descriptor, parseTag('latest'), call)
      expect(await target().resolve(parseTag('latest'), call)).toMatchObject(second.descriptor)
      expect(await all(target().tags(call))).toEqual(['latest'])
      // What the tag named before is still there.
      expect(await target().resolve(first.descriptor.digest, call)).toMatchObject(first.descriptor)
    })

    test('a tag twice is the same', async () => {
      const { descriptor } = await putImage(target(), 'twice')
      await target().tag(descriptor, parseTag('v1'), call)
      await target().tag(descriptor, parseTag('v1'), call)
      expect(await all(target().tags(call))).toEqual(['v1'])
    })

    test('several tags of one digest, all listed', async () => {
      const { descriptor } = await putImage(target(), 'popular')
      const names = ['dev-v1.0-1', 'staging-v1.0-1', '_', 'A.b-C_9', 'x'.repeat(128)]
      for (const name of names) await target().tag(descriptor, parseTag(name), call)
      expect((await all(target().tags(call))).toSorted()).toEqual(names.toSorted())
      for (const name of names) expect(await target().resolve(parseTag(name), call)).toMatchObject(descriptor)
    })

    test('an index under a tag', async () => {
      const children = [await putImage(target(), 'amd64'), await putImage(target(), 'arm64')]
      const index = indexOf(children)
      await put(target(), index)
      await target().tag(index.descriptor, parseTag('multi'), call)
      expect(await target().resolve(parseTag('multi'), call)).toMatchObject(index.descriptor)
      for (const child of children) expect(await target().has(child.descriptor, call)).toBe(true)
    })

    test('what is not there gets no tag', async () => {
      const { manifest } = imageOf('missing')
      await expect(target().tag(manifest.descriptor, parseTag('v1'), call)).rejects.toMatchObject({ code: 'CONTENT_MISSING' })
      expect(await target().resolve(parseTag('v1'), call)).toBeUndefined()
    })
  })
}
