/**
 * A context directory, opened: where it really is, what its rules say, what was left out of it.
 * Paths inside it are relative, with slashes, without `.` and `..`; the context itself is ''.
 */
import { readFile, realpath, stat } from 'node:fs/promises'
import { isAbsolute, join, relative, resolve, sep } from 'node:path'
import { Failure } from '../../kit/failure.ts'
import { printable } from '../../kit/printable.ts'
import { IGNORE_FILES, type IgnoreRules, readIgnoreRules } from './ignore.ts'

export interface Context {
  /** As the user wrote it, for messages. */
  readonly name: string
  /** Absolute, without symbolic links. */
  readonly root: string
  readonly rules: IgnoreRules
  readonly ignoreFile?: string
  readonly excluded: ReadonlySet<string>
  /** Filled while the context is read. */
  readonly ignored: Set<string>
}

/** @throws Failure FILE_UNREADABLE, INPUT_INVALID */
export async function openContext(name: string, exclude: readonly string[]): Promise<Context> {
  const root = await realpath(name).catch((error: unknown) => {
    throw unreadable(`the context ${printable(name)}`, error, 'Name an existing directory.')
  })
  if (!(await stat(root)).isDirectory())
    throw new Failure('FILE_UNREADABLE', `the context ${printable(name)} is not a directory`, { hint: 'Name the directory the file is in.' })
  const excluded = new Set<string>()
  for (const path of exclude) {
    const inside = relative(root, await settled(resolve(root, path)))
    if (inside === '')
      throw new Failure('INPUT_INVALID', `the context ${printable(name)} is itself excluded`, {
        hint: 'Write the image somewhere else: its files would be taken for files of the context.',
      })
    if (inside !== '..' && !inside.startsWith(`..${sep}`) && !isAbsolute(inside)) excluded.add(inside.split(sep).join('/'))
  }
  const found = await readIgnoreFile(root)
  const rules = readIgnoreRules(found?.text ?? '', found?.name ?? '')
  return { name, root, rules, excluded, ignored: new Set(), ...(found ? { ignoreFile: found.name } : {}) }
}

/** Where a path really leads, also when its last parts do not exist yet. */
async function settled(path: string): Promise<string> {
  try {
    return await realpath(path)
  } catch {
    const parent = resolve(path, '..')
    return parent === path ? path : join(await settled(parent), relative(parent, path))
  }
}

async function readIgnoreFile(root: string): Promise<{ name: string; text: string } | undefined> {
  for (const name of IGNORE_FILES) {
    try {
      return { name, text: await readFile(join(root, name), 'utf8') }
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw unreadable(name, error)
    }
  }
  return undefined
}

/** @param what `bin/app`, `the context ./x` */
export function unreadable(what: string, error: unknown, hint = 'Mend its owner or mode, or name it in .ferryignore when it is not needed.'): Failure {
  return new Failure('FILE_UNREADABLE', `cannot read ${what}`, { cause: error, hint })
}
