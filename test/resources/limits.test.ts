/** Machines that give little: few files, no home, a root that cannot be written, a full stdout, another language, a clock that is wrong. */
import { execFile, spawn, spawnSync } from 'node:child_process'
import { createWriteStream } from 'node:fs'
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { freeCall } from '../../src/kit/call.ts'
import { MEDIA } from '../../src/registry/oci/media-types.ts'
import { parseTag } from '../../src/registry/oci/reference.ts'
import { openLayout } from '../../src/registry/target/layout/layout.ts'
import { emptyConfig, manifestOf, piece, put } from '../contracts/content.ts'
import { FERRY } from '../live/registry/ferry.ts'
import { startOurs, type WatchedServer } from '../live/registry/servers.ts'

const CAN_MOUNT = spawnSync('unshare', ['-rm', 'true']).status === 0

interface Said {
  readonly exit: number | null
  readonly stdout: string
  readonly stderr: string
}

let place: string
let registry: WatchedServer
/** 40 layers: more than are carried at once. */
let image: string
let digest: string

beforeAll(async () => {
  place = await mkdtemp(join(tmpdir(), 'ferry-resources-'))
  registry = await startOurs()
  const layout = openLayout(join(place, 'many'))
  const layers = Array.from({ length: 40 }, (_, at) => piece(`layer ${at} `.repeat(5000), MEDIA.layer))
  for (const piece of [emptyConfig, ...layers]) await put(layout, piece)
  const manifest = manifestOf({ layers })
  await put(layout, manifest)
  await layout.tag(manifest.descriptor, parseTag('dev-v1.0-1'), freeCall())
  digest = manifest.descriptor.digest
  image = `oci:${join(place, 'many')}:dev-v1.0-1`
})

afterAll(async () => {
  await registry.stop()
  await rm(place, { recursive: true })
})

interface Surroundings {
  readonly env?: Readonly<Record<string, string>>
  readonly cwd?: string
  readonly user?: number
  /** Words before the program. */
  readonly under?: readonly string[]
  readonly node?: readonly string[]
}

function run(args: readonly string[], { env = {}, cwd = place, user, under = [], node = [] }: Surroundings): Promise<Said> {
  const [program = '', ...words] = [...under, process.execPath, ...node, FERRY, ...args]
  const identity = user === undefined || process.getuid?.() !== 0 ? {} : { uid: user, gid: user }
  return new Promise((resolve) => {
    execFile(program, words, { cwd, env: { PATH: process.env['PATH'], ...env }, timeout: 60_000, ...identity }, (error, stdout, stderr) =>
      resolve({ exit: error === null ? 0 : typeof error.code === 'number' ? error.code : null, stdout, stderr }),
    )
  })
}

const limited = (words: string): string[] => ['sh', '-c', `${words}; exec "$@"`, 'sh']

test('64 open files are enough for 40 layers, both ways [case 58]', { timeout: 60_000 }, async () => {
  const to = `${registry.host}/few/files:dev-v1.0-1`
  const there = await run(['push', image, to], { under: limited('ulimit -n 64'), env: { HOME: place } })
  expect(there, there.stderr).toMatchObject({ exit: 0 })
  const back = await run(['push', to, `oci:${join(place, 'back')}:dev-v1.0-1`], { under: limited('ulimit -n 64'), env: { HOME: place } })
  expect(back, back.stderr).toMatchObject({ exit: 0 })
  expect(await openLayout(join(place, 'back')).resolve(parseTag('dev-v1.0-1'), freeCall())).toMatchObject({ digest })
})

test('a random user without a home, in a folder that is not theirs [case 56]', async () => {
  await mkdir(join(place, 'theirs'), { mode: 0o755 })
  spawnSync('chmod', ['-R', 'a+rX', place])
  const said = await run(['push', image, `${registry.host}/random/user:dev-v1.0-1`], { user: 54_321, cwd: join(place, 'theirs') })
  expect(said, said.stderr).toMatchObject({ exit: 0 })
  expect(await readdir(join(place, 'theirs'))).toEqual([])
})

describe.runIf(CAN_MOUNT)('a root that cannot be written', () => {
  test('a push works there, and asks for no temporary folder [case 56]', async () => {
    const script = 'mount --make-rprivate / && mount -o remount,bind,ro / && ! touch /tmp/writable 2>/dev/null && exec "$@"'
    const said = await run(['push', image, `${registry.host}/read/only:dev-v1.0-1`], {
      under: ['unshare', '-rm', 'sh', '-c', script, 'sh'],
      env: { HOME: '/' },
    })
    expect(said, said.stderr).toMatchObject({ exit: 0 })
  })
})

describe('what is said', () => {
  test('is the same in every language of the machine', async () => {
    const tags = ['dev-v1.10-2', 'dev-v1.9-10', 'prod-v1.2-1', 'dev-v1.9-9', 'Dev-v1-1']
    const said = await Promise.all(
      ['C', 'zh_CN.UTF-8', 'tr_TR.UTF-8'].map(async (language) => {
        const env = { HOME: place, LANG: language, LC_ALL: language, TZ: language === 'C' ? 'UTC' : 'Asia/Shanghai' }
        const { stdout } = await run(['tag', 'sort', ...tags], { env })
        const wrong = await run(['push', image, 'INVALID//x', '--output', 'json'], { env })
        return { stdout, wrong }
      }),
    )
    expect(said[0]?.stdout).toContain('dev-v1.9-9')
    expect(said[0]?.wrong.exit).toBe(2)
    expect(said[1]).toEqual(said[0])
    expect(said[2]).toEqual(said[0])
  })

  test('a stdout that is full: one line, its own exit code, and the work is done all the same', async () => {
    const full = createWriteStream('/dev/full')
    await new Promise((resolve) => full.once('open', resolve))
    const to = `${registry.host}/full/stdout:dev-v1.0-1`
    const child = spawn(process.execPath, [FERRY, 'push', image, to], {
      cwd: place,
      env: { PATH: process.env['PATH'], HOME: place },
      stdio: ['ignore', full, 'pipe'],
    })
    let stderr = ''
    child.stderr?.on('data', (text) => (stderr += String(text)))
    const exit = await new Promise((resolve) => child.once('close', resolve))
    full.destroy()
    expect(stderr).toMatch(/error: .*stdout/)
    expect(stderr).not.toMatch(/\n\s+at /)
    expect(exit).toBe(5)
  })

  test('a reader that goes away, as head does, does not end the work early, and nothing is dumped [case 63]', async () => {
    const to = `${registry.host}/gone/reader:dev-v1.0-1`
    const child = spawn(process.execPath, [FERRY, 'push', image, to], {
      cwd: place,
      env: { PATH: process.env['PATH'], HOME: place },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    child.stdout.destroy()
    child.stderr.destroy()
    const exit = await new Promise((resolve) => child.once('close', resolve))
    expect(exit).toBe(0)
    const read = await run(['push', to, `oci:${join(place, 'gone')}:dev-v1.0-1`], { env: { HOME: place } })
    expect(read, read.stderr).toMatchObject({ exit: 0 })
  })
})

describe('a clock that is wrong', () => {
  const shifted = (years: number): string[] => {
    const ms = years * 365 * 86_400_000
    const source = `const Real = Date; globalThis.Date = class extends Real { constructor(...given) { super(...(given.length === 0 ? [Real.now() + ${ms}] : given)) } static now() { return Real.now() + ${ms} } }`
    return ['--import', `data:text/javascript,${encodeURIComponent(source)}`]
  }

  test.each([-20, 20])('by %i years: pushes, signs and verifies [case 59]', async (years) => {
    const home = await mkdtemp(join(place, 'clock-'))
    const to = `${registry.host}/clock/off${years}:dev-v1.0-1`
    const options = { env: { HOME: home, FERRY_KEY_PASSWORD: 'of the test' }, cwd: home, node: shifted(years) }
    for (const args of [
      ['key', 'create', '--out', 'signer'],
      ['push', image, to],
      ['sign', to, '--key', 'signer.key'],
      ['verify', to, '--key', 'signer.pub'],
    ]) {
      const said = await run(args, options)
      expect(said, `${args.join(' ')}\n${said.stderr}`).toMatchObject({ exit: 0 })
    }
  })
})
