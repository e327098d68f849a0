/** Saves an image into an OCI layout on disk and proves that it is whole. `node save-layout.ts registry.example.com/team/app:v1 ./out` */
import { check, copy, createClient, freeCall, isManifestType, openLayout, parseTag, resolveImage, usualCredentials, walk } from 'kubeferry'

const [from = '', directory = ''] = process.argv.slice(2)
const call = freeCall()

using client = createClient({ credentials: usualCredentials(process.env) })
const source = client.open(from)
const layout = openLayout(directory)
const image = await resolveImage(source.target, source.location, call)
await copy(source.target, layout, image, { tag: source.location.tag ?? parseTag('latest') }, call)

for await (const { descriptor, depth } of walk(layout, image, call)) {
  console.log(`${'  '.repeat(depth)}${isManifestType(descriptor.mediaType) ? 'manifest' : 'blob'} ${descriptor.digest} ${descriptor.size}`)
}
const { faults } = await check(layout, image, {}, call)
console.log(faults.length === 0 ? 'whole' : faults.map(({ kind, descriptor }) => `${kind}: ${descriptor.digest}`).join('\n'))
