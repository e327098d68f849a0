/** A process that writes to a layout: DIRECTORY PREFIX COUNT. Prints each tag when its writing is confirmed. */
import { writeSync } from 'node:fs'
import { freeCall } from '../../../../src/kit/call.ts'
import { parseTag } from '../../../../src/registry/oci/reference.ts'
import { openLayout } from '../../../../src/registry/target/layout/layout.ts'
import { putImage } from '../../../contracts/content.ts'

const [directory = '', prefix = '', count = '0'] = process.argv.slice(2)
const target = openLayout(directory)
for (let at = 0; at < Number(count); at += 1) {
  const name = `${prefix}-${at}`
  const { descriptor } = await putImage(target, name)
  await target.tag(descriptor, parseTag(name), freeCall())
  writeSync(1, `${name}\n`)
}
