/** Finds and reads ferry.yaml. The parser and the schema are loaded only when there is a file. */
import { readFile, stat } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { Failure } from '../../kit/failure.ts'
import { suggest } from '../../kit/suggest.ts'
import { type Settings, settingsOf } from './settings.ts'

const SETTINGS_FILE = 'ferry.yaml'
// A configuration file that is larger is a mistake or an attack (alias bombs).
const LARGEST = 1024 * 1024

export interface Wanted {
  /** The file that was asked for; it must exist then. */
  readonly path?: string
  /** Where to look when none was asked for, in order. */
  readonly directories: readonly string[]
}

/** @throws Failure CONFIG_INVALID with every problem of the file, FILE_UNREADABLE */
export async function loadSettings({ path, directories }: Wanted): Promise<Settings> {
  const file = path ?? (await firstPresent(directories))
  if (file === undefined) return settingsOf({}, resolve(directories[0] ?? '.'))
  return readSettings(await readText(file), file)
}

async function firstPresent(directories: readonly string[]): Promise<string | undefined> {
  for (const directory of directories) {
    const file = join(directory, SETTINGS_FILE)
    const found = await stat(file).catch(() => undefined)
    if (found?.isFile() === true) return file
  }
  return undefined
}

async function readText(file: string): Promise<string> {
  try {
    const { size } = await stat(file)
    if (size > LARGEST) throw new Failure('CONFIG_INVALID', `${file} is larger than 1 MiB`)
    return await readFile(file, 'utf8')
  } catch (error) {
    if (error instanceof Failure) throw error
    throw new Failure('FILE_UNREADABLE', `cannot read ${file}`, {
      cause: error,
      hint: 'Name an existing file, or leave the input away to use ./ferry.yaml when there is one.',
    })
  }
}

async function readSettings(text: string, file: string): Promise<Settings> {
  const [{ load }, { ferryFile }] = await Promise.all([import('js-yaml'), import('./schema.ts')])
  let document: unknown
  try {
    document = load(text) ?? {}
  } catch (error) {
    throw new Failure('CONFIG_INVALID', `${file} is not YAML`, { cause: error })
  }
  const read = ferryFile.safeParse(document)
  if (!read.success) {
    const problems = read.error.issues.map((issue) => {
      const at = issue.path.map(String).join('.')
      const meant = issue.code === 'unrecognized_keys' ? suggest(issue.keys[0] ?? '', keysAt(ferryFile, issue.path)) : undefined
      return new Failure(
        'CONFIG_INVALID',
        `${file}: ${at === '' ? '' : `${at}: `}${issue.message}`,
        meant === undefined ? {} : { hint: `Did you mean ${meant}?` },
      )
    })
    throw new Failure('CONFIG_INVALID', `${file} does not have the expected form`, { more: problems, hint: 'docs/reference/ferry.yaml.md lists every field.' })
  }
  return settingsOf(read.data, resolve(dirname(file)), file)
}

/** The known keys next to a misspelt one. */
function keysAt(schema: unknown, path: readonly PropertyKey[]): string[] {
  let at: unknown = schema
  for (const part of path) at = Reflect.get(shapeOf(at), part)
  return Object.keys(shapeOf(at))
}

function shapeOf(schema: unknown): object {
  let at = schema
  while (typeof at === 'object' && at !== null && 'unwrap' in at && typeof at.unwrap === 'function') at = at.unwrap()
  if (typeof at === 'object' && at !== null && 'shape' in at && typeof at.shape === 'object' && at.shape !== null) return at.shape
  return {}
}
