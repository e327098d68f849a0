/** What `npm install kubeferry` brings: contents, types, what an import loads, what a bundler can leave out, and the examples, run. */
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { join } from 'node:path'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'
import { rolldown } from 'rolldown'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createClient, openLayout, parseTag, type RunningRegistry, serveRegistry } from '../../src/entry/library.ts'
import { freeCall } from '../../src/kit/call.ts'
import { all, imageOf, put } from '../contracts/content.ts'
import { ROOT } from '../house/source.ts'
import { type Packed, packLibrary } from './packed.ts'

let packed: Packed
beforeAll(async () => {
  packed = await packLibrary()
})
afterAll(() => packed.remove())

describe('the package', () => {
  test('holds the command, the library and its types, and nothing of the workshop', async () => {
    const of = (folder: string): string[] => packed.files.filter((file) => file.startsWith(`${folder}/`))
    expect(of('lib')).toContain('lib/library.js')
    expect(of('lib')).toContain('lib/types/entry/library.d.ts')
    expect(of('lib').filter((file) => !file.endsWith('.js') && !file.endsWith('.d.ts'))).toEqual([])
    expect(of('dist')).toContain('dist/ferry.cjs')
    expect(packed.files.filter((file) => !file.startsWith('lib/') && !file.startsWith('dist/'))).toEqual([
      'CHANGELOG.md',
      'LICENSE',
      'README.md',
      'package.json',
    ])
  })

  test('publint has nothing to say', async () => {
    const { messages } = await publint({ pkgDir: packed.folder, pack: false, strict: true })
    const manifest = JSON.parse(readFileSync(join(packed.folder, 'package.json'), 'utf8')) as Record<string, unknown>
    expect(messages.map((message) => formatMessage(message, manifest))).toEqual([])
  })

  test('types stand on their own: none of what we were built with is needed, and they are strict', async () => {
    const declarations = packed.files.filter((file) => file.endsWith('.d.ts'))
    const bare = declarations.flatMap((file) =>
      [
        ...readFileSync(join(packed.folder, file), 'utf8')
          .replace(/\/\*[\s\S]*?\*\//g, '')
          .matchAll(/(?:from |import\()['"]([^.'"][^'"]*)['"]/g),
      ].map(([, name]) => `${file}: ${name}`),
    )
    expect(bare.filter((line) => !line.includes(': node:'))).toEqual([])
  })
})

describe('an import', () => {
  test('takes only our own modules with it, the rest when it is needed', async () => {
    const first = packed.built.filter((file) => file.first).flatMap((file) => file.modules)
    expect(first.length).toBeGreaterThan(50)
    expect(first.filter((module) => !module.startsWith(join(ROOT, 'src')) && !module.includes('\0')).map((module) => module.replace(ROOT, ''))).toEqual([])
    expect(first.filter((module) => module.includes('/target/serve/serve.ts') || module.includes('/hosts/github/'))).toEqual([])
  })

  test('loads no network, no process and no compression module of Node, and keeps nothing alive', async () => {
    const program = `
      await import('node:util') // as a module it brings worker_threads, whoever imports it
      const before = new Set(process.moduleLoadList)
      await import('kubeferry')
      const loaded = process.moduleLoadList.filter((name) => !before.has(name))
      console.log(JSON.stringify({ loaded, active: process.getActiveResourcesInfo() }))`
    const { stdout, stderr, status } = await packed.run('node', '--input-type=module', '-e', program)
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    const { loaded, active } = JSON.parse(stdout) as { loaded: string[]; active: string[] }
    const heavy = [
      'http',
      'https',
      'http2',
      'net',
      'tls',
      'dns',
      'child_process',
      'zlib',
      'worker_threads',
      'cluster',
      'dgram',
      'readline',
      'repl',
      'vm',
      'inspector',
    ]
    expect(heavy.every((name) => builtinModules.includes(name))).toBe(true)
    expect(loaded.filter((name) => heavy.some((one) => name === `NativeModule ${one}` || name.startsWith(`NativeModule _${one}`)))).toEqual([])
    expect(active.filter((name) => name !== 'PipeWrap' && name !== 'TTYWrap')).toEqual([])
  })

  test('changes nothing and says nothing', async () => {
    const program = `
      const seen = () => JSON.stringify([Object.keys(globalThis).length, Object.keys(process.env).length, process.eventNames(), Object.getOwnPropertyNames(Array.prototype).length])
      const before = seen()
      await import('kubeferry')
      console.log(before === seen())`
    expect(await packed.run('node', '--input-type=module', '-e', program)).toEqual({ status: 0, stdout: 'true\n', stderr: '' })
  })
})

describe('a bundler', () => {
  const bundle = async (program: string): Promise<{ code: string; imports: string[] }> => {
    const entry = join(packed.project, 'bundled.ts')
    writeFileSync(entry, program)
    const build = await rolldown({ input: entry, platform: 'node', logLevel: 'silent' })
    const { output } = await build.generate({ format: 'esm' })
    await build.close()
    const code = output.map((file) => (file.type === 'chunk' ? file.code : '')).join('\n')
    return { code, imports: [...code.matchAll(/(?:^import[^'"]*|import\()['"]([^'"]+)['"]/gm)].map(([, name]) => name ?? '') }
  }

  test('that wants parseReference leaves out everything that talks, writes or starts', async () => {
    const { code, imports } = await bundle("import { parseReference } from 'kubeferry'\nconsole.log(parseReference('nginx'))\n")
    expect(code).toContain('library/')
    expect(code.includes('node:http') || code.includes('node:https') || code.includes('execa')).toBe(false)
    expect(imports.filter((name) => !['node:util', 'node:crypto', 'node:fs', 'node:path', 'node:os'].includes(name))).toEqual([])
    expect(code.length).toBeLessThan(20_000)
  })

  test('that wants a client gets one (the check above can fail)', async () => {
    const { code } = await bundle("import { createClient } from 'kubeferry'\nconsole.log(createClient())\n")
    expect(code).toContain('node:http')
    expect(code.length).toBeGreaterThan(50_000)
  })
})

describe('the examples', () => {
  let registry: RunningRegistry
  const image = imageOf('example')
  beforeAll(async () => {
    cpSync(join(ROOT, 'examples/library'), join(packed.project, 'examples'), { recursive: true })
    registry = await serveRegistry({ directory: join(packed.project, 'registry') })
    using client = createClient()
    const { target } = client.open(at('team/app'))
    await put(target, ...image.blobs, image.manifest)
    for (const tag of ['v1', 'v2']) await target.tag(image.manifest.descriptor, parseTag(tag), freeCall())
  })
  afterAll(() => registry.close())

  const example = async (name: string, ...words: string[]): Promise<{ status: number; stdout: string }> => {
    const { status, stdout, stderr } = await packed.run('node', `examples/${name}`, ...words)
    return status === 0 ? { status, stdout } : { status, stdout: stdout + stderr }
  }
  const at = (path: string): string => `${registry.host}/${path}`

  test('all compile against the packed types, strictly, library files included', async () => {
    mkdirSync(join(packed.project, 'consumer'), { recursive: true })
    writeFileSync(
      join(packed.project, 'consumer/small.ts'),
      `import { copy, createMemoryTarget, type Digest, Failure, freeCall, parseDigest, parseReference, type Target } from 'kubeferry'
const target: Target = createMemoryTarget()
const digest: Digest = parseDigest('sha256:${'0'.repeat(64)}')
// @ts-expect-error a text is not a digest until it is parsed
const wrong: Digest = 'sha256:${'0'.repeat(64)}'
await copy(target, target, { mediaType: 'a/b', digest, size: 1 }, {}, freeCall())
const path: string = parseReference('nginx').path
export { wrong, path, Failure }
`,
    )
    writeFileSync(
      join(packed.project, 'tsconfig.json'),
      JSON.stringify({
        compilerOptions: {
          target: 'es2024',
          lib: ['es2024', 'esnext.disposable'],
          module: 'nodenext',
          types: ['node'],
          strict: true,
          exactOptionalPropertyTypes: true,
          noEmit: true,
          skipLibCheck: false,
        },
        include: ['examples', 'consumer'],
      }),
    )
    expect(await packed.run('tsc', '-p', '.')).toEqual({ status: 0, stdout: '', stderr: '' })
  })

  test('each is in the list and run here', async () => {
    const programs = readdirSync(join(ROOT, 'examples/library')).filter((name) => name.endsWith('.ts'))
    const page = readFileSync(join(ROOT, 'examples/library/README.md'), 'utf8')
    const own = readFileSync(join(ROOT, 'test/library/packed.test.ts'), 'utf8')
    expect(programs.filter((name) => !page.includes(`(${name})`) || !own.includes(`example('${name}'`))).toEqual([])
  })

  test('list tags', async () => {
    expect(await example('list-tags.ts', at('team/app'))).toEqual({ status: 0, stdout: 'v1\nv2\n' })
  })

  test('attach a report, copy to another registry, save as a layout, read the report there', async () => {
    const { digest } = image.manifest.descriptor
    const report = '{"passed":true}'
    writeFileSync(join(packed.project, 'report.json'), report)
    expect((await example('attach-report.ts', at('team/app:v1'), 'report.json')).stdout).toMatch(
      new RegExp(`^sha256:[0-9a-f]{64} is attached to ${digest}\\n$`),
    )

    const other = await serveRegistry({ directory: join(packed.project, 'other') })
    try {
      const there = `${other.host}/prod/app:v1`
      expect(await example('copy-image.ts', at('team/app:v1'), there)).toEqual({
        status: 0,
        stdout: `${digest}: 4 blobs stored, 0 were there, 1 attachments\n`,
      })
      expect(await example('copy-image.ts', at('team/app:v1'), there)).toEqual({ status: 0, stdout: expect.stringContaining(' 0 blobs stored') })
      expect(await example('copy-image.ts', at('team/app:v3'), there)).toEqual({
        status: 2,
        stdout: expect.stringMatching(/^IMAGE_NOT_FOUND: there is no v3[\s\S]*Did you mean v/),
      })

      const saved = await example('save-layout.ts', there, 'saved')
      expect(saved).toEqual({ status: 0, stdout: expect.stringMatching(/^manifest sha256:.*\n( {2}blob sha256:.*\n){2}whole\n$/) })
      expect(await example('read-reports.ts', there)).toEqual({ status: 0, stdout: `${report}\n` })
      expect(await example('read-reports.ts', 'oci:saved:v1')).toEqual({ status: 0, stdout: `${report}\n` })
      expect(await all(openLayout(join(packed.project, 'saved')).tags(freeCall()))).toEqual(['v1'])
    } finally {
      await other.close()
    }
  })

  test('a registry in a test', async () => {
    expect(await example('registry-in-a-test.ts')).toEqual({ status: 0, stdout: expect.stringContaining('what was pushed is found') })
  })
})
