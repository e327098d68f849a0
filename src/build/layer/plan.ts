/** The layers of one platform: placeholders filled in, the working directory known, everything looked up, nothing read yet. */
import type { Call } from '../../kit/call.ts'
import { Failure, isFailure } from '../../kit/failure.ts'
import { isObject } from '../../kit/json.ts'
import { printable } from '../../kit/printable.ts'
import { type Digest, digestOf } from '../../registry/oci/digest.ts'
import type { ImageConfig } from '../../registry/oci/image-config.ts'
import type { Platform } from '../../registry/oci/platform.ts'
import type { Checked } from '../check.ts'
import type { Context } from '../context/context.ts'
import { throwAll } from '../problems.ts'
import { collect, type LayerPlan } from './collect.ts'
import type { Entry } from './entry.ts'

export interface PlannedLayer {
  readonly entries: readonly Entry[]
  /** Equal for layers with equal entries. */
  readonly key: Digest
  /** For the history: what was put where. */
  readonly story: string
}

/** @param base config of the base; undefined on scratch @throws Failure INPUT_INVALID for all layers together */
export async function planLayers(context: Context, checked: Checked, platform: Platform, base: ImageConfig | undefined, call: Call): Promise<PlannedLayer[]> {
  const inherited = base === undefined ? undefined : workdirOf(base)
  const known = new Set<string>()
  const problems: Failure[] = []
  const planned: PlannedLayer[] = []
  for (const layer of checked.layers) {
    const from = layer.from.map((path) => fillIn(path, platform))
    const to = layer.to ?? { path: checked.workdir ?? inherited ?? '/', directory: true }
    const plan: LayerPlan = { from, to: to.path, directory: to.directory, owner: layer.owner, mode: layer.mode, told: layer.told }
    try {
      const entries = await collect(context, plan, { base: inherited === undefined ? undefined : { workdir: inherited }, known }, call)
      const story = `ferry build: ${from.map((path) => (path === '' ? '.' : path)).join(' ')} to ${to.path}`
      if (entries.length === 0)
        throw new Failure('INPUT_INVALID', `the layer "${printable(story)}" would be empty`, {
          hint: 'It names only directories that the base has already. Leave it out.',
        })
      for (const entry of entries) if (entry.kind === 'directory') known.add(entry.path)
      planned.push({ entries, key: digestOf(Buffer.from(JSON.stringify(entries))), story })
    } catch (error) {
      if (!isFailure(error, 'INPUT_INVALID')) throw error
      problems.push(error)
    }
  }
  throwAll(problems)
  return planned
}

function workdirOf({ json }: ImageConfig): string {
  const config = json['config']
  const workdir = isObject(config) ? config['WorkingDir'] : undefined
  return typeof workdir === 'string' && workdir.startsWith('/') ? workdir.replace(/(?<=.)\/+$/, '') : '/'
}

/** `bin/{os}-{arch}` → `bin/linux-arm64`; other braces stay. */
function fillIn(path: string, { os, architecture, variant }: Platform): string {
  const words: Record<string, string> = {
    os,
    arch: architecture,
    variant: variant ?? '',
    platform: [os, architecture, variant].filter((word) => word !== undefined).join('-'),
  }
  return path.replace(/\{(os|arch|variant|platform)\}/g, (whole, word: string) => words[word] ?? whole)
}
