/** Attaches a file to an image, as its referrer. `node attach-report.ts registry.example.com/team/app:v1 report.json` */
import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { createClient, freeCall, pushArtifact, resolveImage, usualCredentials } from 'kubeferry'

const [image = '', file = ''] = process.argv.slice(2)
const call = freeCall()

using client = createClient({ credentials: usualCredentials(process.env) })
const { target, location } = client.open(image)
const subject = await resolveImage(target, location, call)
const attached = await pushArtifact(
  target,
  {
    artifactType: 'application/vnd.example.report.v1',
    subject,
    files: [{ bytes: await readFile(file), mediaType: 'application/json', annotations: { 'org.opencontainers.image.title': basename(file) } }],
  },
  call,
)
console.log(`${attached.digest} is attached to ${subject.digest}`)
