/** A blob that this run has put into one repository of a registry, or seen there, is mounted into the next one instead of sent again. */
import { randomBytes } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { copy } from '../../../../src/registry/copy/copy.ts'
import { parseTag } from '../../../../src/registry/oci/reference.ts'
import { bytesBody } from '../../../../src/registry/target/body.ts'
import { createMemoryTarget } from '../../../../src/registry/target/memory.ts'
import { get, piece, put, putImage } from '../../../contracts/content.ts'
import { bytes, call, createWorld, type Scripted, type World } from '../../scripted.ts'

let world: World
beforeEach(() => {
  world = createWorld()
})
afterEach(() => world.close())

const blob = piece(randomBytes(50_000))
const { descriptor } = blob
const steps = (server: Scripted): string[] => server.seen.map(({ method, path }) => `${method}${path.includes('mount=') ? ' mount' : ''}`)

test('one upload for three repositories', async () => {
  const registry = await world.start()
  for (const path of ['team/a', 'team/b', 'team/c']) await put(world.repository(registry, path), blob)
  expect(steps(registry)).toEqual(['HEAD', 'POST', 'PUT', 'POST mount', 'POST mount'])
  expect(Buffer.compare(await get(world.repository(registry, 'team/c'), descriptor), blob.bytes)).toBe(0)
})

test('one that was only seen there counts too', async () => {
  const registry = await world.start()
  await put(world.repository(registry, 'team/a', world.another()), blob)
  await world.repository(registry, 'team/a').has(descriptor, call)
  registry.seen.length = 0
  await put(world.repository(registry, 'team/b'), blob)
  expect(steps(registry)).toEqual(['POST mount'])
})

test('an image copied to two repositories: the bytes go once', async () => {
  const registry = await world.start()
  const memory = createMemoryTarget()
  const image = (await putImage(memory, 'twice')).descriptor
  for (const path of ['team/a', 'team/b']) await copy(memory, world.repository(registry, path), image, { tag: parseTag('v1') }, call)
  expect(registry.seen.filter(({ method, path }) => method === 'PUT' && path.includes('/blobs/')).length).toBe(2)
  expect(registry.seen.filter(({ path }) => path.includes('mount=')).length).toBe(2)
})

test('another registry is no neighbour', async () => {
  const [one, two] = [await world.start(), await world.start()]
  await put(world.repository(one), blob)
  await put(world.repository(two, 'team/b'), blob)
  expect(steps(two)).toEqual(['HEAD', 'POST', 'PUT'])
})

test('what the neighbour has lost is looked for, and sent into the upload that the mount opened', async () => {
  const registry = await world.start()
  await put(world.repository(registry, 'team/a'), blob)
  await world.repository(registry, 'team/a', world.another()).remove(descriptor, call)
  registry.seen.length = 0
  expect(await world.repository(registry, 'team/b').push(descriptor, bytesBody(blob.bytes), call)).toBe('stored')
  expect(steps(registry)).toEqual(['POST mount', 'HEAD', 'PUT'])
})

test.each([400, 401, 403, 404, 405, 500])('%s to the mount: sent as usual, and that neighbour is not asked again (ggcr#1741)', async (status) => {
  const registry = await world.start((seen, response) => seen.path.includes('mount=') && bytes(response, status, ''))
  const second = piece(randomBytes(1000))
  await put(world.repository(registry, 'team/a'), blob, second)
  registry.seen.length = 0
  await put(world.repository(registry, 'team/b'), blob, second)
  expect(steps(registry)).toEqual(['POST mount', 'HEAD', 'POST', 'PUT', 'HEAD', 'POST', 'PUT'])
})

describe('a product that looks in its other repositories itself (mount without from)', () => {
  test('a blob that this run knows nothing of comes from there; what is nowhere is sent into the upload that was opened', async () => {
    const registry = await world.start()
    await put(world.repository(registry, 'team/a', world.another()), blob)
    registry.seen.length = 0
    const target = world.repository(registry, 'team/b', world.another({ dialects: { [registry.host]: 'kubeferry' } }))
    await put(target, blob, piece('nowhere yet'))
    expect(steps(registry)).toEqual(['HEAD', 'POST mount', 'HEAD', 'POST mount', 'PUT'])
    expect(registry.seen.some(({ path }) => path.includes('from='))).toBe(false)
    expect(Buffer.compare(await get(target, descriptor), blob.bytes)).toBe(0)
  })

  test('one that was taken for such a product, and refuses: opened in the plain way', async () => {
    const registry = await world.start((seen, response) => seen.path.includes('mount=') && bytes(response, 400, ''))
    await put(world.repository(registry, 'team/b', world.another({ dialects: { [registry.host]: 'kubeferry' } })), blob)
    expect(steps(registry)).toEqual(['HEAD', 'POST mount', 'POST', 'PUT'])
  })
})
