/** What is said when a tag is outside its scheme: what was expected, which part failed, and what was probably meant. */
import { Failure } from '../../kit/failure.ts'
import { printable } from '../../kit/printable.ts'
import { suggest } from '../../kit/suggest.ts'
import { isTag } from '../../registry/oci/reference.ts'
import { inPlainCharacters, oddCharacters } from './look-alikes.ts'
import type { Mismatch, SchemeTag, TagParts, TagScheme } from './scheme.ts'
import { versionFrom } from './version-text.ts'

/** @param mismatch what the scheme said; absent when the text is no tag at all */
export function outsideScheme(scheme: TagScheme, text: string, mismatch: Mismatch | undefined): Failure {
  const { part, why, suggestion } = mismatch ?? notATag(text)
  const meant = suggestion !== undefined && isTag(suggestion) && !('part' in scheme.match(suggestion)) ? suggestion : undefined
  return new Failure('TAG_OUTSIDE_SCHEME', `"${printable(text, 160)}" is outside the tag scheme ${scheme.form}`, {
    cause: why,
    hint: meant === undefined ? expected(scheme) : `Did you mean ${meant}? ${expected(scheme)}`,
    facts: { tag: printable(text, 160), part, environments: scheme.environments, ...(meant === undefined ? {} : { suggestion: meant }) },
  })
}

/** Parts that no tag of the scheme says. @param back what the text is read as instead, when it is read at all */
export function unprintable(scheme: TagScheme, parts: TagParts, text: string, back: SchemeTag | undefined, mismatch: Mismatch | undefined): Failure {
  const said = `environment ${parts.environment}, version "${printable(parts.version, 100)}" and build "${printable(parts.build, 100)}"`
  const other = back && `"${text}" would be read as environment ${back.environment}, version "${back.version}" and build ${back.build}`
  const version = versionFrom(parts.version)
  const hint =
    back === undefined && version !== undefined && version !== parts.version
      ? `Use the version "${version}", which no other name gives. ${expected(scheme)}`
      : expected(scheme)
  return new Failure('TAG_OUTSIDE_SCHEME', `no tag of the scheme ${scheme.form} says ${said}`, { cause: other ?? mismatch?.why ?? notATag(text).why, hint })
}

/** An environment that is not in the list. */
export function undeclared(scheme: TagScheme, name: string): Failure {
  const meant = suggest(name, scheme.environments)
  return new Failure('INPUT_INVALID', `"${printable(name, 80)}" is not a declared environment`, {
    hint: `${meant === undefined ? '' : `Did you mean ${meant}? `}Declared are, in order: ${scheme.environments.join(', ')}.`,
    facts: { environments: scheme.environments },
  })
}

function expected(scheme: TagScheme): string {
  const example = scheme.print({ environment: scheme.environments[0] ?? 'dev', version: 'v1.2', build: '1024' })
  const known = 'text' in example && isTag(example.text) && !('part' in scheme.match(example.text)) ? `, e.g. ${example.text}` : ''
  return `Expected is ${scheme.form}${known}; environments are ${scheme.environments.join(', ')}.`
}

function notATag(text: string): Mismatch {
  const odd = oddCharacters(text)
  const [first] = odd
  if (first === undefined) {
    const why = text === '' ? 'it is empty' : text.length > 128 ? 'it is longer than the 128 characters of a tag' : 'a tag does not start with a dot or a dash'
    return { part: 'form', why }
  }
  const shown = `character ${first.position} is "${printable(first.character)}" (${first.codePoint})`
  const why = first.looksLike === undefined ? `${shown}, which a tag cannot contain` : `${shown}, which only looks like "${first.looksLike}"`
  const suggestion = inPlainCharacters(text)
  return {
    part: 'form',
    why: odd.length === 1 ? why : `${why}; ${odd.length} characters are not ASCII letters, digits, dots, dashes or underscores`,
    ...(suggestion === undefined ? {} : { suggestion }),
  }
}
