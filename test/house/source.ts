/** The product's own modules, as text. */
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

export const ROOT = fileURLToPath(new URL('../..', import.meta.url))

export interface Module {
  /** `src/kit/failure.ts` */
  readonly path: string
  readonly text: string
}

export function modulesOf(folder: string): Module[] {
  return readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((file) => ({ path: relative(ROOT, file), text: readFileSync(file, 'utf8') }))
    .toSorted((left, right) => (left.path < right.path ? -1 : 1))
}

/** The text without comments, so that a rule can be explained next to it. */
export function codeOf({ text }: Module): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '')
}

/** Modules that a module imports from within src/, with the import's text. */
export function importsOf({ path, text }: Module): { target: string; typeOnly: boolean }[] {
  return [...text.matchAll(/^(?:import|export)\s(type\s)?[^'"]*?from\s'(\.[^']+)'|import\('(\.[^']+)'\)/gm)].map(([, type, from, lazy]) => ({
    target: join(path, '..', from ?? lazy ?? ''),
    typeOnly: type !== undefined,
  }))
}
