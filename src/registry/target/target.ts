/**
 * Where content lives: a registry repository, an OCI layout on disk, a store in memory. Two small interfaces and extra
 * powers that are found with guards. `copy/` knows nothing else.
 * What does not belong here: how any of them does it.
 */
import type { Call } from '../../kit/call.ts'
import { isFailure } from '../../kit/failure.ts'
import type { Descriptor } from '../oci/descriptor.ts'
import type { Digest } from '../oci/digest.ts'
import type { Tag } from '../oci/reference.ts'

/** Bytes that can be read more than once and from the middle, so that retry and resume work. */
export interface Body {
  /** Bytes in all. */
  readonly size: number
  /** @param from offset in bytes of the first byte wanted */
  open(from?: number): AsyncIterable<Uint8Array>
}

export interface Source {
  /** How messages call it: `harbor.example.com/pay/api`, `oci:./out`. */
  readonly name: string
  /** What a tag or digest names; undefined when it is proven absent. A listing that failed throws. */
  resolve(ref: Tag | Digest, call: Call): Promise<Descriptor | undefined>
  /**
   * The content of a descriptor. Reading to the end proves digest and size; the last chunk is not handed out before.
   * @throws Failure CONTENT_MISSING, DIGEST_MISMATCH
   */
  fetch(descriptor: Descriptor, call: Call): Promise<Body>
}

export interface Target extends Source {
  /** Stores content under its digest, after proving it. Manifests need their children there first. */
  push(descriptor: Descriptor, body: Body, call: Call): Promise<'stored' | 'present'>
  /** Gives a stored manifest a name; moves the name when it is taken. */
  tag(descriptor: Descriptor, tag: Tag, call: Call): Promise<void>
  /** Whether content is there. For manifests and blobs alike; never guesses. */
  has(descriptor: Descriptor, call: Call): Promise<boolean>
}

/** Can list all its tags. */
export interface ListsTags {
  tags(call: Call): AsyncIterable<Tag>
}

/** Can list what is attached to a digest: signatures, SBOMs, records. API and fallback tag, united. */
export interface ListsReferrers {
  referrers(subject: Digest, call: Call): AsyncIterable<Descriptor>
}

/** Can take a blob from another repository of the same place without moving bytes. */
export interface Mounts {
  /** True when the blob is now here; false when the place would not, and it must be pushed. */
  mount(descriptor: Descriptor, from: Source, call: Call): Promise<boolean>
}

/** Can remove. A tag alone never takes its siblings along. */
export interface Deletes {
  untag(tag: Tag, call: Call): Promise<void>
  remove(descriptor: Descriptor, call: Call): Promise<void>
}

/** Can store content anew where damaged bytes stand under its name. */
export interface Rewrites {
  /** Takes the bytes even when the place has something of that digest; they are proven first. A registry may keep what it has all the same. */
  rewrite(descriptor: Descriptor, body: Body, call: Call): Promise<void>
}

/** May take content from elsewhere when it is asked to fetch. */
export interface Mirrored {
  /** As `fetch`, from the place itself and from no mirror: for those who judge the place. */
  fetchHere(descriptor: Descriptor, call: Call): Promise<Body>
}

/** Collects what is written and puts it in place at the end, whole: a file that is replaced, not changed. */
export interface Finishes {
  /** Makes all that was written since the last time count. Nothing was written: nothing happens. */
  finish(call: Call): Promise<void>
  /** Forgets what was not finished; what was there stays as it was. */
  discard(): Promise<void>
}

export function listsTags<T extends Source>(source: T): source is T & ListsTags {
  return 'tags' in source
}

export function listsReferrers<T extends Source>(source: T): source is T & ListsReferrers {
  return 'referrers' in source
}

export function mounts<T extends Source>(source: T): source is T & Mounts {
  return 'mount' in source
}

export function deletes<T extends Source>(source: T): source is T & Deletes {
  return 'untag' in source
}

export function rewrites<T extends Source>(source: T): source is T & Rewrites {
  return 'rewrite' in source
}

export function finishes<T extends Source>(source: T): source is T & Finishes {
  return 'finish' in source
}

/** Fetches from the place itself, whatever mirrors it has. */
export function fetchHere(source: Source & Partial<Mirrored>, descriptor: Descriptor, call: Call): Promise<Body> {
  return source.fetchHere ? source.fetchHere(descriptor, call) : source.fetch(descriptor, call)
}

/** Whether a body failed because a mirror sent other bytes. It is not asked again, so reading once more can succeed. */
export function isLieOfMirror(error: unknown): boolean {
  return isFailure(error, 'DIGEST_MISMATCH') && error.facts['mirror'] !== undefined
}
