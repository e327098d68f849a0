/** A process that adds to an archive: FILE PREFIX COUNT. Each image is finished by itself; prints each tag when that is confirmed. */
import { writeSync } from 'node:fs'
import { freeCall } from '../../../../src/kit/call.ts'
import { parseTag } from '../../../../src/registry/oci/reference.ts'
import { openArchive } from '../../../../src/registry/target/archive/archive.ts'
import { piece, put, putImage } from '../../../contracts/content.ts'

const [file = '', prefix = '', count = '0'] = process.argv.slice(2)
const call = freeCall()
for (let at = 0; at < Number(count); at += 1) {
  const target = openArchive(file)
  const name = `${prefix}-${at}`
  await put(target, piece(Buffer.alloc(256 * 1024, name)))
  const { descriptor } = await putImage(target, name)
  await target.tag(descriptor, parseTag(name), call)
  await target.finish(call)
  await target.discard()
  writeSync(1, `${name}\n`)
}
