/** What a layer holds, read by tar-stream and by the system's tar. */
import { chmod, link, mkdir, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { execa } from 'execa'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { tarHeader } from '../../src/kit/tar-header.ts'
import { build, contextOf, entriesOf, layerTar, namesIn, refusal, temporaryDirectory } from './images.ts'

const LONG = `${'d'.repeat(99)}/${'e'.repeat(150)}/${'f'.repeat(200)}`
const NFC = 'caf\u00e9'
const NFD = 'cafe\u0301'

test('the real tar unpacks exactly what was put in', async () => {
  const context = await contextOf({
    plain: 'text',
    empty: '',
    'an empty directory': null,
    'with space': 's',
    'with\nnewline': 'n',
    'with"quote\\back': 'q',
    '-rf': 'dash',
    [LONG]: 'long',
    [`${'x'.repeat(100)}`]: 'hundred',
    [`${'y'.repeat(101)}`]: 'one more',
    [NFC]: 'composed',
    [NFD]: 'decomposed',
    'データ/文件': 'wide',
    'links/short': { link: '../plain' },
    'links/long': { link: `../${LONG}` },
    'links/wide': { link: '../データ/文件' },
    'links/broken': { link: 'nowhere at all' },
    exactly512: Buffer.alloc(512, 1),
    big: Buffer.alloc(700_000, 'kubeferry '),
  })
  await chmod(join(context, 'plain'), 0o755)
  const built = await build({ context })
  expect(built.files).toBe(14)
  const unpacked = await temporaryDirectory()
  await execa('tar', ['-x', '-C', unpacked], { input: await layerTar(built) })
  await execa('diff', ['-r', '--no-dereference', context, unpacked])
  const names = (await entriesOf(await layerTar(built))).map(({ name }) => name)
  expect(names).toEqual(expect.arrayContaining([NFC, NFD, LONG, 'with\nnewline']))
})

test('modes: 0644, 0755 for what its owner may execute, never setuid, unless the recipe says otherwise', async () => {
  const context = await contextOf({ 'a/data': '', 'a/run': '', 'a/odd': '' })
  await chmod(join(context, 'a/data'), 0o600)
  await chmod(join(context, 'a/run'), 0o4711)
  await chmod(join(context, 'a/odd'), 0o666)
  const modes = async (mode?: string): Promise<string[]> => {
    const built = await build({ context, layers: [{ from: '.', to: '/', ...(mode === undefined ? {} : { mode }) }] })
    return (await entriesOf(await layerTar(built))).map((entry) => `${entry.name} ${entry.mode}`)
  }
  expect(await modes()).toEqual(['a/ 755', 'a/data 644', 'a/odd 644', 'a/run 755'])
  expect(await modes('0640')).toEqual(['a/ 750', 'a/data 640', 'a/odd 640', 'a/run 640'])
  expect(await modes('4755')).toEqual(['a/ 4755', 'a/data 4755', 'a/odd 4755', 'a/run 4755'])
})

test('owners are numbers, root unless told, and large ids (OpenShift) are exact', async () => {
  const context = await contextOf({ f: '', l: { link: 'f' } })
  const owners = async (owner?: string): Promise<string[]> =>
    (await entriesOf(await layerTar(await build({ context, layers: [{ from: '.', to: '/app', ...(owner === undefined ? {} : { owner }) }] })))).map(
      (entry) => entry.owner,
    )
  expect(await owners()).toEqual(['0:0', '0:0', '0:0'])
  expect(await owners('1000')).toEqual(['1000:1000', '1000:1000', '1000:1000'])
  const large = await build({ context, layers: [{ from: 'f', to: '/f', owner: '1000700000:3000000' }] })
  const listed = await execa('tar', ['-t', '-v', '--numeric-owner'], { input: await layerTar(large) })
  expect(listed.stdout).toContain('1000700000/3000000')
})

test('hard links become files, each with its bytes', async () => {
  const context = await contextOf({ one: 'same' })
  await link(join(context, 'one'), join(context, 'two'))
  expect((await entriesOf(await layerTar(await build({ context })))).map(({ type, text }) => `${type} ${text}`)).toEqual(['file same', 'file same'])
})

describe('where things go, as in COPY', () => {
  const tree = { 'dist/a.js': 'a', 'dist/b.js': 'b', 'dist/c.css': 'c', 'dist/sub/d.js': 'd', 'bin/app': 'x' }
  const table: Array<[title: string, from: string | string[], to: string | undefined, names: string[]]> = [
    ['the contents of a directory', 'dist', '/app', ['app/', 'app/a.js', 'app/b.js', 'app/c.css', 'app/sub/', 'app/sub/d.js']],
    ['the same with slashes', './dist/', '/app/', ['app/', 'app/a.js', 'app/b.js', 'app/c.css', 'app/sub/', 'app/sub/d.js']],
    ['a file under a new name', 'bin/app', '/usr/bin/run', ['usr/', 'usr/bin/', 'usr/bin/run']],
    ['a file into a directory', 'bin/app', '/opt/', ['opt/', 'opt/app']],
    ['a file to the root', 'bin/app', '/', ['app']],
    ['a file to nowhere in particular', 'bin/app', undefined, ['app']],
    ['what a pattern matches', 'dist/*.js', '/js/', ['js/', 'js/a.js', 'js/b.js']],
    ['one match under a new name', 'dist/*.css', '/style.css', ['style.css']],
    ['a pattern through directories', 'dist/**/*.js', '/js', ['js/', 'js/a.js', 'js/b.js', 'js/sub/', 'js/sub/d.js']],
    ['a pattern that matches a directory', 'dist/s*', '/x/', ['x/', 'x/sub/', 'x/sub/d.js']],
    ['several', ['bin/app', 'dist/c.css'], '/x/', ['x/', 'x/app', 'x/c.css']],
  ]
  test.each(table)('%s', async (_title, from, to, names) => {
    expect(await namesIn({ context: await contextOf(tree), layers: [{ from, ...(to === undefined ? {} : { to }) }] })).toEqual(names)
  })

  test('several files and one name are refused', async () => {
    const failure = await refusal(namesIn({ context: await contextOf(tree), layers: [{ from: 'dist/*.js', to: '/app' }] }))
    expect(failure).toMatchObject({ code: 'INPUT_INVALID', hint: 'Write to: /app/ to put them into a directory.' })
  })

  test('a name with brackets is found as it is before it is read as a pattern', async () => {
    expect(await namesIn({ context: await contextOf({ 'pages/[id].js': '' }), layers: [{ from: 'pages/[id].js', to: '/p/' }] })).toEqual(['p/', 'p/[id].js'])
  })

  test('a file where a directory must be is refused', async () => {
    const context = await contextOf({ 'x/a': '', f: '' })
    const layers = [{ from: ['f', 'x'], to: '/' }]
    expect(await namesIn({ context, layers })).toEqual(['a', 'f'])
    await mkdir(join(context, 'x/f'))
    await writeFile(join(context, 'x/f/inner'), '')
    expect((await refusal(namesIn({ context, layers: [{ from: ['x', 'f'], to: '/' }] }))).message).toBe('"/f" would be a file and a directory at once')
  })

  test('a later layer does not take the owner of a directory that an earlier one made', async () => {
    const context = await contextOf({ 'data/f': '', 'bin/app': '' })
    const built = await build({
      context,
      layers: [
        { from: 'data', to: '/srv/app', owner: '1000:1000' },
        { from: 'bin', to: '/srv/app' },
        { from: 'bin/app', to: '/srv/app/x/app' },
      ],
    })
    expect((await entriesOf(await layerTar(built, 0))).map(({ name, owner }) => `${name} ${owner}`)).toEqual([
      'srv/ 0:0',
      'srv/app/ 1000:1000',
      'srv/app/f 1000:1000',
    ])
    expect((await entriesOf(await layerTar(built, 1))).map(({ name }) => name)).toEqual(['srv/app/app'])
    expect((await entriesOf(await layerTar(built, 2))).map(({ name }) => name)).toEqual(['srv/app/x/', 'srv/app/x/app'])
  })
})

test('headers: every name, id, size and time is read back by tar-stream as it was written', async () => {
  const text = fc
    .string({ unit: 'binary', minLength: 1, maxLength: 300 })
    .map((name) => name.replace(/[\0/]/gu, '_'))
    .filter((name) => name.isWellFormed() && name !== '.')
  const property = fc.asyncProperty(text, text, fc.nat(4_294_967_294), fc.integer({ min: 0, max: 2 ** 37 }), async (path, target, uid, time) => {
    const header = tarHeader({ kind: 'link', path, target, owner: { uid, gid: 0 } }, 0o777, 0, time)
    const [entry] = await entriesOf(Buffer.concat([header, Buffer.alloc(1024)]))
    expect(entry).toMatchObject({ name: path, link: target })
    if (uid < 8 ** 7 && time < 8 ** 11) expect(entry).toMatchObject({ owner: `${uid}:0`, mtime: time })
  })
  await fc.assert(property, { numRuns: 100 })
})

test('sizes beyond 8 GiB stand in a pax record', () => {
  const header = tarHeader({ kind: 'file', path: 'f', owner: { uid: 0, gid: 0 } }, 0o644, 8 ** 11, 0)
  expect(header.toString('latin1')).toContain('19 size=8589934592\n')
})

test('memory stays flat while a large file is packed', async () => {
  const context = await contextOf({ sparse: '' })
  await truncate(join(context, 'sparse'), 160 * 1024 * 1024)
  const before = process.memoryUsage().rss
  let most = 0
  const signal = new AbortController().signal
  const built = await build({ context }, undefined, { signal, onProgress: () => (most = Math.max(most, process.memoryUsage().rss)) })
  expect(built.images[0]?.layers[0]?.unpacked).toBeGreaterThan(160 * 1024 * 1024)
  expect(most - before).toBeLessThan(80 * 1024 * 1024)
})
