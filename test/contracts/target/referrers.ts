/** Referrers: whatever has the subject is listed, with what its own bytes say of it. */
import { describe, expect, test } from 'vitest'
import { freeCall } from '../../../src/kit/call.ts'
import type { Descriptor } from '../../../src/registry/oci/descriptor.ts'
import { parseTag } from '../../../src/registry/oci/reference.ts'
import { all, emptyConfig, imageOf, indexOf, manifestOf, piece, put, putImage } from '../content.ts'
import type { ContractTarget } from '../target-contract.ts'

const call = freeCall()

export function referrersContract(target: () => ContractTarget): void {
  const listed = async (subject: Descriptor): Promise<Descriptor[]> => {
    const found = await all(target().referrers(subject.digest, call))
    return found.toSorted((left, right) => (left.digest < right.digest ? -1 : 1))
  }

  describe('referrers', () => {
    test('of several kinds, with artifactType and annotations', async () => {
      const subject = (await putImage(target(), 'signed')).descriptor
      const other = (await putImage(target(), 'other')).descriptor
      const config = piece('{"sbom":true}', 'application/vnd.example.sbom.config')
      const layer = piece('signature', 'application/vnd.example.signature')
      const signature = manifestOf({
        layers: [layer],
        more: { subject, artifactType: 'application/vnd.example.signature', annotations: { 'org.example.kind': 'signature' } },
      })
      const sbom = manifestOf({ config, more: { subject } })
      const bundle = indexOf([], { subject, artifactType: 'application/vnd.example.bundle' })
      const elsewhere = manifestOf({ more: { subject: other, artifactType: 'application/vnd.example.signature' } })
      await put(target(), emptyConfig, config, layer, signature, sbom, bundle, elsewhere)
      const found = await listed(subject)
      expect(new Map(found.map((one) => [one.digest, one.artifactType]))).toEqual(
        new Map([
          [signature.descriptor.digest, 'application/vnd.example.signature'],
          [sbom.descriptor.digest, 'application/vnd.example.sbom.config'],
          [bundle.descriptor.digest, 'application/vnd.example.bundle'],
        ]),
      )
      expect(found.find((one) => one.digest === signature.descriptor.digest)).toMatchObject({
        ...signature.descriptor,
        annotations: { 'org.example.kind': 'signature' },
      })
      expect((await listed(other)).map((one) => one.digest)).toEqual([elsewhere.descriptor.digest])
    })

    test('none is an empty list', async () => {
      expect(await listed((await putImage(target(), 'lonely')).descriptor)).toEqual([])
    })

    test('may come before their subject', async () => {
      const { manifest, blobs } = imageOf('later')
      const early = manifestOf({ more: { subject: manifest.descriptor, artifactType: 'application/vnd.example.early' } })
      await put(target(), emptyConfig, early)
      expect((await listed(manifest.descriptor)).map((one) => one.digest)).toEqual([early.descriptor.digest])
      await put(target(), ...blobs, manifest)
      expect((await listed(manifest.descriptor)).map((one) => one.digest)).toEqual([early.descriptor.digest])
    })

    test('also with a tag, and also as a child of an index', async () => {
      const subject = (await putImage(target(), 'tagged subject')).descriptor
      const tagged = manifestOf({ more: { subject, artifactType: 'application/vnd.example.tagged' } })
      const child = manifestOf({ more: { subject, artifactType: 'application/vnd.example.child' } })
      await put(target(), emptyConfig, tagged, child, indexOf([child]))
      await target().tag(tagged.descriptor, parseTag('sig'), call)
      expect((await listed(subject)).map((one) => one.digest)).toEqual([tagged, child].map((one) => one.descriptor.digest).toSorted())
    })

    test('a referrer of a referrer belongs to that one', async () => {
      const subject = (await putImage(target(), 'chain')).descriptor
      const first = manifestOf({ more: { subject, artifactType: 'application/vnd.example.first' } })
      const second = manifestOf({ more: { subject: first.descriptor, artifactType: 'application/vnd.example.second' } })
      await put(target(), emptyConfig, first, second)
      expect((await listed(subject)).map((one) => one.digest)).toEqual([first.descriptor.digest])
      expect((await listed(first.descriptor)).map((one) => one.digest)).toEqual([second.descriptor.digest])
    })
  })
}
