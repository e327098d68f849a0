/** A process with a small file system of its own at DIRECTORY (run under `unshare -rm`): writes until it is full, and after. */
import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { freeCall } from '../../../../src/kit/call.ts'
import { asFailure } from '../../../../src/kit/failure.ts'
import { parseTag } from '../../../../src/registry/oci/reference.ts'
import { openLayout } from '../../../../src/registry/target/layout/layout.ts'
import { all, piece, put, putImage } from '../../../contracts/content.ts'
import { checkLayout } from './check.ts'

const [directory = ''] = process.argv.slice(2)
const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=3m', 'tmpfs', directory])
if (mounted.status !== 0) throw new Error(String(mounted.stderr))
const target = openLayout(join(directory, 'out'))
const { descriptor } = await putImage(target, 'before')
await target.tag(descriptor, parseTag('before'), freeCall())
const outcome = await put(target, piece(randomBytes(8 * 1024 * 1024))).then(
  () => 'done',
  (error: unknown) => asFailure(error).code,
)
// As far as it goes, then index.json itself meets the full disk.
let index = 'done'
for (let at = 0; index === 'done' && at < 100; at += 1)
  index = await put(target, piece(randomBytes(100_000))).then(
    () => 'done',
    (error: unknown) => asFailure(error).code,
  )
const leftovers = readdirSync(join(directory, 'out', '.ferry', 'incoming')).length
await checkLayout(join(directory, 'out'))
process.stdout.write(JSON.stringify({ outcome, index, leftovers, tags: await all(target.tags(freeCall())) }))
