/** How a pattern scheme prints: literal text with `{env}`, `{version}` and `{build}`, each once. */
import { Failure } from '../../kit/failure.ts'
import { printable } from '../../kit/printable.ts'
import type { TagParts } from './scheme.ts'

const PLACES = ['env', 'version', 'build'] as const

/** @throws Failure CONFIG_INVALID */
export function checkTemplate(template: string): string {
  const wrong = PLACES.find((place) => template.split(`{${place}}`).length !== 2)
  const rest = template.replace(/\{(?:env|version|build)\}/g, '')
  if (wrong === undefined && /^[A-Za-z0-9._-]*$/.test(rest)) return template
  throw new Failure('CONFIG_INVALID', `"${printable(template, 160)}" is not a tag template`, {
    cause: wrong === undefined ? 'between the places it has characters that a tag cannot contain' : `it must contain {${wrong}} exactly once`,
    hint: 'Write the form of a tag with its three places, e.g. "{version}-{env}.{build}".',
  })
}

export function fillTemplate(template: string, parts: TagParts): string {
  // One pass, so that a version that contains "{build}" is not filled again.
  return template.replace(/\{(env|version|build)\}/g, (_all, place: string) =>
    place === 'env' ? parts.environment : place === 'version' ? parts.version : parts.build,
  )
}

/** The template that a plain pattern stands for: groups and literal text side by side. Undefined for anything richer. */
export function templateOf(pattern: string): string | undefined {
  let rest = pattern.replace(/^\^/, '').replace(/\$$/, '')
  let template = ''
  while (rest !== '') {
    const literal = /^(?:[A-Za-z0-9_-]|\\[.-])/.exec(rest)?.[0]
    if (literal !== undefined) {
      template += literal.replace('\\', '')
      rest = rest.slice(literal.length)
      // A repeated character is not a literal.
      if (/^[*+?{]/.test(rest)) return undefined
      continue
    }
    const name = /^\(\?P?<(env|version|build)>/.exec(rest)?.[1]
    const end = name === undefined ? -1 : closing(rest)
    if (end < 0) return undefined
    template += `{${name ?? ''}}`
    rest = rest.slice(end + 1)
    if (/^[*+?{]/.test(rest)) return undefined
  }
  return PLACES.every((place) => template.split(`{${place}}`).length === 2) ? template : undefined
}

/** Where the group that the text starts with ends; -1 when it does not. */
function closing(text: string): number {
  let depth = 0
  let inClass = false
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at]
    if (character === '\\') at += 1
    else if (inClass) inClass = character !== ']'
    else if (character === '[') inClass = true
    else if (character === '(') depth += 1
    else if (character === ')') {
      depth -= 1
      if (depth === 0) return at
    }
  }
  return -1
}
