/** diff says in what two images differ, and packages only where both have an SBOM that can be read. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildImage } from '../../src/build/build.ts'
import { packagesIn } from '../../src/evidence/statements/read-sbom.ts'
import { freeCall } from '../../src/kit/call.ts'
import type { Descriptor } from '../../src/registry/oci/descriptor.ts'
import { parseTag } from '../../src/registry/oci/reference.ts'
import { openLayout } from '../../src/registry/target/layout/layout.ts'
import { emptyConfig, manifestOf, piece, put } from '../contracts/content.ts'
import { ROOT } from '../house/source.ts'
import { ferry, mustFerry, type Run } from '../live/registry/ferry.ts'
import { startOurs, type WatchedServer } from '../live/registry/servers.ts'

const call = freeCall()

let place: string
let registry: WatchedServer

const run = (...args: readonly string[]): Promise<Run> => ferry(args, { home: place })

const SPDX = {
  spdxVersion: 'SPDX-2.3',
  packages: [
    { name: 'openssl', versionInfo: '3.0.1', externalRefs: [{ referenceType: 'purl', referenceLocator: 'pkg:deb/debian/openssl@3.0.1?arch=amd64' }] },
    { name: 'gone', versionInfo: '1' },
  ],
}
const CYCLONEDX = {
  bomFormat: 'CycloneDX',
  specVersion: '1.5',
  components: [
    {
      type: 'library',
      name: 'openssl',
      version: '3.0.9',
      purl: 'pkg:deb/debian/openssl@3.0.9',
      components: [{ type: 'library', name: 'inner', version: '2' }],
    },
    { type: 'file', name: '/etc/passwd' },
  ],
}

async function attach(subject: Descriptor, bytes: string, mediaType: string): Promise<void> {
  const layer = piece(bytes, mediaType)
  const { digest, size, mediaType: type } = subject
  await put(
    openLayout(join(place, 'out')),
    emptyConfig,
    layer,
    manifestOf({ layers: [layer], more: { artifactType: mediaType, subject: { digest, size, mediaType: type } } }),
  )
}

beforeAll(async () => {
  place = await mkdtemp(join(tmpdir(), 'ferry-diff-'))
  registry = await startOurs()
  const layout = openLayout(join(place, 'out'))
  const common = { context: join(ROOT, 'examples/hello'), layers: [{ from: 'bin/hello-{arch}', to: '/hello', mode: '0755' }], entrypoint: ['/hello'] }
  const amd64 = { os: 'linux', architecture: 'amd64' }
  const one = await buildImage({ ...common, platforms: [amd64], labels: { version: '1' }, env: { PATH: '/bin', ONE: '1' } }, 'files', layout, call)
  const two = await buildImage(
    {
      ...common,
      platforms: [amd64, { os: 'linux', architecture: 'arm64' }],
      labels: { version: '2' },
      env: { PATH: '/bin:/sbin' },
      entrypoint: ['/hello', '-v'],
    },
    'files',
    layout,
    call,
  )
  await layout.tag(one.root, parseTag('one'), call)
  await layout.tag(two.root, parseTag('two'), call)
  await attach(one.root, JSON.stringify(SPDX), 'application/spdx+json')
  const statement = { _type: 'https://in-toto.io/Statement/v1', predicateType: 'https://cyclonedx.org/bom', predicate: CYCLONEDX }
  const envelope = { payloadType: 'application/vnd.in-toto+json', payload: Buffer.from(JSON.stringify(statement)).toString('base64'), signatures: [] }
  await attach(two.root, JSON.stringify(envelope), 'application/vnd.dsse.envelope.v1+json')
})

afterAll(async () => {
  await registry.stop()
  await rm(place, { recursive: true })
})

test('platforms, settings, layers, attachments and packages, from a layout and a registry alike', async () => {
  const { exit, stdout, outputs } = await run('diff', 'oci:out:one', 'oci:out:two')
  expect(exit).toBe(0)
  expect(outputs).toMatchObject({ same: false, packages: 3 })
  for (const words of ['linux/arm64', 'label version', 'env PATH', 'env ONE', 'entrypoint', 'pkg:deb/debian/openssl', '3.0.9', 'inner', 'gone'])
    expect(stdout).toContain(words)
  expect(stdout).not.toContain('/etc/passwd')
  await mustFerry(['copy', 'oci:out:one', `${registry.host}/diff/one:v1`], { home: place })
  const mixed = await run('diff', `${registry.host}/diff/one:v1`, 'oci:out:two')
  expect(mixed.outputs).toEqual(outputs)
})

test('the same image: two requests, and no more', async () => {
  await mustFerry(['copy', 'oci:out:two', `${registry.host}/diff/two:v1`], { home: place })
  await mustFerry(['copy', 'oci:out:two', `${registry.host}/diff/two:v2`], { home: place })
  await registry.settled()
  registry.asked.length = 0
  const { exit, outputs } = await run('diff', `${registry.host}/diff/two:v1`, `${registry.host}/diff/two:v2`, '--exit-code')
  await registry.settled()
  expect({ exit, outputs }).toMatchObject({ exit: 0, outputs: { same: true, differences: 0 } })
  expect(registry.asked.length).toBe(2)
})

test('exit-code turns a difference into 10; an image that is not there is 2', async () => {
  const differ = await run('diff', 'oci:out:one', 'oci:out:two', '--exit-code')
  expect(differ.exit).toBe(10)
  expect(differ.stderr).toContain('DIFFERENT')
  expect((await run('diff', 'oci:out:one', 'oci:out:three')).exit).toBe(2)
})

describe('an SBOM', () => {
  const packages = (value: unknown): unknown => packagesIn(Buffer.from(JSON.stringify(value)))

  test('in SPDX, in CycloneDX with nested components, in a statement, wrapped once more', () => {
    expect(packages(SPDX)).toEqual([
      { name: 'pkg:deb/debian/openssl', version: '3.0.1' },
      { name: 'gone', version: '1' },
    ])
    const cyclone = [
      { name: 'pkg:deb/debian/openssl', version: '3.0.9' },
      { name: 'inner', version: '2' },
    ]
    expect(packages(CYCLONEDX)).toEqual(cyclone)
    expect(packages({ predicate: CYCLONEDX })).toEqual(cyclone)
    expect(packages({ predicate: { Data: SPDX } })).toHaveLength(2)
    expect(packages({ packages: [] })).toBeUndefined()
    expect(packages([])).toBeUndefined()
  })
})
