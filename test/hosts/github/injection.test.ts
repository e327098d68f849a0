/** Text from outside — inputs, registries — that tries to be a workflow command, an output, or Markdown. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { json, startScripted } from '../../registry/scripted.ts'
import { type ActionWorld, createActionWorld } from './world.ts'

let world: ActionWorld

beforeAll(async () => {
  world = await createActionWorld()
})
afterAll(() => world.close())

const HOSTILE = [
  '::set-env name=NODE_OPTIONS::--require=/tmp/x',
  '\n::add-mask::e',
  '\r::stop-commands::never',
  '%0A::set-output name=digest::sha256:evil',
  '##[set-output name=digest]sha256:evil',
  'x ##[add-mask]ferry',
  '###[stop-commands]never',
  '\u2028::add-path::/tmp',
  '\u001b[31m::error::fake',
  'ferry_guess\nimage=evil',
]

// Every run is a process of its own, and machines of CI are slow.
const PATIENT = { timeout: 60_000 }

describe.each(HOSTILE)('%j', PATIENT, (text) => {
  test('as an input is no command', async () => {
    const outcome = await world.run('promote', { image: text, to: text, apply: text, timeout: text, target: text, 'public-key': text, [`x ${text}`]: 'y' })
    expect(outcome.exitCode).toBe(2)
    expect(outcome.commands.map(({ name }) => name)).toEqual(['error'])
    expect(outcome.outputs).toEqual({})
  })

  test('from a registry is no command', async () => {
    const registry = await startScripted((_, response) => json(response, 403, { errors: [{ code: 'DENIED', message: text, detail: text }] }))
    try {
      const outcome = await world.run('verify', { image: `${registry.host}/team/app:dev-v1.0-1`, 'public-key': world.publicPem })
      expect(outcome.exitCode).toBe(4)
      expect(outcome.commands.map(({ name }) => name)).toEqual(['error'])
      expect(outcome.masks).toEqual([])
      expect(outcome.outputs).toEqual({})
    } finally {
      await registry.close()
    }
  })
})

test('in an image it is only content', PATIENT, async () => {
  const lines = HOSTILE.map((text, index) => `key${index}=${text.replaceAll(/[\r\n\u2028]/g, ' ')}`).join('\n')
  const outcome = await world.run('build', { context: 'app', to: 'oci:./hostile:dev-v1.0-1', labels: lines, annotations: lines })
  expect(outcome.exitCode).toBe(0)
  expect(Object.keys(outcome.outputs)).toEqual(['image', 'digest', 'digests'])
  expect(outcome.outputs['digest']).toMatch(/^sha256:[0-9a-f]{64}$/)
  expect(outcome.commands).toEqual([])
})

test('a value cannot end itself: delimiters of outputs are not to be guessed', PATIENT, async () => {
  const delimiters = await Promise.all([1, 2].map(async () => (await world.run('tag', { action: 'parse', subjects: 'prod-v1.2-1' })).delimiters))
  expect(delimiters.flat()).toHaveLength(10)
  expect(new Set(delimiters.flat()).size).toBe(10)
  for (const delimiter of delimiters.flat()) expect(delimiter).toMatch(/^ferry_[0-9a-f]{8}-[0-9a-f-]{27}$/)
})

describe('Markdown', PATIENT, () => {
  const ACTIVE = '<img src=x onerror=alert(1)> [click](https://evil.example) ![x](https://evil.example/x.png) | a | `b` <!-- @team # _e_ ~~s~~'

  test('from a registry is inert in the summary', async () => {
    const registry = await startScripted((_, response) => json(response, 403, { errors: [{ code: 'DENIED', message: ACTIVE }] }))
    try {
      const { summary } = await world.run('verify', { image: `${registry.host}/team/app:dev-v1.0-1`, 'public-key': world.publicPem })
      expect(summary).toContain('failed (exit 4)')
      expect(summary).toContain('evil.example')
      for (const mark of ['<img', '[click]', '![x]', '`b`', '<!--', '@team', '| a |', '_e_', '~~s~~']) expect(summary).not.toContain(mark)
    } finally {
      await registry.close()
    }
  })

  test('a summary stays below the 1 MiB above which the runner drops it', async () => {
    // The table of `tag sort` has one row for each.
    const tags = Array.from({ length: 9000 }, (_, index) => `dev-v1.0.0.${'9'.repeat(60)}-${index + 1}`)
    const server = createServer((_, response) => void json(response, 200, { name: 'team/app', tags }))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    try {
      const { port } = server.address() as AddressInfo
      const outcome = await world.run('tag', { action: 'sort', subjects: `127.0.0.1:${port}/team/app` })
      expect(outcome.exitCode).toBe(0)
      expect(Buffer.byteLength(outcome.summary)).toBeLessThan(1024 * 1024)
      expect(outcome.summary).toMatch(/cut at 900 KiB/)
      expect(outcome.summary.split('\n').filter((line) => line.startsWith('| dev-') && !line.endsWith(' |'))).toEqual([])
    } finally {
      server.closeAllConnections()
      server.close()
    }
  })
})
