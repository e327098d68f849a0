/** Reading and writing tags of a scheme. Parse and print are inverse: whatever one gives, the other gives back. */
import { Failure } from '../../kit/failure.ts'
import { isTag } from '../../registry/oci/reference.ts'
import { outsideScheme, undeclared, unprintable } from './outside.ts'
import type { SchemeTag, TagParts, TagScheme } from './scheme.ts'

/** @throws Failure TAG_OUTSIDE_SCHEME that says which part failed and what was expected */
export function parseTag(scheme: TagScheme, text: string): SchemeTag {
  const found = isTag(text) ? scheme.match(text) : undefined
  if (found === undefined || 'part' in found) throw outsideScheme(scheme, text, found)
  return found
}

/** The same without an error: undefined for a tag outside the scheme. */
export function matchTag(scheme: TagScheme, text: string): SchemeTag | undefined {
  const found = isTag(text) ? scheme.match(text) : undefined
  return found === undefined || 'part' in found ? undefined : found
}

/** The tag that says exactly this. @throws Failure TAG_OUTSIDE_SCHEME when no tag of the scheme does, INPUT_INVALID */
export function printTag(scheme: TagScheme, parts: TagParts): SchemeTag {
  requireEnvironment(scheme, parts.environment)
  const printed = scheme.print(parts)
  if ('cannot' in printed) {
    throw new Failure('CONFIG_INVALID', 'cannot write a new tag of this tag scheme', {
      cause: printed.cannot,
      hint: 'Give the scheme a template, e.g. "{version}-{env}.{build}".',
    })
  }
  return proven(scheme, parts, printed.text)
}

/** The same version and build in another environment, e.g. `dev-v1.2-7` → `prod-v1.2-7`. @throws Failure TAG_OUTSIDE_SCHEME, INPUT_INVALID */
export function inEnvironment(scheme: TagScheme, tag: SchemeTag, environment: string): SchemeTag {
  requireEnvironment(scheme, environment)
  return proven(scheme, { ...tag, environment }, scheme.substitute(tag, environment))
}

/** Reads the text back and compares: a version that begins like the rest of a longer environment would be read as that one. */
function proven(scheme: TagScheme, parts: TagParts, text: string): SchemeTag {
  const back: SchemeTag | undefined = matchTag(scheme, text)
  const { environment, version, build } = parts
  if (back && back.environment === environment && back.version === version && back.build === build) return back
  const mismatch = isTag(text) ? scheme.match(text) : undefined
  throw unprintable(scheme, parts, text, back, mismatch !== undefined && 'part' in mismatch ? mismatch : undefined)
}

/** @throws Failure INPUT_INVALID with the declared ones and a did-you-mean */
export function requireEnvironment(scheme: TagScheme, name: string): void {
  if (!scheme.environments.includes(name)) throw undeclared(scheme, name)
}
