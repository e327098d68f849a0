/** Run as a process of its own: copies one image between two registries and says how much memory that took. argv: source, target, digest, size. */
import { freeCall } from '../../../src/kit/call.ts'
import { copy } from '../../../src/registry/copy/copy.ts'
import { resolveImage } from '../../../src/registry/copy/resolve.ts'
import { ANONYMOUS } from '../../../src/registry/http/credentials/credential.ts'
import { parseTag } from '../../../src/registry/oci/reference.ts'
import { createOpener } from '../../../src/registry/target/open.ts'

const [from = '', to = ''] = process.argv.slice(2)
const opener = createOpener({ credentials: ANONYMOUS, userAgent: 'kubeferry-test' })
const source = opener.open(from)
const call = freeCall()
const root = await resolveImage(source.target, source.location, call)
const started = performance.now()
const report = await copy(source.target, opener.open(to).target, root, { tag: parseTag('v1') }, call)
const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage()
process.stdout.write(
  JSON.stringify({
    bytes: report.bytes,
    peakMiB: maxRSS / 1024,
    seconds: (performance.now() - started) / 1000,
    cpuSeconds: (userCPUTime + systemCPUTime) / 1e6,
  }),
)
opener.close()
