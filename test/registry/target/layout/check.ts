/** Looks at a layout with nothing but the file system: is everything that it names there and what it says? */
import { lstat, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { digestOf } from '../../../../src/registry/oci/digest.ts'

interface Named {
  digest: string
  size: number
  mediaType: string
  annotations?: Record<string, string>
}

export interface Found {
  readonly tags: Map<string, string>
  readonly entries: readonly Named[]
  /** Files below blobs/. */
  readonly blobs: number
}

/** @throws Error about the first thing that is wrong */
export async function checkLayout(directory: string): Promise<Found> {
  const mark: unknown = JSON.parse(await readFile(join(directory, 'oci-layout'), 'utf8'))
  if (JSON.stringify(mark) !== '{"imageLayoutVersion":"1.0.0"}') throw new Error(`oci-layout is ${JSON.stringify(mark)}`)
  const index = JSON.parse(await readFile(join(directory, 'index.json'), 'utf8')) as { manifests: Named[] }
  const tags = new Map<string, string>()
  const seen = new Set<string>()
  const open = [...index.manifests]
  for (let next = open.pop(); next; next = open.pop()) {
    if (seen.has(next.digest)) continue
    seen.add(next.digest)
    const bytes = await readFile(join(directory, 'blobs', next.digest.replace(':', '/')))
    if (bytes.length !== next.size) throw new Error(`${next.digest} has ${bytes.length} bytes instead of ${next.size}`)
    if (!next.mediaType.includes('manifest') && !next.mediaType.includes('index')) continue
    const { config, layers = [], manifests = [] } = JSON.parse(bytes.toString()) as { config?: Named; layers?: Named[]; manifests?: Named[] }
    open.push(...(config ? [config] : []), ...layers, ...manifests)
  }
  for (const { digest, annotations } of index.manifests) {
    const name = annotations?.['org.opencontainers.image.ref.name']
    if (name === undefined) continue
    if (tags.has(name)) throw new Error(`${name} is there twice`)
    tags.set(name, digest)
  }
  return { tags, entries: index.manifests, blobs: await checkBlobs(directory) }
}

async function checkBlobs(directory: string): Promise<number> {
  let count = 0
  for (const algorithm of ['sha256', 'sha512'] as const) {
    const folder = join(directory, 'blobs', algorithm)
    for (const hex of await readdir(folder).catch(() => [])) {
      count += 1
      const file = join(folder, hex)
      if (((await lstat(file)).mode & 0o777) !== 0o444) throw new Error(`${file} has the mode ${(await lstat(file)).mode.toString(8)}`)
      if (digestOf(await readFile(file), algorithm) !== `${algorithm}:${hex}`) throw new Error(`${file} is not what its name says`)
    }
  }
  return count
}
