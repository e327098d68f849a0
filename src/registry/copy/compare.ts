/** In what two images differ, as plain data: platforms, config, layers, annotations, attachments. Pure: both were described before. */
import type { Descriptor } from '../oci/descriptor.ts'
import type { DescribedImage, Description } from './describe.ts'
import type { ImageSettings } from './image-settings.ts'

/** One thing that is not the same; a side that lacks it is undefined. */
export interface Difference {
  /** `linux/arm64`, or empty for what concerns the whole. */
  readonly platform: string
  readonly kind: 'platform' | 'config' | 'layer' | 'annotation' | 'attachment'
  /** `env PATH`, `label version`, `entrypoint`, `layer 3`. */
  readonly what: string
  readonly left: string | undefined
  readonly right: string | undefined
}

export interface Comparison {
  readonly differences: readonly Difference[]
  /** Layers that both have, and what each has alone; bytes as they are stored. */
  readonly layers: { readonly shared: number; readonly left: number; readonly right: number; readonly leftBytes: number; readonly rightBytes: number }
}

export function compare(left: Description, right: Description): Comparison {
  const platforms = (side: Description): Map<string, DescribedImage> =>
    new Map(
      side.images.filter(({ artifactType, platform }) => platform !== undefined || artifactType === undefined).map((image) => [image.platform ?? '', image]),
    )
  const [mine, other] = [platforms(left), platforms(right)]
  const differences: Difference[] = []
  for (const platform of new Set([...mine.keys(), ...other.keys()])) {
    const [one, two] = [mine.get(platform), other.get(platform)]
    if (one === undefined || two === undefined)
      differences.push({ platform, kind: 'platform', what: platform, left: one?.descriptor.digest, right: two?.descriptor.digest })
    else if (one.descriptor.digest !== two.descriptor.digest) differences.push(...compareImages(platform, one, two))
  }
  differences.push(...compareMaps('', 'annotation', 'annotation ', left.annotations, right.annotations), ...compareAttached(left, right))
  return { differences, layers: compareLayers(left, right) }
}

function compareImages(platform: string, left: DescribedImage, right: DescribedImage): Difference[] {
  const layers: Difference[] = []
  for (let at = 0; at < Math.max(left.layers.length, right.layers.length); at += 1) {
    const [one, two] = [left.layers[at]?.digest, right.layers[at]?.digest]
    if (one !== two) layers.push({ platform, kind: 'layer', what: `layer ${at + 1}`, left: one, right: two })
  }
  return [
    ...compareMaps(platform, 'config', '', settingsOf(left.settings), settingsOf(right.settings)),
    ...compareMaps(platform, 'annotation', 'annotation ', left.annotations, right.annotations),
    ...layers,
  ]
}

/** Each setting under the name that people know it by. */
function settingsOf(settings: ImageSettings | undefined): Record<string, string> {
  if (settings === undefined) return {}
  const { created, user, workdir, entrypoint, cmd, env, ports, volumes, labels } = settings
  const words = (name: string, list: readonly string[]): Record<string, string> => (list.length === 0 ? {} : { [name]: JSON.stringify(list) })
  return {
    ...(created === undefined ? {} : { created }),
    ...(user === undefined ? {} : { user }),
    ...(workdir === undefined ? {} : { workdir }),
    ...words('entrypoint', entrypoint),
    ...words('cmd', cmd),
    ...words('ports', ports),
    ...words('volumes', volumes),
    ...Object.fromEntries(env.map((text): [string, string] => [`env ${text.split('=')[0] ?? ''}`, text.slice(text.indexOf('=') + 1)])),
    ...Object.fromEntries(Object.entries(labels).map(([key, text]): [string, string] => [`label ${key}`, text])),
  }
}

function compareMaps(
  platform: string,
  kind: Difference['kind'],
  prefix: string,
  left: Readonly<Record<string, string>>,
  right: Readonly<Record<string, string>>,
): Difference[] {
  return [...new Set([...Object.keys(left), ...Object.keys(right)])].flatMap((key) => {
    const [one, two] = [Object.hasOwn(left, key) ? left[key] : undefined, Object.hasOwn(right, key) ? right[key] : undefined]
    return one === two ? [] : [{ platform, kind, what: `${prefix}${key}`, left: one, right: two }]
  })
}

/** How many of each kind: their digests differ wherever the images do. */
function compareAttached(left: Description, right: Description): Difference[] {
  const count = (side: Description): Record<string, string> => {
    const kinds = new Map<string, number>()
    for (const { descriptor } of side.referrers ?? []) {
      const kind = descriptor.artifactType ?? descriptor.mediaType
      kinds.set(kind, (kinds.get(kind) ?? 0) + 1)
    }
    return Object.fromEntries([...kinds].map(([kind, number]) => [kind, String(number)]))
  }
  return left.referrers === undefined || right.referrers === undefined ? [] : compareMaps('', 'attachment', '', count(left), count(right))
}

function compareLayers(left: Description, right: Description): Comparison['layers'] {
  const layers = (side: Description): Map<string, Descriptor> =>
    new Map(side.images.flatMap((image) => image.layers.map((layer) => [layer.digest, layer] as const)))
  const [mine, other] = [layers(left), layers(right)]
  const alone = (from: Map<string, Descriptor>, to: Map<string, Descriptor>): Descriptor[] => [...from.values()].filter(({ digest }) => !to.has(digest))
  const [onlyLeft, onlyRight] = [alone(mine, other), alone(other, mine)]
  const bytes = (list: readonly Descriptor[]): number => list.reduce((sum, { size }) => sum + size, 0)
  return { shared: mine.size - onlyLeft.length, left: onlyLeft.length, right: onlyRight.length, leftBytes: bytes(onlyLeft), rightBytes: bytes(onlyRight) }
}
