/**
 * What is known of a registry product, as data: how it is recognised, in what it differs, and how the embedded registry can behave like it.
 * One file each in dialects/. A fact saves tries; it never hides content and never proves anything, because facts age.
 * What does not belong here: what is done about a fact (the module that does the work asks for it).
 */

/** Something known, and how. */
export interface Fact<T> {
  readonly is: T
  /** `run`: a test of ours holds it against the real product. `read`: someone reported it. */
  readonly proven: 'run' | 'read'
  /** Where it is written: an issue as `repository#number`, a document, or our test. */
  readonly source: string
}

export interface Facts {
  /** Uploads in several requests; a number is the most bytes one of them may have. */
  readonly chunks?: Fact<'never' | 'works' | number>
  /** Mounting a blob without saying where it is. */
  readonly mountAnywhere?: Fact<'works' | 'refused' | 'ignored'>
  /** DELETE of a tag. */
  readonly untag?: Fact<'works' | 'refused' | 'last one takes the image'>
  /** DELETE of a digest. */
  readonly remove?: Fact<'works' | 'refused' | 'tags first'>
  readonly referrersApi?: Fact<'works' | 'absent'>
  /** HEAD of a manifest. */
  readonly head?: Fact<'works' | 'no digest' | 'wrong size' | '403 when absent'>
  /** Largest page of tags that may be asked for; `fixed`: the wish is ignored. */
  readonly tagsPage?: Fact<number | 'fixed'>
  /** What else is among the tags. */
  readonly tagsContain?: Fact<'digests and null'>
  /** Manifests under sha512. */
  readonly sha512?: Fact<'works' | 'refused'>
  /** Indexes some of whose manifests are not there. */
  readonly sparseIndexes?: Fact<'works' | 'refused'>
  /** The tag `sha256-<hex>` that stands in for the referrers API, when nobody has written it. */
  readonly fallbackTag?: Fact<'names the subject'>
  /** How a tag that may not be moved is refused: the status, and the error code where the status alone does not tell. */
  readonly immutable?: Fact<{ readonly status: number; readonly code?: string }>
  /** Its own way to list tags with their digests at once. */
  readonly tagsWithDigests?: Fact<string>
}

/** One way in which the embedded registry can be made to behave like the product: a rule of a fault plan. */
export interface Quirk {
  /** What it shows, for people. */
  readonly shows: string
  readonly match: { readonly method?: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'; readonly path?: string; readonly larger?: number }
  readonly fault:
    | { readonly answer: { readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: string } }
    | { readonly redirect: { readonly to: string; readonly status?: 301 | 302 | 303 | 307 | 308 } }
    | { readonly otherwise: string }
    | { readonly status: { readonly from: number; readonly to: number } }
    | { readonly set: Readonly<Record<string, string>> }
    | { readonly drop: readonly string[] }
}

export interface Dialect {
  /** `docker-hub`; what settings and the support table call it. */
  readonly name: string
  /** `Docker Hub`. */
  readonly title: string
  readonly recognised: {
    /** Hosts, without port; one that begins with a dot stands for all below it, and `*` for any characters but a dot. */
    readonly hosts?: readonly string[]
    /** Headers of any answer: all of them must be there and contain the text (in lower case). */
    readonly headers?: Readonly<Record<string, string>>
  }
  readonly facts: Facts
  readonly quirks?: readonly Quirk[]
  /** What a person should know besides. */
  readonly notes?: string
  /** How tags and images are removed where DELETE is refused: the next move, as a sentence. */
  readonly removing?: string
}

export function wasRead<T>(is: T, source: string): Fact<T> {
  return { is, proven: 'read', source }
}

/** Held by test/registry/target/dialects.test.ts against the real product. */
export function wasRun<T>(is: T): Fact<T> {
  return { is, proven: 'run', source: 'test/registry/target/dialects.test.ts' }
}

/** An error document of the distribution spec. */
export function refusal(status: number, code: string, message: string): Quirk['fault'] {
  return { answer: { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify({ errors: [{ code, message }] }) } }
}

/** A registry that was made before the referrers API. */
export const NO_REFERRERS_API: Quirk = {
  shows: 'no referrers API',
  match: { method: 'GET', path: '/referrers/' },
  fault: { answer: { status: 404, headers: { 'content-type': 'text/plain' }, body: '404 page not found\n' } },
}

export const NO_CHUNKS: Quirk = {
  shows: 'uploads in several requests are refused',
  match: { method: 'PATCH', path: '/blobs/uploads/' },
  fault: refusal(405, 'UNSUPPORTED', 'chunked uploads are not supported'),
}
