/** The library as its users get it: built, packed by npm, installed from the tarball into an empty project. Once for all tests that need it. */
import { execFile } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildLibrary, type LibraryFile } from '../../tools/library-build.ts'
import { ROOT } from '../house/source.ts'

export interface Run {
  readonly status: number
  readonly stdout: string
  readonly stderr: string
}

export interface Packed {
  /** An ESM project with `node_modules/kubeferry` from the tarball, and `@types/node`. */
  readonly project: string
  /** What was packed: the folder that npm was given. */
  readonly folder: string
  readonly built: readonly LibraryFile[]
  /** Paths in the tarball. */
  readonly files: readonly string[]
  /** Runs a program of the project (`node x.ts`) or of ours (`tsc`). */
  run(program: string, ...words: string[]): Promise<Run>
  remove(): void
}

export async function packLibrary(): Promise<Packed> {
  const place = mkdtempSync(join(tmpdir(), 'ferry-packed-'))
  const folder = join(place, 'package')
  const project = join(place, 'project')
  mkdirSync(folder)
  mkdirSync(join(project, 'node_modules/@types'), { recursive: true })
  const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { files: string[] }
  for (const name of ['package.json', 'README.md', ...manifest.files.filter((file) => file !== 'lib')])
    cpSync(join(ROOT, name), join(folder, name), { recursive: true })
  const built = await buildLibrary(join(folder, 'lib'))
  // Never in step with the test: what runs talks to a registry of this process.
  const run = (cwd: string, program: string, words: readonly string[]): Promise<Run> =>
    new Promise((resolve) => {
      const PATH = `${join(ROOT, 'node_modules/.bin')}:${process.env['PATH'] ?? ''}`
      const env = { PATH, HOME: place, npm_config_cache: join(place, 'cache'), npm_config_update_notifier: 'false' }
      execFile(program, words, { cwd, env, timeout: 60_000 }, (error, stdout, stderr) => {
        const code = error === null ? 0 : error.code
        resolve({
          status: typeof code === 'number' ? code : -1,
          stdout,
          stderr: code === undefined || typeof code === 'string' ? `${stderr}${error?.message ?? ''}` : stderr,
        })
      })
    })
  const must = async (cwd: string, program: string, ...words: string[]): Promise<string> => {
    const { status, stdout, stderr } = await run(cwd, program, words)
    if (status !== 0) throw new Error(`${program} ${words.join(' ')}: ${stdout}${stderr}`)
    return stdout
  }
  // The build is there already, so npm must not run it again over the checkout.
  const [packed] = Object.values(JSON.parse(await must(folder, 'npm', 'pack', '--json', '--ignore-scripts', '--pack-destination', place)) as object) as {
    files: { path: string }[]
  }[]
  const tarball = readdirSync(place).find((name) => name.endsWith('.tgz')) ?? ''
  writeFileSync(join(project, 'package.json'), '{ "name": "consumer", "version": "1.0.0", "type": "module", "private": true }\n')
  await must(project, 'npm', 'install', '--offline', '--ignore-scripts', '--no-audit', '--no-fund', join(place, tarball))
  for (const name of ['@types/node', 'undici-types']) {
    mkdirSync(join(project, 'node_modules/@types'), { recursive: true })
    symlinkSync(join(ROOT, 'node_modules', name), join(project, 'node_modules', name))
  }
  return {
    project,
    folder,
    built,
    files: (packed?.files ?? []).map(({ path }) => path).toSorted(),
    run: (program, ...words) => run(project, program, words),
    remove: () => rmSync(place, { recursive: true, force: true }),
  }
}
