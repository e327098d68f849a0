/** Odd but right content, carried from memory to a registry, to a layout, to another registry, and back to memory: byte for byte at each stop. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { check } from '../../../src/registry/copy/check.ts'
import { copy } from '../../../src/registry/copy/copy.ts'
import { MEDIA } from '../../../src/registry/oci/media-types.ts'
import { parseTag } from '../../../src/registry/oci/reference.ts'
import { openLayout } from '../../../src/registry/target/layout/layout.ts'
import { createMemoryTarget } from '../../../src/registry/target/memory.ts'
import { emptyConfig, get, indexOf, manifestOf, type Piece, piece, put } from '../../contracts/content.ts'
import { call, createWorld, type World } from '../scripted.ts'

let world: World
let directory: string
beforeEach(async () => {
  world = createWorld()
  directory = await mkdtemp(join(tmpdir(), 'ferry-kinds-'))
})
afterEach(async () => {
  await world.close()
  await rm(directory, { recursive: true })
})

const empty = piece('', MEDIA.layer)
const config = piece('{"os":"linux"}', MEDIA.config)
const long = {
  config: piece('{"long":true}', MEDIA.config, 'sha512'),
  layer: piece('a long digest', MEDIA.layer, 'sha512'),
  none: piece('', MEDIA.layer, 'sha512'),
}
const foreign = piece('only at its vendor', 'application/vnd.docker.image.rootfs.foreign.diff.tar.gzip')
const twin = piece('the same bytes', MEDIA.layer)
const wide = manifestOf({ config, layers: [long.layer], algorithm: 'sha512' })
const inner = indexOf([manifestOf({ config, layers: [empty] })])

interface Kind {
  readonly root: Piece
  /** In the order in which it can be pushed. */
  readonly below: readonly Piece[]
}

const kinds: Readonly<Record<string, Kind>> = {
  'an empty layer': { root: manifestOf({ config, layers: [empty, empty] }), below: [config, empty] },
  'blobs under sha512, one of them empty': {
    root: manifestOf({ config: long.config, layers: [long.layer, long.none] }),
    below: [long.config, long.layer, long.none],
  },
  'a manifest under sha512': { root: indexOf([wide]), below: [config, long.layer, wide] },
  'one content under two algorithms': {
    root: manifestOf({ config, layers: [twin, piece('the same bytes', MEDIA.layer, 'sha512')] }),
    below: [config, twin, piece('the same bytes', MEDIA.layer, 'sha512')],
  },
  'an artifact without layers': { root: manifestOf({ more: { artifactType: 'application/vnd.example.note' } }), below: [emptyConfig] },
  'an artifact whose layer is the empty object': {
    root: manifestOf({ layers: [emptyConfig], more: { artifactType: 'application/vnd.example.note' } }),
    below: [emptyConfig],
  },
  'a Docker image with a foreign layer that nobody has': {
    root: manifestOf({ config: piece('{}', 'application/vnd.docker.container.image.v1+json'), layers: [foreign, twin], mediaType: MEDIA.dockerManifest }),
    below: [emptyConfig, twin],
  },
  'an index in an index': { root: indexOf([inner]), below: [config, empty, manifestOf({ config, layers: [empty] }), inner] },
  'an index of nothing': { root: indexOf([]), below: [] },
}

test.each(Object.entries(kinds))('%s', async (_name, { root, below }) => {
  const tag = parseTag('v1')
  const memory = createMemoryTarget()
  await put(memory, ...below, root)
  const [one, two] = [await world.start(), await world.start()]
  const stops = [memory, world.repository(one), openLayout(directory), world.repository(two), createMemoryTarget()]
  for (const [at, target] of stops.entries()) {
    const source = stops[at - 1]
    if (!source) continue
    await copy(source, target, root.descriptor, { tag }, call)
    expect((await target.resolve(tag, call))?.digest).toBe(root.descriptor.digest)
    for (const { descriptor, bytes } of [...below, root]) expect(Buffer.compare(await get(target, descriptor), bytes)).toBe(0)
    expect((await check(target, root.descriptor, {}, call)).faults).toEqual([])
    expect(await copy(source, target, root.descriptor, { tag }, call)).toMatchObject({ bytes: 0 })
  }
  expect([...one.seen, ...two.seen].filter(({ path }) => path.includes(foreign.descriptor.digest))).toEqual([])
})
