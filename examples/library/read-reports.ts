/** Prints what `attach-report.ts` attached to an image. `node read-reports.ts registry.example.com/team/app:v1` */
import { createClient, freeCall, listReferrers, parseManifest, readBody, resolveImage, usualCredentials } from 'kubeferry'

/** Bytes. A report that is larger is not read into memory. */
const LARGEST = 4 * 1024 * 1024

const [image = ''] = process.argv.slice(2)
const call = freeCall()

using client = createClient({ credentials: usualCredentials(process.env) })
const { target, location } = client.open(image)
const subject = await resolveImage(target, location, call)
for (const referrer of await listReferrers(target, subject.digest, { artifactType: 'application/vnd.example.report.v1' }, call)) {
  const manifest = parseManifest(await readBody(await target.fetch(referrer, call), LARGEST))
  if (manifest.kind !== 'image') continue
  for (const layer of manifest.layers) console.log(Buffer.from(await readBody(await target.fetch(layer, call), LARGEST)).toString())
}
