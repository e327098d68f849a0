/** Large layers stream: the process that copies them stays small, on a heap that would hold none of them. */
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { digestOf, finishDigest } from '../../../src/registry/oci/digest.ts'
import { MEDIA } from '../../../src/registry/oci/media-types.ts'
import { emptyConfig, manifestOf } from '../../contracts/content.ts'
import { bytes, createWorld } from '../scripted.ts'

const MIB = 1024 * 1024
const LAYERS = 4
const LAYER_MIB = 64

test('256 MiB in four layers at once, with 48 MiB of heap, within 180 MiB of memory [case 57]', async () => {
  const world = createWorld()
  const chunk = Buffer.alloc(MIB, 'kubeferry')
  const layers = Array.from({ length: LAYERS }, (_, at) => {
    const head = Buffer.alloc(MIB, at)
    const hash = createHash('sha256').update(head)
    for (let count = 1; count < LAYER_MIB; count += 1) hash.update(chunk)
    return { head, descriptor: { mediaType: MEDIA.layer, digest: finishDigest(hash, 'sha256'), size: LAYER_MIB * MIB } }
  })
  const image = manifestOf({ layers: layers.map(({ head, descriptor }) => ({ bytes: head, descriptor })) })
  const source = await world.start(
    (seen, response) => {
      if (seen.path.includes('/manifests/sha256-')) return false
      if (seen.path.includes('/manifests/')) return bytes(response, 200, image.bytes, { 'content-type': MEDIA.manifest })
      if (seen.path.endsWith(emptyConfig.descriptor.digest)) return bytes(response, 200, emptyConfig.bytes)
      const layer = layers.find(({ descriptor }) => seen.path.endsWith(descriptor.digest))
      if (!layer) return false
      response.writeHead(200, { 'content-length': String(layer.descriptor.size) })
      let left = LAYER_MIB
      const more = (): void => {
        while (left > 0) {
          left -= 1
          if (!response.write(left === LAYER_MIB - 1 ? layer.head : chunk)) return
        }
        response.end()
      }
      response.on('drain', more)
      more()
      return true
    },
    { bare: true },
  )
  const stored = new Map<string, string>()
  let manifest = ''
  const target = await world.start(
    async (seen, response, message) => {
      if (seen.method === 'POST') return bytes(response, 202, '', { location: '/v2/b/uploads/1' })
      if (seen.method === 'PUT') {
        const hash = createHash('sha256')
        for await (const piece of message) hash.update(piece as Buffer)
        const digest = finishDigest(hash, 'sha256')
        stored.set(digest, seen.path)
        if (seen.path.includes('/manifests/')) manifest = digest
        return bytes(response, 201, '', { 'docker-content-digest': digest })
      }
      if (seen.path.endsWith('/manifests/v1') && manifest !== '') {
        return bytes(response, 200, image.bytes, { 'content-type': MEDIA.manifest })
      }
      return false
    },
    { bare: true },
  )
  const { stdout } = await promisify(execFile)(process.execPath, [
    '--max-old-space-size=48',
    join(import.meta.dirname, 'heavy-copy.ts'),
    `${source.host}/a:v1`,
    `${target.host}/b:v1`,
  ])
  const { bytes: moved, peakMiB } = JSON.parse(stdout) as { bytes: number; peakMiB: number }
  for (const { descriptor } of layers) expect(stored.has(descriptor.digest)).toBe(true)
  expect(stored.has(digestOf(image.bytes))).toBe(true)
  expect(moved).toBeGreaterThan(LAYERS * LAYER_MIB * MIB)
  expect(peakMiB).toBeLessThan(180)
  await world.close()
}, 120_000)
