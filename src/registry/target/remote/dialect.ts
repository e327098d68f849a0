/**
 * What is known of a registry product, as data: how it is recognised, and in what it differs. One file each in dialects/.
 * A fact that was only read saves requests or tries; it never hides content and never proves anything.
 * What does not belong here: what is done about a fact (the module that does the work asks for it).
 */

/** Something known, and how. */
export interface Fact<T> {
  readonly is: T
  /** `run`: a test of ours holds it against the real thing. `read`: someone reported it. */
  readonly proven: 'run' | 'read'
  /** Where it is written: an issue as `repository#number`, a document, or our test. */
  readonly source: string
}

export interface Facts {
  /** Uploads in several requests; a number is the most bytes one of them may have. */
  readonly chunks?: Fact<'never' | 'works' | number>
  /** Mounting a blob without saying where it is. */
  readonly mountAnywhere?: Fact<'works' | 'refused' | 'ignored'>
  /** `PUT manifests/DIGEST?tag=a&tag=b`, confirmed by `OCI-Tag`. */
  readonly manyTags?: Fact<'works' | 'ignored'>
  /** `If-Match` and `If-None-Match` when a tag is written. */
  readonly conditions?: Fact<'works' | 'ignored'>
  /** DELETE of a tag. */
  readonly untag?: Fact<'works' | 'refused' | 'takes siblings' | 'last one takes the image'>
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
}

export interface Dialect {
  /** `docker-hub`; what `dialects` of an opener and the support table call it. */
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
  /** What a person should know besides. */
  readonly notes?: string
}

export function wasRead<T>(is: T, source: string): Fact<T> {
  return { is, proven: 'read', source }
}

export function wasRun<T>(is: T, source: string): Fact<T> {
  return { is, proven: 'run', source }
}
