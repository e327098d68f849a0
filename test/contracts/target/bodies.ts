/** Bodies are opened as often as one likes, from any offset, and large ones stream. */
import { randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { freeCall } from '../../../src/kit/call.ts'
import { bytesBody } from '../../../src/registry/target/body.ts'
import { all, get, piece, put } from '../content.ts'
import type { ContractTarget } from '../target-contract.ts'

const call = freeCall()
const MIB = 1024 * 1024

async function joined(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  return Buffer.concat(await all(chunks))
}

export function bodiesContract(target: () => ContractTarget): void {
  describe('bodies', () => {
    test('are opened again, and from an offset', async () => {
      const blob = piece(randomBytes(700_001))
      await put(target(), blob)
      const body = await target().fetch(blob.descriptor, call)
      expect(body.size).toBe(700_001)
      expect(Buffer.compare(await joined(body.open()), blob.bytes)).toBe(0)
      expect(Buffer.compare(await joined(body.open()), blob.bytes)).toBe(0)
      for (const offset of [1, 65_536, 300_000, 700_000]) {
        expect(Buffer.compare(await joined(body.open(offset)), blob.bytes.subarray(offset))).toBe(0)
      }
      expect((await joined(body.open(700_001))).length).toBe(0)
    })

    test('may be given up in the middle', async () => {
      const blob = piece(randomBytes(MIB))
      await put(target(), blob)
      const body = await target().fetch(blob.descriptor, call)
      for await (const chunk of body.open()) {
        expect(chunk.length).toBeGreaterThan(0)
        break
      }
      expect(Buffer.compare(await joined(body.open()), blob.bytes)).toBe(0)
    })

    test('8 MiB stream in and out', async () => {
      const blob = piece(randomBytes(8 * MIB))
      const source = {
        size: blob.bytes.length,
        async *open(from = 0) {
          for (let at = from; at < blob.bytes.length; at += 100_000) yield blob.bytes.subarray(at, at + 100_000)
        },
      }
      expect(await target().push(blob.descriptor, source, call)).toBe('stored')
      expect(Buffer.compare(await get(target(), blob.descriptor), blob.bytes)).toBe(0)
    })

    test('of zero bytes', async () => {
      const nothing = piece('')
      expect(await target().push(nothing.descriptor, bytesBody(nothing.bytes), call)).toBe('stored')
      expect(await target().has(nothing.descriptor, call)).toBe(true)
      expect((await get(target(), nothing.descriptor)).length).toBe(0)
    })
  })
}
