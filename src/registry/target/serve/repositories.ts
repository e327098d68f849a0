/**
 * Repositories as layouts: `team/hello` is the OCI layout at DIR/`team+hello`. A `+` cannot be part of a repository name,
 * so the names are flat and unambiguous, and `oci:DIR/team+hello:tag` reads what was pushed.
 */
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Failure } from '../../../kit/failure.ts'
import { makeDirectories } from '../layout/directories.ts'
import { type LayoutStore, openStore } from '../layout/store.ts'
import { fileTrouble, systemCode } from '../layout/trouble.ts'
import { isRepositoryName } from './route.ts'

/** Open layouts that are kept with what is known of them; the one used longest ago goes first. */
const MOST_OPEN = 500

export interface Repositories {
  readonly directory: string
  /** @param name a checked repository name */
  store(name: string): LayoutStore
  /** Names of all repositories, in the order of their characters. */
  names(): Promise<string[]>
}

export function flatName(repository: string): string {
  return repository.replaceAll('/', '+')
}

export async function openRepositories(directory: string): Promise<Repositories> {
  try {
    await makeDirectories(directory)
  } catch (error) {
    throw fileTrouble(error, `cannot serve ${directory}`)
  }
  if (await isFile(join(directory, 'oci-layout'))) {
    throw new Failure('FILE_UNREADABLE', `${directory} is one OCI layout, not a directory of repositories`, {
      hint: 'Name a new or empty directory; each repository becomes a layout inside of it.',
    })
  }
  const open = new Map<string, LayoutStore>()
  return {
    directory,
    store(name) {
      const found = open.get(name) ?? openStore(join(directory, flatName(name)))
      open.delete(name)
      open.set(name, found)
      const [oldest] = open.keys()
      if (open.size > MOST_OPEN && oldest !== undefined) open.delete(oldest)
      return found
    },
    async names() {
      const found: string[] = []
      for (const entry of await readdir(directory, { withFileTypes: true })) {
        const name = entry.name.replaceAll('+', '/')
        if (entry.isDirectory() && !entry.name.includes('/') && isRepositoryName(name) && (await isFile(join(directory, entry.name, 'oci-layout'))))
          found.push(name)
      }
      return found.toSorted()
    },
  }
}

async function isFile(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile()
  } catch (error) {
    if (systemCode(error) === 'ENOENT' || systemCode(error) === 'ENOTDIR') return false
    throw error
  }
}
