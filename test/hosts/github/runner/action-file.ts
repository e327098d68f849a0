/** action.yml as GitHub's runner takes it: which variables a step is started with, and which file is started. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { load } from 'js-yaml'

export const ROOT = fileURLToPath(new URL('../../../..', import.meta.url))

export interface ActionFile {
  /** Relative to the root of the repository: `actions/push/action.yml`. */
  readonly path: string
  readonly text: string
  readonly document: ActionDocument
  /** The script, absolute. */
  readonly main: string
}

interface ActionDocument {
  readonly name: string
  readonly description: string
  readonly author: string
  readonly inputs: Readonly<Record<string, { readonly description: string; readonly required: boolean; readonly default?: string | number | boolean }>>
  readonly outputs: Readonly<Record<string, { readonly description: string }>>
  readonly runs: Readonly<Record<string, string>>
  readonly branding: { readonly icon: string; readonly color: string }
}

/** @param path of the action.yml, relative to `root` */
export function readActionFile(path: string, root = ROOT): ActionFile {
  const file = join(root, path)
  const text = readFileSync(file, 'utf8')
  const document = load(text) as ActionDocument
  return { path, text, document, main: resolve(dirname(file), document.runs['main'] ?? '') }
}

/** Every action.yml of the repository, the root one first. */
export function allActionFiles(root = ROOT): ActionFile[] {
  const names = readdirSync(join(root, 'actions')).filter((name) => existsSync(join(root, 'actions', name, 'action.yml')))
  return ['action.yml', ...names.map((name) => `actions/${name}/action.yml`)].map((path) => readActionFile(path, root))
}

/**
 * `INPUT_*` as ActionRunner.cs makes them: what `with` has, declared or not; else the default; else empty text.
 * Upper case, spaces as `_`, hyphens as they are.
 */
export function inputVariables(action: ActionFile, given: Readonly<Record<string, string>>): Record<string, string> {
  const defaults = Object.entries(action.document.inputs).map(([id, input]): [string, string] => [id, input.default === undefined ? '' : String(input.default)])
  return Object.fromEntries([...defaults, ...Object.entries(given)].map(([id, value]) => [`INPUT_${id.replaceAll(' ', '_').toUpperCase()}`, value]))
}
