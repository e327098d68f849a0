/** The same files give the same bytes: whatever the umask, the order in which files were made, their times, the directory, the machine's zone. */
import { chmod, cp, mkdir, readdir, rename, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { freeCall } from '../../src/kit/call.ts'
import { digestOf } from '../../src/registry/oci/digest.ts'
import { readBody } from '../../src/registry/target/body.ts'
import { build, configOf, contextOf, entriesOf, layerTar, type Tree, temporaryDirectory } from './images.ts'

const TREE: Tree = { 'b/z': 'last', 'b/a': 'first', 'b-c': 'between', 'bin/run': '#!/bin/sh\n', ä: 'umlaut', empty: '', nothing: null, link: { link: 'b/z' } }

test('two directories that hold the same give the same digest', async () => {
  const one = await contextOf(TREE)
  await chmod(join(one, 'bin/run'), 0o755)
  const expected = await build({ context: one })

  const two = await contextOf(Object.fromEntries(Object.entries(TREE).toReversed()))
  await chmod(join(two, 'bin/run'), 0o700)
  await chmod(join(two, 'b-c'), 0o600)
  await chmod(join(two, 'b'), 0o700)
  await chmod(join(two, 'nothing'), 0o2750)
  await utimes(join(two, 'b/a'), 1e9, 1e9)
  expect((await build({ context: two })).root).toEqual(expected.root)

  const three = join(await temporaryDirectory(), 'with spaces and ü')
  await cp(two, three, { recursive: true, verbatimSymlinks: true })
  await rename(join(three, 'b/a'), join(three, 'b/b'))
  expect((await build({ context: three })).root.digest).not.toBe(expected.root.digest)
  await rename(join(three, 'b/b'), join(three, 'b/a'))
  expect((await build({ context: three })).root).toEqual(expected.root)
})

test('a build under another umask gives the same digest', async () => {
  const expected = (await build({ context: await contextOf(TREE) })).root
  const before = process.umask(0o077)
  try {
    expect((await build({ context: await contextOf(TREE) })).root).toEqual(expected)
  } finally {
    process.umask(before)
  }
})

test('the bytes are the ones we know: a change here changes every image that is built', async () => {
  const built = await build({ context: await contextOf({ 'app/main': 'hello\n' }), entrypoint: ['/app/main'] })
  // The tar and the config are ours to the last byte; how zlib packs the tar may change with Node.
  expect(built.images[0]?.layers[0]?.diffId).toBe('sha256:9312458cb76afbc96719b8f4db9c458260e2655fd3b68616dd04185a899515f8')
  expect(digestOf(Buffer.from(JSON.stringify(await configOf(built))))).toBe('sha256:393ddd3fcdb4c600c033f57db9bcf6c6406eba4b4be5cedb8a8ac353f4223c50')
})

test('times are the ones of the recipe, 1970 when it has none, and the gzip header names no machine', async () => {
  const context = await contextOf({ a: '1' })
  const plain = await build({ context })
  expect((await entriesOf(await layerTar(plain))).map(({ mtime }) => mtime)).toEqual([0])
  const dated = await build({ context, created: new Date('2026-02-03T04:05:06.789Z') })
  expect((await entriesOf(await layerTar(dated))).map(({ mtime }) => mtime)).toEqual([Date.UTC(2026, 1, 3, 4, 5, 6) / 1000])
  const layer = plain.images[0]?.layers[0]?.descriptor
  if (!layer) throw new Error('no layer')
  const bytes = await readBody(await plain.into.fetch(layer, freeCall()), 1e6)
  expect([...bytes.subarray(0, 10)]).toEqual([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255])
})

test('entries come in the order of their bytes, whatever readdir says', async () => {
  const context = await contextOf({})
  const names = ['Z', 'a', 'a-b', 'a.b', 'é', 'ｚ', '𝒳', '10', '9', '_']
  for (const name of names.toReversed()) await writeFile(join(context, name), name)
  await mkdir(join(context, 'a!'))
  const read = (await entriesOf(await layerTar(await build({ context })))).map(({ name }) => name)
  const expected = [...names, 'a!/'].toSorted((left, right) => Buffer.compare(Buffer.from(left.replace('/', '')), Buffer.from(right.replace('/', ''))))
  expect(read).toEqual(expected)
  expect(await readdir(context)).toHaveLength(names.length + 1)
})
