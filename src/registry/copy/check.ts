/**
 * Whether an image is whole where it is: every child, every blob, every attachment. Reads manifests and asks for blobs; `deep` reads
 * those too and hashes every byte. Goes on after what it finds, so that one look names everything.
 * What does not belong here: mending it (mend.ts), and what a step makes of it.
 */
import type { Call } from '../../kit/call.ts'
import { createLimit, forEachLimited } from '../../kit/limit.ts'
import type { Descriptor } from '../oci/descriptor.ts'
import type { Digest } from '../oci/digest.ts'
import { childrenOf } from '../oci/manifest.ts'
import { isForeignLayer, isManifestType } from '../oci/media-types.ts'
import { fetchHere, listsReferrers, type Target } from '../target/target.ts'
import { createExplorer, type Explorer } from './explore.ts'
import { type Trouble, troubleOf } from './trouble-of.ts'

/** A part that is not as it should be. */
export interface Fault extends Trouble {
  readonly descriptor: Descriptor
  /** Who needs it: digests from the root down to the manifest that lists it. Empty for the root. */
  readonly needed: readonly Digest[]
  /** It is attached to the image, or belongs to something that is. */
  readonly attached: boolean
}

export interface CheckReport {
  readonly root: Descriptor
  /** Manifests that were looked at, attachments included. */
  readonly manifests: number
  readonly blobs: number
  readonly referrers: number
  /** Layers that may not be redistributed; nobody expects them here. */
  readonly foreign: number
  /** Bytes of blobs that were read and hashed. */
  readonly bytes: number
  /** Empty: the image is whole. */
  readonly faults: readonly Fault[]
}

export interface CheckOptions {
  /** Whether attachments are looked at too. Default true. */
  readonly referrers?: boolean
  /** Whether blobs are read and hashed. Default false. */
  readonly deep?: boolean
}

/** One place, several images: what they share is looked at once. */
export interface Checker {
  /** @throws Failure of a stop or a safety limit; everything else is a fault in the report */
  check(root: Descriptor, call: Call): Promise<CheckReport>
}

const AT_ONCE = 6

export function check(target: Target, root: Descriptor, options: CheckOptions, call: Call): Promise<CheckReport> {
  return createChecker(target, options).check(root, call)
}

export function createChecker(target: Target, options: CheckOptions = {}): Checker {
  const { referrers = true, deep = false } = options
  const limit = createLimit(AT_ONCE)
  const looked = new Map<Digest, Promise<Trouble | undefined>>()
  const lists = referrers && listsReferrers(target) ? target : undefined
  let hashed = 0

  const look = (blob: Descriptor, call: Call): Promise<Trouble | undefined> => {
    const known = looked.get(blob.digest) ?? lookAtBlob(target, blob, deep ? (bytes) => progress(bytes, call) : undefined, call)
    looked.set(blob.digest, known)
    return known
  }

  const progress = (bytes: number, call: Call): void => {
    hashed += bytes
    call.onProgress?.({ what: `checking ${target.name}`, done: hashed })
  }

  return {
    async check(root, call) {
      const before = hashed
      const counts = { manifests: 0, blobs: 0, referrers: 0, foreign: 0 }
      const faults: Fault[] = []
      const explorer = createExplorer({
        name: target.name,
        resolve: (ref, its) => target.resolve(ref, its),
        fetch: (part, its) => fetchHere(target, part, its),
      })
      const seen = new Set<Digest>([root.digest])
      let level: Part[] = [{ descriptor: root, depth: 0, needed: [], attached: false }]
      while (level.length > 0) {
        const next: Part[] = []
        const add = (part: Part): void => {
          if (seen.has(part.descriptor.digest)) return
          seen.add(part.descriptor.digest)
          next.push(part)
        }
        await forEachLimited(level, limit, (part) => visit(part, add), call)
        level = next
      }
      return { root, ...counts, bytes: hashed - before, faults }

      async function visit(part: Part, add: (part: Part) => void): Promise<void> {
        const { descriptor, depth, needed, attached } = part
        const blame = (trouble: Trouble | undefined): void => {
          if (trouble !== undefined) faults.push({ ...trouble, descriptor, needed, attached })
        }
        if (!isManifestType(descriptor.mediaType)) {
          if (isForeignLayer(descriptor.mediaType)) return void (counts.foreign += 1)
          explorer.count(descriptor)
          counts.blobs += 1
          return blame(await look(descriptor, call))
        }
        counts.manifests += 1
        const below = [...needed, descriptor.digest]
        const children = await readChildren(target, explorer, part, call)
        if ('kind' in children) blame(children)
        else for (const child of children) add({ descriptor: child, depth: depth + 1, needed: below, attached })
        // Also of a manifest that is not there: what is attached to it is known by its digest alone.
        if (lists === undefined) return
        try {
          for await (const referrer of lists.referrers(descriptor.digest, call)) {
            if (!seen.has(referrer.digest)) counts.referrers += 1
            add({ descriptor: referrer, depth: 0, needed: below, attached: true })
          }
        } catch (error) {
          const trouble = troubleOf(error, call)
          blame({ kind: 'unknown', code: trouble.code, why: `what is attached to it could not be listed: ${trouble.why}` })
        }
      }
    },
  }
}

interface Part {
  readonly descriptor: Descriptor
  readonly depth: number
  readonly needed: readonly Digest[]
  readonly attached: boolean
}

async function readChildren(target: Target, explorer: Explorer, { descriptor, depth }: Part, call: Call): Promise<readonly Descriptor[] | Trouble> {
  try {
    // Asked for before it is read: a manifest this run has in memory may be gone where it was.
    if (!(await target.has(descriptor, call))) return await absentOrTorn(target, descriptor, call)
    return childrenOf(await explorer.read(descriptor, depth, call))
  } catch (error) {
    return troubleOf(error, call)
  }
}

async function lookAtBlob(target: Target, blob: Descriptor, hashed: ((bytes: number) => void) | undefined, call: Call): Promise<Trouble | undefined> {
  try {
    if (!(await target.has(blob, call))) return await absentOrTorn(target, blob, call)
    if (hashed === undefined) return undefined
    for await (const chunk of (await fetchHere(target, blob, call)).open()) hashed(chunk.length)
    return undefined
  } catch (error) {
    return troubleOf(error, call)
  }
}

/** A layout says no to a file of another size; opening it says why. */
async function absentOrTorn(target: Target, descriptor: Descriptor, call: Call): Promise<Trouble> {
  try {
    await fetchHere(target, descriptor, call)
  } catch (error) {
    return troubleOf(error, call)
  }
  return { kind: 'missing', code: 'CONTENT_MISSING', why: `it is not in ${target.name}` }
}
