/**
 * A process that pushes to a layout that is being collected: DIRECTORY PREFIX COUNT. Every image needs a blob that all share, and half of the
 * images are removed again, so that there is garbage, and garbage that somebody wants again. Prints each tag that stays when that is confirmed.
 */
import { writeSync } from 'node:fs'
import { freeCall } from '../../../../src/kit/call.ts'
import { isFailure } from '../../../../src/kit/failure.ts'
import { parseTag } from '../../../../src/registry/oci/reference.ts'
import { openLayout } from '../../../../src/registry/target/layout/layout.ts'
import { emptyConfig, manifestOf, piece, put } from '../../../contracts/content.ts'

const [directory = '', prefix = '', count = '0'] = process.argv.slice(2)
const target = openLayout(directory)
const call = freeCall()
for (let at = 0; at < Number(count); at += 1) {
  const name = `${prefix}-${at}`
  const layers = [piece('wanted by all'), piece(`only ${name}`)]
  const image = manifestOf({ layers, more: { annotations: { name } } })
  for (let tries = 0; ; tries += 1) {
    try {
      await put(target, emptyConfig, ...layers, image)
      break
    } catch (error) {
      // What a copy does too: a child went away before the manifest came.
      if (!isFailure(error, 'CONTENT_MISSING') || tries > 20) throw error
    }
  }
  await target.tag(image.descriptor, parseTag(name), call)
  if (at % 2 === 0) await target.remove(image.descriptor, call)
  else writeSync(1, `${name}\n`)
}
