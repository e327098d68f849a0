/**
 * Copies an image with its signatures and other attachments from one registry to another.
 * `node copy-image.ts from.example.com/team/app:v1 to.example.com/team/app:v1`; Ctrl-C stops it, and then no tag is written.
 */
import { type Call, copy, createClient, isFailure, parseTag, resolveImage, usualCredentials } from 'kubeferry'

const [from = '', to = ''] = process.argv.slice(2)
const stop = new AbortController()
process.once('SIGINT', () => stop.abort())
const call: Call = { signal: stop.signal, onProgress: ({ what, done, total }) => console.error(`${what}: ${done} of ${total ?? '?'} bytes`) }

using client = createClient({ credentials: usualCredentials(process.env), onWarning: (text) => console.error(text) })
try {
  const source = client.open(from)
  const target = client.open(to)
  const image = await resolveImage(source.target, source.location, call)
  const report = await copy(source.target, target.target, image, { tag: target.location.tag ?? parseTag('latest') }, call)
  console.log(`${image.digest}: ${report.blobs.stored} blobs stored, ${report.blobs.present} were there, ${report.referrers} attachments`)
  for (const lost of report.lost) console.error(`lost: ${lost}`)
} catch (error) {
  if (!isFailure(error)) throw error
  console.error(`${error.code}: ${error.message}\n${error.hint ?? ''}`)
  process.exitCode = error.exitCode
}
