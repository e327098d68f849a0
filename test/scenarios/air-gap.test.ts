/** The commands of docs/air-gap.md, run as they stand there; the two registries alone are others. */
import { spawnSync } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { freeCall } from '../../src/kit/call.ts'
import { parseTag } from '../../src/registry/oci/reference.ts'
import { openLayout } from '../../src/registry/target/layout/layout.ts'
import { all, emptyConfig, manifestOf, put, putImage } from '../contracts/content.ts'
import { ROOT } from '../house/source.ts'

const page = await readFile(join(ROOT, 'docs/air-gap.md'), 'utf8')
const lines = [...page.matchAll(/```sh\n([\s\S]*?)```/g)].flatMap(([, block = '']) => block.split('\n').filter((line) => line.startsWith('ferry ')))
const call = freeCall()

describe('the lines of the air-gap page', () => {
  let place = ''
  beforeAll(async () => {
    place = await mkdtemp(join(tmpdir(), 'ferry air gap '))
    const outside = openLayout(join(place, 'outside/pay/api'))
    for (const tag of ['prod-v1.2-1024', 'prod-v1.1-1000']) {
      const image = await putImage(outside, tag)
      await outside.tag(image.descriptor, parseTag(tag), call)
      await put(outside, emptyConfig, manifestOf({ more: { subject: image.descriptor, artifactType: 'application/vnd.example.signature' } }))
    }
  })
  afterAll(() => rm(place, { recursive: true, force: true }))

  /** Registries with names that do not exist are layouts of the same name here. */
  const words = (line: string): string[] =>
    line.replace('harbor.example.com/', 'oci:outside/').replace('registry.inside.example/', 'oci:inside/').split(/\s+/).slice(1)

  test('all of them are found', () => expect(lines).toHaveLength(4))

  test.each(lines)('%s', { timeout: 60_000 }, (line) => {
    const env = { PATH: '/usr/bin:/bin', HOME: place }
    const run = spawnSync(process.execPath, [join(ROOT, 'src/entry/cli.ts'), ...words(line)], { cwd: place, env, encoding: 'utf8' })
    expect({ status: run.status, stderr: run.status === 0 ? '' : run.stderr }).toEqual({ status: 0, stderr: '' })
  })

  test('digests and attachments are the same on the other side, and nothing else is left', async () => {
    const outside = openLayout(join(place, 'outside/pay/api'))
    for (const [inside, tags] of [
      ['pay/api', ['prod-v1.2-1024']],
      ['pay/all', ['prod-v1.1-1000', 'prod-v1.2-1024']],
    ] as const) {
      const there = openLayout(join(place, 'inside', inside))
      expect(await all(there.tags(call))).toEqual(tags)
      for (const tag of tags) {
        const [before, after] = [await outside.resolve(parseTag(tag), call), await there.resolve(parseTag(tag), call)]
        expect(after).toEqual(before)
        const attached = async (target: typeof there): Promise<string[]> =>
          (await all(target.referrers(before?.digest ?? emptyConfig.descriptor.digest, call))).map((one) => one.digest)
        expect(await attached(there)).toEqual(await attached(outside))
        expect(await attached(there)).toHaveLength(1)
      }
    }
    expect((await readdir(place)).toSorted()).toEqual(['all.tar', 'bundle.tar', 'inside', 'outside'])
  })
})
