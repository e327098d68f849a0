/**
 * A tag scheme: which environments there are, in order, and how a tag says environment, version and build.
 * The default is `<env>-<version>-<build>`, e.g. `prod-v1.2-1024`; another one is given as a pattern with the named groups
 * env, version and build. What does not belong here: what may be pushed or promoted (judge-push, promote).
 */
import type { Tag } from '../../registry/oci/reference.ts'

/** What a tag says. */
export interface TagParts {
  /** One of the declared environments. */
  readonly environment: string
  readonly version: string
  /** Decimal digits, of any length; compared as a number. */
  readonly build: string
}

/** A tag that follows the scheme, with what it says. */
export interface SchemeTag extends TagParts {
  readonly tag: Tag
}

/** Which part of a tag does not follow the scheme, and why. */
export interface Mismatch {
  readonly part: 'environment' | 'version' | 'build' | 'form'
  readonly why: string
  /** The tag that was probably meant. */
  readonly suggestion?: string
}

export interface TagScheme {
  /** As declared: from where images are built to where they are used. */
  readonly environments: readonly string[]
  /** How messages call the form: `<env>-<version>-<build>`, or the pattern. */
  readonly form: string
  match(tag: Tag): SchemeTag | Mismatch
  /** The text for the parts, not yet proven to be a tag of the scheme; a sentence instead when the scheme cannot print. */
  print(parts: TagParts): { readonly text: string } | { readonly cannot: string }
  /** The text of the tag with another environment in its place. */
  substitute(tag: SchemeTag, environment: string): string
}
