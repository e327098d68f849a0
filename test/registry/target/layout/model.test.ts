/** Any sequence of changes leaves a layout with what the same sequence leaves in memory, and every entry whole. */

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { freeCall } from '../../../../src/kit/call.ts'
import { isFailure } from '../../../../src/kit/failure.ts'
import { parseTag } from '../../../../src/registry/oci/reference.ts'
import { openLayout } from '../../../../src/registry/target/layout/layout.ts'
import { createMemoryTarget } from '../../../../src/registry/target/memory.ts'
import { all, emptyConfig, imageOf, indexOf, manifestOf, put } from '../../../contracts/content.ts'
import type { ContractTarget } from '../../../contracts/target-contract.ts'
import { checkLayout } from './check.ts'

const call = freeCall()
const IMAGES = ['a', 'b', 'c']
const images = IMAGES.map((name) => imageOf(name))
const manifests = images.map((image) => image.manifest)
// Indexes over one and two images, one inside of the other, and a referrer of each image.
const inner = indexOf(manifests.slice(0, 2))
const pieces = [
  ...manifests,
  inner,
  indexOf([inner, ...manifests.slice(2)]),
  ...manifests.map((manifest) => manifestOf({ more: { subject: manifest.descriptor, artifactType: 'application/vnd.example.signature' } })),
]
const TAGS = ['v1', 'v2', 'v3'].map((tag) => parseTag(tag))

const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('push' as const), piece: fc.nat(pieces.length - 1) }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('tag' as const), piece: fc.nat(pieces.length - 1), tag: fc.nat(TAGS.length - 1) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('untag' as const), tag: fc.nat(TAGS.length - 1) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('remove' as const), piece: fc.nat(pieces.length - 1) }) },
)
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

async function take(target: ContractTarget, one: Step): Promise<string> {
  try {
    if (one.kind === 'untag') await target.untag(TAGS[one.tag] ?? parseTag('v1'), call)
    else {
      const piece = pieces[one.piece] ?? emptyConfig
      if (one.kind === 'push') await put(target, piece)
      else if (one.kind === 'remove') await target.remove(piece.descriptor, call)
      else await target.tag(piece.descriptor, TAGS[one.tag] ?? parseTag('v1'), call)
    }
    return 'done'
  } catch (error) {
    if (isFailure(error)) return error.code
    throw error
  }
}

async function stateOf(target: ContractTarget): Promise<unknown> {
  return {
    tags: (await all(target.tags(call))).toSorted(),
    named: await Promise.all(TAGS.map((tag) => target.resolve(tag, call))),
    present: await Promise.all(pieces.map((piece) => target.resolve(piece.descriptor.digest, call))),
    referrers: await Promise.all(
      manifests.map(async ({ descriptor }) => (await all(target.referrers(descriptor.digest, call))).map((one) => one.digest).toSorted()),
    ),
  }
}

test('layout and memory agree after any steps', { timeout: 120_000 }, async () => {
  const place = await mkdtemp(join(tmpdir(), 'ferry-model-'))
  let round = 0
  try {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 20 }), async (steps) => {
        round += 1
        const directory = join(place, String(round))
        const [layout, memory] = [openLayout(directory), createMemoryTarget()]
        for (const target of [layout, memory]) await put(target, emptyConfig, ...images.flatMap((image) => image.blobs))
        for (const one of steps) {
          const outcome = await take(layout, one)
          // The layout keeps what an index needs; memory is not asked then.
          if (outcome === 'UNSUPPORTED') expect(one.kind).toBe('remove')
          else expect(await take(memory, one)).toBe(outcome)
        }
        expect(await stateOf(layout)).toEqual(await stateOf(memory))
        // What another process reads is the same.
        expect(await stateOf(openLayout(directory))).toEqual(await stateOf(memory))
        await checkLayout(directory)
      }),
      { numRuns: 25 },
    )
  } finally {
    await rm(place, { recursive: true })
  }
})
