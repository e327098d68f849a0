/**
 * Builds `lib/`, what `import 'kubeferry'` loads: one ESM file, chunks for what is loaded when it is needed, and types.
 * Types are those that the entry reaches and no others.
 */
import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { rolldown } from 'rolldown'

const ROOT = fileURLToPath(new URL('..', import.meta.url))

/** A file of the build and the modules it is made of. */
export interface LibraryFile {
  readonly name: string
  /** Loaded by the import itself; the others when they are needed. */
  readonly first: boolean
  /** Absolute paths. */
  readonly modules: readonly string[]
}

/** @param directory what is in it goes: an old chunk would be packed with the new ones */
export async function buildLibrary(directory: string): Promise<readonly LibraryFile[]> {
  rmSync(directory, { recursive: true, force: true })
  const build = await rolldown({ cwd: ROOT, input: { library: 'src/entry/library.ts' }, platform: 'node', logLevel: 'warn' })
  const { output } = await build.write({ dir: directory, format: 'esm', sourcemap: false, minify: false, chunkFileNames: 'chunks/[name].js' })
  await build.close()
  emitTypes(join(directory, 'types'))
  return output.flatMap((file) => (file.type === 'chunk' ? [{ name: file.fileName, first: !file.isDynamicEntry, modules: file.moduleIds }] : []))
}

/** The declarations of the entry and of every module it reaches. */
export function emitTypes(directory: string): void {
  const run = spawnSync('tsc', ['-p', 'tools/tsconfig.types.json', '--outDir', directory], {
    cwd: ROOT,
    encoding: 'utf8',
    env: { ...process.env, PATH: `${join(ROOT, 'node_modules/.bin')}:${process.env['PATH'] ?? ''}` },
  })
  if (run.status !== 0) throw new Error(`types cannot be made: ${run.stdout}${run.stderr}${run.error?.message ?? ''}`)
  keepReached(directory)
}

/** tsc declares every module of the program; what only an implementation imports is nobody's type. */
function keepReached(directory: string): void {
  const reached = new Set([join(directory, 'entry/library.d.ts')])
  for (const file of reached) {
    for (const [, from = ''] of readFileSync(file, 'utf8').matchAll(/^(?:import|export) [^'"]*'(\.[^']+)\.ts';$/gm))
      reached.add(join(dirname(file), `${from}.d.ts`))
  }
  for (const name of readdirSync(directory, { recursive: true, encoding: 'utf8' })) {
    if (name.endsWith('.d.ts') && !reached.has(join(directory, name))) rmSync(join(directory, name))
  }
}
