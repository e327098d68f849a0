/** What the tests of this room share: a directory to build from, a build in memory, and the image read back. */
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { extract } from 'tar-stream'
import { onTestFinished } from 'vitest'
import { buildImage } from '../../src/build/build.ts'
import type { Built, Recipe } from '../../src/build/builder.ts'
import { type Call, freeCall } from '../../src/kit/call.ts'
import { Failure } from '../../src/kit/failure.ts'
import type { JsonObject } from '../../src/kit/json.ts'
import { type Descriptor, parseDescriptor } from '../../src/registry/oci/descriptor.ts'
import { readBody } from '../../src/registry/target/body.ts'
import { createMemoryTarget } from '../../src/registry/target/memory.ts'
import type { Source, Target } from '../../src/registry/target/target.ts'

/** Text is a file, `null` an empty directory, `{ link }` a symbolic link. */
export type Tree = Record<string, string | Uint8Array | null | { readonly link: string }>

export async function temporaryDirectory(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'ferry-test-build-'))
  onTestFinished(() => rm(directory, { recursive: true, force: true }))
  return directory
}

export async function contextOf(tree: Tree): Promise<string> {
  const directory = join(await temporaryDirectory(), 'context')
  await mkdir(directory)
  for (const [path, content] of Object.entries(tree)) {
    const place = join(directory, path)
    await mkdir(content === null ? place : dirname(place), { recursive: true })
    if (content === null) continue
    if (typeof content === 'string' || content instanceof Uint8Array) await writeFile(place, content)
    else await symlink(content.link, place)
  }
  return directory
}

export async function build(recipe: Recipe, into: Target = createMemoryTarget(), call: Call = freeCall()): Promise<Built & { into: Target }> {
  return { ...(await buildImage(recipe, 'files', into, call)), into }
}

export async function readJson(source: Source, descriptor: Descriptor): Promise<JsonObject> {
  return JSON.parse(Buffer.from(await readBody(await source.fetch(descriptor, freeCall()), 1e7)).toString()) as JsonObject
}

/** The config document of the nth image. */
export async function configOf({ images, into }: Built & { into: Target }, index = 0): Promise<JsonObject> {
  const image = images[index]
  if (!image) throw new Error('there is no such image')
  return await readJson(into, parseDescriptor((await readJson(into, image.descriptor))['config'], 'the config'))
}

export interface ReadEntry {
  readonly name: string
  readonly type: string
  readonly mode: string
  readonly owner: string
  readonly mtime: number
  readonly link: string | undefined
  readonly text: string
}

/** The tar of the nth own layer of the first image. */
export async function layerTar({ images, into }: Built & { into: Target }, index = 0): Promise<Buffer> {
  const layer = images[0]?.layers[index]
  if (!layer) throw new Error('there is no such layer')
  return gunzipSync(await readBody(await into.fetch(layer.descriptor, freeCall()), 1e9))
}

export async function entriesOf(tar: Buffer): Promise<ReadEntry[]> {
  const found: ReadEntry[] = []
  const stream = extract()
  stream.end(tar)
  for await (const entry of stream) {
    const chunks: Buffer[] = []
    for await (const chunk of entry) chunks.push(Buffer.from(chunk as Uint8Array))
    const { name, type, mode, uid, gid, mtime, linkname } = entry.header
    found.push({
      name,
      type: type ?? '',
      mode: (mode ?? 0).toString(8),
      owner: `${uid}:${gid}`,
      mtime: (mtime?.getTime() ?? Number.NaN) / 1000,
      link: linkname ?? undefined,
      text: Buffer.concat(chunks).toString(),
    })
  }
  return found
}

/** The names in the first own layer. */
export async function namesIn(recipe: Recipe): Promise<string[]> {
  return (await entriesOf(await layerTar(await build(recipe)))).map(({ name }) => name)
}

export async function refusal(work: Promise<unknown>): Promise<Failure> {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (error instanceof Failure) return error
  throw new Error('no Failure was thrown', { cause: error })
}
