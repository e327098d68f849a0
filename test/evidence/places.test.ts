/** The same in the places where images really are: a layout on disk and a registry over HTTP. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { signImage } from '../../src/evidence/trust/sign.ts'
import { keySigner } from '../../src/evidence/trust/signers/key.ts'
import { requireVerified } from '../../src/evidence/trust/verify.ts'
import { freeCall } from '../../src/kit/call.ts'
import { systemClock } from '../../src/kit/clock.ts'
import { openLayout } from '../../src/registry/target/layout/layout.ts'
import type { Target } from '../../src/registry/target/target.ts'
import { pushIndex } from './images.ts'
import { makeKey } from './keys.ts'
import { startOurs } from './registries.ts'

const call = freeCall()

async function roundTrip(target: Target, reopened: Target): Promise<void> {
  const key = makeKey()
  const root = await pushIndex(target)
  const signed = await signImage(target, root, keySigner(key), { clock: systemClock, annotations: { env: 'prod' } }, call)
  expect(signed.digests.map((each) => each.outcome)).toEqual(['signed', 'signed', 'signed', 'signed'])
  const again = await signImage(reopened, root, keySigner(key), { clock: systemClock, annotations: { env: 'prod' } }, call)
  expect(again.digests.map((each) => each.outcome)).toEqual(['present', 'present', 'present', 'present'])
  expect(again.digests.map((each) => each.signature)).toEqual(signed.digests.map((each) => each.signature))
  expect((await requireVerified(reopened, root, { keys: [key.public] }, call)).digests).toHaveLength(4)
  await expect(requireVerified(reopened, root, { keys: [makeKey().public] }, call)).rejects.toMatchObject({ code: 'SIGNATURE_INVALID' })
}

test('an OCI layout on disk', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'ferry evidence '))
  try {
    await roundTrip(openLayout(folder), openLayout(folder))
  } finally {
    await rm(folder, { recursive: true })
  }
})

test('the embedded registry, over HTTP', async () => {
  const registry = await startOurs()
  try {
    await roundTrip(registry.open('team/app'), registry.open('team/app'))
  } finally {
    await registry.stop()
  }
})
