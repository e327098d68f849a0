/**
 * Builds what is shipped. `dist/` (committed): CommonJS for `ferry` and the actions, a small start and chunks that are loaded
 * when they are needed. `lib/` (made when packing): ESM and types for `import 'kubeferry'`. Not minified, so that it can be read.
 * `--check` builds into a temporary folder and fails when dist/ differs from it. `--lib` also builds lib/.
 */
import { chmodSync, copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { rolldown } from 'rolldown'
import { PRODUCT } from '../src/kit/product.ts'
import { buildLibrary } from './library-build.ts'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const DIST = join(ROOT, 'dist')
/** Bytes. Every job that uses an action downloads it. */
const LARGEST = 2 * 1024 * 1024
/** Bytes. The clouds' own clients, in chunks that are read only when a registry of that cloud wants a login. */
const LARGEST_CLOUDS = 2.5 * 1024 * 1024
const CLOUDS = 'chunks/clouds-'

// Said before anything modern is parsed; the bundle itself needs the floor.
const TOO_OLD = `if (Number(process.versions.node.split('.')[0]) < ${PRODUCT.nodeFloor}) {
  process.stderr.write('ferry: error: this is Node ' + process.versions.node + ', and ferry needs Node ${PRODUCT.nodeFloor} or newer\\n');
  process.exit(2);
}`

async function bundle(directory: string): Promise<void> {
  const build = await rolldown({
    cwd: ROOT,
    input: { ferry: 'src/entry/cli.ts', action: 'src/entry/action.ts' },
    platform: 'node',
    logLevel: 'warn',
    resolve: { mainFields: ['module', 'main'], conditionNames: ['node', 'import', 'default'] },
  })
  await build.write({
    dir: directory,
    format: 'cjs',
    sourcemap: false,
    minify: false,
    comments: { legal: false, annotation: false, jsdoc: false },
    entryFileNames: '[name].cjs',
    chunkFileNames: (chunk) => `${[chunk.facadeModuleId ?? '', ...chunk.moduleIds].some(isClouds) ? CLOUDS : 'chunks/'}[name].cjs`,
    banner: (chunk) => (chunk.isEntry ? TOO_OLD : ''),
  })
  await build.close()
  writeFileSync(join(directory, 'package.json'), '{ "type": "commonjs" }\n')
  chmodSync(join(directory, 'ferry.cjs'), 0o755)
}

function isClouds(module: string): boolean {
  return /\/node_modules\/(?:@aws-sdk|@smithy|google-auth-library|gaxios|node-fetch|formdata-polyfill|https-proxy-agent)\//.test(module)
}

function filesBelow(directory: string): string[] {
  if (!existsSync(directory)) return []
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(directory, join(entry.parentPath, entry.name)))
    .toSorted()
}

/** Stubs are printed by the generator, everything else is built here. */
const isStub = (file: string): boolean => /^[a-z-]+\.cjs$/.test(file) && file !== 'ferry.cjs' && file !== 'action.cjs'

function compare(built: string): number {
  const here = filesBelow(DIST).filter((file) => !isStub(file))
  const there = filesBelow(built)
  const differing = [...new Set([...here, ...there])].filter(
    (file) => !here.includes(file) || !there.includes(file) || !readFileSync(join(DIST, file)).equals(readFileSync(join(built, file))),
  )
  for (const file of differing) process.stderr.write(`dist/${file} differs from a fresh build\n`)
  return differing.length
}

/** Puts a fresh build in place file by file, so that dist/ works at every moment. */
function install(built: string): void {
  const files = filesBelow(built)
  for (const file of files) {
    mkdirSync(dirname(join(DIST, file)), { recursive: true })
    copyFileSync(join(built, file), join(DIST, `${file}.new`))
    renameSync(join(DIST, `${file}.new`), join(DIST, file))
  }
  for (const file of filesBelow(DIST)) if (!isStub(file) && !files.includes(file)) rmSync(join(DIST, file))
}

const check = process.argv.includes('--check')
const built = mkdtempSync(join(tmpdir(), 'ferry-bundle-'))
await bundle(built)
if (!check) install(built)
else if (compare(built) > 0) process.exitCode = 1
rmSync(built, { recursive: true })
const sizeOf = (files: readonly string[]): number => files.reduce((sum, file) => sum + statSync(join(DIST, file)).size, 0)
const [clouds, others] = [true, false].map((wanted) => filesBelow(DIST).filter((file) => file.startsWith(CLOUDS) === wanted))
const [size, cloudSize] = [sizeOf(others ?? []), sizeOf(clouds ?? [])]
const kib = (bytes: number): string => `${(bytes / 1024).toFixed(0)} KiB`
process.stdout.write(
  `dist/: ${filesBelow(DIST).length} files, ${kib(size)} of at most ${kib(LARGEST)}, and ${kib(cloudSize)} of at most ${kib(LARGEST_CLOUDS)} for the clouds' clients${check && process.exitCode === undefined ? ', up to date' : ''}\n`,
)
if (size > LARGEST || cloudSize > LARGEST_CLOUDS) process.exitCode = 1
if (process.argv.includes('--lib')) await buildLibrary(join(ROOT, 'lib'))
