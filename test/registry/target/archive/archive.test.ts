/** Archives as files: the same bytes for the same content, nothing lost when one is added to, the old one whole until the new one is. */
import { createHash } from 'node:crypto'
import { chmod, copyFile, readdir, readFile, stat, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { freeCall } from '../../../../src/kit/call.ts'
import { check } from '../../../../src/registry/copy/check.ts'
import { copy } from '../../../../src/registry/copy/copy.ts'
import type { Digest } from '../../../../src/registry/oci/digest.ts'
import { parseTag } from '../../../../src/registry/oci/reference.ts'
import { openArchive } from '../../../../src/registry/target/archive/archive.ts'
import { openLayout } from '../../../../src/registry/target/layout/layout.ts'
import { createMemoryTarget } from '../../../../src/registry/target/memory.ts'
import type { ListsReferrers, ListsTags, Target } from '../../../../src/registry/target/target.ts'
import { all, emptyConfig, imageOf, indexOf, manifestOf, piece, put, putImage } from '../../../contracts/content.ts'
import { archiveAt, makePlace, tarFile, tarOf } from './place.ts'

const call = freeCall()

async function tagged(target: Target, name: string): Promise<Digest> {
  const { descriptor } = await putImage(target, name)
  await target.tag(descriptor, parseTag(name), call)
  return descriptor.digest
}

/** Two images, an index over them and a signature of one. */
async function filled(target: Target, order: readonly string[] = ['a', 'b']): Promise<void> {
  for (const name of order) await tagged(target, name)
  const index = indexOf(order.toSorted().map((name) => imageOf(name).manifest))
  await put(target, index, emptyConfig, manifestOf({ more: { subject: imageOf('a').manifest.descriptor, artifactType: 'application/vnd.example.signature' } }))
  await target.tag(index.descriptor, parseTag('multi'), call)
}

async function hashOf(file: string): Promise<string> {
  return createHash('sha256')
    .update(await readFile(file))
    .digest('hex')
}

async function tagsOf(target: ListsTags): Promise<string[]> {
  return all(target.tags(call))
}

describe('writing', () => {
  test('the same content gives the same bytes, in whatever order it came', async () => {
    const place = await makePlace()
    const [one, two] = [archiveAt(join(place, 'one.tar')), archiveAt(join(place, 'two.tar'))]
    await filled(one, ['a', 'b'])
    await filled(two, ['b', 'a'])
    await one.finish(call)
    await two.finish(call)
    expect(await hashOf(one.file)).toBe(await hashOf(two.file))
    expect((await readdir(place)).toSorted()).toEqual(['one.tar', 'two.tar'])
  })

  test('nothing is there before it is finished, and nothing is left when it is given up', async () => {
    const place = await makePlace()
    const archive = archiveAt(join(place, 'sub', 'a.tar'))
    await tagged(archive, 'a')
    expect((await readdir(join(place, 'sub'))).every((name) => name.startsWith('.ferry-a.tar.'))).toBe(true)
    await archive.discard()
    expect(await readdir(join(place, 'sub'))).toEqual([])
    expect(await archive.resolve(parseTag('a'), call)).toBeUndefined()
  })

  test('what is added later joins what was there, and files of others stay', async () => {
    const place = await makePlace()
    const first = archiveAt(join(place, 'a.tar'))
    await filled(first)
    await first.finish(call)
    const before = (await all(openArchive(first.file).referrers(imageOf('a').manifest.descriptor.digest, call))).length
    expect(before).toBe(1)
    const second = archiveAt(first.file)
    await tagged(second, 'later')
    expect(await tagsOf(second)).toEqual(['a', 'b', 'later', 'multi'])
    expect(await tagsOf(archiveAt(first.file))).toEqual(['a', 'b', 'multi'])
    await second.finish(call)
    const found = archiveAt(first.file)
    expect(await tagsOf(found)).toEqual(['a', 'b', 'later', 'multi'])
    for (const tag of await tagsOf(found)) {
      const root = await found.resolve(parseTag(tag), call)
      expect(root && (await check(found, root, {}, call)).faults).toEqual([])
    }
    expect(await all(found.referrers(imageOf('a').manifest.descriptor.digest, call))).toHaveLength(1)
  })

  test('a second copy of the same writes nothing', async () => {
    const place = await makePlace()
    const memory = createMemoryTarget()
    const image = await putImage(memory, 'a')
    const archive = archiveAt(join(place, 'a.tar'))
    await copy(memory, archive, image.descriptor, { tag: parseTag('v1') }, call)
    await archive.finish(call)
    const { ino } = await stat(archive.file)
    const again = archiveAt(archive.file)
    const report = await copy(memory, again, image.descriptor, { tag: parseTag('v1') }, call)
    await again.finish(call)
    expect(report).toMatchObject({ tagged: false, bytes: 0 })
    expect((await stat(archive.file)).ino).toBe(ino)
    expect(await readdir(place)).toEqual(['a.tar'])
  })

  test('files in the tar that are not ours are kept byte for byte', async () => {
    const place = await makePlace()
    const layout = openLayout(join(place, 'out'))
    await tagged(layout, 'v1')
    const parts = [
      { name: './oci-layout', bytes: '{"imageLayoutVersion":"1.0.0"}' },
      { name: './index.json', bytes: await readFile(join(place, 'out', 'index.json')) },
      { name: 'manifest.json', bytes: '[]' },
      { name: 'blobs', type: 'directory' as const },
      ...(await Promise.all(
        (
          await readdir(join(place, 'out/blobs/sha256'))
        ).map(async (hex) => ({
          name: `./blobs/sha256/${hex}`,
          bytes: await readFile(join(place, 'out/blobs/sha256', hex)),
        })),
      )),
    ]
    const archive = archiveAt(await tarFile(join(place, 'a.tar'), parts))
    await tagged(archive, 'v2')
    await archive.finish(call)
    expect(await tagsOf(archive)).toEqual(['v1', 'v2'])
    expect((await readFile(archive.file)).toString('latin1')).toContain('manifest.json')
  })

  test('two writers of one archive: both are in it; one tag for two digests is refused', async () => {
    const place = await makePlace()
    const file = join(place, 'a.tar')
    const [one, two, three] = [archiveAt(file), archiveAt(file), archiveAt(file)]
    await tagged(one, 'one')
    await tagged(two, 'two')
    await three.tag((await putImage(three, 'three')).descriptor, parseTag('one'), call)
    await one.finish(call)
    await two.finish(call)
    expect(await tagsOf(archiveAt(file))).toEqual(['one', 'two'])
    await expect(three.finish(call)).rejects.toMatchObject({ code: 'TAG_TAKEN' })
    await three.discard()
    expect(await tagsOf(archiveAt(file))).toEqual(['one', 'two'])
    expect(await readdir(place)).toEqual(['a.tar'])
  })

  test('a damaged blob is not carried into a new archive', async () => {
    const place = await makePlace()
    const first = archiveAt(join(place, 'a.tar'))
    await tagged(first, 'damaged')
    await first.finish(call)
    const bytes = await readFile(first.file)
    bytes[bytes.indexOf('layer of damaged')] = 0x4c
    await writeFile(first.file, bytes)
    const second = archiveAt(first.file)
    const layer = imageOf('damaged').blobs[1]
    if (!layer) throw new Error('no layer')
    await expect(all((await second.fetch(layer.descriptor, call)).open())).rejects.toMatchObject({ code: 'DIGEST_MISMATCH' })
    await tagged(second, 'next')
    await expect(second.finish(call)).rejects.toMatchObject({ code: 'DIGEST_MISMATCH' })
    await second.discard()
    expect(Buffer.compare(await readFile(first.file), bytes)).toBe(0)
    expect(await readdir(place)).toEqual(['a.tar'])
  })

  test('a stop before the end leaves the file as it was', async () => {
    const place = await makePlace()
    const first = archiveAt(join(place, 'a.tar'))
    await tagged(first, 'a')
    await first.finish(call)
    const before = await hashOf(first.file)
    const stop = new AbortController()
    const second = archiveAt(first.file)
    await tagged(second, 'b')
    const finishing = second.finish({ signal: stop.signal, onProgress: () => stop.abort() })
    await expect(finishing).rejects.toMatchObject({ code: 'INTERRUPTED' })
    await second.discard()
    expect(await hashOf(first.file)).toBe(before)
    expect(await readdir(place)).toEqual(['a.tar'])
  })

  test('bodies that were fetched before and are read after finishing', async () => {
    const place = await makePlace()
    const archive = archiveAt(join(place, 'a.tar'))
    const blob = piece('read later')
    await put(archive, blob)
    const body = await archive.fetch(blob.descriptor, call)
    await archive.finish(call)
    expect(Buffer.concat(await all(body.open(5))).toString()).toBe('later')
  })

  test('sha512 names need pax and are read back', async () => {
    const place = await makePlace()
    const archive = archiveAt(join(place, 'a.tar'))
    const blob = piece('long name', 'application/octet-stream', 'sha512')
    await put(archive, blob)
    await archive.finish(call)
    expect(await archiveAt(archive.file).has(blob.descriptor, call)).toBe(true)
  })
})

describe('reading', () => {
  test('a gzipped archive is read too, and added to as a plain one', async () => {
    const place = await makePlace()
    const plain = archiveAt(join(place, 'a.tar'))
    await filled(plain)
    await plain.finish(call)
    await writeFile(join(place, 'a.tgz'), gzipSync(await readFile(plain.file)))
    const packed: Target & ListsTags & ListsReferrers & { finish: typeof plain.finish } = archiveAt(join(place, 'a.tgz'))
    expect(await tagsOf(packed)).toEqual(['a', 'b', 'multi'])
    await tagged(packed, 'c')
    await packed.finish(call)
    expect(await tagsOf(archiveAt(join(place, 'a.tgz')))).toEqual(['a', 'b', 'c', 'multi'])
  })

  test('a gzipped archive that ends in the middle is said to be damaged', async () => {
    const place = await makePlace()
    const whole = gzipSync(await tarOf([{ name: 'oci-layout', bytes: '{"imageLayoutVersion":"1.0.0"}' }]))
    await writeFile(join(place, 'a.tgz'), whole.subarray(0, whole.length - 20))
    await expect(archiveAt(join(place, 'a.tgz')).resolve(parseTag('v1'), call)).rejects.toMatchObject({ code: 'CONTENT_INVALID' })
  })

  test('cut anywhere it is a clear failure, never an absent image', async () => {
    const place = await makePlace()
    const archive = archiveAt(join(place, 'a.tar'))
    await tagged(archive, 'v1')
    await archive.finish(call)
    const { size } = await stat(archive.file)
    for (let at = 0; at < size - 1024; at += 512) {
      const cut = join(place, `cut-${at}.tar`)
      await copyFile(archive.file, cut)
      await truncate(cut, at)
      await expect(archiveAt(cut).resolve(parseTag('v1'), call), String(at)).rejects.toMatchObject({ code: 'CONTENT_INVALID' })
    }
  })

  test('what is no archive says what it could be', async () => {
    const place = await makePlace()
    const text = async (file: string): Promise<string> =>
      String(
        await archiveAt(file)
          .resolve(parseTag('v1'), call)
          .catch((error: unknown) => error),
      )
    expect(await archiveAt(join(place, 'absent.tar')).resolve(parseTag('v1'), call)).toBeUndefined()
    expect(await text(place)).toMatch(/is not a file/)
    expect(await text(await tarFile(join(place, 'x.tar'), [{ name: 'manifest.json', bytes: '[]' }]))).toMatch(/is not an OCI layout in a tar/)
    await writeFile(join(place, 'text'), 'hello, this is no tar '.repeat(40))
    expect(await text(join(place, 'text'))).toMatch(/cannot read/)
    await writeFile(join(place, 'empty.tar'), '')
    expect(await text(join(place, 'empty.tar'))).toMatch(/cannot read/)
  })

  test('links in place of content are refused', async () => {
    const place = await makePlace()
    const file = await tarFile(join(place, 'a.tar'), [
      { name: 'oci-layout', bytes: '{"imageLayoutVersion":"1.0.0"}' },
      { name: 'real.json', bytes: '{"schemaVersion":2,"manifests":[]}' },
      { name: 'index.json', type: 'symlink', linkname: 'real.json' },
    ])
    await expect(archiveAt(file).resolve(parseTag('v1'), call)).rejects.toMatchObject({ code: 'CONTENT_INVALID' })
  })

  test('a read-only place is enough to read', async () => {
    const place = await makePlace()
    const archive = archiveAt(join(place, 'a.tar'))
    await tagged(archive, 'v1')
    await archive.finish(call)
    await chmod(place, 0o555)
    try {
      expect(await archiveAt(archive.file).resolve(parseTag('v1'), call)).toBeDefined()
      expect(await readdir(place)).toEqual(['a.tar'])
    } finally {
      await chmod(place, 0o755)
    }
  })
})
