/** Nothing from outside the context gets in, nothing odd gets in, and a build that fails or is stopped leaves nothing behind. */
import { appendFile, chmod, mkdir, readdir, rename, rm, symlink, truncate, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { execa } from 'execa'
import { expect, onTestFinished, test, vi } from 'vitest'
import { openContext } from '../../src/build/context/context.ts'
import { openFile } from '../../src/build/context/read-file.ts'
import { freeCall } from '../../src/kit/call.ts'
import { Failure } from '../../src/kit/failure.ts'
import { createMemoryTarget } from '../../src/registry/target/memory.ts'
import type { Target } from '../../src/registry/target/target.ts'
import { build, contextOf, entriesOf, layerTar, refusal, temporaryDirectory } from './images.ts'

/** A target that must not be written. */
function untouchable(): Target {
  const refuse = (): Promise<never> => Promise.reject(new Error('the target was written'))
  return { ...createMemoryTarget(), push: refuse, tag: refuse }
}

/** Gives the test a directory for temporary files of its own, and says what is left in it. */
async function ownTemporary(): Promise<() => Promise<string[]>> {
  const directory = await temporaryDirectory()
  vi.stubEnv('TMPDIR', directory)
  onTestFinished(() => {
    vi.unstubAllEnvs()
  })
  return () => readdir(directory)
}

test('links out of the context are stored as links only', async () => {
  const outside = await temporaryDirectory()
  await writeFile(join(outside, 'secret'), 'CANARY')
  const context = await contextOf({
    passwd: { link: '/etc/passwd' },
    up: { link: '../../..' },
    dir: { link: outside },
    'sub/rel': { link: `../../../${outside}/secret` },
  })
  const tar = await layerTar(await build({ context }))
  expect((await entriesOf(tar)).map(({ name, type, link }) => [name, type, link])).toEqual([
    ['dir', 'symlink', outside],
    ['passwd', 'symlink', '/etc/passwd'],
    ['sub/', 'directory', undefined],
    ['sub/rel', 'symlink', `../../../${outside}/secret`],
    ['up', 'symlink', '../../..'],
  ])
  expect(tar.includes('CANARY')).toBe(false)
})

test('a path through a link is refused, a link by itself stays a link', async () => {
  const outside = await temporaryDirectory()
  await writeFile(join(outside, 'secret'), 'CANARY')
  const context = await contextOf({ dir: { link: outside } })
  for (const from of ['dir/secret', 'dir/*', 'dir/**']) {
    const failure = await refusal(build({ context, layers: [{ from, to: '/x/' }] }, untouchable()))
    expect(failure.code).toBe('INPUT_INVALID')
  }
  const tar = await layerTar(await build({ context, layers: [{ from: 'dir', to: '/x' }] }))
  expect((await entriesOf(tar)).map(({ type }) => type)).toEqual(['symlink'])
})

test('a directory that is swapped for a link while we build gets a Failure', async () => {
  const outside = await temporaryDirectory()
  await writeFile(join(outside, 'f'), 'CANARY')
  const directory = await contextOf({ 'sub/f': 'mine' })
  const context = await openContext(directory, [])
  await rename(join(directory, 'sub'), join(directory, 'moved'))
  await symlink(outside, join(directory, 'sub'))
  if (process.platform === 'linux') expect((await refusal(openFile(context, 'sub/f'))).code).toBe('CONTEXT_CHANGED')
  await rm(join(directory, 'sub'))
  await mkdir(join(directory, 'sub'))
  await symlink(join(outside, 'f'), join(directory, 'sub/f'))
  expect((await refusal(openFile(context, 'sub/f'))).code).toBe('CONTEXT_CHANGED')
})

test.each([
  ['grew', async (file: string) => await appendFile(file, 'more')],
  ['shrank', async (file: string) => await truncate(file, 1)],
  ['written to', async (file: string) => await writeFile(file, 'TEXT')],
])('a file that %s while it is read gets a Failure', async (word, change) => {
  const directory = await contextOf({ f: 'text' })
  const file = await openFile(await openContext(directory, []), 'f')
  await new Promise((resolve) => setTimeout(resolve, 15))
  await change(join(directory, 'f'))
  const read = async (): Promise<void> => {
    for await (const _chunk of file.chunks(freeCall()));
  }
  const failure = await refusal(read())
  expect(failure).toMatchObject({ code: 'CONTEXT_CHANGED', exitCode: 8, message: 'f changed during the build' })
  expect(failure.cause).toContain(word)
})

test('a file that grows in the middle of a real build gets a Failure, and nothing is written', async () => {
  const context = await contextOf({ log: '' })
  await truncate(join(context, 'log'), 8 * 1024 * 1024)
  const left = await ownTemporary()
  let grown: Promise<void> | undefined
  const call = { signal: new AbortController().signal, onProgress: () => (grown ??= appendFile(join(context, 'log'), 'more')) }
  const failure = await refusal(build({ context }, untouchable(), call))
  await grown
  expect(failure.code).toBe('CONTEXT_CHANGED')
  expect(await left()).toEqual([])
})

test('pipes, sockets, whiteouts and names that are not UTF-8 are refused, all together, each by its name', async () => {
  const context = await contextOf({ fine: '', '.wh.gone': '' })
  await execa('mkfifo', [join(context, 'pipe')])
  await writeFile(Buffer.concat([Buffer.from(`${context}/bad-`), Buffer.from([0xff])]), '')
  const server = createServer().listen(join(context, 'sock'))
  await new Promise((resolve) => server.once('listening', resolve))
  try {
    const failure = await refusal(build({ context }, untouchable()))
    expect([failure, ...failure.more].map(({ message }) => message)).toEqual([
      'cannot take .wh.gone: in a layer its name means that a file is deleted',
      'cannot take bad-\uFFFD: its name is not UTF-8',
      'cannot take pipe: it is a named pipe',
      'cannot take sock: it is a socket',
    ])
    await writeFile(join(context, '.dockerignore'), 'pipe\nsock\n.wh.*\nbad-?\n')
    expect((await build({ context })).files).toBe(1)
  } finally {
    await new Promise((resolve) => server.close(resolve))
  }
})

test('an unreadable file is named', async () => {
  const context = await contextOf({ 'a/secret': '' })
  await chmod(join(context, '..'), 0o755)
  await chmod(join(context, 'a/secret'), 0o000)
  // Nothing is unreadable to root: be nobody for this one.
  const isRoot = process.geteuid?.() === 0
  if (isRoot) process.seteuid?.(65_534)
  try {
    expect(await refusal(build({ context }, untouchable()))).toMatchObject({ code: 'FILE_UNREADABLE', message: 'cannot read a/secret' })
  } finally {
    if (isRoot) process.seteuid?.(0)
  }
})

test('a context that is empty, absent or a file is refused', async () => {
  const context = await contextOf({ file: '', none: null })
  expect(await refusal(build({ context: join(context, 'none') }, untouchable()))).toMatchObject({ code: 'INPUT_INVALID' })
  expect(await refusal(build({ context: join(context, 'absent') }, untouchable()))).toMatchObject({ code: 'FILE_UNREADABLE' })
  expect(await refusal(build({ context: join(context, 'file') }, untouchable()))).toMatchObject({ code: 'FILE_UNREADABLE' })
})

test('the layout that is being written is no part of the image, wherever it lies', async () => {
  const context = await contextOf({ app: '', 'out/blobs/x': '', '.dockerignore': '!out\n' })
  const built = await build({ context, exclude: [join(context, 'out')] })
  expect((await entriesOf(await layerTar(built))).map(({ name }) => name)).toEqual(['app'])
  expect((await refusal(build({ context, exclude: ['out'], layers: [{ from: 'out/blobs', to: '/' }] }))).code).toBe('INPUT_INVALID')
  expect((await refusal(build({ context, exclude: [context] }))).message).toContain('is itself excluded')
})

test('a signing key is refused unless it is named; other secrets are reported', async () => {
  const signing = '-----BEGIN ENCRYPTED SIGSTORE PRIVATE KEY-----\nAAAA\n'
  const context = await contextOf({
    'keys/signer.key': signing,
    '.env': 'A=1',
    'tls.pem': '-----BEGIN PRIVATE KEY-----\n',
    'app.pub': '-----BEGIN PUBLIC KEY-----\n',
  })
  expect((await refusal(build({ context }, untouchable()))).message).toBe('refused to put keys/signer.key into the image: it is a key that signs images')
  const named = await build({
    context,
    layers: [
      { from: 'keys/signer.key', to: '/k/' },
      { from: ['.env', 'tls.pem', 'app.pub'], to: '/' },
    ],
  })
  expect(named.suspicious).toEqual(['.env', 'keys/signer.key', 'tls.pem'])
})

test('a stopped build stops at once, writes nothing and leaves no temporary file', async () => {
  const context = await contextOf({ sparse: '' })
  await truncate(join(context, 'sparse'), 4 * 1024 * 1024 * 1024)
  const left = await ownTemporary()
  const controller = new AbortController()
  const reason = new Failure('TERMINATED', 'asked to stop')
  let stopped = 0
  const call = {
    signal: controller.signal,
    onProgress: () => {
      if (stopped !== 0) return
      stopped = performance.now()
      controller.abort(reason)
    },
  }
  expect(await refusal(build({ context }, untouchable(), call))).toBe(reason)
  expect(performance.now() - stopped).toBeLessThan(1000)
  expect(await left()).toEqual([])
})

test('what is wrong with a recipe is reported together, by field', async () => {
  const failure = await refusal(
    build(
      {
        context: '/nowhere/at/all',
        layers: [
          { from: ['../x', '/etc'], to: 'app', owner: 'root', mode: '999' },
          { from: [], to: '/a/../b' },
        ],
        ports: ['0', '80/quic'],
        workdir: 'app',
        user: 'a b',
        stopSignal: 'TERM',
        env: { 'A=B': '' },
        volumes: ['data'],
        platforms: [
          { os: 'linux', architecture: 'amd64' },
          { os: 'linux', architecture: 'amd64' },
        ],
        created: new Date(Number.NaN),
      },
      untouchable(),
    ),
  )
  expect(failure.exitCode).toBe(2)
  const all = [failure, ...failure.more]
  expect(all.map(({ facts }) => facts['field']).filter(Boolean)).toEqual([
    'layers[0].from',
    'layers[0].from',
    'layers[0].to',
    'layers[0].owner',
    'layers[0].mode',
    'layers[1].from',
    'layers[1].to',
    'ports[0]',
    'ports[1]',
    'workdir',
    'volumes[0]',
    'env.A=B',
    'user',
    'stopSignal',
    'platforms[1]',
    'created',
  ])
  expect(all.at(-1)?.code).toBe('FILE_UNREADABLE')
  expect(all.every(({ message, hint }) => message !== '' && hint !== undefined)).toBe(true)
})
