/**
 * Bringing back what an image lacks where it is: each part by its digest, from any place that has the right bytes. No tag is touched.
 * What does not belong here: finding out what is wrong (check.ts).
 */
import { type Call, throwIfStopped } from '../../kit/call.ts'
import type { Descriptor } from '../oci/descriptor.ts'
import type { Digest } from '../oci/digest.ts'
import { childrenOf } from '../oci/manifest.ts'
import { isForeignLayer, isManifestType } from '../oci/media-types.ts'
import { bytesBody } from '../target/body.ts'
import { type Body, rewrites, type Source, type Target } from '../target/target.ts'
import type { Fault } from './check.ts'
import { createExplorer } from './explore.ts'
import { type Trouble, troubleOf } from './trouble-of.ts'

/** Where a part can come from. */
export interface Supply {
  readonly fault: Fault
  /** undefined: none of the places has it. */
  readonly from: Source | undefined
  /** Places that could not be asked, in words. */
  readonly silent: readonly string[]
}

/** Asks each place in turn; reads nothing yet. */
export async function findSupply(fault: Fault, sources: readonly Source[], call: Call): Promise<Supply> {
  const silent: string[] = []
  for (const source of sources) {
    try {
      if (await has(source, fault.descriptor, call)) return { fault, from: source, silent }
    } catch (error) {
      silent.push(`${source.name}: ${troubleOf(error, call).why}`)
    }
  }
  return { fault, from: undefined, silent }
}

async function has(source: Source, descriptor: Descriptor, call: Call): Promise<boolean> {
  if ('has' in source) return await (source as Target).has(descriptor, call)
  return (await source.resolve(descriptor.digest, call)) !== undefined
}

export interface Mended {
  /** Parts that were stored, in the order in which they were. */
  readonly stored: readonly Descriptor[]
  /** Parts that stay as they are, and why. */
  readonly left: ReadonlyArray<{ readonly descriptor: Descriptor; readonly trouble: Trouble }>
}

/**
 * Stores what the places have, deepest first, a manifest only after all it lists. Only bytes with the right digest are stored.
 * @throws Failure of a stop
 */
export async function mend(target: Target, faults: readonly Fault[], sources: readonly Source[], call: Call): Promise<Mended> {
  const stored: Descriptor[] = []
  const left: Array<{ descriptor: Descriptor; trouble: Trouble }> = []
  const done = new Map<Digest, boolean>()
  const damaged = new Set(faults.filter(({ kind }) => kind === 'damaged').map(({ descriptor }) => descriptor.digest))
  const deepest = faults.filter(({ kind }) => kind !== 'unknown').toSorted((one, other) => other.needed.length - one.needed.length)
  for (const { descriptor } of deepest) await supply(descriptor, 0)
  return { stored, left }

  async function supply(descriptor: Descriptor, depth: number): Promise<boolean> {
    const known = done.get(descriptor.digest)
    if (known !== undefined) return known
    throwIfStopped(call)
    const trouble = await supplyNow(descriptor, depth)
    done.set(descriptor.digest, trouble === undefined)
    if (trouble === undefined) stored.push(descriptor)
    else left.push({ descriptor, trouble })
    return trouble === undefined
  }

  /** From the first place whose bytes are right. */
  async function supplyNow(descriptor: Descriptor, depth: number): Promise<Trouble | undefined> {
    let last: Trouble = { kind: 'missing', code: 'CONTENT_MISSING', why: 'none of the places that were named has it' }
    for (const source of sources) {
      try {
        if (!(await has(source, descriptor, call))) continue
        const body = isManifestType(descriptor.mediaType) ? await manifestFrom(source, descriptor, depth) : await source.fetch(descriptor, call)
        await store(descriptor, body)
        return undefined
      } catch (error) {
        last = troubleOf(error, call)
      }
    }
    return last
  }

  async function manifestFrom(source: Source, descriptor: Descriptor, depth: number): Promise<Body> {
    const manifest = await createExplorer(source).read(descriptor, depth, call)
    for (const child of childrenOf(manifest)) {
      if (isForeignLayer(child.mediaType) || done.get(child.digest) === true) continue
      if (damaged.has(child.digest) || !(await target.has(child, call))) await supply(child, depth + 1)
    }
    return bytesBody(manifest.bytes)
  }

  async function store(descriptor: Descriptor, body: Body): Promise<void> {
    if (!damaged.has(descriptor.digest) || !rewrites(target)) return void (await target.push(descriptor, body, call))
    await target.rewrite(descriptor, body, call)
  }
}
