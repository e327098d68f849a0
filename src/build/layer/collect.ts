/**
 * What a layer will hold, before a byte is read: the recipe's `from` looked up in the context and laid out under `to`.
 * Sorted by the bytes of the path, so that no directory order, locale or file system shows.
 */
import { posix } from 'node:path'
import type { Call } from '../../kit/call.ts'
import { Failure } from '../../kit/failure.ts'
import { printable } from '../../kit/printable.ts'
import type { Context } from '../context/context.ts'
import { compilePattern, isPattern } from '../context/pattern.ts'
import { type Found, locate, type Place, walk } from '../context/walk.ts'
import { throwAll } from '../problems.ts'
import { type Below, namesContent, namesParent, parentsOf } from './directories.ts'
import { directoryMode, type Entry, type Owner, ROOT } from './entry.ts'

export interface LayerPlan {
  /** Normalised, inside the context; '' is the context itself. */
  readonly from: readonly string[]
  /** Absolute and normalised; `directory` when it ended with a slash. */
  readonly to: string
  readonly directory: boolean
  readonly owner: Owner
  readonly mode: number | undefined
  /** Owner or mode were given by the user. */
  readonly told: boolean
}

export interface Setting {
  /** Undefined on scratch. */
  readonly base: Below | undefined
  /** Directories that earlier layers of this image name already. */
  readonly known: ReadonlySet<string>
}

/** One thing that `from` names, and what is below it. */
interface Match {
  readonly place: Found
  /** What it is called below a directory. */
  readonly name: string
  readonly named: boolean
  readonly below: readonly Found[]
}

/** @throws Failure INPUT_INVALID, FILE_UNREADABLE; all that is wrong with this layer together */
export async function collect(context: Context, plan: LayerPlan, setting: Setting, call: Call): Promise<Entry[]> {
  const problems: Failure[] = []
  const matches: Match[] = []
  for (const from of plan.from) matches.push(...(await lookUp(context, from, problems, call)))
  throwAll(problems)
  const contents = matches.filter(({ named, place }) => named && place.kind === 'directory')
  const others = matches.filter((match) => !contents.includes(match))
  // One file and a name: that is its name. Everything else goes below a directory, and that must be written as one, as in Docker's COPY.
  const directory = plan.directory || others.length === 0 || plan.from.every((from) => isPattern(from) && from.includes('**'))
  if (!directory && (matches.length > 1 || others[0]?.place.kind === 'directory')) {
    throw new Failure(
      'INPUT_INVALID',
      `${plan.from.map((from) => printable(from)).join(', ')} is more than one file, but to: ${printable(plan.to)} is one name`,
      {
        hint: `Write to: ${printable(plan.to)}/ to put them into a directory.`,
      },
    )
  }
  const tree = createTree(plan, setting)
  for (const { place, below } of contents) {
    for (const found of below) tree.put(found, relativeTo(found.path, place.path), false)
    tree.putTop()
  }
  for (const { place, name, named, below } of others) {
    tree.put(place, directory ? name : '', named)
    for (const found of below) tree.put(found, `${name}/${relativeTo(found.path, place.path)}`, false)
  }
  return tree.finish()
}

async function lookUp(context: Context, from: string, problems: Failure[], call: Call): Promise<Match[]> {
  const before = problems.length
  const place = await locate(context, from, problems)
  if (problems.length > before) return []
  if (place) {
    const below: Found[] = []
    if (place.kind === 'directory') for await (const found of walk(context, place, problems, call)) below.push(found)
    if (place.verdict.ignored && below.length === 0) {
      problems.push(
        new Failure('INPUT_INVALID', `cannot take ${printable(from)}: it is left out by ${context.ignoreFile ?? 'the rules of the house'}`, {
          hint: `Write !${printable(from)} as the last line of ${context.ignoreFile ?? '.ferryignore'} to take it back.`,
        }),
      )
    } else if (from === '' && below.length === 0) {
      problems.push(
        new Failure('INPUT_INVALID', `nothing to build from in ${printable(context.name)}`, {
          hint: 'The context is empty, or everything in it is left out by the ignore rules.',
        }),
      )
    }
    return [{ place, name: posix.basename(from), named: true, below }]
  }
  const found = isPattern(from) ? await lookUpPattern(context, from, problems, call) : []
  if (found.length === 0 && problems.length === before) {
    problems.push(
      new Failure('INPUT_INVALID', `there is no ${printable(from)} in ${printable(context.name)}`, {
        hint: 'Paths are relative to the context; {os}, {arch}, {variant} and {platform} stand for the platform. Was it built before this step?',
      }),
    )
  }
  return found
}

async function lookUpPattern(context: Context, from: string, problems: Failure[], call: Call): Promise<Match[]> {
  const parts = from.split('/')
  const prefix = parts
    .slice(
      0,
      Math.min(
        parts.length - 1,
        parts.findIndex((part) => isPattern(part)),
      ),
    )
    .join('/')
  const start: Place | undefined = await locate(context, prefix, problems)
  if (start?.kind !== 'directory') return []
  const pattern = compilePattern(from)
  const matches: Array<Match & { below: Found[] }> = []
  const wants = (path: string, isDirectory: boolean): boolean =>
    [...parentsOf(path), path].some((part) => pattern.matches(part)) || (isDirectory && pattern.mayMatchBelow(path))
  for await (const found of walk(context, start, problems, call, wants)) {
    const last = matches.at(-1)
    if (last && last.place.kind === 'directory' && found.path.startsWith(`${last.place.path}/`)) last.below.push(found)
    else if (pattern.matches(found.path)) matches.push({ place: found, name: relativeTo(found.path, prefix), named: false, below: [] })
  }
  return matches
}

function relativeTo(path: string, directory: string): string {
  return directory === '' ? path : path.slice(directory.length + 1)
}

interface Tree {
  put(found: Found, name: string, named: boolean): void
  /** The directory `to` itself, when contents go into it. */
  putTop(): void
  finish(): Entry[]
}

function createTree({ to, owner, mode, told }: LayerPlan, { base, known }: Setting): Tree {
  const entries = new Map<string, Entry>()
  const top = to.slice(1)
  const put = (found: Found, name: string, named: boolean): void => {
    const path = [top, name].filter((part) => part !== '').join('/')
    if (found.kind === 'file') entries.set(path, { kind: 'file', path, source: found.path, owner, mode, named })
    else if (found.kind === 'link') entries.set(path, { kind: 'link', path, target: found.target ?? '', owner })
    else if (namesContent(path, told, base)) entries.set(path, { kind: 'directory', path, mode: directoryMode(mode), owner })
  }
  return {
    put,
    putTop() {
      const wanted = told ? namesContent(top, true, base) : namesParent(top, base) && !known.has(top)
      if (top !== '' && wanted) entries.set(top, { kind: 'directory', path: top, mode: directoryMode(mode), owner })
    },
    finish() {
      for (const path of entries.keys()) {
        for (const parent of parentsOf(path)) {
          const above = entries.get(parent)
          if (above && above.kind !== 'directory') {
            throw new Failure('INPUT_INVALID', `"/${printable(parent)}" would be a ${above.kind} and a directory at once`, {
              hint: 'Two things go to the same place: change `to` of one of them.',
            })
          }
          if (!above && !known.has(parent) && namesParent(parent, base)) entries.set(parent, { kind: 'directory', path: parent, mode: 0o755, owner: ROOT })
        }
      }
      return [...entries.values()].toSorted((left, right) => Buffer.compare(Buffer.from(left.path), Buffer.from(right.path)))
    },
  }
}
