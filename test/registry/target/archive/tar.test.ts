/** Tars of the system's tar in its formats, large numbers, and one opener for several images in one archive. */
import { execFile } from 'node:child_process'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { freeCall } from '../../../../src/kit/call.ts'
import { tarHeader } from '../../../../src/kit/tar-header.ts'
import { ANONYMOUS } from '../../../../src/registry/http/credentials/credential.ts'
import { parseTag } from '../../../../src/registry/oci/reference.ts'
import { readHeader } from '../../../../src/registry/target/archive/tar-header-read.ts'
import { openLayout } from '../../../../src/registry/target/layout/layout.ts'
import { createOpener } from '../../../../src/registry/target/open.ts'
import { all, piece, put, putImage } from '../../../contracts/content.ts'
import { archiveAt, makePlace } from './place.ts'

const run = promisify(execFile)
const call = freeCall()

test.each(['gnu', 'pax', 'ustar'])('what tar --format=%s makes of a layout is read, and it lists what we write', async (format) => {
  const place = await makePlace()
  const layout = openLayout(join(place, 'out'))
  await layout.tag((await putImage(layout, 'a')).descriptor, parseTag('v1'), call)
  const long = piece('long name', 'application/octet-stream', 'sha512')
  // ustar has no room for the name of a sha512 blob.
  if (format !== 'ustar') await put(layout, long)
  const file = join(place, 'a.tar')
  await run('tar', ['-cf', file, `--format=${format}`, '-C', layout.directory, '.'])
  const archive = archiveAt(file)
  expect(await archive.resolve(parseTag('v1'), call)).toEqual(await layout.resolve(parseTag('v1'), call))
  expect(await archive.has(long.descriptor, call)).toBe(format !== 'ustar')
  await put(archive, long)
  await archive.tag((await putImage(archive, 'b')).descriptor, parseTag('v2'), call)
  await archive.finish(call)
  const { stdout } = await run('tar', ['-tf', file])
  expect(stdout.split('\n').slice(0, 2)).toEqual(['oci-layout', 'index.json'])
  expect(stdout).toContain(`blobs/sha512/${long.descriptor.digest.slice('sha512:'.length)}`)
})

test('sizes beyond 8 GiB, in the binary form of GNU', () => {
  const block = tarHeader({ kind: 'file', path: 'f', owner: { uid: 0, gid: 0 } }, 0o644, 0, 0)
  const size = 20 * 1024 ** 3
  block.fill(0, 124, 136)
  block[124] = 0x80
  block.writeBigUInt64BE(BigInt(size), 128)
  block.fill(' ', 148, 156)
  const sum = block.reduce((total, byte) => total + byte, 0)
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1')
  expect(readHeader(block, 'a.tar')).toMatchObject({ name: 'f', type: '0', size })
  block[0] = 0x67
  expect(() => readHeader(block, 'a.tar')).toThrow('cannot read a.tar')
})

test('two locations in one archive are finished together; what is not finished leaves nothing', async () => {
  const place = await makePlace()
  const file = join(place, 'a.tar')
  const opener = createOpener({ credentials: ANONYMOUS, userAgent: 'kubeferry-test' })
  const targets = ['v1', 'v2'].map((tag) => opener.open(`oci-archive:${file}:${tag}`).target)
  expect(targets[0]).toBe(targets[1])
  for (const [at, target] of targets.entries()) await target.tag((await putImage(target, `image ${at}`)).descriptor, parseTag(`v${at + 1}`), call)
  await opener.finish(call)
  expect(await all(archiveAt(file).tags(call))).toEqual(['v1', 'v2'])
  const again = opener.open(`oci-archive:${file}:v3`).target
  await again.tag((await putImage(again, 'not finished')).descriptor, parseTag('v3'), call)
  await opener.discard()
  opener.close()
  expect(await all(archiveAt(file).tags(call))).toEqual(['v1', 'v2'])
  expect(await readdir(place)).toEqual(['a.tar'])
})
