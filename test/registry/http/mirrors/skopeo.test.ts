/** The same registries.conf read by skopeo and by us: both take content by digest from the same places, in the same order. */
import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openRemote } from '../../../../src/registry/target/remote/remote.ts'
import { describePeers } from '../../../../tools/peers/with-peers.ts'
import { get, putImage } from '../../../contracts/content.ts'
import { createWorld, type World } from '../../scripted.ts'

let world: World
let directory: string
beforeEach(async () => {
  world = createWorld()
  directory = await mkdtemp(join(tmpdir(), 'ferry-skopeo-'))
})
afterEach(async () => {
  await world.close()
  await rm(directory, { recursive: true })
})

describePeers(['skopeo'], 'skopeo and we choose the same places', ({ skopeo }) => {
  test.each([
    ['a mirror', (o: string, m: string) => `[[registry]]\nlocation = "${o}"\ninsecure = true\n[[registry.mirror]]\nlocation = "${m}"\ninsecure = true`],
    [
      'a rewritten prefix',
      (o: string, m: string) =>
        `[[registry]]\nprefix = "${o}/team"\nlocation = "${o}/team"\ninsecure = true\n[[registry.mirror]]\nlocation = "${m}/hub/x"\ninsecure = true`,
    ],
    [
      'tag-only',
      (o: string, m: string) =>
        `[[registry]]\nlocation = "${o}"\ninsecure = true\n[[registry.mirror]]\nlocation = "${m}"\ninsecure = true\npull-from-mirror = "tag-only"`,
    ],
    [
      'digest-only',
      (o: string, m: string) =>
        `[[registry]]\nlocation = "${o}"\ninsecure = true\nmirror-by-digest-only = true\n[[registry.mirror]]\nlocation = "${m}"\ninsecure = true`,
    ],
    ['moved', (o: string, m: string) => `[[registry]]\nprefix = "${o}/team"\nlocation = "${m}/team"\ninsecure = true`],
  ])('%s', async (title, conf) => {
    const [origin, mirror] = [await world.start(), await world.start()]
    const path = title === 'a rewritten prefix' ? 'hub/x/app' : 'team/app'
    const image = await putImage(world.repository(origin), 'one')
    await putImage(world.repository(mirror, path), 'one')
    const file = join(directory, 'registries.conf')
    await writeFile(file, conf(origin.host, mirror.host))
    const asked = async (work: () => Promise<unknown>): Promise<string[]> => {
      origin.seen.length = 0
      mirror.seen.length = 0
      await work()
      const of = (name: string, { seen }: typeof origin): string[] => seen.filter((one) => one.path.includes('/manifests/')).map((one) => `${name} ${one.path}`)
      return [...of('origin', origin), ...of('mirror', mirror)]
    }
    const theirs = await asked(() =>
      promisify(execFile)(skopeo.bin, ['--registries-conf', file, 'inspect', '--raw', `docker://${origin.host}/team/app@${image.descriptor.digest}`]),
    )
    const client = world.another({ network: { mirrors: { hostsDirectories: [], registries: [file], registriesDirectories: [] } } })
    const ours = await asked(() => get(openRemote({ registry: origin.host, path: 'team/app' }, client), image.descriptor))
    expect(ours).toEqual(theirs)
  })
})
