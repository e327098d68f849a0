/** ferry registry gc as it is typed: a plan first, all repositories of a served directory, uploads nobody goes on with. */
import { spawnSync } from 'node:child_process'
import { mkdir, readdir, rm, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { freeCall } from '../../../../src/kit/call.ts'
import { hexOf } from '../../../../src/registry/oci/digest.ts'
import { parseTag } from '../../../../src/registry/oci/reference.ts'
import { collectLayout } from '../../../../src/registry/target/layout/gc/collect.ts'
import { surveyLayout } from '../../../../src/registry/target/layout/gc/survey.ts'
import { openLayout } from '../../../../src/registry/target/layout/layout.ts'
import { serveRegistry } from '../../../../src/registry/target/serve/serve.ts'
import { piece, put, putImage } from '../../../contracts/content.ts'
import { ROOT } from '../../../house/source.ts'
import { makePlace } from './place.ts'

const call = freeCall()
/** Milliseconds; longer than a busy machine needs between two lines of a test. */
const GRACE = 3000

function gc(cwd: string, ...args: string[]) {
  const { stdout, stderr, status } = spawnSync(process.execPath, [join(ROOT, 'src/entry/cli.ts'), 'registry', 'gc', ...args], {
    cwd,
    encoding: 'utf8',
    env: { PATH: '/usr/bin:/bin', HOME: cwd },
  })
  return { stdout, stderr, status }
}

async function served(): Promise<{ place: string; blobs: (repository: string) => Promise<string[]> }> {
  const place = await makePlace()
  for (const repository of ['team+app', 'team+api']) {
    const target = openLayout(join(place, 'reg', repository))
    await target.tag((await putImage(target, repository.replace('+', '-'))).descriptor, parseTag('v1'), call)
    await put(target, piece(`garbage of ${repository}`))
  }
  await sleep(5)
  return { place, blobs: (repository) => readdir(join(place, 'reg', repository, 'blobs/sha256')) }
}

test('shows a plan, and removes with --apply, in every repository', { timeout: 60_000 }, async () => {
  const { place, blobs } = await served()
  const uploads = join(place, 'reg/.ferry/uploads/team+app')
  await mkdir(uploads, { recursive: true })
  await writeFile(join(uploads, 'old'), 'half of something')
  await writeFile(join(uploads, 'new'), 'half of something')
  const long = new Date(Date.now() - 90 * 3_600_000)
  await utimes(join(uploads, 'old'), long, long)

  const young = gc(place, 'reg')
  expect(young.stdout).toContain('would free 17 B in 1 files')
  expect(young.stdout).toContain('an upload that nobody goes on with')
  await rm(join(uploads, 'new'))

  const plan = gc(place, 'reg', '--older-than', '0s')
  expect(plan.status).toBe(0)
  expect(plan.stdout).toContain(piece('garbage of team+app').descriptor.digest)
  expect(plan.stdout).toContain('nothing names it')
  expect(await blobs('team+app')).toHaveLength(4)

  const applied = gc(place, 'reg', '--older-than', '0s', '--apply', '--output', 'json')
  expect(applied.stderr).toBe('')
  expect(JSON.parse(applied.stdout)).toMatchObject({ outputs: { files: 3, applied: true } })
  expect(await blobs('team+app')).toHaveLength(3)
  expect(await blobs('team+api')).toHaveLength(3)
  expect(await readdir(uploads)).toEqual([])
  expect(gc(place, 'reg', '--older-than', '0s').stdout).toContain('would free 0 B in 0 files')
})

test('one layout that is not understood is left alone, the others are collected, and the exit code says so', { timeout: 60_000 }, async () => {
  const { place, blobs } = await served()
  await writeFile(join(place, 'reg/team+api/index.json'), '{')
  const run = gc(place, 'reg', '--older-than', '0s', '--apply')
  expect(run.status).toBe(6)
  expect(run.stderr).toContain('1 of 2 layouts cannot be understood')
  expect(await blobs('team+app')).toHaveLength(3)
  expect(await blobs('team+api')).toHaveLength(4)
  expect(gc(place, 'nothing').status).toBe(2)
  expect(gc(place, '.').stderr).toContain('there is no OCI layout in .')
})

test('a blob that a client of the served registry asked for stays', { timeout: 60_000 }, async () => {
  const { place, blobs } = await served()
  const registry = await serveRegistry({ directory: join(place, 'reg') })
  onTestFinished(() => registry.close())
  const garbage = piece('garbage of team+app')
  const directory = join(place, 'reg/team+app')
  await sleep(GRACE + 100)
  const survey = await surveyLayout(directory, GRACE, call)
  expect(survey.garbage).toHaveLength(1)
  expect((await fetch(`${registry.url}/v2/team/app/blobs/${garbage.descriptor.digest}`, { method: 'HEAD' })).status).toBe(200)
  expect(await collectLayout(survey, GRACE, call)).toEqual([])
  expect(await blobs('team+app')).toContain(hexOf(garbage.descriptor.digest))
  await sleep(GRACE + 100)
  expect(await collectLayout(survey, GRACE, call)).toHaveLength(1)
})
