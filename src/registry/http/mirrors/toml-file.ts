/**
 * A TOML file that somebody wrote by hand, as plain values that are asked for by key: each question says what form it expects, and what
 * nobody asked for is told. What does not belong here: what the keys mean.
 */
import { readFileSync } from 'node:fs'
import { parse, TomlError } from 'smol-toml'
import { Failure } from '../../../kit/failure.ts'
import { printable } from '../../../kit/printable.ts'

export interface Table {
  /** @throws Failure CONFIG_INVALID when it is there and something else, as for all of these */
  text(key: string): string | undefined
  flag(key: string): boolean | undefined
  /** One text or a list of them; absent is an empty list. */
  texts(key: string): readonly string[]
  /** Whatever it is; for keys with several forms. */
  any(key: string): unknown
  table(key: string): Table | undefined
  tables(key: string): readonly Table[]
  /** In the order of the file. */
  keys(): readonly string[]
  /** Keys that are known, and of no use here. */
  passOver(...keys: readonly string[]): void
  /** Keys that nobody asked for, with their place. */
  unknown(): string[]
  /** The Failure for a value that cannot be used. Values are not repeated: headers are secrets. */
  refuse(key: string, why: string): Failure
}

/** Bytes. A list of all registries of the world would be smaller. */
const LARGEST = 1024 * 1024
const HINT = 'Mend the file, or name another one; docs/mirrors.md says which files are read.'

/** @throws Failure FILE_UNREADABLE @returns undefined when there is no such file */
export function readTomlFile(file: string): Table | undefined {
  try {
    return parseToml(readFileSync(file, 'utf8'), file)
  } catch (error) {
    if (error instanceof Failure) throw error
    const code = error instanceof Error && 'code' in error ? error.code : ''
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined
    throw new Failure('FILE_UNREADABLE', `cannot read ${file}, which says where images come from`, {
      cause: error,
      hint: 'Make the file readable for this user, or take it away.',
    })
  }
}

/** @param file its name in messages @throws Failure CONFIG_INVALID with line and column */
export function parseToml(text: string, file: string): Table {
  if (text.length > LARGEST) throw new Failure('CONFIG_INVALID', `cannot use ${file}`, { cause: 'it is larger than 1 MiB', hint: HINT })
  let value: unknown
  try {
    value = parse(text)
  } catch (error) {
    // The library's own words quote the lines around, and a header may stand there.
    const where = error instanceof TomlError ? `: line ${error.line}, column ${error.column}` : ''
    const facts = error instanceof TomlError ? { file, line: error.line, column: error.column } : { file }
    throw new Failure('CONFIG_INVALID', `cannot use ${file}`, { cause: `it is not TOML${where}`, hint: HINT, facts })
  }
  return tableOf(value, file, '')
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date)
}

function tableOf(value: unknown, file: string, path: string): Table {
  const refuse = (key: string, why: string): Failure =>
    new Failure('CONFIG_INVALID', `cannot use ${file}`, { cause: `${printable(`${path}${key}`, 160)} ${why}`, hint: HINT, facts: { file } })
  const record = isRecord(value) ? value : {}
  const asked = new Set<string>()
  const below: Table[] = []
  const get = (key: string): unknown => {
    asked.add(key)
    return Object.hasOwn(record, key) ? record[key] : undefined
  }
  const child = (inner: unknown, name: string, key: string): Table => {
    if (!isRecord(inner)) throw refuse(key, 'must be a table')
    const made = tableOf(inner, file, `${path}${name}.`)
    below.push(made)
    return made
  }
  return {
    text(key) {
      const found = get(key)
      if (found !== undefined && typeof found !== 'string') throw refuse(key, 'must be a text in quotes')
      return found
    },
    flag(key) {
      const found = get(key)
      if (found !== undefined && typeof found !== 'boolean') throw refuse(key, 'must be true or false')
      return found
    },
    texts(key) {
      const found = get(key) ?? []
      const list: readonly unknown[] = Array.isArray(found) ? found : [found]
      return list.map((one) => {
        if (typeof one !== 'string') throw refuse(key, 'must be a text in quotes, or a list of them')
        return one
      })
    },
    any: get,
    table(key) {
      const found = get(key)
      return found === undefined ? undefined : child(found, key, key)
    },
    tables(key) {
      const found = get(key) ?? []
      if (!Array.isArray(found)) throw refuse(key, `must be written as [[${key}]]`)
      return found.map((one: unknown, index) => child(one, `${key}[${index}]`, key))
    },
    keys: () => Object.keys(record),
    passOver(...keys) {
      for (const key of keys) asked.add(key)
    },
    unknown: () => [
      ...Object.keys(record).flatMap((key) => (asked.has(key) ? [] : [printable(`${path}${key}`, 160)])),
      ...below.flatMap((table) => table.unknown()),
    ],
    refuse,
  }
}
