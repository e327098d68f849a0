/**
 * Tekton: text params as FERRY_PARAM_*, array params between markers in args, results as files, secrets as files of a
 * workspace. Nothing of it goes through a shell or a script.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Failure } from '../../kit/failure.ts'
import type { Raw } from '../../step/field.ts'
import type { Host } from '../../step/host.ts'
import { kebab, upperSnake } from '../../step/names.ts'
import type { Variables } from '../credentials.ts'
import { createPlainLog } from '../plain-log.ts'
import { logText } from '../words.ts'
import { writeResults } from './results.ts'
import { LIST_MARKER, TEKTON_VARIABLE } from './variables.ts'

/** @param argv words after the step's name */
export function createTektonHost(variables: Variables, argv: readonly string[], write: (text: string) => void): Host {
  const { lists, loose } = readLists(argv)
  const paramOf = (name: string): string => `${TEKTON_VARIABLE.param}${upperSnake(name)}`
  const log = createPlainLog(write)
  return {
    name: 'tekton',
    facts: {},
    read(name, field): Raw | undefined {
      if (field.shape === 'list' || field.shape === 'map') return lists.get(kebab(name))
      if (lists.has(kebab(name)))
        throw new Failure('INPUT_INVALID', `params.${kebab(name)} is no array, and an element of one begins with ${LIST_MARKER}`, FORGED)
      if (field.shape === 'secret') return readSecret(kebab(name), variables[TEKTON_VARIABLE.secrets])
      return variables[paramOf(name)] || undefined
    },
    strangers(names) {
      const known = new Set(names.map(paramOf))
      const wired = Object.keys(variables).filter((name) => name.startsWith(TEKTON_VARIABLE.param) && !known.has(name))
      const listed = [...lists.keys()].filter((name) => !names.some((known) => kebab(known) === name))
      const params = [...wired.map((name) => name.slice(TEKTON_VARIABLE.param.length).toLowerCase().replaceAll('_', '-')), ...listed]
      return [...params.map((name) => `params.${name.slice(0, 80)}`), ...loose.map((word) => `the argument ${word.slice(0, 80)}`)]
    },
    spell: (name, field) => (field.shape === 'secret' ? `workspaces.secrets/${kebab(name)}` : `params.${kebab(name)}`),
    variable: (name) => variables[name] || undefined,
    ...log.speech,
    async end(ending) {
      log.shown(ending.shown)
      log.failure(ending.failure)
      for (const result of writeResults(ending, variables))
        log.line(logText({ level: 'warn', message: 'a result is longer than Tekton can carry and was left empty', fields: { result } }))
    },
  }
}

const FORGED = { hint: `Elements of array params must not begin with ${LIST_MARKER}.` }

interface Arguments {
  readonly lists: ReadonlyMap<string, readonly string[]>
  /** Words before the first marker; a generated Task has none. */
  readonly loose: readonly string[]
}

/** A marker may stand only once: text that looks like one cannot smuggle values into another list. */
function readLists(argv: readonly string[]): Arguments {
  const lists = new Map<string, string[]>()
  const loose: string[] = []
  let current = loose
  for (const word of argv) {
    if (!word.startsWith(LIST_MARKER)) {
      current.push(word)
      continue
    }
    const name = word.slice(LIST_MARKER.length)
    if (lists.has(name)) throw new Failure('INPUT_INVALID', `params.${name.slice(0, 80)} would be given twice: an element begins with ${LIST_MARKER}`, FORGED)
    current = []
    lists.set(name, current)
  }
  return { lists, loose }
}

/** One file of the workspace, without the line break that editors add; undefined when there is none. */
function readSecret(name: string, directory: string | undefined): string | undefined {
  if (!directory) return undefined
  const file = join(directory, name)
  try {
    return readFileSync(file, 'utf8').replace(/\r?\n$/, '')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw new Failure('FILE_UNREADABLE', `cannot read ${file}`, {
      cause: error,
      hint: 'Bind a Secret whose files the user of the step (65532) may read, e.g. with fsGroup in the podTemplate.',
    })
  }
}
