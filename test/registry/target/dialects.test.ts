/**
 * Registry products. Every fact that is said to be run is held against the real product here; how products are recognised; and stand-ins: the embedded
 * registry behaving like each of them, through which images, signatures and promotions go whole.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { check } from '../../../src/registry/copy/check.ts'
import { copy } from '../../../src/registry/copy/copy.ts'
import { ANONYMOUS } from '../../../src/registry/http/credentials/credential.ts'
import { parseTag } from '../../../src/registry/oci/reference.ts'
import type { Fact } from '../../../src/registry/target/dialect.ts'
import { DIALECTS } from '../../../src/registry/target/dialects/index.ts'
import { dialectNamed, dialectOf } from '../../../src/registry/target/find-dialect.ts'
import { openLayout } from '../../../src/registry/target/layout/layout.ts'
import { createOpener } from '../../../src/registry/target/open.ts'
import { openRemote } from '../../../src/registry/target/remote/remote.ts'
import { serveRegistry } from '../../../src/registry/target/serve/serve.ts'
import { describePeers } from '../../../tools/peers/with-peers.ts'
import { ferry, mustFerry } from '../../live/registry/ferry.ts'
import { buildHello, type Hello } from '../../live/registry/images.ts'
import { startDistribution, startOurs } from '../../live/registry/servers.ts'
import { call } from '../scripted.ts'
import { probe } from './dialect-probes.ts'

const factsRun = (name: string): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(dialectNamed(name).facts).flatMap(([key, fact]: [string, Fact<unknown>]) => (fact.proven === 'run' ? [[key, fact.is]] : [])),
  )

describe('facts that are said to be run', () => {
  test('belong to the products that are run here', () => {
    const run = DIALECTS.filter(({ facts }) => Object.values(facts).some((fact: Fact<unknown>) => fact.proven === 'run'))
    expect(run.map(({ name }) => name)).toEqual(['distribution-2', 'distribution-3', 'kubeferry'])
  })

  test('of kubeferry', async () => {
    const ours = await startOurs()
    try {
      expect(await probe(ours.host)).toEqual(factsRun('kubeferry'))
    } finally {
      await ours.stop()
    }
  })

  describePeers(['distribution-2', 'distribution-3'], 'of distribution', (peers) => {
    test.each(['distribution-2', 'distribution-3'] as const)('%s', async (name) => {
      const server = await startDistribution(peers[name].bin)
      try {
        expect(await probe(server.host)).toEqual(factsRun(name))
      } finally {
        await server.stop()
      }
    })
  })
})

describe('a product is recognised', () => {
  test.each([
    ['docker.io', 'docker-hub'],
    ['ghcr.io', 'ghcr'],
    ['GHCR.IO:443', 'ghcr'],
    ['123456789012.dkr.ecr.eu-west-1.amazonaws.com', 'ecr'],
    ['public.ecr.aws', 'ecr-public'],
    ['bank.azurecr.io', 'acr'],
    ['europe-west3-docker.pkg.dev', 'gar'],
    ['eu.gcr.io', 'gar'],
    ['quay.io', 'quay'],
    ['registry.gitlab.com', 'gitlab'],
    ['bank.jfrog.io', 'artifactory'],
    ['registry.cn-hangzhou.aliyuncs.com', 'alibaba-acr'],
    ['ccr.ccs.tencentyun.com', 'tencent-tcr'],
    ['swr.cn-north-4.myhuaweicloud.com', 'huawei-swr'],
    ['evilghcr.io', undefined],
    ['ghcr.io.example.com', undefined],
    ['azurecr.io', undefined],
    ['127.0.0.1:5000', undefined],
  ])('by the host %s: %s', (host, name) => {
    expect(dialectOf(host)?.name).toBe(name)
  })

  test('by what its answers show, the host first', () => {
    expect(
      dialectOf('registry.bank.example', { 'www-authenticate': 'Bearer realm="https://registry.bank.example/service/token",service="harbor-registry"' })?.name,
    ).toBe('harbor')
    expect(dialectOf('registry.bank.example', { server: 'Nexus/3.70.1-02 (OSS)' })?.name).toBe('nexus')
    expect(dialectOf('ghcr.io', { server: 'Nexus/3.70.1-02 (OSS)' })?.name).toBe('ghcr')
  })

  test('from the challenge of its first answer, which no caller sees', async () => {
    const ours = await startOurs()
    const opener = createOpener({ credentials: ANONYMOUS, userAgent: 'test', dialects: { 'said.example': 'quay' } })
    try {
      const { target } = opener.open(`${ours.host}/team/app`)
      expect(await target.resolve(parseTag('v1'), call)).toBeUndefined()
      expect(opener.client.dialectOf('said.example')).toBe('quay')
      expect(opener.client.shownBy(ours.host)).toEqual({})
    } finally {
      opener.close()
      await ours.stop()
    }
  })

  test('a name that there is not is refused with the nearest', () => {
    expect(() => dialectNamed('harbour')).toThrow(
      expect.objectContaining({ code: 'INPUT_INVALID', hint: expect.stringContaining('Did you mean harbor?') as string }),
    )
  })
})

describe('stand-ins', () => {
  let place: string
  let hello: Hello

  beforeAll(async () => {
    place = await mkdtemp(join(tmpdir(), 'ferry-quirks-'))
    hello = await buildHello(join(place, 'out'))
    await mustFerry(['key', 'create', '--out', 'signer'], { home: place, env: { FERRY_KEY_PASSWORD: 'of the test' } })
  })

  afterAll(() => rm(place, { recursive: true }))

  test.each(DIALECTS.filter(({ quirks }) => quirks !== undefined).map(({ name }) => name))(
    '%s: push, sign, promote and verify go well, nothing is lost, and no tag ever names an incomplete image',
    { timeout: 60_000 },
    async (name) => {
      const registry = await serveRegistry({ directory: join(place, name), faults: { quirks: name }, invariant: true })
      try {
        const image = `${registry.host}/team/hello`
        const options = { home: place, env: { FERRY_KEY_PASSWORD: 'of the test' } }
        await mustFerry(['copy', 'oci:out:multi', `${image}:dev-v1.0-1`], options)
        await mustFerry(['sign', `${image}:dev-v1.0-1`, '--key', 'signer.key'], options)
        await mustFerry(['promote', `${image}:dev-v1.0-1`, '--to', 'staging', '--key', 'signer.pub', '--apply'], options)
        await mustFerry(
          ['promote', `${image}:staging-v1.0-1`, '--to', 'prod', '--target', `${registry.host}/prod/hello`, '--key', 'signer.pub', '--apply'],
          options,
        )
        await mustFerry(['verify', `${registry.host}/prod/hello:prod-v1.0-1`, '--key', 'signer.pub'], options)
        const deleted = await ferry(['delete', `${image}:dev-v1.0-1`, '--apply'], options)
        if (deleted.exit !== 0) expect(deleted.stderr).toContain('other tags may name it')
        await mustFerry(['check', `${image}:staging-v1.0-1`, '--deep'], options)
        expect(registry.violations).toEqual([])
      } finally {
        await registry.close()
      }
    },
  )

  test('a copy into the stand-in of GHCR in chunks holds to its 4 MiB', async () => {
    const registry = await serveRegistry({ directory: join(place, 'chunks'), faults: { quirks: 'ghcr' }, invariant: true })
    const opener = createOpener({
      credentials: ANONYMOUS,
      userAgent: 'test',
      dialects: { [registry.host]: 'ghcr' },
    })
    try {
      const target = openRemote({ registry: registry.host, path: 'team/hello' }, opener.client)
      await copy(openLayout(hello.directory), target, hello.index, { tag: parseTag('v1') }, call)
      expect(await check(target, hello.index, { deep: true }, call)).toMatchObject({ faults: [] })
    } finally {
      opener.close()
      await registry.close()
    }
  })
})
