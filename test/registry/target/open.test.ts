/** An opener: what users write → the target; one client for all remote ones. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { copy } from '../../../src/registry/copy/copy.ts'
import { ANONYMOUS } from '../../../src/registry/http/credentials/credential.ts'
import { parseTag } from '../../../src/registry/oci/reference.ts'
import { createOpener } from '../../../src/registry/target/open.ts'
import { serveRegistry } from '../../../src/registry/target/serve/serve.ts'
import { putImage } from '../../contracts/content.ts'
import { call } from '../scripted.ts'

test('a layout and a registry by name, and a copy between them', async () => {
  const place = await mkdtemp(join(tmpdir(), 'ferry-open-'))
  const registry = await serveRegistry({ directory: join(place, 'reg') })
  const opener = createOpener({ credentials: ANONYMOUS, userAgent: 'kubeferry-test' })
  try {
    const from = opener.open(`oci:${join(place, 'out')}:v1`)
    const to = opener.open(`${registry.host}/team/app:v1`)
    expect([from.location.tag, to.location.tag]).toEqual(['v1', 'v1'])
    const image = await putImage(from.target, 'a')
    await copy(from.target, to.target, image.descriptor, { tag: parseTag('v1') }, call)
    expect((await opener.open(to.location).target.resolve(parseTag('v1'), call))?.digest).toBe(image.descriptor.digest)
    expect(opener.client.counters.requests).toBeGreaterThan(0)
    expect(() => opener.open('Not A Reference')).toThrowError(expect.objectContaining({ code: 'REFERENCE_INVALID' }))
  } finally {
    opener.close()
    await registry.close()
    await rm(place, { recursive: true })
  }
})

test('TLS everywhere but on this machine and where it is listed', () => {
  const opener = createOpener({ credentials: ANONYMOUS, userAgent: 'x', plainHttp: ['registry.lan:5000'] })
  const origin = (registry: string): string => opener.client.originOf(registry).origin
  expect(origin('docker.io')).toBe('https://registry-1.docker.io')
  expect(origin('10.0.0.1:5000')).toBe('https://10.0.0.1:5000')
  expect(origin('registry.lan')).toBe('https://registry.lan')
  expect(origin('registry.lan:5000')).toBe('http://registry.lan:5000')
  expect(origin('localhost:5000')).toBe('http://localhost:5000')
  expect(origin('[::1]:5000')).toBe('http://[::1]:5000')
  opener.close()
})
