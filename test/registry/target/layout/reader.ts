/** A process that reads a layout and tries to write to it: DIRECTORY. Prints what it found and what stopped it. */
import { freeCall } from '../../../../src/kit/call.ts'
import { asFailure } from '../../../../src/kit/failure.ts'
import { parseTag } from '../../../../src/registry/oci/reference.ts'
import { openLayout } from '../../../../src/registry/target/layout/layout.ts'
import { piece, put } from '../../../contracts/content.ts'

const target = openLayout(process.argv[2] ?? '')
const found = await target.resolve(parseTag('v1'), freeCall())
const code = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error: unknown) => asFailure(error).code,
  )
const push = await code(put(target, piece('new')))
const tag = found ? await code(target.tag(found, parseTag('v2'), freeCall())) : 'nothing to tag'
process.stdout.write(JSON.stringify({ found: found?.digest, push, tag }))
