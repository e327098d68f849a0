/**
 * Reading a context: what is at a path, and everything below a directory. Symbolic links are never followed, neither as the last part nor on
 * the way; special files, names that are not UTF-8 and names that mean deletion in a layer are problems, collected and not thrown.
 */

import { isUtf8 } from 'node:buffer'
import type { Dirent } from 'node:fs'
import { lstat, readdir, readlink } from 'node:fs/promises'
import { join } from 'node:path'
import { type Call, throwIfStopped } from '../../kit/call.ts'
import { Failure } from '../../kit/failure.ts'
import { printable } from '../../kit/printable.ts'
import { isStaged } from '../../registry/target/archive/stage.ts'
import { type Context, unreadable } from './context.ts'
import type { Verdict } from './ignore.ts'

export interface Found {
  /** Inside the context. */
  readonly path: string
  readonly kind: 'file' | 'directory' | 'link'
  /** Where a link points, untouched. */
  readonly target?: string
}

export interface Place extends Found {
  readonly verdict: Verdict
}

/** What is at a path, or undefined when nothing is. A problem is reported, then undefined too. */
export async function locate(context: Context, path: string, problems: Failure[]): Promise<Place | undefined> {
  let verdict = context.rules.top
  const parts = path === '' ? [] : path.split('/')
  let at = ''
  for (const [index, part] of parts.entries()) {
    at = at === '' ? part : `${at}/${part}`
    verdict = judge(context, at, verdict)
    const stats = await lstat(join(context.root, at)).catch((error: unknown) => {
      if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return undefined
      throw unreadable(printable(at), error)
    })
    if (!stats) return undefined
    if (index === parts.length - 1) {
      const found = await describe(context, at, stats, problems)
      return found && { ...found, verdict }
    }
    if (stats.isSymbolicLink()) {
      problems.push(
        new Failure('INPUT_INVALID', `cannot take ${printable(path)}: ${printable(at)} on the way is a symbolic link`, {
          hint: 'Links are never followed, so that nothing from outside the context gets in. Name the real path.',
        }),
      )
      return undefined
    }
  }
  return { path: '', kind: 'directory', verdict }
}

/**
 * Everything below a directory that is not ignored, a directory before what is in it. A directory that is ignored is named only when
 * something below it is taken back.
 * @param wants asked of every path before it is looked at; a directory that is not wanted is not opened
 */
export async function* walk(
  context: Context,
  directory: Place,
  problems: Failure[],
  call: Call,
  wants: (path: string, isDirectory: boolean) => boolean = () => true,
): AsyncGenerator<Found> {
  throwIfStopped(call)
  for (const entry of await entriesOf(context, directory.path)) {
    const name = entry.name.toString('utf8')
    const path = directory.path === '' ? name : `${directory.path}/${name}`
    const verdict = judge(context, path, directory.verdict)
    const isDirectory = entry.isDirectory()
    if (!wants(path, isDirectory)) continue
    if (verdict.ignored && !(isDirectory && !isExcluded(context, path) && context.rules.mayTakeBackBelow(path))) {
      context.ignored.add(path)
      continue
    }
    if (!isUtf8(entry.name)) {
      problems.push(
        new Failure('INPUT_INVALID', `cannot take ${printable(path)}: its name is not UTF-8`, { hint: 'Rename it, or name its directory in .ferryignore.' }),
      )
      continue
    }
    const found = await describe(context, path, entry, problems)
    if (!found) continue
    if (!isDirectory) yield found
    else if (!verdict.ignored) {
      yield found
      yield* walk(context, { ...found, verdict }, problems, call, wants)
    } else {
      let named = false
      for await (const below of walk(context, { ...found, verdict }, problems, call, wants)) {
        if (!named) yield found
        named = true
        yield below
      }
      if (!named) context.ignored.add(path)
    }
  }
}

/** The verdict of the rules; what is excluded by the caller cannot be taken back. */
function judge(context: Context, path: string, above: Verdict): Verdict {
  const verdict = context.rules.judge(path, above)
  return isExcluded(context, path) ? { ...verdict, ignored: true } : verdict
}

function isExcluded({ excluded }: Context, path: string): boolean {
  // The image may be going to an archive in this very directory.
  if (isStaged(path.slice(path.lastIndexOf('/') + 1))) return true
  for (const place of excluded) if (path === place || path.startsWith(`${place}/`)) return true
  return false
}

async function entriesOf(context: Context, directory: string): Promise<Dirent<Buffer>[]> {
  try {
    const entries = await readdir(join(context.root, directory), { withFileTypes: true, encoding: 'buffer' })
    return entries.toSorted((left, right) => Buffer.compare(left.name, right.name))
  } catch (error) {
    throw unreadable(printable(directory === '' ? context.name : directory), error)
  }
}

type Kinds = Pick<Dirent, 'isFile' | 'isDirectory' | 'isSymbolicLink' | 'isFIFO' | 'isSocket'>

async function describe(context: Context, path: string, kinds: Kinds, problems: Failure[]): Promise<Found | undefined> {
  const refuse = (why: string, hint: string): undefined => {
    problems.push(new Failure('INPUT_INVALID', `cannot take ${printable(path)}: ${why}`, { hint }))
  }
  const name = path.slice(path.lastIndexOf('/') + 1)
  if (name.startsWith('.wh.'))
    return refuse('in a layer its name means that a file is deleted', 'Rename it, or name it in .ferryignore. OCI image-spec, layer.md, whiteouts.')
  if (kinds.isFile()) return { path, kind: 'file' }
  if (kinds.isDirectory()) return { path, kind: 'directory' }
  if (!kinds.isSymbolicLink()) {
    return refuse(
      `it is a ${kinds.isFIFO() ? 'named pipe' : kinds.isSocket() ? 'socket' : 'device'}`,
      'Only files, directories and symbolic links are stored. Remove it, or name it in .ferryignore.',
    )
  }
  const target = await readlink(join(context.root, path), { encoding: 'buffer' }).catch((error: unknown) => {
    throw unreadable(printable(path), error)
  })
  if (!isUtf8(target)) return refuse('it is a link to a name that is not UTF-8', 'Make the link again with another name, or name it in .ferryignore.')
  return { path, kind: 'link', target: target.toString('utf8') }
}
