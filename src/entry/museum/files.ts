/** Reads the tests of the repository and prints docs/museum.md from them. Only the generator needs it: nothing of it is shipped. */
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import type { GeneratedFile } from '../../hosts/host-files.ts'
import { findNamedTests, type NamedTest } from './find-tests.ts'
import { museumPage } from './page.ts'

/** @param root of the repository */
export function museumFiles(root: string): readonly GeneratedFile[] {
  return [{ path: 'docs/museum.md', text: museumPage(readNamedTests(root)) }]
}

export function readNamedTests(root: string): NamedTest[] {
  return readdirSync(join(root, 'test'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(?:test|long)\.ts$/.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .toSorted()
    .flatMap((file) => findNamedTests(file, readFileSync(join(root, file), 'utf8')))
}
