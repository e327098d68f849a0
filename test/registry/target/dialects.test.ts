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
import { fallbackTag } from '../../../src/registry/oci/digest.ts'
import { parseTag } from '../../../src/registry/oci/reference.ts'
import type { Fact } from '../../../src/registry/target/dialect.ts'
import { DIALECTS } from '../../../src/registry/target/dialects/index.ts'
import { dialectAt, dialectNamed, dialectOf } from '../../../src/registry/target/find-dialect.ts'
import { openLayout } from '../../../src/registry/target/layout/layout.ts'
import { createOpener } from '../../../src/registry/target/open.ts'
import { openRemote } from '../../../src/registry/target/remote/remote.ts'
import { serveRegistry } from '../../../src/registry/target/serve/serve.ts'
import { describePeers } from '../../../tools/peers/with-peers.ts'
import { all, emptyConfig, indexOf, manifestOf, put, putImage } from '../../contracts/content.ts'
import { ferry, mustFerry } from '../../live/registry/ferry.ts'
import { buildHello, type Hello } from '../../live/registry/images.ts'
import { startDistribution, startOurs } from '../../live/registry/servers.ts'
import { bytes, call, createWorld, json } from '../scripted.ts'
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

  test.each([
    ['harbor', 'Bearer realm="http://{host}/service/token",service="harbor-registry",scope="repository:team/app:pull"'],
    ['gitlab', 'Bearer realm="http://{host}/jwt/auth",service="container_registry",scope="repository:team/app:pull"'],
    ['gitea', 'Bearer realm="http://{host}/v2/token",service="container_registry",scope="*"'],
  ])('%s under a name of its own, from the challenge of its first answer, which no caller sees', async (name, challenge) => {
    const world = createWorld()
    try {
      const registry = await world.start((seen, response) => {
        if (/token|auth/.test(seen.path)) return json(response, 200, { token: 'anybody' })
        if (seen.headers.authorization !== undefined) return false
        const asks = { 'www-authenticate': challenge.replace('{host}', seen.headers.host ?? '') }
        return json(response, 401, { errors: [{ code: 'UNAUTHORIZED', message: 'a token is needed' }] }, asks)
      })
      expect(dialectAt(world.client, registry.host)).toBeUndefined()
      expect(await world.repository(registry).resolve(parseTag('v1'), call)).toBeUndefined()
      expect(dialectAt(world.client, registry.host)?.name).toBe(name)
      expect(registry.seen.filter(({ path }) => path.includes('/manifests/')).length).toBe(2)
      // Each client sees for itself, and the user's word comes before all.
      expect(dialectAt(world.another(), registry.host)).toBeUndefined()
      expect(dialectAt(world.another({ dialects: { [registry.host]: 'quay' } }), registry.host)?.name).toBe('quay')
    } finally {
      await world.close()
    }
  })

  test('another place that an answer leads to says nothing of the registry', async () => {
    const world = createWorld()
    try {
      const elsewhere = await world.start((_seen, response) => bytes(response, 200, 'no manifest', { server: 'Nexus/3.70.1' }), { bare: true })
      const registry = await world.start((_seen, response) => bytes(response, 307, '', { location: `${elsewhere.url}/x` }), { bare: true })
      await expect(world.repository(registry).resolve(parseTag('v1'), call)).rejects.toMatchObject({ code: expect.any(String) as string })
      expect(dialectAt(world.client, registry.host)).toBeUndefined()
    } finally {
      await world.close()
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

describe('a tag that may not be moved', () => {
  test.each([
    ['ecr', 400, 'TAG_INVALID', 'TAG_TAKEN'],
    [undefined, 412, 'PRECONDITION', 'TAG_TAKEN'],
    [undefined, 409, 'CONFLICT', 'TAG_TAKEN'],
    // Anywhere else this is said of a tag that is none.
    [undefined, 400, 'TAG_INVALID', 'CONTENT_INVALID'],
  ] as const)('as %s says it: %s %s is %s (moby/buildkit#3776, harbor#9427)', async (name, status, code, failure) => {
    const world = createWorld()
    try {
      const registry = await world.start((seen, response) =>
        seen.method === 'PUT' && seen.path.endsWith('/manifests/v1') ? json(response, status, { errors: [{ code, message: 'immutable' }] }) : false,
      )
      const target = world.repository(registry, 'team/app', world.another(name === undefined ? {} : { dialects: { [registry.host]: name } }))
      const { descriptor } = await putImage(target, 'one')
      await expect(target.tag(descriptor, parseTag('v1'), call)).rejects.toMatchObject({ code: failure })
    } finally {
      await world.close()
    }
  })
})

describe('an attachment that the registry does not remove', () => {
  test('is still listed, under a fallback tag too', async () => {
    const place = await mkdtemp(join(tmpdir(), 'ferry-hub-'))
    const registry = await serveRegistry({ directory: place, faults: { quirks: 'docker-hub' }, invariant: true })
    const world = createWorld()
    try {
      const target = openRemote({ registry: registry.host, path: 'team/app' }, world.another({ dialects: { [registry.host]: 'docker-hub' } }))
      const subject = (await putImage(target, 'one')).descriptor
      const attached = manifestOf({ more: { subject, artifactType: 'application/vnd.example.signature' } })
      await put(target, emptyConfig, attached)
      await expect(target.remove(attached.descriptor, call)).rejects.toMatchObject({
        code: 'UNSUPPORTED',
        hint: expect.stringContaining('API of Docker Hub') as string,
      })
      expect((await all(target.referrers(subject.digest, call))).map((one) => one.digest)).toEqual([attached.descriptor.digest])
      expect(registry.violations).toEqual([])
    } finally {
      await world.close()
      await registry.close()
      await rm(place, { recursive: true })
    }
  })
})

describe('the fallback tag of GitLab', () => {
  test('that names the subject itself is no list of what is attached to it (oras-go#1396)', async () => {
    const place = await mkdtemp(join(tmpdir(), 'ferry-gitlab-'))
    const registry = await serveRegistry({ directory: place, faults: { quirks: 'gitlab' } })
    const world = createWorld()
    try {
      const target = openRemote({ registry: registry.host, path: 'team/app' }, world.client)
      const index = indexOf([await putImage(target, 'one'), await putImage(target, 'two')])
      await put(target, index)
      const { digest } = index.descriptor
      const answer = await fetch(`${registry.url}/v2/team/app/manifests/${fallbackTag(digest)}`)
      expect([answer.status, answer.headers.get('docker-content-digest')]).toEqual([200, digest])
      expect(await all(target.referrers(digest, call))).toEqual([])
      const attached = manifestOf({ more: { subject: index.descriptor, artifactType: 'application/vnd.example.signature' } })
      await put(target, emptyConfig, attached)
      expect((await all(target.referrers(digest, call))).map((one) => one.digest)).toEqual([attached.descriptor.digest])
    } finally {
      await world.close()
      await registry.close()
      await rm(place, { recursive: true })
    }
  })
})
