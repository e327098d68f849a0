/**
 * What ferry.yaml says, ready for use. Without a file every default holds.
 * What does not belong here: which value wins; that is decided in ../inputs.ts.
 */
import type { Raw } from '../field.ts'
import type { FerryFile } from './schema.ts'

export interface Environment {
  readonly name: string
  /** Repository of this environment, when it has its own. */
  readonly image?: string
  /** Public keys that must have signed what enters. */
  readonly verify: readonly string[]
}

export interface PipelineEntry {
  readonly step: string
  readonly with: Readonly<Record<string, Raw>>
}

export interface Settings {
  /** Path of the file; undefined when there is none. */
  readonly file?: string
  /** The directory that relative paths in the file start from. */
  readonly directory: string
  readonly environments: readonly Environment[]
  readonly pattern?: string
  /** Registry host → product, where the file says so. */
  readonly dialects: Readonly<Record<string, string>>
  readonly build: NonNullable<FerryFile['build']>
  readonly pipeline: readonly PipelineEntry[]
  /** The value of a dotted path, in text form: for fields that name a setting. */
  value(path: string): Raw | undefined
  /** The default of an input of a step, in text form. */
  inputOf(step: string, input: string): Raw | undefined
}

const STANDARD_ENVIRONMENTS = ['dev', 'staging', 'prod']

export function settingsOf(file: FerryFile, directory: string, path?: string): Settings {
  return {
    ...(path === undefined ? {} : { file: path }),
    directory,
    environments: (file.environments ?? STANDARD_ENVIRONMENTS).map((entry) => {
      if (typeof entry === 'string') return { name: entry, verify: [] }
      return { name: entry.name, verify: entry.verify ?? [], ...(entry.image === undefined ? {} : { image: entry.image }) }
    }),
    ...(file.tags?.pattern === undefined ? {} : { pattern: file.tags.pattern }),
    dialects: file.registry?.dialects ?? {},
    build: file.build ?? {},
    pipeline: (file.pipeline ?? []).map((entry) => {
      if (typeof entry === 'string') return { step: entry, with: {} }
      return { step: entry.step, with: Object.fromEntries(Object.entries(entry.with ?? {}).map(([name, value]) => [name, rawOf(value)])) }
    }),
    value(dotted) {
      // A file that says how to build, but not what, means the directory it is in.
      if (dotted === 'build.context' && path !== undefined && file.build?.context === undefined) return '.'
      let at: unknown = file
      for (const part of dotted.split('.')) at = typeof at === 'object' && at !== null ? Reflect.get(at, part) : undefined
      return at === undefined ? undefined : rawOf(at)
    },
    inputOf(step, input) {
      const value = file.defaults?.[step]?.[input]
      return value === undefined ? undefined : rawOf(value)
    },
  }
}

/** Any value of a YAML document in the text form that inputs are given in. */
function rawOf(value: unknown): Raw {
  if (Array.isArray(value)) return value.map(String)
  if (typeof value === 'object' && value !== null) return Object.entries(value).map(([key, item]) => `${key}=${String(item)}`)
  return String(value)
}
