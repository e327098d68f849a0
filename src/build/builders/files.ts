/**
 * The embedded builder: layers from files, on a base or on scratch; no daemon, no root. First everything is looked up, then layers are
 * packed into temporary files, then the target is written: layers, configs, manifests, the index. A failure before that leaves no trace.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Call, throwIfStopped } from '../../kit/call.ts'
import { asFailure, Failure, isFailure } from '../../kit/failure.ts'
import { digestOf } from '../../registry/oci/digest.ts'
import type { Platform } from '../../registry/oci/platform.ts'
import { bytesBody } from '../../registry/target/body.ts'
import type { Target } from '../../registry/target/target.ts'
import type { Builder, Built, BuiltImage, Recipe } from '../builder.ts'
import { type Checked, checkRecipe } from '../check.ts'
import { type Context, openContext } from '../context/context.ts'
import { type BaseImage, carryLayers, openBase } from '../image/base.ts'
import { imageConfig } from '../image/config.ts'
import { annotationsOf, configDocument, type Document, indexDocument, manifestDocument } from '../image/documents.ts'
import { type PackedLayer, packLayer } from '../layer/pack.ts'
import { type PlannedLayer, planLayers } from '../layer/plan.ts'
import { throwAll } from '../problems.ts'

export const files: Builder = {
  name: 'files',
  summary: 'Layers from files, on a base or on scratch: no daemon, no root, the same bytes every time',
  async build(recipe, into, call) {
    const problems: Failure[] = []
    const checked = checkRecipe(recipe, problems)
    const context = await collectProblem(problems, () => openContext(recipe.context, recipe.exclude ?? []))
    throwAll(problems)
    if (!context) throw new Failure('INTERNAL', 'the context was neither opened nor refused')
    const images = await planImages(recipe, checked, context, call)
    const temporary = await mkdtemp(join(tmpdir(), 'ferry-build-')).catch((error: unknown) => {
      throw asFailure(error)
    })
    try {
      return await make({ recipe, checked, context, into, images, temporary }, call)
    } finally {
      await rm(temporary, { recursive: true, force: true })
    }
  },
}

interface ImagePlan {
  readonly platform: Platform
  readonly base: BaseImage | undefined
  readonly layers: readonly PlannedLayer[]
}

interface Work {
  readonly recipe: Recipe
  readonly checked: Checked
  readonly context: Context
  readonly into: Target
  readonly images: readonly ImagePlan[]
  readonly temporary: string
}

/** What a recipe means where no platform is named, on every machine: an image must not depend on who builds it. */
const DEFAULT_PLATFORM: Platform = { os: 'linux', architecture: 'amd64' }

async function planImages(recipe: Recipe, checked: Checked, context: Context, call: Call): Promise<ImagePlan[]> {
  const base = recipe.base && (await openBase(recipe.base, call))
  const only = base?.platforms.length === 1 ? base.platforms[0] : undefined
  const problems: Failure[] = []
  const plans: ImagePlan[] = []
  for (const platform of recipe.platforms ?? [only ?? DEFAULT_PLATFORM]) {
    await collectProblem(problems, async () => {
      const image = await base?.image(platform)
      plans.push({ platform, base: image, layers: await planLayers(context, checked, platform, image?.config, call) })
    })
  }
  throwAll(problems)
  return plans
}

async function make(work: Work, call: Call): Promise<Built> {
  const { recipe, checked, context, into, images } = work
  const suspicious = new Set<string>()
  const packed = await packAll(work, suspicious, call)
  const built: BuiltImage[] = []
  const pushed = new Set<string>()
  const store = async ({ descriptor, bytes }: Document): Promise<void> => {
    throwIfStopped(call)
    await into.push(descriptor, bytesBody(bytes), call)
  }
  for (const { platform, base, layers } of images) {
    if (base) await carryLayers(base, into, call)
    const own = layers.flatMap(({ key, story }) => ({ story, layer: packed.get(key) })).flatMap(({ story, layer }) => (layer ? [{ ...layer, story }] : []))
    for (const layer of own) {
      throwIfStopped(call)
      if (!pushed.has(layer.descriptor.digest)) await into.push(layer.descriptor, layer.body, call)
      pushed.add(layer.descriptor.digest)
    }
    const config = configDocument(imageConfig(recipe, checked, platform, base, own))
    const annotations = annotationsOf(recipe, checked, base?.manifest.descriptor.digest)
    const manifest = manifestDocument(config.descriptor, [...(base?.layers ?? []), ...own.map(({ descriptor }) => descriptor)], annotations)
    await store(config)
    await store(manifest)
    built.push({
      platform,
      descriptor: manifest.descriptor,
      layers: own.map(({ descriptor, diffId, unpacked, files: count }) => ({ descriptor, diffId, unpacked, files: count })),
    })
  }
  const [first] = built
  if (!first) throw new Failure('INTERNAL', 'no image was planned')
  let root = first.descriptor
  if (built.length > 1) {
    const children = built.map(({ descriptor, platform }) => ({ ...descriptor, platform }))
    const index = indexDocument(children, annotationsOf(recipe, checked, recipe.base?.descriptor.digest))
    await store(index)
    root = index.descriptor
  }
  return {
    root,
    images: built,
    ...(recipe.base ? { base: { digest: recipe.base.descriptor.digest, ...(recipe.base.name === undefined ? {} : { name: recipe.base.name }) } } : {}),
    files: [...packed.values()].reduce((sum, layer) => sum + layer.files, 0),
    ignored: [...context.ignored].toSorted(),
    ...(context.ignoreFile === undefined ? {} : { ignoreFile: context.ignoreFile }),
    suspicious: [...suspicious].toSorted(),
  }
}

/** Layers that hold the same things are packed once, however many platforms have them. */
async function packAll({ images, context, checked, temporary }: Work, suspicious: Set<string>, call: Call): Promise<Map<string, PackedLayer>> {
  const packed = new Map<string, PackedLayer>()
  const time = checked.created.getTime() / 1000
  for (const { key, entries } of images.flatMap(({ layers }) => layers)) {
    if (packed.has(key)) continue
    const options = { context, entries, time, onSuspicious: (source: string) => suspicious.add(source) }
    packed.set(key, await packLayer(options, temporary, digestOf(Buffer.from(key)).slice('sha256:'.length), call))
  }
  return packed
}

/** Runs it; what it refuses joins the other problems. */
async function collectProblem<T>(problems: Failure[], work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work()
  } catch (error) {
    if (!isFailure(error)) throw error
    if (error.code !== 'INPUT_INVALID' && error.code !== 'FILE_UNREADABLE') throw error
    problems.push(error)
    return undefined
  }
}
